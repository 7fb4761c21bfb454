package leadglass.archive;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import leadglass.store.Registry;
import org.jspecify.annotations.Nullable;

/// What a stranger sees of the archive's own doors: the last check, those of the days before, and
/// whether it has become worse. Whoever looks is lent by the program that has the doors.
///
/// Safe for use by several threads.
public final class Exposure {

  /// A check that is older says little about now.
  public static final Duration FRESH = Duration.ofDays(7);

  /// So many days are kept, with what was found on each.
  public static final int DAYS_KEPT = 90;

  private static final String WHAT = "exposure checked";
  private static final String DROP = "drop";

  /// What it does by itself is no act of the console, which somebody would have to look at.
  private static final AuditTrail.Who OWN = new AuditTrail.Who("archive", "", null);

  private final Documents<DayRecord> days;
  private final Documents<DropRecord> drops;
  private final SecurityTrail trail;
  private final Gate gate;
  private final InstantSource clock;
  private final ZoneId zone;
  private final ReentrantLock keeping = new ReentrantLock();
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile @Nullable Eye eye;

  /// A day as it is kept.
  ///
  /// @param worst grade of it
  record DayRecord(ExposureCheck last, String worst) {
    static final String KIND = "exposure-day";
  }

  /// Since when it is worse than it was.
  ///
  /// @param from grade before
  record DropRecord(String from, String to, long at) {
    static final String KIND = "exposure-drop";
  }

  Exposure(Registry registry, SecurityTrail trail, Gate gate, InstantSource clock, ZoneId zone) {
    this.days = new Documents<>(registry, DayRecord.KIND, DayRecord.class);
    this.drops = new Documents<>(registry, DropRecord.KIND, DropRecord.class);
    this.trail = trail;
    this.gate = gate;
    this.clock = clock;
    this.zone = zone;
  }

  /// Whoever can look at the doors, because it has them.
  public interface Eye {
    /// Looks at every door, which takes a while.
    ExposureCheck look() throws IOException;

    /// Has it looked at soon, by [Exposure#run].
    void soon();

    /// What to type on another network, with a ticket that the archive signs; empty if it can't.
    ///
    /// @param host name or address by which the archive is reached from there; empty: its own
    Optional<String> command(String host) throws IOException;

    /// It has become worse than it was.
    void dropped(Drop drop);
  }

  /// It has become worse.
  ///
  /// @param from grade before
  /// @param atMillis when that was found
  public record Drop(String from, String to, long atMillis) {}

  /// A day of the history.
  ///
  /// @param grade the worst of that day; empty: nobody looked
  public record Day(LocalDate day, String grade) {}

  /// How it stands.
  ///
  /// @param last check; empty: there was none yet
  /// @param ageDays of it
  /// @param days up to today, the oldest first
  /// @param drop since when it is worse than it was, if it is
  /// @param looking whether a check is under way
  /// @param watched whether somebody can look now: the archive runs
  public record Standing(
      Optional<ExposureCheck> last,
      long ageDays,
      List<Day> days,
      Optional<Drop> drop,
      boolean looking,
      boolean watched) {
    public Standing {
      days = List.copyOf(days);
    }

    /// Whether the last check is too old to say how it is now.
    public boolean old() {
      return ageDays > FRESH.toDays();
    }

    /// In a word or three: `A`, `A, 9 days old`, `?`.
    public String words() {
      return last.map(check -> check.grade() + (old() ? ", " + ageDays + " days old" : ""))
          .orElse("?");
    }
  }

  /// What became of a wish to look.
  public sealed interface Asked {
    /// It was looked.
    record Done(ExposureCheck check) implements Asked {}

    /// It will be, at once.
    record Soon() implements Asked {}

    /// It is being looked already.
    record Busy() implements Asked {}

    /// Nobody has the doors: the archive does not run.
    record Blind() implements Asked {}

    /// Whoever asked may not.
    record NotThere() implements Asked {}
  }

  /// From now on, until [#close(Eye)].
  public void open(Eye other) {
    eye = other;
  }

  /// The doors are about to close.
  public void close(Eye other) {
    if (other.equals(eye)) {
      eye = null;
    }
  }

  /// Has it looked at soon; for whoever does not wait.
  public Asked ask(Caller by) {
    if (!gate.permits(by, Verb.OPERATE)) {
      return new Asked.NotThere();
    }
    Eye now = eye;
    if (now == null) {
      return new Asked.Blind();
    }
    if (looking.get()) {
      return new Asked.Busy();
    }
    now.soon();
    return new Asked.Soon();
  }

  /// Looks, keeps what is found, and announces it if it is worse than it was.
  public Asked run(Caller by) throws IOException {
    if (!gate.permits(by, Verb.OPERATE)) {
      return new Asked.NotThere();
    }
    Eye now = eye;
    if (now == null) {
      return new Asked.Blind();
    }
    if (!looking.compareAndSet(false, true)) {
      return new Asked.Busy();
    }
    try {
      ExposureCheck check = now.look();
      keep(by, check).ifPresent(now::dropped);
      return new Asked.Done(check);
    } finally {
      looking.set(false);
    }
  }

  /// @return how it has become worse, if it has
  Optional<Drop> keep(Caller by, ExposureCheck check) throws IOException {
    keeping.lock();
    try {
      Optional<ExposureCheck> before = last();
      String day = day(check.atMillis()).toString();
      Optional<Documents.Kept<DayRecord>> same = days.find(day);
      String worst =
          same.map(kept -> kept.document().worst())
              .filter(each -> ExposureCheck.isWorse(each, check.grade()))
              .orElse(check.grade());
      days.put(day, same.map(Documents.Kept::version).orElse(0L), new DayRecord(check, worst));
      forget(check.atMillis());
      boolean asked = !by.origin().door().equals(Origin.Door.ARCHIVE);
      boolean other = before.filter(each -> each.grade().equals(check.grade())).isEmpty();
      Optional<Drop> drop = drop(before, check);
      if (asked || other) {
        AuditTrail.Who who = asked ? AuditTrail.Who.of(by) : OWN;
        trail.security(who, by.origin(), drop.isEmpty(), said(before, check, drop));
      }
      return drop;
    } finally {
      keeping.unlock();
    }
  }

  private static String said(
      Optional<ExposureCheck> before, ExposureCheck check, Optional<Drop> drop) {
    String was = before.map(each -> ", before " + each.grade()).orElse("");
    return WHAT + (drop.isPresent() ? ", it is worse: grade " : ": grade ") + check.grade() + was;
  }

  /// It stays announced until it is as good again as it was.
  private Optional<Drop> drop(Optional<ExposureCheck> before, ExposureCheck check) {
    Optional<Documents.Kept<DropRecord>> kept = drops.find(DROP);
    boolean worse =
        before.filter(each -> ExposureCheck.isWorse(check.grade(), each.grade())).isPresent();
    if (kept.isPresent() && !ExposureCheck.isWorse(check.grade(), kept.get().document().from())) {
      drops.remove(DROP);
      return Optional.empty();
    }
    if (!worse) {
      return Optional.empty();
    }
    String from =
        kept.map(each -> each.document().from()).orElseGet(() -> before.orElseThrow().grade());
    DropRecord now = new DropRecord(from, check.grade(), check.atMillis());
    drops.put(DROP, kept.map(Documents.Kept::version).orElse(0L), now);
    return Optional.of(new Drop(before.orElseThrow().grade(), now.to(), now.at()));
  }

  private void forget(long now) {
    String first = day(now).minusDays(DAYS_KEPT).toString();
    days.list().stream()
        .map(Documents.Kept::key)
        .filter(key -> key.compareTo(first) < 0)
        .forEach(days::remove);
  }

  private LocalDate day(long millis) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(millis), zone);
  }

  private Optional<ExposureCheck> last() {
    return days.list().stream()
        .map(kept -> kept.document().last())
        .max(Comparator.comparingLong(ExposureCheck::atMillis));
  }

  /// When the last check was; empty: never.
  public Optional<Long> lastMillis() {
    return last().map(ExposureCheck::atMillis);
  }

  /// How it stands, with so many days of history; empty for whoever may not know.
  public Optional<Standing> standing(Caller by, int historyDays) {
    if (!gate.permits(by, Verb.EXPOSURE)) {
      return Optional.empty();
    }
    long now = clock.millis();
    LocalDate today = day(now);
    List<Documents.Kept<DayRecord>> kept = days.list();
    List<Day> history =
        today
            .minusDays(historyDays - 1L)
            .datesUntil(today.plusDays(1))
            .map(day -> new Day(day, grade(kept, day)))
            .toList();
    Optional<ExposureCheck> last = last();
    long age =
        last.map(check -> Duration.ofMillis(Math.max(0, now - check.atMillis())).toDays())
            .orElse(0L);
    return Optional.of(new Standing(last, age, history, dropped(), looking.get(), eye != null));
  }

  private static String grade(List<Documents.Kept<DayRecord>> kept, LocalDate day) {
    return kept.stream()
        .filter(each -> each.key().equals(day.toString()))
        .map(each -> each.document().worst())
        .findFirst()
        .orElse("");
  }

  private Optional<Drop> dropped() {
    return drops
        .find(DROP)
        .map(Documents.Kept::document)
        .map(each -> new Drop(each.from(), each.to(), each.at()));
  }

  /// Since when it is worse than it was: for whoever looks after the archive or its trail, in
  /// whatever hat.
  public Optional<Drop> drop(Caller by) {
    boolean told = gate.permits(by, Verb.EXPOSURE) || gate.couldWear(by, Verb.EXPOSURE);
    return told ? dropped() : Optional.empty();
  }

  /// What to type on another network; empty for whoever may not have it, and where nobody has the
  /// doors.
  ///
  /// @param host name or address by which the archive is reached from there; empty: its own
  public Optional<String> command(Caller by, String host) throws IOException {
    Eye now = eye;
    return now == null || !gate.permits(by, Verb.OPERATE) ? Optional.empty() : now.command(host);
  }
}
