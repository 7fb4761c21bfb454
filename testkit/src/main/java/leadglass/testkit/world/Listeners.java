package leadglass.testkit.world;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/// All open ports, and every connection to them. One virtual thread for each.
final class Listeners implements Closeable {
  private static final int BACKLOG = 50;
  private static final int PATIENCE_MILLIS = 60_000;
  private static final long PAUSE_NANOS = 10_000_000;

  private final Set<Closeable> open = ConcurrentHashMap.newKeySet();

  /// @param visit told of every connection
  /// @return the port
  int open(String address, Door.Means means, Runnable visit) throws IOException {
    InetAddress at = InetAddress.ofLiteral(address);
    return switch (means) {
      case Door.Serves serves -> {
        ServerSocket listener = new ServerSocket(0, BACKLOG, at);
        open.add(listener);
        Thread.ofVirtual().start(() -> accept(listener, serves.behaviour(), visit));
        yield listener.getLocalPort();
      }
      case Door.Refuses _ -> {
        // Nobody else binds to this address, so nobody takes the port.
        try (ServerSocket listener = new ServerSocket(0, 1, at)) {
          yield listener.getLocalPort();
        }
      }
      case Door.NeverAnswers _ -> {
        Blackhole hole = Blackhole.open(at);
        open.add(hole);
        yield hole.port();
      }
    };
  }

  private void accept(ServerSocket listener, Behaviour behaviour, Runnable visit) {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        visit.run();
        Thread.ofVirtual().start(() -> serve(socket, behaviour));
      } catch (IOException _) {
        LockSupport.parkNanos(PAUSE_NANOS); // closed, or out of descriptors for a while
      }
    }
  }

  private void serve(Socket socket, Behaviour behaviour) {
    open.add(socket);
    try (socket) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE_MILLIS);
      behaviour.serve(socket);
    } catch (IOException _) {
      // The peer is gone, or was not understood. So it goes.
    } finally {
      open.remove(socket);
    }
  }

  @Override
  public void close() throws IOException {
    for (Closeable each : open) {
      each.close();
    }
  }
}
