package leadglass.archive;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Refused tries on their way into the audit trail: of the same kind by the same caller from the
/// same address one entry a minute, then one with how many more there were. Whoever guesses all day
/// can't fill the disk.
///
/// Safe for use by several threads.
final class Refusals {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /// More strangers' addresses within a minute are counted together. Who is known has a name in the
  /// trail, and there are not so many of them.
  static final int APART_MAX = 100;

  private static final String TOGETHER = "many";

  private final SecurityTrail trail;
  private final InstantSource clock;
  private final Consumer<? super ArchiveEvent> events;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Key, Minute> minutes = new LinkedHashMap<>();

  Refusals(SecurityTrail trail, InstantSource clock, Consumer<? super ArchiveEvent> events) {
    this.trail = trail;
    this.clock = clock;
    this.events = events;
  }

  private record Key(AuditTrail.Who who, Origin.Door door, String address, String detail) {}

  private static final class Minute {
    private final Origin origin;
    private final long began;
    private long more;

    Minute(Origin origin, long began) {
      this.origin = origin;
      this.began = began;
    }
  }

  private record Summary(Key key, Origin origin, long more) {}

  /// Somebody was refused: in the trail, or counted for it, when this returns.
  void refused(Caller caller, String detail) throws IOException {
    if (note(AuditTrail.Who.of(caller), caller.origin(), detail)) {
      events.accept(new ArchiveEvent.AccessRefused(caller.origin().door()));
    }
  }

  /// Somebody tried again too soon.
  void slowed(Origin origin, Duration wait, String detail) throws IOException {
    if (note(AuditTrail.Who.of(new Caller.Stranger(origin)), origin, detail)) {
      events.accept(new ArchiveEvent.TriesSlowed(origin.door(), wait.toSeconds()));
    }
  }

  private boolean note(AuditTrail.Who who, Origin origin, String detail) throws IOException {
    long now = clock.millis();
    Key key = new Key(who, origin.door(), Address.counted(origin.address()), detail);
    Origin from = origin;
    List<Summary> ended;
    boolean first;
    lock.lock();
    try {
      ended = ended(now);
      boolean stranger = key.who().kind().equals("stranger");
      if (stranger && !minutes.containsKey(key) && minutes.size() >= APART_MAX) {
        from = new Origin(origin.door(), TOGETHER);
        key = new Key(who, origin.door(), TOGETHER, detail);
      }
      Minute minute = minutes.get(key);
      first = minute == null;
      if (minute == null) {
        minutes.put(key, new Minute(from, now));
      } else {
        minute.more++;
      }
    } finally {
      lock.unlock();
    }
    write(ended);
    if (first) {
      trail.security(key.who(), from, false, detail);
    }
    return first;
  }

  /// Writes the counts of minutes that are over; of all when the archive closes.
  void sum(boolean all) throws IOException {
    List<Summary> ended;
    lock.lock();
    try {
      ended = ended(all ? Long.MAX_VALUE : clock.millis());
    } finally {
      lock.unlock();
    }
    write(ended);
  }

  private void write(List<Summary> ended) throws IOException {
    for (Summary summary : ended) {
      trail.security(
          summary.key().who(),
          summary.origin(),
          false,
          summary.key().detail() + ", " + summary.more() + " more within a minute");
    }
  }

  /// Takes out what began longer than a minute ago; they stand in the order they began.
  private List<Summary> ended(long now) {
    List<Summary> ended = new ArrayList<>();
    for (Iterator<Map.Entry<Key, Minute>> it = minutes.entrySet().iterator(); it.hasNext(); ) {
      Map.Entry<Key, Minute> next = it.next();
      Minute minute = next.getValue();
      // A clock set back ends them too, or they would swallow refusals until it catches up.
      if (now >= minute.began && now - minute.began < MINUTE.toMillis()) {
        break;
      }
      if (minute.more > 0) {
        ended.add(new Summary(next.getKey(), minute.origin, minute.more));
      }
      it.remove();
    }
    return ended;
  }
}
