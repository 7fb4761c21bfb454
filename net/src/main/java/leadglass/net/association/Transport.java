package leadglass.net.association;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.List;

/// Makes an accepted socket fit to carry PDUs.
@FunctionalInterface
public interface Transport {

  /// Called from the association's own thread. Reads of `socket` are bounded by a deadline; they
  /// throw [java.net.SocketTimeoutException].
  ///
  /// @throws IOException if the peer is not one to speak with; the caller closes `socket`
  Link secure(Socket socket) throws IOException;

  /// What PDUs go through.
  ///
  /// @param certificates the peer's, its own first, proved by it; empty if there are none
  /// @param closer ends the conversation and closes the socket
  record Link(
      InputStream in, OutputStream out, List<X509Certificate> certificates, Closeable closer)
      implements Closeable {
    public Link {
      certificates = List.copyOf(certificates);
    }

    @Override
    public void close() throws IOException {
      closer.close();
    }

    @Override
    public String toString() {
      return "Link[" + certificates.size() + " certificates]";
    }
  }
}
