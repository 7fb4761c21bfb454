package leadglass.app.oidc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import leadglass.app.outbound.OutboundDoor;

/// Short questions to a provider: https only, only to its hosts, bounded in time and bytes.
final class Fetch {
  private static final int BYTES_MAX = 256 << 10;

  private final OutboundDoor door;
  private final Set<String> hosts;

  /// @param hosts that may be asked
  Fetch(OutboundDoor door, Set<String> hosts) {
    this.door = door;
    this.hosts = hosts;
  }

  /// What came back.
  record Answer(int status, String body) {
    @Override
    public String toString() {
      return "Answer[" + status + "]";
    }
  }

  /// Whether an address is one that the configuration allows.
  boolean allows(URI uri) {
    String host = uri.getHost();
    return "https".equals(uri.getScheme())
        && host != null
        && uri.getUserInfo() == null
        && hosts.stream().anyMatch(host::equalsIgnoreCase);
  }

  /// A document that has to be there.
  String get(URI uri) throws IOException {
    Answer answer = ask(uri, Optional.empty(), "");
    if (answer.status() != HttpURLConnection.HTTP_OK) {
      throw new IOException("status " + answer.status());
    }
    return answer.body();
  }

  /// Sends a form.
  ///
  /// @param authorization header of that name, if there is one
  Answer post(URI uri, Optional<String> authorization, String form) throws IOException {
    return ask(uri, authorization, form);
  }

  private Answer ask(URI uri, Optional<String> authorization, String form) throws IOException {
    if (!allows(uri)) {
      throw new IOException("an address that the configuration does not name");
    }
    HttpURLConnection connection;
    try {
      connection = door.open(uri);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    try {
      connection.setUseCaches(false);
      connection.setRequestProperty("Accept", "application/json");
      connection.setRequestProperty("Connection", "close");
      authorization.ifPresent(value -> connection.setRequestProperty("Authorization", value));
      if (!form.isEmpty()) {
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/x-www-form-urlencoded");
        try (OutputStream out = connection.getOutputStream()) {
          out.write(form.getBytes(StandardCharsets.US_ASCII));
        }
      }
      return new Answer(connection.getResponseCode(), body(connection));
    } finally {
      connection.disconnect();
    }
  }

  private static String body(HttpURLConnection connection) throws IOException {
    boolean bad = connection.getResponseCode() >= HttpURLConnection.HTTP_BAD_REQUEST;
    try (InputStream in = bad ? connection.getErrorStream() : connection.getInputStream()) {
      byte[] bytes = in == null ? new byte[0] : in.readNBytes(BYTES_MAX + 1);
      if (bytes.length > BYTES_MAX) {
        throw new IOException("larger than " + BYTES_MAX + " bytes");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
