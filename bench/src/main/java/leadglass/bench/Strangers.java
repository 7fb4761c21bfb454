package leadglass.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Connections to the DICOM port of somebody who is not enrolled, each trickling a byte every 200
/// ms: two of three what begins a TLS handshake, the third an A-ASSOCIATE-RQ without TLS. Whoever
/// is closed comes again after a second.
final class Strangers implements AutoCloseable {
  private static final long TRICKLE_MILLIS = 200;
  private static final long AGAIN_MILLIS = 1_000;
  private static final long SETTLED_MILLIS = 3_000;
  private static final byte[] HELLO = {0x16, 3, 1, 1, 0, 1, 0, 0, (byte) 0xFC, 3, 3};
  private static final byte[] REQUEST = {1, 0, 0, 0, 1, 0, 0, 1, 0, 0};

  private final int port;
  private final int count;
  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicInteger connected = new AtomicInteger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private Strangers(int port, int count) {
    this.port = port;
    this.count = count;
  }

  static Strangers come(int port, int count) {
    Strangers strangers = new Strangers(port, count);
    for (int i = 0; i < count; i++) {
      byte[] beginning = i % 3 == 2 ? REQUEST : HELLO;
      strangers.threads.execute(() -> strangers.trickle(beginning));
    }
    return strangers;
  }

  private void trickle(byte[] beginning) {
    try {
      do {
        try (Socket socket = new Socket()) {
          socket.setTcpNoDelay(true);
          socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
          connected.incrementAndGet();
          int sent = 0;
          do {
            socket.getOutputStream().write(sent < beginning.length ? beginning[sent] : 0);
            sent++;
          } while (!over.await(TRICKLE_MILLIS, TimeUnit.MILLISECONDS));
        } catch (IOException _) {
          // It had to go.
        }
      } while (!over.await(AGAIN_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Waits until all are there and go on as they will: their first rush is not what is measured.
  void settle() throws InterruptedException {
    while (connected.get() < count) {
      Thread.sleep(TRICKLE_MILLIS);
    }
    Thread.sleep(SETTLED_MILLIS);
  }

  /// Connections made so far.
  int connected() {
    return connected.get();
  }

  @Override
  public void close() {
    over.countDown();
    threads.close();
  }
}
