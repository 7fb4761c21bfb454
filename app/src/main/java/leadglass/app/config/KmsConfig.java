package leadglass.app.config;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// How the key service is reached that seals the master key, if one does.
///
/// @param credentials a file with the access key
/// @param endpoint `https://HOST[:PORT]`; plain http to this machine alone
public record KmsConfig(Optional<Path> credentials, String endpoint) {

  public static KmsConfig defaults() {
    return new KmsConfig(Optional.empty(), "");
  }

  public Optional<URI> uri() {
    return endpoint.isEmpty() ? Optional.empty() : Optional.of(URI.create(endpoint));
  }

  List<String> problems() {
    if (endpoint.isEmpty() || fits()) {
      return List.of();
    }
    return List.of("keys.kms-endpoint: https://HOST or https://HOST:PORT");
  }

  private boolean fits() {
    URI uri;
    try {
      uri = URI.create(endpoint);
    } catch (IllegalArgumentException _) {
      return false;
    }
    String host = uri.getHost();
    boolean bare =
        host != null
            && uri.getUserInfo() == null
            && uri.getQuery() == null
            && (uri.getPath().isEmpty() || uri.getPath().equals("/"));
    return bare
        && ("https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && here(host)));
  }

  private static boolean here(String host) {
    try {
      return host.equals("localhost") || InetAddress.ofLiteral(host).isLoopbackAddress();
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
