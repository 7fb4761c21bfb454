package leadglass.archive;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// People who opened their link and have not joined yet, in memory alone: one browser a link, the
/// last one that opened it.
///
/// Safe for use by several threads.
final class Joins {
  /// Who rests for this long opens the link again.
  static final Duration TTL = Duration.ofHours(1);

  private static final int HANDLE_BYTES = 32;

  private final InstantSource clock;
  private final SecureRandom random;
  private final Secrets secrets;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<ByteBuffer, Join> joins = new LinkedHashMap<>();

  /// @param invite key of the link
  /// @param handle name of the account for authenticators
  /// @param draft what was shown and is to be proved
  record Join(String invite, long seen, byte[] handle, @Nullable Draft draft) {
    @Override
    public String toString() {
      return "Join[]";
    }
  }

  /// Factors that count once a code proves that they were kept.
  record Draft(AccountRecord.Factors factors, People.Enrolment shown) {
    @Override
    public String toString() {
      return "Draft[]";
    }
  }

  Joins(InstantSource clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
    this.secrets = new Secrets(random);
  }

  /// @return the ticket; one that was given for the same link before ends
  String begin(String invite) {
    byte[] handle = new byte[HANDLE_BYTES];
    random.nextBytes(handle);
    String ticket = secrets.fresh();
    lock.lock();
    try {
      joins.values().removeIf(each -> each.invite().equals(invite) || !alive(each));
      joins.put(Secrets.hash(ticket), new Join(invite, clock.millis(), handle, null));
    } finally {
      lock.unlock();
    }
    return ticket;
  }

  private boolean alive(Join join) {
    return Math.abs(clock.millis() - join.seen()) < TTL.toMillis();
  }

  Optional<Join> find(String ticket) {
    lock.lock();
    try {
      return Optional.ofNullable(joins.get(Secrets.hash(ticket))).filter(this::alive);
    } finally {
      lock.unlock();
    }
  }

  void draft(String ticket, Draft draft) {
    long now = clock.millis();
    lock.lock();
    try {
      joins.computeIfPresent(
          Secrets.hash(ticket), (_, old) -> new Join(old.invite(), now, old.handle(), draft));
    } finally {
      lock.unlock();
    }
  }

  void end(String invite) {
    lock.lock();
    try {
      joins.values().removeIf(each -> each.invite().equals(invite));
    } finally {
      lock.unlock();
    }
  }
}
