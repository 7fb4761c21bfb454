package leadglass.archive;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Optional;

/// A code by which a device is enrolled once, as a person reads and types it: 80 random bits, 64
/// bits of the fingerprint of the archive's root certificate, and a sum that tells a slip of the
/// finger from another archive. 32 characters of Crockford's alphabet in groups of four.
public final class EnrolmentCode {
  private static final int SECRET_CHARS = 16;
  private static final int ROOT_CHARS = 13;
  private static final int SUM_CHARS = 3;
  private static final int CHARS = SECRET_CHARS + ROOT_CHARS + SUM_CHARS;
  private static final int SECRET_BYTES = 10;
  private static final int ROOT_BYTES = 8;
  private static final int GROUP = 4;
  private static final int TYPED_CHARS_MAX = 100;

  private final String secret;
  private final byte[] root;

  private EnrolmentCode(String secret, byte[] root) {
    this.secret = secret;
    this.root = root;
  }

  static EnrolmentCode fresh(X509Certificate root, SecureRandom random) {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return new EnrolmentCode(Encodings.encode(bytes, Encodings.CROCKFORD), shortened(root));
  }

  private static byte[] shortened(X509Certificate root) {
    return Arrays.copyOf(Encodings.sha256(Pem.der(root)), ROOT_BYTES);
  }

  /// As it was typed; empty if something in it was mistyped.
  public static Optional<EnrolmentCode> read(String typed) {
    if (typed.length() > TYPED_CHARS_MAX) {
      return Optional.empty();
    }
    String plain = Encodings.typed(typed);
    boolean shaped =
        plain.length() == CHARS && plain.chars().allMatch(c -> Encodings.CROCKFORD.indexOf(c) >= 0);
    if (!shaped
        || !sum(plain.substring(0, CHARS - SUM_CHARS)).equals(plain.substring(CHARS - SUM_CHARS))) {
      return Optional.empty();
    }
    String root = plain.substring(SECRET_CHARS, SECRET_CHARS + ROOT_CHARS);
    return Optional.of(
        new EnrolmentCode(
            plain.substring(0, SECRET_CHARS), Encodings.decode(root, Encodings.CROCKFORD)));
  }

  private static String sum(String text) {
    return Encodings.encode(Encodings.sha256(Encodings.utf8(text)), Encodings.CROCKFORD)
        .substring(0, SUM_CHARS);
  }

  /// Whether the code was made by the archive of this root certificate.
  public boolean isOf(X509Certificate certificate) {
    return MessageDigest.isEqual(root, shortened(certificate));
  }

  /// What is sent to the archive, once it is known to be the one.
  public String secret() {
    return secret;
  }

  /// What is kept of a secret, however it was typed.
  static byte[] hash(String secret) {
    String bounded = secret.length() > TYPED_CHARS_MAX ? "" : Encodings.typed(secret);
    return Encodings.sha256(Encodings.utf8(bounded));
  }

  /// For a person to type.
  public String text() {
    String summed = secret + Encodings.encode(root, Encodings.CROCKFORD);
    return Encodings.grouped(summed + sum(summed), GROUP);
  }

  @Override
  public String toString() {
    return "EnrolmentCode[]";
  }
}
