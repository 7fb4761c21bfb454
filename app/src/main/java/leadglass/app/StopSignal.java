package leadglass.app;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/// Ctrl-C or SIGTERM. From its making on the process does not end before [#close()]: open this
/// first and close it last.
public final class StopSignal implements AutoCloseable {
  private final CompletableFuture<Void> told = new CompletableFuture<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  public StopSignal() {
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(this::stop));
  }

  private void stop() {
    told.complete(null);
    wait(closed);
  }

  /// Returns when the process is told to end.
  public void await() {
    told.join();
  }

  /// Does something when the process is told to end; it must not block.
  public void then(Runnable does) {
    var _ = told.thenRun(does);
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
