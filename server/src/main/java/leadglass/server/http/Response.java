package leadglass.server.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What goes back. Security headers are added by what serves it.
///
/// @param headers names and values, in order; a name may occur twice
public record Response(int status, List<Map.Entry<String, String>> headers, Body body) {

  /// The bytes behind the headers.
  public interface Body {
    Body NONE =
        new Body() {
          @Override
          public long length() {
            return 0;
          }

          @Override
          public void writeTo(OutputStream out) {
            // There is nothing.
          }
        };

    /// How many bytes, or -1 if that shows only while they are written.
    long length();

    /// Called at most once, on the handler's thread, after the headers were sent: a failure can
    /// only cut the response short.
    void writeTo(OutputStream out) throws IOException;
  }

  /// Writes a body.
  @FunctionalInterface
  public interface Writer {
    void writeTo(OutputStream out) throws IOException;
  }

  public Response {
    headers = List.copyOf(headers);
  }

  public static Response of(int status) {
    return new Response(status, List.of(), Body.NONE);
  }

  /// With a body of known media type.
  public static Response of(int status, String mediaType, byte[] bytes) {
    return of(status).with("Content-Type", mediaType).with(bytes);
  }

  /// A page.
  public static Response html(int status, String page) {
    return of(status, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
  }

  /// "See other": what a form's POST answers.
  public static Response seeOther(String location) {
    return of(303).with("Location", location);
  }

  public Response with(String header, String value) {
    List<Map.Entry<String, String>> more = new ArrayList<>(headers);
    more.add(Map.entry(header, value));
    return new Response(status, more, body);
  }

  public Response with(Body other) {
    return new Response(status, headers, other);
  }

  public Response with(byte[] bytes) {
    return with(bytes.length, out -> out.write(bytes));
  }

  /// With a body that is made while it leaves.
  ///
  /// @param length in bytes, -1 if that shows only while it is written
  public Response with(long length, Writer writer) {
    return with(
        new Body() {
          @Override
          public long length() {
            return length;
          }

          @Override
          public void writeTo(OutputStream out) throws IOException {
            writer.writeTo(out);
          }
        });
  }
}
