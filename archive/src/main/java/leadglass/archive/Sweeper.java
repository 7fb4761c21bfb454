package leadglass.archive;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Does what is due, every minute, on a thread of its own until closed.
final class Sweeper implements AutoCloseable {
  static final Duration EVERY = Duration.ofMinutes(1);

  private final List<Due> all;
  private final Consumer<? super ArchiveEvent> events;
  private final ReentrantLock sweeping = new ReentrantLock();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("archive-sweeper").factory());

  /// Something that may be due.
  @FunctionalInterface
  interface Due {
    void sweep() throws IOException;
  }

  Sweeper(List<Due> all, Consumer<? super ArchiveEvent> events) {
    this.all = List.copyOf(all);
    this.events = events;
  }

  void start() {
    thread.execute(this::sweepUntilClosed);
  }

  private void sweepUntilClosed() {
    try {
      while (!closing.await(EVERY.toSeconds(), TimeUnit.SECONDS)) {
        sweep();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  void sweep() {
    sweeping.lock();
    try {
      for (Due each : all) {
        each.sweep();
      }
    } catch (IOException | RuntimeException e) {
      // The store is read-only from here on, which stops whoever wants something and is told there.
      events.accept(new ArchiveEvent.TrailFailed(e.getClass().getSimpleName()));
    } finally {
      sweeping.unlock();
    }
  }

  /// Nothing more is begun from here on.
  void end() {
    closing.countDown();
  }

  @Override
  public void close() {
    end();
    thread.close();
  }
}
