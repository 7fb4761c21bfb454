package leadglass.archive;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What comes from outside as PEM or DER, looked over before a parser gets it: recursive ones run
/// out of stack on what is nested deeply.
final class Der {
  static final int BYTES_MAX = 16 << 10;
  private static final int DEPTH_MAX = 32;
  private static final int CONSTRUCTED = 0x20;
  private static final int HIGH_TAG = 0x1f;
  private static final int LENGTH_BYTES_MAX = 2;
  private static final byte SEQUENCE = 0x30;
  private static final Pattern PEM =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

  private Der() {}

  /// The first block of PEM with a label that ends like this, or all of it as DER; empty if it is
  /// neither, too long, or nested too deeply.
  static Optional<byte[]> read(byte[] text, String label) {
    if (text.length == 0 || text.length > BYTES_MAX) {
      return Optional.empty();
    }
    if (text[0] == SEQUENCE) {
      return Optional.of(text).filter(Der::isShallow);
    }
    Matcher matcher = PEM.matcher(new String(text, StandardCharsets.US_ASCII));
    while (matcher.find()) {
      if (matcher.group(1).endsWith(label)) {
        return decoded(matcher.group(2)).filter(Der::isShallow);
      }
    }
    return Optional.empty();
  }

  private static Optional<byte[]> decoded(String base64) {
    try {
      return Optional.of(Base64.getDecoder().decode(base64.replaceAll("\\s", "")));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// Whether it is one value of definite lengths that fit into each other, not nested deeply.
  private static boolean isShallow(byte[] der) {
    Deque<Integer> ends = new ArrayDeque<>();
    int at = 0;
    do {
      while (!ends.isEmpty() && ends.peek() == at) {
        ends.pop();
      }
      if (ends.isEmpty() && at > 0) {
        return at == der.length;
      }
      int end = ends.isEmpty() ? der.length : ends.peek();
      int content = content(der, at, end);
      if (content < 0) {
        return false;
      }
      int length = length(der, at);
      if (length > end - content) {
        return false;
      }
      if ((der[at] & CONSTRUCTED) != 0) {
        ends.push(content + length);
        at = content;
      } else {
        at = content + length;
      }
    } while (ends.size() <= DEPTH_MAX && at <= der.length);
    return false;
  }

  /// Where the content begins, -1 if there is no head.
  private static int content(byte[] der, int at, int end) {
    if (end - at < 2 || (der[at] & HIGH_TAG) == HIGH_TAG) {
      return -1;
    }
    int first = der[at + 1] & 0xff;
    int more = first < 0x80 ? 0 : first & 0x7f;
    boolean definite = first < 0x80 || (more >= 1 && more <= LENGTH_BYTES_MAX);
    return definite && end - at >= 2 + more ? at + 2 + more : -1;
  }

  private static int length(byte[] der, int at) {
    int first = der[at + 1] & 0xff;
    if (first < 0x80) {
      return first;
    }
    int length = 0;
    for (int i = 0; i < (first & 0x7f); i++) {
      length = (length << 8) | (der[at + 2 + i] & 0xff);
    }
    return length;
  }
}
