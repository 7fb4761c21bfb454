package leadglass.archive;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// People whom their provider knows and who owe a second factor of ours. They are nobody yet: what
/// is kept here opens nothing but the page that asks for it.
///
/// Safe for use by several threads.
final class HalfSignIns {
  static final Duration TTL = Duration.ofMinutes(10);
  static final int COUNT_MAX = 1_000;

  private final InstantSource clock;
  private final Secrets secrets;
  private final ReentrantLock lock = new ReentrantLock();

  /// The oldest first.
  private final Map<ByteBuffer, Half> halves = new LinkedHashMap<>();

  HalfSignIns(InstantSource clock, Secrets secrets) {
    this.clock = clock;
    this.secrets = secrets;
  }

  /// @param account key of it
  /// @param epoch of the account when its owner came
  /// @param provider name of it
  /// @param draft factors to be enrolled; null if there are some
  /// @param wrong answers so far
  record Half(
      String account, int epoch, String provider, long made, @Nullable Draft draft, int wrong) {
    private Half missed() {
      return new Half(account, epoch, provider, made, draft, wrong + 1);
    }

    @Override
    public String toString() {
      return "Half[]";
    }
  }

  /// Factors that count once a code of them was typed.
  record Draft(byte[] totp, RecoveryCodes recovery, People.Enrolment shown) {
    @Override
    public String toString() {
      return "Draft[]";
    }
  }

  /// @return the secret
  String begin(String account, int epoch, String provider, @Nullable Draft draft) {
    String secret = secrets.fresh();
    long now = clock.millis();
    lock.lock();
    try {
      halves.values().removeIf(half -> !alive(half, now));
      if (halves.size() >= COUNT_MAX) {
        halves.remove(halves.keySet().iterator().next());
      }
      halves.put(Secrets.hash(secret), new Half(account, epoch, provider, now, draft, 0));
    } finally {
      lock.unlock();
    }
    return secret;
  }

  private static boolean alive(Half half, long now) {
    return now >= half.made() && now - half.made() < TTL.toMillis();
  }

  Optional<Half> find(String secret) {
    long now = clock.millis();
    lock.lock();
    try {
      return Optional.ofNullable(halves.get(Secrets.hash(secret))).filter(half -> alive(half, now));
    } finally {
      lock.unlock();
    }
  }

  /// Whoever takes it goes on with it; nobody else can.
  Optional<Half> take(String secret) {
    long now = clock.millis();
    lock.lock();
    try {
      return Optional.ofNullable(halves.remove(Secrets.hash(secret)))
          .filter(half -> alive(half, now));
    } finally {
      lock.unlock();
    }
  }

  /// A wrong answer; with the last of them it ends.
  ///
  /// @return whether it lives on
  boolean missed(String secret, int wrongMax) {
    ByteBuffer hash = Secrets.hash(secret);
    lock.lock();
    try {
      Half half = halves.get(hash);
      if (half == null || half.wrong() + 1 >= wrongMax) {
        halves.remove(hash);
        return false;
      }
      halves.put(hash, half.missed());
      return true;
    } finally {
      lock.unlock();
    }
  }
}
