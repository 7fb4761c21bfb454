package leadglass.app.config;

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
}
