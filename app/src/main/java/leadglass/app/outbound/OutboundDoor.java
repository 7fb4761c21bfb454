package leadglass.app.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

/// Opens connections to the one server that the configuration names, and to nothing that a name
/// server or a redirect would have it be instead.
final class OutboundDoor {
  private static final int CONNECT_MILLIS = 10_000;
  private static final int READ_MILLIS = 60_000;

  /// Where clouds tell machines their secrets, beside link-local addresses.
  private static final Set<String> METADATA = Set.of("fd00:ec2:0:0:0:0:0:254", "100.100.100.200");

  private final String named;

  /// @param named host of the configuration
  OutboundDoor(String named) {
    this.named = named.toLowerCase(Locale.ROOT);
  }

  /// The name leads where it must not.
  static final class ClosedException extends IOException {
    private static final long serialVersionUID = 1L;

    ClosedException() {
      super("an address of this machine or of its cloud");
    }
  }

  HttpURLConnection open(URI uri) {
    try {
      check(uri.getHost());
      HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout(CONNECT_MILLIS);
      connection.setReadTimeout(READ_MILLIS);
      connection.setInstanceFollowRedirects(false);
      return connection;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void check(String host) throws IOException {
    String asked = host.toLowerCase(Locale.ROOT);
    boolean spelledOut = asked.equals(named) && (asked.equals("localhost") || isLiteral(asked));
    if (spelledOut) {
      return;
    }
    for (InetAddress address : InetAddress.getAllByName(asked)) {
      if (isInside(address)) {
        throw new ClosedException();
      }
    }
  }

  private static boolean isLiteral(String host) {
    try {
      return !InetAddress.ofLiteral(host).getHostAddress().isEmpty();
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  static boolean isInside(InetAddress address) {
    return address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isAnyLocalAddress()
        || address.isMulticastAddress()
        || METADATA.contains(address.getHostAddress());
  }
}
