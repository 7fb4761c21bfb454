package leadglass.testkit.world;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/// Another behaviour behind TLS.
///
/// @param clientCertificate whether none is let in without
/// @param protocols of TLS
record TlsService(
    SSLContext context, boolean clientCertificate, String[] protocols, Behaviour inner)
    implements Behaviour {
  private static final int HANDSHAKE_MILLIS = 20_000;

  static TlsService of(SSLContext context, Behaviour inner) {
    return new TlsService(context, false, new String[] {"TLSv1.3", "TLSv1.2"}, inner);
  }

  @Override
  public void serve(Socket socket) throws IOException {
    int timeout = socket.getSoTimeout();
    socket.setSoTimeout(HANDSHAKE_MILLIS);
    try (SSLSocket secure =
        (SSLSocket) context.getSocketFactory().createSocket(socket, null, false)) {
      secure.setUseClientMode(false);
      secure.setEnabledProtocols(protocols);
      secure.setNeedClientAuth(clientCertificate);
      secure.startHandshake();
      secure.setSoTimeout(timeout);
      inner.serve(secure);
    } catch (SSLException _) {
      // It was told why by an alert, which it may still have to read.
      Sockets.farewell(socket);
    }
  }
}
