package leadglass.testkit.world;

import java.io.IOException;
import java.net.Socket;

/// What a port does with whoever connects. Called from a virtual thread for each connection.
@FunctionalInterface
interface Behaviour {

  /// Returns once nothing more is to be said; the connection is closed then.
  ///
  /// @throws IOException if the peer is gone or can't be understood
  void serve(Socket socket) throws IOException;
}
