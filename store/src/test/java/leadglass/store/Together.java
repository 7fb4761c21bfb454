package leadglass.store;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Does two things at the same moment, as closely as two threads can.
public final class Together implements AutoCloseable {
  private static final int SPINS = 10_000;

  private final ExecutorService threads = Executors.newFixedThreadPool(2);

  /// @return what came of each
  public <T> List<T> at(Callable<T> one, Callable<T> other) throws Exception {
    CountDownLatch coming = new CountDownLatch(2);
    Future<T> first = threads.submit(() -> whenBothAreThere(coming, one));
    Future<T> second = threads.submit(() -> whenBothAreThere(coming, other));
    return List.of(first.get(), second.get());
  }

  private static <T> T whenBothAreThere(CountDownLatch coming, Callable<T> what) throws Exception {
    coming.countDown();
    for (int turn = 0; turn < SPINS && coming.getCount() > 0; turn++) {
      Thread.onSpinWait(); // closer than whoever is woken
    }
    coming.await(); // the other one may need this processor to come
    return what.call();
  }

  @Override
  public void close() {
    threads.close();
  }
}
