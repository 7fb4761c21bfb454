package leadglass.testkit;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/// A long way between two ends of TCP on one machine: every byte arrives a fixed time after it was
/// sent, in each direction, however many are under way. Up to 16 MiB are, then the sender has to
/// wait.
///
/// Threads: one that accepts, four for each connection; none outlives [#close()].
public final class DelayRelay implements Closeable {
  private static final int CHUNK_BYTES = 64 << 10;
  private static final int CHUNKS_MAX = 256;

  private final ServerSocket listener;
  private final int target;
  private final long delayNanos;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /// What was read, and when it arrives.
  ///
  /// @param last nothing follows, and nothing is in it
  private record Chunk(byte[] bytes, boolean last, long dueNanos) {}

  private DelayRelay(ServerSocket listener, int target, Duration delay) {
    this.listener = listener;
    this.target = target;
    this.delayNanos = delay.toNanos();
  }

  /// Listens on a free port of loopback.
  ///
  /// @param target port of loopback that everything goes to
  /// @param delay of each direction
  public static DelayRelay to(int target, Duration delay) throws IOException {
    ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    DelayRelay relay = new DelayRelay(listener, target, delay);
    Thread.ofPlatform().daemon().name("delay-relay").start(relay::accept);
    return relay;
  }

  public int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    while (true) {
      try {
        Socket near = listener.accept();
        Socket far = new Socket();
        open.add(near);
        open.add(far);
        near.setTcpNoDelay(true);
        far.setTcpNoDelay(true);
        far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
        carry(near, far);
        carry(far, near);
      } catch (IOException _) {
        if (listener.isClosed()) {
          return;
        }
      }
    }
  }

  private void carry(Socket from, Socket to) {
    BlockingQueue<Chunk> underWay = new ArrayBlockingQueue<>(CHUNKS_MAX);
    Thread.ofPlatform().daemon().start(() -> read(from, underWay));
    Thread.ofPlatform().daemon().start(() -> write(to, underWay));
  }

  private void read(Socket from, BlockingQueue<Chunk> underWay) {
    byte[] buffer = new byte[CHUNK_BYTES];
    try {
      try {
        InputStream in = from.getInputStream();
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
          underWay.put(new Chunk(Arrays.copyOf(buffer, count), false, due()));
        }
      } catch (IOException _) {
        // The end, then.
      }
      underWay.put(new Chunk(new byte[0], true, due()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private long due() {
    return System.nanoTime() + delayNanos;
  }

  private void write(Socket to, BlockingQueue<Chunk> underWay) {
    try {
      boolean gone = false;
      for (Chunk next = underWay.take(); !next.last(); next = underWay.take()) {
        arrive(next);
        gone = gone || !passed(to, next.bytes());
      }
      to.shutdownOutput();
    } catch (IOException _) {
      // There is nobody to tell of the end.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void arrive(Chunk next) {
    for (long left = next.dueNanos() - System.nanoTime();
        left > 0;
        left = next.dueNanos() - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  /// Whoever reads is not held up by one that writes no more.
  private static boolean passed(Socket to, byte[] bytes) {
    try {
      OutputStream out = to.getOutputStream();
      out.write(bytes);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket each : open) {
        each.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
