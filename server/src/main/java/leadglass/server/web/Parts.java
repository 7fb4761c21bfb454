package leadglass.server.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import leadglass.server.http.Response;

/// A `multipart/related` answer (RFC 2387, PS3.18 §8.6.1.2), written part by part.
final class Parts {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Parts() {}

  /// One part.
  ///
  /// @param contentType of ours, never of an object
  /// @param location where it can be fetched by itself; empty if nowhere
  /// @param length in bytes, -1 if that shows only while it is written
  record Part(String contentType, String location, long length, Response.Writer writer) {}

  /// Gives one part after the other.
  @FunctionalInterface
  interface Source {
    Part part(int index) throws IOException;
  }

  /// @param type media type of the parts
  /// @param count how many parts `source` has
  static Response response(String type, int count, Source source) {
    byte[] random = new byte[16];
    RANDOM.nextBytes(random);
    String boundary = "leadglass-" + HexFormat.of().formatHex(random);
    return Response.of(200)
        .with("Content-Type", "multipart/related; type=\"" + type + "\"; boundary=" + boundary)
        .with(-1, out -> write(out, boundary, count, source));
  }

  static Response response(String type, List<Part> parts) {
    return response(type, parts.size(), parts::get);
  }

  private static void write(OutputStream out, String boundary, int count, Source source)
      throws IOException {
    for (int i = 0; i < count; i++) {
      Part part = source.part(i);
      StringBuilder head = new StringBuilder();
      head.append(i == 0 ? "--" : "\r\n--").append(boundary).append("\r\n");
      head.append("Content-Type: ").append(part.contentType()).append("\r\n");
      if (part.length() >= 0) {
        head.append("Content-Length: ").append(part.length()).append("\r\n");
      }
      if (!part.location().isEmpty()) {
        head.append("Content-Location: ").append(part.location()).append("\r\n");
      }
      out.write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
      part.writer().writeTo(out);
    }
    out.write(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
  }
}
