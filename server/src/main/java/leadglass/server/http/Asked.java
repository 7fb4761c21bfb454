package leadglass.server.http;

import java.util.Optional;
import leadglass.archive.Origin;

/// A request before anybody knows whose it is.
///
/// @param path decoded
/// @param host authority as the client wrote it
record Asked(
    org.eclipse.jetty.server.Request jetty,
    String path,
    String host,
    Origin origin,
    String nonce,
    PacedInput body,
    Pace pace) {

  Optional<String> header(String name) {
    return Optional.ofNullable(jetty.getHeaders().get(name));
  }

  /// Never what was sent.
  @Override
  public String toString() {
    return "Asked[" + jetty.getMethod() + "]";
  }
}
