package leadglass.archive;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Counts wrong tries by some key and says how long to wait: not at all for the first few, then
/// twice as long with each. Remembers a bounded number of keys and forgets what rested.
///
/// Safe for use by several threads.
final class Tries {
  private static final Duration REST = Duration.ofHours(1);
  private static final int DOUBLINGS_MAX = 30;

  private final InstantSource clock;
  private final Pace pace;
  private final int keysMax;
  private final ReentrantLock lock = new ReentrantLock();

  /// Longest untouched first.
  private final Map<String, Count> counts = new LinkedHashMap<>(16, 0.75f, true);

  /// @param free wrong tries that cost nothing
  /// @param first wait after the next one; doubled by each further
  record Pace(int free, Duration first, Duration longest) {}

  private record Count(int wrong, long lastMillis) {}

  Tries(InstantSource clock, Pace pace, int keysMax) {
    this.clock = clock;
    this.pace = pace;
    this.keysMax = keysMax;
  }

  /// How long until `key` may try again; empty: now.
  Optional<Duration> wait(String key) {
    lock.lock();
    try {
      Count count = counts.get(key);
      if (count == null || count.wrong() <= pace.free()) {
        return Optional.empty();
      }
      int doublings = Math.min(count.wrong() - pace.free() - 1, DOUBLINGS_MAX);
      long wait = Math.min(pace.first().toMillis() << doublings, pace.longest().toMillis());
      // Never longer than the wait itself, should the clock have been set back.
      long left = Math.min(wait, count.lastMillis() + wait - clock.millis());
      return left <= 0 ? Optional.empty() : Optional.of(Duration.ofMillis(left));
    } finally {
      lock.unlock();
    }
  }

  /// One more wrong try.
  void count(String key) {
    lock.lock();
    try {
      long now = clock.millis();
      Count count = counts.get(key);
      int before = count == null || now - count.lastMillis() > REST.toMillis() ? 0 : count.wrong();
      counts.put(key, new Count(before + 1, now));
      if (counts.size() > keysMax) {
        counts.remove(counts.keySet().iterator().next());
      }
    } finally {
      lock.unlock();
    }
  }

  /// Takes back `wrong` of them.
  void forgive(String key, int wrong) {
    lock.lock();
    try {
      Count count = counts.get(key);
      if (count != null && count.wrong() <= wrong) {
        counts.remove(key);
      } else if (count != null) {
        counts.put(key, new Count(count.wrong() - wrong, count.lastMillis()));
      }
    } finally {
      lock.unlock();
    }
  }

  int wrong(String key) {
    lock.lock();
    try {
      Count count = counts.get(key);
      return count == null ? 0 : count.wrong();
    } finally {
      lock.unlock();
    }
  }

  int keys() {
    lock.lock();
    try {
      return counts.size();
    } finally {
      lock.unlock();
    }
  }
}
