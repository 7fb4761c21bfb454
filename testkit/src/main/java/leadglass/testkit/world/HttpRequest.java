package leadglass.testkit.world;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The head of an HTTP request; a body is read and forgotten.
///
/// @param path without the query
/// @param query by name
/// @param last whether nothing more comes after it
record HttpRequest(String method, String path, Map<String, String> query, boolean last) {
  private static final int HEAD_BYTES_MAX = 16 << 10;

  /// @return empty if the peer closed, or if it is no HTTP
  static Optional<HttpRequest> read(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream(512);
    int ends = 0; // of the four characters of the empty line
    while (ends < 4) {
      int next = in.read();
      boolean letter = next >= 'A' && next <= 'Z';
      if (next < 0 || head.size() >= HEAD_BYTES_MAX || (head.size() == 0 && !letter)) {
        return Optional.empty();
      }
      head.write(next);
      ends = next == "\r\n\r\n".charAt(ends) ? ends + 1 : next == '\r' ? 1 : 0;
    }
    return parse(head.toString(StandardCharsets.ISO_8859_1), in);
  }

  private static Optional<HttpRequest> parse(String head, InputStream in) throws IOException {
    String[] lines = head.split("\r\n", -1);
    String[] words = lines[0].split(" ", -1);
    if (words.length != 3 || !words[2].startsWith("HTTP/1.")) {
      return Optional.empty();
    }
    boolean last = words[2].equals("HTTP/1.0");
    for (int i = 1; i < lines.length; i++) {
      String line = lines[i].toLowerCase(Locale.ROOT);
      if (line.startsWith("content-length:")) {
        in.skipNBytes(length(line.substring(line.indexOf(':') + 1).strip()));
      } else if (line.startsWith("connection:")) {
        last = last || line.contains("close");
      } else if (line.startsWith("transfer-encoding:")) {
        last = true;
      }
    }
    int mark = words[1].indexOf('?');
    String path = mark < 0 ? words[1] : words[1].substring(0, mark);
    String query = mark < 0 ? "" : words[1].substring(mark + 1);
    return Optional.of(new HttpRequest(words[0], path, parameters(query), last));
  }

  private static long length(String text) throws IOException {
    if (!text.matches("\\d{1,9}")) {
      throw new IOException("no length");
    }
    return Long.parseLong(text);
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> all = new LinkedHashMap<>();
    for (String each : query.split("&", -1)) {
      int equals = each.indexOf('=');
      if (!each.isEmpty()) {
        all.put(
            decoded(equals < 0 ? each : each.substring(0, equals)),
            equals < 0 ? "" : decoded(each.substring(equals + 1)));
      }
    }
    return all;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return text;
    }
  }

  /// A number of the query, or another if there is none.
  int number(String name, int otherwise) {
    String text = query.getOrDefault(name, "");
    return text.matches("\\d{1,9}") ? Integer.parseInt(text) : otherwise;
  }
}
