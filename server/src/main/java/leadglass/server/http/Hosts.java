package leadglass.server.http;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The names this server answers under. A browser that was lured here under another name (DNS
/// rebinding) gets nothing.
final class Hosts {
  private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "::1");

  private final Set<String> names = new HashSet<>(LOCAL);

  Hosts(List<String> names) {
    for (String name : names) {
      this.names.add(plain(name));
    }
  }

  /// @param authority host, and port if there is one, as the client wrote it
  /// @param localOnly while the archive is not set up
  boolean known(String authority, boolean localOnly) {
    return (localOnly ? LOCAL : names).contains(name(authority));
  }

  /// Whether browsers may be told to come by HTTPS only: a promise that makes sense for a name of
  /// its own, never for localhost or an address (RFC 6797 §8.1.1).
  static boolean mayBePinned(String authority) {
    String name = name(authority);
    boolean address = name.indexOf(':') >= 0 || name.matches("[0-9.]+");
    return !address && !name.isEmpty() && !name.equals("localhost");
  }

  /// Without port, in lower case; empty if it is none.
  static String name(String authority) {
    int bracket = authority.lastIndexOf(']');
    int colon = authority.indexOf(':', Math.max(0, bracket));
    String port = colon < 0 ? "" : authority.substring(colon + 1);
    if (!port.matches("[0-9]{0,5}")) {
      return "";
    }
    return plain(colon < 0 ? authority : authority.substring(0, colon));
  }

  private static String plain(String name) {
    String bare =
        name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
    return bare.toLowerCase(Locale.ROOT);
  }
}
