package leadglass.app.outbound;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.SocketFactory;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/// Opens connections to servers that the configuration names, and to nothing that a name server or
/// a redirect would have them be instead.
///
/// A name is resolved once, and the address is checked where the connection is made. Immutable.
public final class OutboundDoor {
  private static final int CONNECT_MILLIS = 10_000;
  private static final int READ_MILLIS = 60_000;

  /// Where clouds tell machines their secrets, beside link-local addresses.
  private static final Set<String> METADATA = Set.of("fd00:ec2:0:0:0:0:0:254", "100.100.100.200");

  private final Set<String> named;
  private final SSLSocketFactory tls;
  private final Optional<Duration> whole;
  private final int readMillis;

  /// @param named host of the configuration
  public OutboundDoor(String named) {
    this(
        Set.of(named.toLowerCase(Locale.ROOT)),
        (SSLSocketFactory) SSLSocketFactory.getDefault(),
        Optional.empty(),
        READ_MILLIS);
  }

  private OutboundDoor(
      Set<String> named, SSLSocketFactory tls, Optional<Duration> whole, int readMillis) {
    this.named = named;
    this.tls = tls;
    this.whole = whole;
    this.readMillis = readMillis;
  }

  /// For short questions.
  ///
  /// @param named hosts of the configuration
  /// @param tls whom to trust
  /// @param whole time from connecting to the last byte
  public static OutboundDoor forQuestions(Set<String> named, SSLSocketFactory tls, Duration whole) {
    Set<String> small =
        named.stream().map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    return new OutboundDoor(small, tls, Optional.of(whole), (int) whole.toMillis());
  }

  /// The name leads where it must not.
  public static final class ClosedException extends IOException {
    private static final long serialVersionUID = 1L;

    ClosedException() {
      super("an address of this machine or of its cloud");
    }
  }

  public HttpURLConnection open(URI uri) {
    try {
      String host = uri.getHost();
      HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
      if (connection instanceof HttpsURLConnection secure) {
        secure.setSSLSocketFactory(new CheckedSockets(tls, this, host, whole));
      } else {
        check(host);
      }
      connection.setConnectTimeout(CONNECT_MILLIS);
      connection.setReadTimeout(readMillis);
      connection.setInstanceFollowRedirects(false);
      return connection;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A connection that is not HTTP: TLS has yet to be laid over it.
  ///
  /// @param sendBufferBytes how much the system may hold that the peer does not have yet
  public Socket connect(String host, int port, int sendBufferBytes) throws IOException {
    Socket socket = new CheckedSockets(tls, this, host, whole).createSocket();
    try {
      socket.setSendBufferSize(sendBufferBytes);
      socket.setKeepAlive(true);
      socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
      return socket;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /// For a library that makes its own connections, and begins without TLS: checked when they are
  /// connected.
  ///
  /// @param host as it is asked for
  public SocketFactory plainSockets(String host) {
    return new PlainSockets(new CheckedSockets(tls, this, host, whole));
  }

  /// The same for one that begins with TLS, or lays it over one of [#plainSockets].
  ///
  /// @param host as it is asked for
  public SSLSocketFactory sockets(String host) {
    return new CheckedSockets(tls, this, host, whole);
  }

  /// @param host as it is asked for
  public void check(String host) throws IOException {
    if (isSpelledOut(host)) {
      return;
    }
    for (InetAddress address : InetAddress.getAllByName(host)) {
      check(host, address);
    }
  }

  /// @param address what `host` was resolved to
  void check(String host, InetAddress address) throws ClosedException {
    if (!isSpelledOut(host) && isInside(address)) {
      throw new ClosedException();
    }
  }

  /// Whether the configuration itself names this machine or an address.
  private boolean isSpelledOut(String host) {
    String asked = host.toLowerCase(Locale.ROOT);
    return named.contains(asked) && (asked.equals("localhost") || isLiteral(asked));
  }

  private static boolean isLiteral(String host) {
    try {
      return !InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")).getHostAddress().isEmpty();
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static boolean isInside(InetAddress address) {
    return address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isAnyLocalAddress()
        || address.isMulticastAddress()
        || METADATA.contains(address.getHostAddress());
  }
}
