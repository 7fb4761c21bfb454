package leadglass.survey;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import leadglass.survey.wire.Remembered;

/// Looks at many hosts at once, and at each of them with one connection at a time: two rows of one
/// address wait for each other.
public final class Survey {
  private final Checker checker;
  private final int hostsAtOnce;

  /// @param hostsAtOnce how many are looked at side by side
  public Survey(Checker checker, int hostsAtOnce) {
    this.checker = checker;
    this.hostsAtOnce = hostsAtOnce;
  }

  /// Returns when all are done, or when those that had begun are after a stop.
  ///
  /// @param stopped asked before each host
  /// @param each told of every host as it comes, by one thread at a time
  public void run(List<Target> targets, BooleanSupplier stopped, Consumer<HostReport> each)
      throws InterruptedException {
    Semaphore places = new Semaphore(hostsAtOnce);
    ReentrantLock telling = new ReentrantLock();
    Map<InetAddress, ReentrantLock> busy = new ConcurrentHashMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Target target : targets) {
        places.acquire();
        if (stopped.getAsBoolean()) {
          return;
        }
        threads.execute(() -> {
          try {
            look(target, busy, telling, each);
          } finally {
            places.release();
          }
        });
      }
    } finally {
      Remembered.forget();
    }
  }

  private void look(
      Target target,
      Map<InetAddress, ReentrantLock> busy,
      ReentrantLock telling,
      Consumer<HostReport> each) {
    ReentrantLock host =
        busy.computeIfAbsent(target.approved().address(), _ -> new ReentrantLock());
    HostReport report;
    host.lock();
    try {
      report = checker.check(target);
    } finally {
      host.unlock();
    }
    telling.lock();
    try {
      each.accept(report);
    } finally {
      telling.unlock();
    }
  }
}
