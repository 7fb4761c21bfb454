package leadglass.testkit.world;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/// How connections come to an end.
final class Sockets {
  private static final int FAREWELL_MILLIS = 500;
  private static final int BLOCK_BYTES = 4 << 10;
  private static final int BLOCKS_MAX = 64;

  private Sockets() {}

  /// Says that nothing more comes, and gives the peer a moment to have read it: who closes while
  /// something is unread resets the connection, and what was said last may be lost.
  static void farewell(Socket socket) throws IOException {
    socket.shutdownOutput();
    socket.setSoTimeout(FAREWELL_MILLIS);
    InputStream in = socket.getInputStream();
    byte[] block = new byte[BLOCK_BYTES];
    for (int i = 0; i < BLOCKS_MAX && in.read(block) >= 0; i++) {
      // Unread no longer.
    }
  }

  /// Reads until the peer closes.
  static void exhaust(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    byte[] block = new byte[BLOCK_BYTES];
    while (in.read(block) >= 0) {
      // Nothing is made of it.
    }
  }
}
