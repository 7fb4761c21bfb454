package leadglass.app.system;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import leadglass.archive.Act;

/// What a script expects of the trail, of the accounting and of a patient's page, written down
/// while it acts.
final class YearLedger {
  private final YearClock clock;
  private final List<YearEntry> entries = new ArrayList<>();
  private final Map<Visit, Open> visits = new LinkedHashMap<>();
  private final Map<Refusal, Minute> refusals = new LinkedHashMap<>();
  private final List<Due> due = new ArrayList<>();
  private final List<Given> given = new ArrayList<>();
  private final Map<Key, Told> seen = new LinkedHashMap<>();
  private final List<Told> told = new ArrayList<>();
  private boolean changed;

  /// What is one visit to the trail, as long as it is not over.
  private record Visit(String kind, String name, String hat, Act act, String study) {
    static Visit of(YearEntry.Who who, Act act, String study) {
      return new Visit(who.kind(), who.name(), who.hat(), act, study);
    }
  }

  private record Refusal(YearEntry.Who who, String detail) {}

  private record Minute(Instant began, long more) {}

  /// What the archive does by itself once a time has come.
  private record Due(Instant at, Act act, String detail) {}

  /// Whoever saw a study, by whichever door, is one line to the patient.
  private record Key(String kind, String name, String hat, String study) {}

  private static final class Open {
    private final YearEntry first;
    private final Given given;
    private long instances;

    Open(YearEntry first, Given given) {
      this.first = first;
      this.given = given;
    }
  }

  /// Somebody was given something of a study.
  static final class Given {
    private final YearEntry first;
    private long instances;

    Given(YearEntry first) {
      this.first = first;
    }

    YearEntry first() {
      return first;
    }

    /// Of the whole visit.
    long instances() {
      return instances;
    }
  }

  /// What a patient is to read of a visit.
  static final class Told {
    final Instant at;
    final YearEntry.Who who;
    final String study;
    final String why;
    final boolean emergency;
    private YearWords.Deed deed;
    private String did;
    private long pictures;
    private long previews;

    Told(YearEntry entry, YearWords.Deed deed, String did, boolean emergency) {
      this.at = entry.at();
      this.who = new YearEntry.Who(entry.kind(), entry.who(), entry.hat(), entry.door());
      this.study = entry.study();
      this.why = entry.purpose();
      this.deed = deed;
      this.did = did;
      this.emergency = emergency;
    }

    private void more(YearWords.Deed what, Act act) {
      if (what.compareTo(deed) > 0) {
        deed = what;
        did = what.words();
      }
      pictures += act == Act.RETRIEVED ? 1 : 0;
      previews += act == Act.PREVIEWED ? 1 : 0;
    }

    YearWords.Deed deed() {
      return deed;
    }

    String did() {
      return did;
    }

    /// How often a picture went out; 0 where none did.
    long images() {
      return switch (deed) {
        case SAW_IMAGES -> pictures;
        case SAW_PREVIEWS -> previews;
        default -> 0;
      };
    }
  }

  YearLedger(YearClock clock) {
    this.clock = clock;
  }

  /// One that is done now.
  YearEntry entry(YearEntry.Who who, Act act, String detail) {
    return YearEntry.of(clock.instant(), who, act, true, detail);
  }

  void add(YearEntry entry) {
    entries.add(entry);
  }

  void expect(YearEntry.Who who, Act act, String detail) {
    add(entry(who, act, detail));
  }

  void done(YearEntry.Who who, String detail) {
    expect(who, Act.SECURITY, detail);
  }

  /// The same, and who may do what is another matter from now on.
  void changed(YearEntry.Who who, String detail) {
    done(who, detail);
    changed = true;
  }

  /// The first time within a minute it is an entry; how often more is one when the minute is over.
  void refused(YearEntry.Who who, String detail) {
    sum();
    Refusal refusal = new Refusal(who, detail);
    Minute minute = refusals.get(refusal);
    if (minute == null) {
      add(YearEntry.of(clock.instant(), who, Act.SECURITY, false, detail));
    }
    refusals.put(
        refusal,
        minute == null
            ? new Minute(clock.instant(), 0)
            : new Minute(minute.began(), minute.more() + 1));
  }

  private void sum() {
    Instant over = clock.instant().minus(Duration.ofMinutes(1));
    List<Refusal> ended =
        refusals.keySet().stream()
            .filter(each -> !Objects.requireNonNull(refusals.get(each)).began().isAfter(over))
            .toList();
    for (Refusal each : ended) {
      Minute minute = Objects.requireNonNull(refusals.remove(each));
      if (minute.more() > 0) {
        String detail = each.detail() + ", " + minute.more() + " more within a minute";
        add(YearEntry.of(clock.instant(), each.who(), Act.SECURITY, false, detail));
      }
    }
  }

  /// The archive does something itself, when it sweeps after a time.
  void later(Instant at, Act act, String detail) {
    due.add(new Due(at, act, detail));
  }

  /// What was to be done will not be: it was done by somebody.
  void never(String detail) {
    due.removeIf(each -> each.detail().equals(detail));
  }

  /// Somebody is shown that there is a study.
  void listed(YearEntry.Who who, String study, long rows, String why, String whom) {
    YearEntry entry = entry(who, Act.SEARCHED, "").about(study).count(rows).stated(why, whom);
    add(entry);
    if (rows > 0) {
      see(entry, YearWords.Deed.SAW_THAT_THERE, false);
    }
  }

  /// Somebody touches a study: one entry when a visit begins, one when it is over.
  void touch(YearEntry.Who who, Act act, String study, String detail, String why, String whom) {
    YearEntry now = entry(who, act, detail).about(study).stated(why, whom);
    Open open = visits.get(Visit.of(who, act, study));
    if (open == null) {
      Given fresh = new Given(now);
      given.add(fresh);
      open = new Open(now, fresh);
      visits.put(Visit.of(who, act, study), open);
      entries.add(now);
    }
    open.instances++;
    open.given.instances++;
    see(now, YearWords.Deed.of(act), !detail.isEmpty());
  }

  private void see(YearEntry entry, YearWords.Deed deed, boolean emergency) {
    Key key = new Key(entry.kind(), entry.who(), entry.hat(), entry.study());
    Told line = seen.get(key);
    if (line == null) {
      line = new Told(entry, deed, deed.words(), emergency);
      seen.put(key, line);
      told.add(line);
    }
    line.more(deed, entry.act());
  }

  /// Something else was done with a study than to look at it.
  void tell(YearEntry entry, YearWords.Deed deed, String did) {
    add(entry);
    told.add(new Told(entry, deed, did, deed == YearWords.Deed.EMERGENCY));
  }

  /// The day is over: whether the archive writes down who may do what.
  boolean state() {
    boolean state = changed;
    changed = false;
    return state;
  }

  /// A later day: every visit is over, and every minute in which somebody was refused.
  ///
  /// @return whether something became due that changes who may do what
  boolean leave() {
    sum();
    visits.values().forEach(open -> add(open.first.ended(clock.instant(), open.instances)));
    visits.clear();
    seen.clear();
    List<Due> now = due.stream().filter(each -> !clock.instant().isBefore(each.at())).toList();
    due.removeAll(now);
    now.forEach(each -> expect(YearEntry.Who.archive(), each.act(), each.detail()));
    return now.stream().anyMatch(each -> each.act() == Act.SECURITY);
  }

  List<YearEntry> entries() {
    return entries;
  }

  List<Given> given() {
    return given;
  }

  List<Told> told() {
    return told;
  }
}
