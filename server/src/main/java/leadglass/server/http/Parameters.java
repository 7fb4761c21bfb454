package leadglass.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Names and values as queries and forms carry them (`application/x-www-form-urlencoded`).
final class Parameters {
  private static final int COUNT_MAX = 1000;

  private Parameters() {}

  /// @throws ProblemException if it is malformed or has too many
  static List<Map.Entry<String, String>> parse(String encoded) throws ProblemException {
    List<Map.Entry<String, String>> found = new ArrayList<>();
    for (String pair : encoded.split("&", COUNT_MAX + 1)) {
      if (pair.isEmpty()) {
        continue;
      }
      if (found.size() == COUNT_MAX) {
        throw Problems.badRequest("More parameters than are taken.");
      }
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      found.add(Map.entry(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1))));
    }
    return found;
  }

  private static String decode(String text) throws ProblemException {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer decoded = ByteBuffer.allocate(encoded.length);
    for (int i = 0; i < encoded.length; i++) {
      if (encoded[i] != '%') {
        decoded.put(encoded[i] == '+' ? (byte) ' ' : encoded[i]);
        continue;
      }
      boolean whole = i + 2 < encoded.length;
      int high = whole ? Character.digit(encoded[i + 1], 16) : -1;
      int low = whole ? Character.digit(encoded[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        throw Problems.badRequest("A parameter has a broken percent sign.");
      }
      decoded.put((byte) (high << 4 | low));
      i += 2;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(decoded.flip()).toString();
    } catch (CharacterCodingException _) {
      throw Problems.badRequest("A parameter is not UTF-8.");
    }
  }
}
