package leadglass.store;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import leadglass.store.trail.TrailLog;

/// Writes a checkpoint each minute in which there was something, after each 1,000 entries, and when
/// the store is closed; tells those who wait for checkpoints and entries.
final class TrailKeeper implements AutoCloseable {
  static final long ENTRIES_MAX = 1000;

  private static final long SECONDS = 60;

  private final TrailLog log;
  private final Headroom headroom;
  private final Failures failures;
  private final List<Consumer<String>> carriers = new CopyOnWriteArrayList<>();
  private final List<Runnable> waiting = new CopyOnWriteArrayList<>();
  private final List<Runnable> last = new CopyOnWriteArrayList<>();
  private final ReentrantLock writing = new ReentrantLock();
  private final AtomicBoolean due = new AtomicBoolean();
  private final AtomicLong told = new AtomicLong();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("store-trail").factory());

  TrailKeeper(TrailLog log, Headroom headroom, Failures failures) {
    this.log = log;
    this.headroom = headroom;
    this.failures = failures;
    this.told.set(log.size());
    thread.execute(log.keys()::hasten);
    var _ = thread.scheduleWithFixedDelay(() -> look(true), SECONDS, SECONDS, TimeUnit.SECONDS);
  }

  void onCheckpoint(Consumer<String> carrier) {
    carriers.add(carrier);
  }

  void onWritten(Runnable told) {
    waiting.add(told);
  }

  /// Entries that were appended are on stable storage.
  void forced() {
    long size = log.size();
    if (told.getAndSet(size) == size) {
      return;
    }
    if (!waiting.isEmpty()) {
      thread.execute(() -> waiting.forEach(Runnable::run));
    }
    if (log.behind() >= ENTRIES_MAX && due.compareAndSet(false, true)) {
      thread.execute(() -> look(false));
    }
  }

  private void look(boolean lasting) {
    due.set(false);
    try {
      now(lasting);
    } catch (IOException | RuntimeException _) {
      return; // told already: the store is read-only
    }
  }

  /// Writes a checkpoint if there is anything that none covers.
  String now() throws IOException {
    return now(false);
  }

  private String now(boolean lasting) throws IOException {
    failures.check();
    if (!lasting && log.behind() == 0) {
      return log.note();
    }
    headroom.beforeSmallWrite();
    writing.lock(); // so that they are carried in their order
    try {
      log.checkpoint(lasting).ifPresent(this::carry);
      return log.note();
    } catch (IOException | RuntimeException e) {
      failures.failed(StoreEvent.Part.TRAIL, e);
      throw e;
    } finally {
      writing.unlock();
    }
  }

  /// Whoever carries checkpoints away must not keep anybody from writing, nor stop it by failing.
  private void carry(String note) {
    for (Consumer<String> each : carriers) {
      if (thread.isShutdown()) {
        last.add(() -> each.accept(note));
      } else {
        thread.execute(() -> each.accept(note));
      }
    }
  }

  /// Ends the thread, and writes the last checkpoint.
  @Override
  public void close() {
    thread.close();
    look(true);
    last.forEach(TrailKeeper::carried);
  }

  private static void carried(Runnable carrying) {
    try {
      carrying.run();
    } catch (RuntimeException _) {
      return; // it is written; whoever did not carry it finds it at the next start
    }
  }
}
