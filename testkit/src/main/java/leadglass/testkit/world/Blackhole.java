package leadglass.testkit.world;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/// A port that answers no SYN, as behind a firewall that drops. On Linux: nobody accepts, and the
/// queue of those who wait is full with connections of our own, so the system drops all others.
final class Blackhole implements Closeable {
  private static final int TRIES_MAX = 8;
  private static final int FILL_MILLIS = 60;
  private static final int PROOF_MILLIS = 250;

  private final ServerSocket listener;
  private final List<Socket> fillers = new ArrayList<>();

  private Blackhole(ServerSocket listener) {
    this.listener = listener;
  }

  /// @throws IOException if the system goes on answering
  static Blackhole open(InetAddress address) throws IOException {
    Blackhole hole = new Blackhole(new ServerSocket(0, 1, address));
    for (int i = 0; i < TRIES_MAX; i++) {
      if (!hole.answers(FILL_MILLIS) && !hole.answers(PROOF_MILLIS)) {
        return hole;
      }
    }
    hole.close();
    throw new IOException("connections are answered though nobody accepts them");
  }

  int port() {
    return listener.getLocalPort();
  }

  private boolean answers(int millis) throws IOException {
    Socket filler = new Socket();
    try {
      filler.connect(new InetSocketAddress(listener.getInetAddress(), port()), millis);
      fillers.add(filler);
      return true;
    } catch (SocketTimeoutException _) {
      filler.close();
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    for (Socket each : fillers) {
      each.close();
    }
    listener.close();
  }
}
