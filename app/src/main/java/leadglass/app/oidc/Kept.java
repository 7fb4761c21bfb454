package leadglass.app.oidc;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Something fetched once and kept for a while; a failure is kept for a moment too, so that a
/// provider that is down is not asked by everybody.
///
/// Safe for use by several threads.
final class Kept<T> {
  private static final Duration FAILURE = Duration.ofSeconds(5);
  private static final Duration WAIT = Duration.ofSeconds(10);

  private final Duration lasts;
  private final Duration apart;
  private final InstantSource clock;
  private final Source<T> source;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Fetched<T> fetched;
  private volatile long failedAt = Long.MIN_VALUE / 2;

  @FunctionalInterface
  interface Source<T> {
    T fetch() throws IOException;
  }

  private record Fetched<T>(T value, long at) {}

  /// @param lasts how long it is good
  /// @param apart how long to wait at least before it is fetched anew on suspicion
  Kept(Duration lasts, Duration apart, InstantSource clock, Source<T> source) {
    this.lasts = lasts;
    this.apart = apart;
    this.clock = clock;
    this.source = source;
  }

  T value() throws IOException {
    return younger(lasts);
  }

  /// Fetched anew, unless it was a moment ago.
  T again() throws IOException {
    return younger(apart);
  }

  private T younger(Duration age) throws IOException {
    Fetched<T> before = fetched;
    if (before != null && within(before.at(), age)) {
      return before.value();
    }
    try {
      if (!lock.tryLock(WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("others wait for the same");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted");
    }
    try {
      Fetched<T> meanwhile = fetched;
      if (meanwhile != null && within(meanwhile.at(), age)) {
        return meanwhile.value();
      }
      if (within(failedAt, FAILURE)) {
        throw new IOException("it failed a moment ago");
      }
      return fetch();
    } finally {
      lock.unlock();
    }
  }

  private T fetch() throws IOException {
    try {
      T value = source.fetch();
      fetched = new Fetched<>(value, clock.millis());
      return value;
    } catch (IOException e) {
      failedAt = clock.millis();
      throw e;
    }
  }

  private boolean within(long at, Duration age) {
    long since = clock.millis() - at;
    return since >= 0 && since < age.toMillis();
  }
}
