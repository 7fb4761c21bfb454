package leadglass.app.outbound;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/// Sockets that look at the address they are about to connect to: the one the name was resolved to,
/// and no other that the same name may lead to a moment later.
final class CheckedSockets extends SSLSocketFactory {
  private final SSLSocketFactory tls;
  private final OutboundDoor door;
  private final String host;
  private final Optional<Duration> whole;

  CheckedSockets(SSLSocketFactory tls, OutboundDoor door, String host, Optional<Duration> whole) {
    this.tls = tls;
    this.door = door;
    this.host = host;
    this.whole = whole;
  }

  /// Plain and not connected; TLS is laid over it once it is.
  @Override
  public Socket createSocket() {
    return new Checked();
  }

  @Override
  public Socket createSocket(Socket socket, String name, int port, boolean autoClose)
      throws IOException {
    return tls.createSocket(socket, name, port, autoClose);
  }

  @Override
  public Socket createSocket(String name, int port) throws IOException {
    return closed();
  }

  @Override
  public Socket createSocket(String name, int port, InetAddress local, int localPort)
      throws IOException {
    return closed();
  }

  @Override
  public Socket createSocket(InetAddress address, int port) throws IOException {
    return closed();
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress local, int localPort)
      throws IOException {
    return closed();
  }

  /// These would connect at once, unseen.
  private static Socket closed() throws IOException {
    throw new OutboundDoor.ClosedException();
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return tls.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return tls.getSupportedCipherSuites();
  }

  private final class Checked extends Socket {
    private final long began = System.nanoTime();

    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
      if (!(endpoint instanceof InetSocketAddress address)) {
        throw new OutboundDoor.ClosedException();
      }
      if (!address.isUnresolved()) {
        door.check(host, address.getAddress());
      }
      super.connect(endpoint, timeout);
    }

    @Override
    public InputStream getInputStream() throws IOException {
      InputStream in = super.getInputStream();
      return whole.isEmpty() ? in : new Timed(this, in, began + whole.get().toNanos());
    }
  }

  /// Ends when the whole time is over, however slowly something keeps coming.
  private static final class Timed extends FilterInputStream {
    private final Socket socket;
    private final long end;

    Timed(Socket socket, InputStream in, long end) {
      super(in);
      this.socket = socket;
      this.end = end;
    }

    private void limit() throws IOException {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new SocketTimeoutException("the whole time is over");
      }
      socket.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
    }

    @Override
    public int read() throws IOException {
      limit();
      return super.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      limit();
      return super.read(bytes, offset, length);
    }
  }
}
