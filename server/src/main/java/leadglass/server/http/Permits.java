package leadglass.server.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import leadglass.archive.Caller;

/// How many handlers run at a time. Strangers have permits of their own, so that they can't take
/// those of people who work.
final class Permits {
  private final Semaphore known;
  private final Semaphore strangers;
  private final Duration patience;

  Permits(int requestsMax, Duration patience) {
    this.known = new Semaphore(requestsMax, true);
    this.strangers = new Semaphore(Math.max(1, requestsMax / 4), true);
    this.patience = patience;
  }

  /// A permit, to be given back; null if there is none in time.
  @org.jspecify.annotations.Nullable
  Semaphore acquire(Caller caller) {
    Semaphore pool = caller instanceof Caller.Stranger ? strangers : known;
    try {
      return pool.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS) ? pool : null;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
