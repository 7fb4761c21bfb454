package leadglass.archive;

import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// Sessions of whoever opened a link, in memory alone, as short as a person's. Of each secret only
/// the hash is here.
///
/// Safe for use by several threads.
final class ShareSessions {
  private static final int PER_SHARE_MAX = 5;

  private final InstantSource clock;
  private final Secrets secrets;
  private final ReentrantLock lock = new ReentrantLock();

  /// The longest idle first.
  private final Map<ByteBuffer, Session> sessions = new LinkedHashMap<>(16, 0.75f, true);

  private record Session(String share, long began, long seen) {
    boolean alive(long now) {
      // A clock set back would stretch a session; it ends instead.
      return now >= began
          && now - began < Sessions.LONGEST.toMillis()
          && Math.abs(now - seen) < Sessions.IDLE.toMillis();
    }
  }

  ShareSessions(InstantSource clock, Secrets secrets) {
    this.clock = clock;
    this.secrets = secrets;
  }

  /// @return the secret
  String begin(String share) {
    long now = clock.millis();
    String secret = secrets.fresh();
    lock.lock();
    try {
      makeRoom(share, now);
      sessions.put(Secrets.hash(secret), new Session(share, now, now));
    } finally {
      lock.unlock();
    }
    return secret;
  }

  private void makeRoom(String share, long now) {
    int own = 0;
    ByteBuffer idlest = null;
    for (Iterator<Map.Entry<ByteBuffer, Session>> it = sessions.entrySet().iterator();
        it.hasNext(); ) {
      Map.Entry<ByteBuffer, Session> next = it.next();
      if (!next.getValue().alive(now)) {
        it.remove();
      } else if (next.getValue().share().equals(share)) {
        own++;
        idlest = idlest == null ? next.getKey() : idlest;
      }
    }
    if (own >= PER_SHARE_MAX && idlest != null) {
      sessions.remove(idlest);
    } else if (sessions.size() >= Sessions.COUNT_MAX) {
      sessions.remove(sessions.keySet().iterator().next());
    }
  }

  /// Whether the secret is that of a session of `share`; it is not idle from now on.
  boolean touch(String share, String secret) {
    long now = clock.millis();
    ByteBuffer hash = Secrets.hash(secret);
    lock.lock();
    try {
      Session session = sessions.get(hash);
      if (session == null || !session.share().equals(share)) {
        return false;
      }
      if (!session.alive(now)) {
        sessions.remove(hash);
        return false;
      }
      sessions.put(hash, new Session(share, session.began(), now));
      return true;
    } finally {
      lock.unlock();
    }
  }

  void end(String share, String secret) {
    ByteBuffer hash = Secrets.hash(secret);
    lock.lock();
    try {
      Session session = sessions.get(hash);
      if (session != null && session.share().equals(share)) {
        sessions.remove(hash);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Ends every session of a link.
  void endAll(String share) {
    lock.lock();
    try {
      sessions.values().removeIf(session -> session.share().equals(share));
    } finally {
      lock.unlock();
    }
  }
}
