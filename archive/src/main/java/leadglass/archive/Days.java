package leadglass.archive;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import leadglass.store.Registry;

/// Days on which the archive was seen running, counted: the second source of time for everything
/// that destroys. A clock may jump ten years; this counts one more day at most for six hours of
/// running.
///
/// Confined to the sweeper but for reading.
final class Days {
  private static final String KEY = "days";
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final Duration ENOUGH = Duration.ofHours(6);

  /// How often the time that was run is written down.
  private static final Duration WRITE_EVERY = Duration.ofMinutes(10);

  /// @param count days so far
  /// @param day number of the last day counted, since 1970-01-01, whatever the clock said then
  /// @param ranMillis time run since that day was counted
  /// @param believedMillis a time that is not ahead of the true one unless the clock was wrong when
  ///   the archive was made: it follows the clock, two days at most for each day counted
  record Counted(int count, long day, long ranMillis, long believedMillis) {}

  private final Documents<Counted> documents;
  private final InstantSource clock;
  private volatile Counted counted;
  private long version;
  private long unwritten;

  Days(Registry registry, InstantSource clock) {
    this.documents = new Documents<>(registry, "running-days", Counted.class);
    this.clock = clock;
    long now = clock.millis();
    Optional<Documents.Kept<Counted>> kept = documents.find(KEY);
    this.version = kept.map(Documents.Kept::version).orElse(0L);
    this.counted =
        kept.map(Documents.Kept::document).orElse(new Counted(0, Math.floorDiv(now, DAY), 0, now));
  }

  int count() {
    return counted.count();
  }

  /// The clock, or less if it seems to have run ahead. For what may be destroyed only once a date
  /// has passed.
  long now() {
    return Math.min(clock.millis(), counted.believedMillis() + DAY);
  }

  /// The clock, or more if it may have fallen behind: what came until now came before that. For the
  /// beginning of what takes the place of something.
  long latest() {
    return Math.max(clock.millis(), counted.believedMillis() + 2 * DAY);
  }

  /// The archive ran for that long since the last call.
  ///
  /// @return whether it is time to write that down
  boolean ran(Duration elapsed) {
    Counted old = counted;
    long now = clock.millis();
    long today = Math.floorDiv(now, DAY);
    long ran = old.ranMillis() + elapsed.toMillis();
    unwritten += elapsed.toMillis();
    if (today != old.day() && ran >= ENOUGH.toMillis()) {
      long believed = Math.max(old.believedMillis(), Math.min(now, old.believedMillis() + 2 * DAY));
      write(new Counted(old.count() + 1, today, 0, believed));
      return true;
    }
    if (unwritten >= WRITE_EVERY.toMillis()) {
      write(new Counted(old.count(), old.day(), ran, old.believedMillis()));
      return true;
    }
    counted = new Counted(old.count(), old.day(), ran, old.believedMillis());
    return false;
  }

  private void write(Counted next) {
    if (!documents.put(KEY, version, next)) {
      throw new IllegalStateException("the count of days was changed by somebody else");
    }
    version++;
    counted = next;
    unwritten = 0;
  }
}
