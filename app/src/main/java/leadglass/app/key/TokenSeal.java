package leadglass.app.key;

import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.Security;
import java.security.cert.Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import leadglass.app.Failure;
import leadglass.archive.KeyHome.RefusedException;

/// Seals a master key by a key of a PKCS#11 token: 32 random bytes seal the master key (`sealed`),
/// and the token's key wraps them (`wrapped`): AES-GCM, or RSA with PKCS#1 padding, which is all
/// that every token and the JDK's provider share; what comes out of it is proved by the seal.
final class TokenSeal {
  private static final String WRAPPED = "wrapped";
  private static final int SEALING_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int PIN_BYTES_MAX = 256;

  private final KeyPlace.Token place;
  private final String label;
  private final Provider provider;
  private final Key key;
  private final Certificate certificate;

  private TokenSeal(
      KeyPlace.Token place, String label, Provider provider, Key key, Certificate certificate) {
    this.place = place;
    this.label = label;
    this.provider = provider;
    this.key = key;
    this.certificate = certificate;
  }

  static TokenSeal open(KeyPlace.Token place, Secrets secrets) throws RefusedException, Failure {
    TokenConfiguration configuration = TokenConfiguration.read(place.configuration());
    char[] pin = pin(configuration, secrets);
    try {
      Provider provider = Security.getProvider("SunPKCS11").configure(configuration.forProvider());
      KeyStore store = KeyStore.getInstance("PKCS11", provider);
      store.load(null, pin);
      Key key = store.getKey(configuration.key(), null);
      if (key == null) {
        throw new RefusedException("The token has no key labelled " + configuration.key() + ".");
      }
      return new TokenSeal(
          place, configuration.key(), provider, key, store.getCertificate(configuration.key()));
    } catch (GeneralSecurityException
        | IOException
        | ProviderException
        | IllegalArgumentException _) {
      throw new RefusedException(
          "The token can't be used. Check that it is plugged in, its library, its slot and its"
              + " PIN.");
    } finally {
      Arrays.fill(pin, '\0');
    }
  }

  private static char[] pin(TokenConfiguration configuration, Secrets secrets)
      throws RefusedException, Failure {
    if (configuration.pinFile().isEmpty()) {
      return secrets.pin(configuration.key());
    }
    Path file = configuration.pinFile().get();
    try {
      if (Files.size(file) > PIN_BYTES_MAX) {
        throw new RefusedException("The PIN file " + file + " holds more than a PIN.");
      }
      byte[] bytes = Files.readAllBytes(file);
      CharBuffer text = StandardCharsets.UTF_8.decode(java.nio.ByteBuffer.wrap(bytes));
      Arrays.fill(bytes, (byte) 0);
      int length = 0;
      while (length < text.length() && text.charAt(length) >= ' ') {
        length++;
      }
      return Arrays.copyOf(text.array(), length);
    } catch (IOException _) {
      throw new RefusedException("The PIN file " + file + " can't be read.");
    }
  }

  Laid seal(byte[] master) throws RefusedException {
    byte[] sealing = new byte[SEALING_BYTES];
    new SecureRandom().nextBytes(sealing);
    try {
      Laid laid = Laid.of(place).with(WRAPPED, HexFormat.of().formatHex(wrap(sealing)));
      return laid.with(Sealed.LINE, Sealed.seal(sealing, place.words(), master));
    } catch (GeneralSecurityException | ProviderException _) {
      throw unusable();
    } finally {
      Arrays.fill(sealing, (byte) 0);
    }
  }

  private byte[] wrap(byte[] sealing) throws GeneralSecurityException, RefusedException {
    if (key instanceof SecretKey) {
      byte[] nonce = new byte[NONCE_BYTES];
      new SecureRandom().nextBytes(nonce);
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", provider);
      cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
      byte[] wrapped = Arrays.copyOf(nonce, NONCE_BYTES + SEALING_BYTES + TAG_BITS / 8);
      cipher.doFinal(sealing, 0, sealing.length, wrapped, NONCE_BYTES);
      return wrapped;
    }
    if (!(key instanceof PrivateKey) || !certificate.getPublicKey().getAlgorithm().equals("RSA")) {
      throw unusable();
    }
    Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
    cipher.init(Cipher.ENCRYPT_MODE, certificate.getPublicKey());
    return cipher.doFinal(sealing);
  }

  byte[] unseal(Laid laid) throws IOException, RefusedException {
    byte[] wrapped = Sealed.bytes(laid, WRAPPED);
    try {
      byte[] sealing = unwrap(wrapped);
      try {
        return Sealed.open(sealing, place.words(), laid).orElseThrow(this::other);
      } finally {
        Arrays.fill(sealing, (byte) 0);
      }
    } catch (GeneralSecurityException | ProviderException | IllegalArgumentException _) {
      throw other();
    }
  }

  private byte[] unwrap(byte[] wrapped) throws GeneralSecurityException {
    if (key instanceof SecretKey) {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", provider);
      cipher.init(
          Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, wrapped, 0, NONCE_BYTES));
      return cipher.doFinal(wrapped, NONCE_BYTES, wrapped.length - NONCE_BYTES);
    }
    Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding", provider);
    cipher.init(Cipher.DECRYPT_MODE, key);
    return cipher.doFinal(wrapped);
  }

  private RefusedException unusable() {
    return new RefusedException(
        "The token's key " + label + " is neither AES nor RSA, or may not encrypt.");
  }

  private RefusedException other() {
    return new RefusedException(
        "The token's key " + label + " is not the one the master key was sealed by.");
  }
}
