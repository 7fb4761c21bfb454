package leadglass.archive;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Sessions, in memory alone: a restart ends them. Of each secret only the hash is here.
///
/// Safe for use by several threads.
final class Sessions {
  static final Duration IDLE = Duration.ofMinutes(15);
  static final Duration LONGEST = Duration.ofHours(12);

  /// How long a proved factor counts as fresh.
  static final Duration FRESH = Duration.ofMinutes(5);

  static final int PER_PERSON_MAX = 10;
  static final int COUNT_MAX = 10_000;

  private final InstantSource clock;
  private final Secrets secrets;
  private final ReentrantLock lock = new ReentrantLock();

  /// The longest idle first.
  private final Map<ByteBuffer, Session> sessions = new LinkedHashMap<>(16, 0.75f, true);

  /// One session.
  ///
  /// @param account key of the account
  /// @param epoch of the account when it signed in
  /// @param proved when a factor was last
  /// @param wrong answers since then when one was asked for
  record Session(
      String account, int epoch, Role hat, long began, long seen, long proved, int wrong) {
    private Session seenAt(long now) {
      return new Session(account, epoch, hat, began, now, proved, wrong);
    }

    private Session wearing(Role other) {
      return new Session(account, epoch, other, began, seen, proved, wrong);
    }

    private Session provedAt(long now) {
      return new Session(account, epoch, hat, began, seen, now, 0);
    }

    private Session missed() {
      return new Session(account, epoch, hat, began, seen, proved, wrong + 1);
    }

    private boolean fresh(long now) {
      return now >= proved && now - proved < FRESH.toMillis();
    }

    private boolean alive(long now) {
      // A clock set back would stretch a session; it ends instead.
      return now >= began
          && now - began < LONGEST.toMillis()
          && Math.abs(now - seen) < IDLE.toMillis();
    }
  }

  Sessions(InstantSource clock, Secrets secrets) {
    this.clock = clock;
    this.secrets = secrets;
  }

  /// @return the secret
  String begin(String account, int epoch, Role hat) {
    return begin(account, epoch, hat, clock.millis());
  }

  /// @param proved when a factor was last; 0 if nobody knows
  /// @return the secret
  String begin(String account, int epoch, Role hat, long proved) {
    long now = clock.millis();
    String secret = secrets.fresh();
    lock.lock();
    try {
      makeRoom(account, now);
      sessions.put(Secrets.hash(secret), new Session(account, epoch, hat, now, now, proved, 0));
    } finally {
      lock.unlock();
    }
    return secret;
  }

  private void makeRoom(String account, long now) {
    int own = 0;
    ByteBuffer idlest = null;
    for (Iterator<Map.Entry<ByteBuffer, Session>> it = sessions.entrySet().iterator();
        it.hasNext(); ) {
      Map.Entry<ByteBuffer, Session> next = it.next();
      if (!next.getValue().alive(now)) {
        it.remove();
      } else if (next.getValue().account().equals(account)) {
        own++;
        idlest = idlest == null ? next.getKey() : idlest;
      }
    }
    if (own >= PER_PERSON_MAX && idlest != null) {
      sessions.remove(idlest);
    } else if (sessions.size() >= COUNT_MAX) {
      sessions.remove(sessions.keySet().iterator().next());
    }
  }

  /// The session, if it is alive; it is not idle from now on.
  Optional<Session> touch(String secret) {
    long now = clock.millis();
    ByteBuffer hash = Secrets.hash(secret);
    lock.lock();
    try {
      Session session = sessions.get(hash);
      if (session == null) {
        return Optional.empty();
      }
      if (!session.alive(now)) {
        sessions.remove(hash);
        return Optional.empty();
      }
      Session touched = session.seenAt(now);
      sessions.put(hash, touched);
      return Optional.of(touched);
    } finally {
      lock.unlock();
    }
  }

  /// Puts another hat on.
  boolean wear(String secret, Role hat) {
    lock.lock();
    try {
      return sessions.computeIfPresent(Secrets.hash(secret), (_, old) -> old.wearing(hat)) != null;
    } finally {
      lock.unlock();
    }
  }

  /// The same session with another hat under another secret; the old one ends.
  Optional<String> renew(String secret, Role hat) {
    String fresh = secrets.fresh();
    lock.lock();
    try {
      Session old = sessions.remove(Secrets.hash(secret));
      if (old == null) {
        return Optional.empty();
      }
      sessions.put(Secrets.hash(fresh), old.wearing(hat));
      return Optional.of(fresh);
    } finally {
      lock.unlock();
    }
  }

  /// Whether a factor was proved in this session within the last minutes.
  boolean fresh(String secret) {
    long now = clock.millis();
    lock.lock();
    try {
      Session session = sessions.get(Secrets.hash(secret));
      return session != null && session.alive(now) && session.fresh(now);
    } finally {
      lock.unlock();
    }
  }

  /// A factor was proved just now: the session goes on under another secret.
  Optional<String> proved(String secret) {
    String fresh = secrets.fresh();
    long now = clock.millis();
    lock.lock();
    try {
      Session old = sessions.remove(Secrets.hash(secret));
      if (old == null || !old.alive(now)) {
        return Optional.empty();
      }
      sessions.put(Secrets.hash(fresh), old.provedAt(now));
      return Optional.of(fresh);
    } finally {
      lock.unlock();
    }
  }

  /// A factor was asked for and the answer was wrong; the session ends with the last of them.
  ///
  /// @return whether it lives on
  boolean missed(String secret, int wrongMax) {
    ByteBuffer hash = Secrets.hash(secret);
    lock.lock();
    try {
      Session session = sessions.get(hash);
      if (session == null || session.missed().wrong() >= wrongMax) {
        sessions.remove(hash);
        return false;
      }
      sessions.put(hash, session.missed());
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// How many of an account are alive.
  int count(String account) {
    long now = clock.millis();
    lock.lock();
    try {
      return (int)
          sessions.values().stream()
              .filter(session -> session.account().equals(account) && session.alive(now))
              .count();
    } finally {
      lock.unlock();
    }
  }

  void end(String secret) {
    lock.lock();
    try {
      sessions.remove(Secrets.hash(secret));
    } finally {
      lock.unlock();
    }
  }

  /// Ends every session of an account.
  void endAll(String account) {
    lock.lock();
    try {
      sessions.values().removeIf(session -> session.account().equals(account));
    } finally {
      lock.unlock();
    }
  }

  /// Ends every session of an account but one.
  void endOthers(String account, String secret) {
    ByteBuffer kept = Secrets.hash(secret);
    lock.lock();
    try {
      sessions
          .entrySet()
          .removeIf(
              each -> each.getValue().account().equals(account) && !each.getKey().equals(kept));
    } finally {
      lock.unlock();
    }
  }

  int count() {
    lock.lock();
    try {
      return sessions.size();
    } finally {
      lock.unlock();
    }
  }
}
