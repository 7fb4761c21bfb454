package leadglass.app.config;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;

/// What several tables check alike.
final class Problems {
  private Problems() {}

  static void port(List<String> found, String key, int port) {
    if (port < 0 || port > 65535) {
      found.add(key + ": 0 to 65535");
    }
  }

  /// Only literals: a name would be looked up before anything is known to be right.
  static void address(List<String> found, String key, String address) {
    if (!address.matches("\\d{1,3}(\\.\\d{1,3}){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*")) {
      found.add(key + ": an IP address, such as 127.0.0.1 or 0.0.0.0");
    }
  }

  static void atLeastOne(List<String> found, String key, int value) {
    if (value < 1) {
      found.add(key + ": 1 or more");
    }
  }

  /// A service's address: nothing but scheme, host and port; https, but to this machine.
  static void endpoint(List<String> found, String key, String endpoint) {
    if (!fits(endpoint)) {
      found.add(key + ": https://HOST or https://HOST:PORT");
    }
  }

  private static boolean fits(String endpoint) {
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
            && uri.getFragment() == null
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
