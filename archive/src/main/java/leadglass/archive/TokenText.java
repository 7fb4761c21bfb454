package leadglass.archive;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/// A token as it is written: `lg1_`, a public id, `_`, a secret, a checksum. The checksum tells a
/// token cut short by copying from a guess without looking anything up; programs that search for
/// leaked secrets can use it too.
///
/// @param id 10 characters
/// @param text all of it
record TokenText(String id, String text) {
  static final String PREFIX = "lg1_";
  private static final int ID_BYTES = 6;
  private static final int ID_CHARS = 10;
  private static final int SECRET_BYTES = 32;
  private static final int SECRET_CHARS = 52;
  private static final int SUM_CHARS = 7;
  private static final int CHARS = PREFIX.length() + ID_CHARS + 1 + SECRET_CHARS + SUM_CHARS;
  private static final Pattern SHAPE =
      Pattern.compile(
          PREFIX + "[a-z2-7]{" + ID_CHARS + "}_[a-z2-7]{" + (SECRET_CHARS + SUM_CHARS) + "}");

  static TokenText fresh(SecureRandom random) {
    String id = base32(random, ID_BYTES);
    String summed = PREFIX + id + "_" + base32(random, SECRET_BYTES);
    return new TokenText(id, summed + sum(summed));
  }

  /// Empty if it is no token at all, or mistyped.
  static Optional<TokenText> read(String text) {
    if (text.length() != CHARS || !SHAPE.matcher(text).matches()) {
      return Optional.empty();
    }
    int end = CHARS - SUM_CHARS;
    if (!sum(text.substring(0, end)).equals(text.substring(end))) {
      return Optional.empty();
    }
    return Optional.of(
        new TokenText(text.substring(PREFIX.length(), PREFIX.length() + ID_CHARS), text));
  }

  byte[] hash() {
    return Encodings.sha256(Encodings.utf8(text));
  }

  private static String base32(SecureRandom random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return base32(bytes);
  }

  private static String base32(byte[] bytes) {
    return Encodings.encode(bytes, Encodings.BASE32).toLowerCase(Locale.ROOT);
  }

  static String sum(String text) {
    CRC32C crc = new CRC32C();
    crc.update(Encodings.utf8(text));
    return base32(ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array());
  }

  @Override
  public String toString() {
    return "TokenText[" + id + "]";
  }
}
