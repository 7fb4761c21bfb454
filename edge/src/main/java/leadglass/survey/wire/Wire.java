package leadglass.survey.wire;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Makes lines to one address, and to no other. One thread's.
public final class Wire {
  private final InetAddress address;
  private final @Nullable String name;
  private final Duration connect;
  private final Duration read;
  private final Meter meter;

  /// @param name of the host, where the server is to be told it; the address is what is connected
  ///   to
  public Wire(
      InetAddress address, @Nullable String name, Duration connect, Duration read, Meter meter) {
    this.address = address;
    this.name = name;
    this.connect = connect;
    this.read = read;
    this.meter = meter;
  }

  public Meter meter() {
    return meter;
  }

  /// Connects.
  ///
  /// @param whole how long the line may live
  /// @param bytesMax how much may be received on it
  /// @throws WireFault if nothing listens, nothing answers, or TLS does not come about
  public Line open(int port, boolean tls, Duration whole, long bytesMax) throws IOException {
    Socket socket = connected(port);
    boolean done = false;
    try {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) read.toMillis());
      long receivedMax = meter.received() + bytesMax;
      Line line;
      if (tls) {
        Tls.Secured secured = Tls.secure(socket, name, System.nanoTime() + handshake(whole), meter);
        line = new Line(secured.socket(), secured.seen(), meter, read, whole, receivedMax);
      } else {
        line = new Line(socket, null, meter, read, whole, receivedMax);
      }
      done = true;
      return line;
    } finally {
      if (!done) {
        socket.close();
      }
    }
  }

  /// A handshake is a few messages: it has the time of two of them.
  private long handshake(Duration whole) {
    return Math.min(whole.toNanos(), read.multipliedBy(2).toNanos());
  }

  private Socket connected(int port) throws IOException {
    Socket socket = new Socket();
    meter.connected();
    try {
      socket.connect(new InetSocketAddress(address, port), (int) connect.toMillis());
      return socket;
    } catch (IOException e) {
      socket.close();
      throw switch (e) {
        case SocketTimeoutException _ -> new WireFault(WireFault.Kind.NO_ANSWER);
        case NoRouteToHostException _ -> new WireFault(WireFault.Kind.UNREACHABLE);
        case ConnectException refused
            when String.valueOf(refused.getMessage()).contains("refused") ->
            new WireFault(WireFault.Kind.REFUSED);
        case ConnectException timed when String.valueOf(timed.getMessage()).contains("timed out") ->
            new WireFault(WireFault.Kind.NO_ANSWER);
        // It was there, and took the connection back before we knew of it.
        case SocketException reset when String.valueOf(reset.getMessage()).contains("reset") ->
            new WireFault(WireFault.Kind.RESET);
        default -> new WireFault(WireFault.Kind.UNREACHABLE);
      };
    }
  }
}
