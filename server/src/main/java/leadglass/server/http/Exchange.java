package leadglass.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leadglass.archive.Caller;
import leadglass.archive.Origin;
import org.eclipse.jetty.http.HttpCookie;

/// A request as Jetty has it, for a handler.
record Exchange(
    org.eclipse.jetty.server.Request jetty,
    String path,
    String host,
    Caller caller,
    Map<String, String> variables,
    List<Map.Entry<String, String>> query,
    String nonce,
    InputStream body)
    implements Request {
  private static final int FORM_BYTES_MAX = 64 << 10;

  @Override
  public String method() {
    return jetty.getMethod();
  }

  @Override
  public String variable(String name) {
    String value = variables.get(name);
    if (value == null) {
      throw new IllegalArgumentException("not in the pattern: " + name);
    }
    return value;
  }

  @Override
  public Optional<String> query(String name) {
    return query.stream()
        .filter(parameter -> parameter.getKey().equals(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(jetty.getHeaders().get(name));
  }

  @Override
  public Optional<String> cookie(String name) {
    return cookie(jetty, name);
  }

  static Optional<String> cookie(org.eclipse.jetty.server.Request jetty, String name) {
    return org.eclipse.jetty.server.Request.getCookies(jetty).stream()
        .filter(cookie -> cookie.getName().equals(name))
        .map(HttpCookie::getValue)
        .findFirst();
  }

  @Override
  public Origin origin() {
    return caller.origin();
  }

  @Override
  public long bodyBytes() {
    return jetty.getLength();
  }

  @Override
  public Map<String, String> form() throws IOException, ProblemException {
    String type = header("Content-Type").orElse("").split(";", 2)[0].strip();
    if (!type.equalsIgnoreCase("application/x-www-form-urlencoded")) {
      throw new ProblemException(Problems.MEDIA_TYPE_NOT_TAKEN);
    }
    byte[] bytes = body.readNBytes(FORM_BYTES_MAX + 1);
    if (bytes.length > FORM_BYTES_MAX) {
      throw new ProblemException(Problems.TOO_LARGE);
    }
    Map<String, String> form = new LinkedHashMap<>();
    for (Map.Entry<String, String> field :
        Parameters.parse(new String(bytes, StandardCharsets.US_ASCII))) {
      form.putIfAbsent(field.getKey(), field.getValue());
    }
    return form;
  }

  /// Never what was sent.
  @Override
  public String toString() {
    return "Exchange[" + jetty.getMethod() + "]";
  }
}
