package leadglass.testkit.world;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// An HTTP response.
///
/// @param headers but for Content-Type, Content-Length, Date and Connection
record HttpReply(int status, String type, String body, Map<String, String> headers) {

  static HttpReply of(int status, String type, String body) {
    return new HttpReply(status, type, body, Map.of());
  }

  static HttpReply json(String body) {
    return of(200, "application/json", body);
  }

  static HttpReply html(String body) {
    return of(200, "text/html; charset=utf-8", body);
  }

  static HttpReply noContent() {
    return of(204, "", "");
  }

  static HttpReply notFound() {
    return of(404, "text/plain", "Not Found\n");
  }

  HttpReply with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new HttpReply(status, type, body, more);
  }

  /// @param headOnly for HEAD
  byte[] encode(boolean headOnly, boolean last) {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder(256);
    head.append("HTTP/1.1 ").append(status).append(' ').append(reason()).append("\r\n");
    headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    if (!type.isEmpty()) {
      head.append("Content-Type: ").append(type).append("\r\n");
    }
    if (status != 204) {
      head.append("Content-Length: ").append(content.length).append("\r\n");
    }
    head.append(last ? "Connection: close\r\n\r\n" : "\r\n");
    byte[] first = head.toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] whole = new byte[first.length + (headOnly ? 0 : content.length)];
    System.arraycopy(first, 0, whole, 0, first.length);
    System.arraycopy(content, 0, whole, first.length, whole.length - first.length);
    return whole;
  }

  private String reason() {
    return switch (status) {
      case 200 -> "OK";
      case 204 -> "No Content";
      case 302 -> "Found";
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      default -> "Status";
    };
  }
}
