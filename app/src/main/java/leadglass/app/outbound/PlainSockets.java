package leadglass.app.outbound;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/// [CheckedSockets] for a library that takes whatever makes TLS sockets for one that begins with
/// TLS: these begin plain.
final class PlainSockets extends SocketFactory {
  private final CheckedSockets checked;

  PlainSockets(CheckedSockets checked) {
    this.checked = checked;
  }

  @Override
  public Socket createSocket() {
    return checked.createSocket();
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return checked.createSocket(host, port);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return checked.createSocket(host, port, local, localPort);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return checked.createSocket(host, port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return checked.createSocket(host, port, local, localPort);
  }
}
