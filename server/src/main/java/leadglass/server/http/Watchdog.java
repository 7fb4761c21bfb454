package leadglass.server.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Looks after running requests and silent connections, a few times a second.
final class Watchdog implements AutoCloseable {
  private static final long PERIOD_MILLIS = 250;

  private final Set<Pace> paces = ConcurrentHashMap.newKeySet();
  private final Connections connections;
  private final ScheduledExecutorService timer;

  Watchdog(Connections connections) {
    this.connections = connections;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("web-watchdog").daemon().factory());
    Future<?> _ =
        timer.scheduleWithFixedDelay(
            this::check, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void check() {
    paces.forEach(Pace::check);
    connections.check();
  }

  void watch(Pace pace) {
    paces.add(pace);
  }

  void release(Pace pace) {
    paces.remove(pace);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
