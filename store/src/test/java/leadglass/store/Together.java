package leadglass.store;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/// Does two things at the same moment, as closely as two threads can.
public final class Together implements AutoCloseable {
  private final ExecutorService threads = Executors.newFixedThreadPool(2);

  /// @return what came of each
  public <T> List<T> at(Callable<T> one, Callable<T> other) throws Exception {
    AtomicInteger waiting = new AtomicInteger(2);
    Future<T> first = threads.submit(() -> whenBothAreThere(waiting, one));
    Future<T> second = threads.submit(() -> whenBothAreThere(waiting, other));
    return List.of(first.get(), second.get());
  }

  private static <T> T whenBothAreThere(AtomicInteger waiting, Callable<T> what) throws Exception {
    waiting.decrementAndGet();
    while (waiting.get() > 0) {
      Thread.yield();
    }
    return what.call();
  }

  @Override
  public void close() {
    threads.close();
  }
}
