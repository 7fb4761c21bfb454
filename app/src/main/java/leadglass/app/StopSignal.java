package leadglass.app;

import java.util.concurrent.CountDownLatch;

/// Ctrl-C or SIGTERM. From its making on the process does not end before [#close()]: open this
/// first and close it last.
public final class StopSignal implements AutoCloseable {
  private final CountDownLatch told = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);

  public StopSignal() {
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(this::stop));
  }

  private void stop() {
    told.countDown();
    wait(closed);
  }

  /// Returns when the process is told to end.
  public void await() {
    wait(told);
  }

  private static void wait(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
