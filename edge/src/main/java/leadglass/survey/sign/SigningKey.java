package leadglass.survey.sign;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/// A key that files of a check are signed with: Ed25519 (RFC 8032).
public final class SigningKey {
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";
  private final KeyPair pair;

  private SigningKey(KeyPair pair) {
    this.pair = pair;
  }

  /// A new one.
  public static SigningKey made(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(NamedParameterSpec.ED25519, random);
      return new SigningKey(generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has Ed25519", e);
    }
  }

  /// Reads what [#pem] or `openssl genpkey -algorithm ed25519` writes.
  ///
  /// @throws IllegalArgumentException if it is none
  public static SigningKey ofPem(String text) {
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException("no private key");
    }
    byte[] bytes = Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end));
    try {
      EdECPrivateKey key =
          (EdECPrivateKey)
              KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(bytes));
      byte[] seed = key.getBytes().orElseThrow();
      // A PKCS#8 file has no public key in it; a pair that is made of the same bytes has.
      SigningKey made = made(new Given(seed));
      Arrays.fill(seed, (byte) 0);
      return made;
    } catch (GeneralSecurityException | ClassCastException e) {
      throw new IllegalArgumentException("no Ed25519 key", e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /// Gives the bytes that it was given.
  private static final class Given extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final byte[] seed;

    Given(byte[] seed) {
      this.seed = seed.clone();
    }

    @Override
    public void nextBytes(byte[] bytes) {
      if (bytes.length != seed.length) {
        throw new IllegalStateException("an Ed25519 key has " + seed.length + " bytes");
      }
      System.arraycopy(seed, 0, bytes, 0, bytes.length);
      Arrays.fill(seed, (byte) 0);
    }
  }

  /// PKCS#8, for a file that nobody else may read.
  public String pem() {
    return BEGIN
        + "\n"
        + Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII))
            .encodeToString(pair.getPrivate().getEncoded())
        + "\n"
        + END
        + "\n";
  }

  PublicKey verifying() {
    return pair.getPublic();
  }

  /// By which others know the key.
  public String fingerprint() {
    return fingerprint(pair.getPublic());
  }

  /// SHA-256 of the public key (SubjectPublicKeyInfo), hexadecimal in groups of four.
  static String fingerprint(PublicKey key) {
    String hex = HexFormat.of().formatHex(sha256(key.getEncoded()));
    return hex.replaceAll("(.{4})(?=.)", "$1-");
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  byte[] sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(pair.getPrivate());
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a signature can't be made", e);
    }
  }
}
