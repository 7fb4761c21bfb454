package leadglass.store.seal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/// Small things sealed as a whole, keys from keys, keyed hashes. Safe for use by several threads.
public final class Seal {

  /// Bytes that sealing adds: a random nonce in front, a tag behind.
  public static final int OVERHEAD_BYTES = 12 + 16;

  /// Bytes of a keyed hash: 128 bits keep chance collisions away at any size of archive, and nobody
  /// without the key can look for one.
  public static final int HASH_BYTES = 16;

  private static final SecureRandom RANDOM = new SecureRandom();

  private Seal() {}

  /// What was sealed is something else, damaged, or under another key.
  public static final class BrokenException extends Exception {
    private static final long serialVersionUID = 1L;

    BrokenException() {
      super("a seal does not verify");
    }
  }

  /// @param about what it is sealed for; must be the same when it is opened
  public static byte[] seal(SecretBytes key, byte[] about, byte[] plain) {
    byte[] nonce = new byte[12];
    RANDOM.nextBytes(nonce);
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, key.aes(), new GCMParameterSpec(128, nonce));
      cipher.updateAAD(about);
      byte[] sealed = Arrays.copyOf(nonce, plain.length + OVERHEAD_BYTES);
      cipher.doFinal(plain, 0, plain.length, sealed, nonce.length);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is part of every Java", e);
    }
  }

  /// Opens what [#seal] made.
  public static byte[] open(SecretBytes key, byte[] about, byte[] sealed) throws BrokenException {
    if (sealed.length < OVERHEAD_BYTES) {
      throw new BrokenException();
    }
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(Cipher.DECRYPT_MODE, key.aes(), new GCMParameterSpec(128, sealed, 0, 12));
      cipher.updateAAD(about);
      return cipher.doFinal(sealed, 12, sealed.length - 12);
    } catch (GeneralSecurityException _) {
      throw new BrokenException();
    }
  }

  /// A key for one purpose, from a key for many (HKDF, RFC 5869).
  public static SecretBytes derive(SecretBytes key, String purpose) {
    try {
      return new SecretBytes(
          KDF.getInstance("HKDF-SHA256")
              .deriveData(
                  HKDFParameterSpec.ofExtract()
                      .addIKM(key.aes())
                      .thenExpand(purpose.getBytes(StandardCharsets.UTF_8), SecretBytes.BYTES)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HKDF is part of Java 25", e);
    }
  }

  /// HMAC-SHA-256 over the parts, each with its length, cut to [#HASH_BYTES].
  public static byte[] hash(SecretBytes key, String... parts) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key.mac());
      for (String part : parts) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        mac.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
        mac.update(bytes);
      }
      return Arrays.copyOf(mac.doFinal(), HASH_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA-256 is part of every Java", e);
    }
  }

  /// Shows that whoever has the key wrote this: HMAC-SHA-256, cut to [#HASH_BYTES].
  public static byte[] tag(SecretBytes key, byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key.mac());
      return Arrays.copyOf(mac.doFinal(message), HASH_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA-256 is part of every Java", e);
    }
  }
}
