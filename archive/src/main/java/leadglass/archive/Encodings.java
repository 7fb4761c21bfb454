package leadglass.archive;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;

/// Five bits to a character, in the alphabets that people, phones and programs are given.
final class Encodings {
  /// RFC 4648 §6, for secrets of a second factor.
  static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  /// No I, L, O, U: for what a person reads from paper and types.
  static final String CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  private static final int BITS = 5;
  private static final int MASK = 31;

  private Encodings() {}

  /// The last character is filled up with zero bits.
  static String encode(byte[] bytes, String alphabet) {
    StringBuilder text = new StringBuilder();
    int held = 0;
    int bits = 0;
    for (byte next : bytes) {
      held = (held << 8 | (next & 0xff)) & 0xffff;
      bits += 8;
      while (bits >= BITS) {
        bits -= BITS;
        text.append(alphabet.charAt(held >> bits & MASK));
      }
    }
    if (bits > 0) {
      text.append(alphabet.charAt(held << (BITS - bits) & MASK));
    }
    return text.toString();
  }

  /// What [#encode] made; bits left over at the end are dropped.
  static byte[] decode(String text, String alphabet) {
    byte[] bytes = new byte[text.length() * BITS / 8];
    int held = 0;
    int bits = 0;
    int at = 0;
    for (int i = 0; i < text.length() && at < bytes.length; i++) {
      held = (held << BITS) | (alphabet.indexOf(text.charAt(i)) & MASK);
      bits += BITS;
      if (bits >= 8) {
        bits -= 8;
        bytes[at++] = (byte) (held >> bits);
      }
    }
    return bytes;
  }

  /// What a person meant who types Crockford's alphabet: upper case, 0 for O, 1 for I and L, no
  /// spaces and dashes. Other characters stay, and are wrong.
  static String typed(String text) {
    return text.toUpperCase(Locale.ROOT)
        .replace('O', '0')
        .replace('I', '1')
        .replace('L', '1')
        .replaceAll("[\\s\\p{Pd}]", "");
  }

  /// `ABCD-EFGH-…`
  static String grouped(String text, int size) {
    StringBuilder grouped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (i > 0 && i % size == 0) {
        grouped.append('-');
      }
      grouped.append(text.charAt(i));
    }
    return grouped.toString();
  }

  static byte[] sha256(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every JDK has it
    }
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
