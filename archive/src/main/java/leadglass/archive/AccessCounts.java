package leadglass.archive;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import leadglass.store.Store;
import org.jspecify.annotations.Nullable;

/// How much was looked at on each of the last days, by whom, and who stands out. Read from the
/// trail once, then only what is new in it. Patients are counted by a hash, up to a bound.
///
/// Safe for use by several threads.
public final class AccessCounts {
  public static final int DAYS = 30;

  /// Patients of one person on one day; more are not told apart.
  static final int PATIENTS_MAX = 5_000;

  /// People counted one by one; more are left out of who stands out.
  private static final int PEOPLE_MAX = 2_000;

  /// How much more than usual stands out, and from how many patients on.
  private static final int TIMES = 3;

  private static final int PATIENTS_MIN = 20;

  private final Store store;
  private final @Nullable String named;
  private final Gate gate;
  private final AuditTrail trail;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<LocalDate, Map<String, Worked>> days = new TreeMap<>(); // guarded by lock
  private final Map<LocalDate, Long> looks = new TreeMap<>(); // guarded by lock
  private long next = -1; // guarded by lock

  private static final class Worked {
    private final Set<Long> patients = new HashSet<>();
    private long night;
  }

  /// @param named id of a further site; null for the one that runs the archive
  AccessCounts(Store store, @Nullable String named, Gate gate, AuditTrail trail, Clock clock) {
    this.store = store;
    this.named = named;
    this.gate = gate;
    this.trail = trail;
    this.clock = clock;
  }

  /// @param looks studies opened by people and their programs
  /// @param people how many of them
  public record Day(LocalDate date, long looks, int people) {}

  /// @param subject such as `person mara`
  public record Outlier(String subject, String why) {}

  /// @param days the oldest first, without gaps
  /// @param left whether somebody was left out of who stands out: there are too many
  public record Seen(List<Day> days, List<Outlier> outliers, boolean left) {
    public Seen {
      days = List.copyOf(days);
      outliers = List.copyOf(outliers);
    }
  }

  /// The last days, for whoever may read the trail; empty for others.
  public Optional<Seen> seen(Caller by) throws IOException {
    boolean may = gate.permits(by, Verb.READ_AUDIT);
    String what = "accesses by day";
    trail.note(by, Act.LOG_USED, may, null, may ? what : what + " refused");
    if (!may) {
      return Optional.empty();
    }
    lock.lock();
    try {
      LocalDate today = LocalDate.now(clock);
      follow(today.minusDays(DAYS - 1L));
      return Optional.of(told(today));
    } finally {
      lock.unlock();
    }
  }

  private void follow(LocalDate first) throws IOException {
    days.keySet().removeIf(day -> day.isBefore(first));
    looks.keySet().removeIf(day -> day.isBefore(first));
    long end = store.trail().size();
    if (next < 0) {
      next = store.trail().from(first.atStartOfDay(clock.getZone()).toInstant().toEpochMilli());
    }
    if (next < end) {
      store
          .trail()
          .read(
              next,
              (number, opened) -> {
                take(
                    trail.decode(opened),
                    opened.about().map(about -> about.patient().value()),
                    first);
                next = number + 1;
                return next < end;
              });
    }
  }

  private void take(AuditEntry entry, Optional<String> patient, LocalDate first) {
    boolean look =
        (entry.act() == Act.RETRIEVED || entry.act() == Act.PREVIEWED)
            && (entry.kind().equals("person") || entry.kind().equals("program"))
            && entry.success()
            && !entry.ends();
    if (!look || patient.isEmpty() || !Objects.equals(entry.site(), named)) {
      return;
    }
    ZonedDateTime at = Instant.ofEpochMilli(entry.at()).atZone(clock.getZone());
    LocalDate day = at.toLocalDate();
    if (day.isBefore(first)) {
      return;
    }
    looks.merge(day, 1L, Long::sum);
    String subject = "person " + entry.who().replaceFirst("/.*$", "");
    Map<String, Worked> people = days.computeIfAbsent(day, _ -> new HashMap<>());
    Worked worked = people.get(subject);
    if (worked == null) {
      if (people.size() >= PEOPLE_MAX) {
        return;
      }
      worked = new Worked();
      people.put(subject, worked);
    }
    if (worked.patients.size() < PATIENTS_MAX) {
      worked.patients.add(Long.parseUnsignedLong(patient.get().substring(0, 16), 16));
    }
    if (Firsts.isNight(at)) {
      worked.night++;
    }
  }

  private Seen told(LocalDate today) {
    List<Day> all = new ArrayList<>();
    for (LocalDate day = today.minusDays(DAYS - 1L); !day.isAfter(today); day = day.plusDays(1)) {
      all.add(new Day(day, looks.getOrDefault(day, 0L), days.getOrDefault(day, Map.of()).size()));
    }
    boolean left = days.values().stream().anyMatch(people -> people.size() >= PEOPLE_MAX);
    return new Seen(all, outliers(today), left);
  }

  private List<Outlier> outliers(LocalDate today) {
    List<Outlier> found = new ArrayList<>();
    days.getOrDefault(today, Map.of())
        .forEach((subject, worked) -> many(today, subject, worked).ifPresent(found::add));
    Set<String> subjects = new HashSet<>();
    days.values().forEach(people -> subjects.addAll(people.keySet()));
    subjects.forEach(subject -> night(today, subject).ifPresent(found::add));
    found.sort(Comparator.comparing(Outlier::subject).thenComparing(Outlier::why));
    return found;
  }

  private Optional<Outlier> many(LocalDate today, String subject, Worked worked) {
    int[] before =
        days.entrySet().stream()
            .filter(day -> day.getKey().isBefore(today))
            .flatMap(day -> Optional.ofNullable(day.getValue().get(subject)).stream())
            .mapToInt(other -> other.patients.size())
            .sorted()
            .toArray();
    int count = worked.patients.size();
    double usual = median(before);
    return count > PATIENTS_MIN && count >= TIMES * usual
        ? Optional.of(
            new Outlier(
                subject,
                count
                    + " patients today; "
                    + (before.length == 0
                        ? "nothing on the " + (DAYS - 1) + " days before"
                        : "usual on a day of work: " + Math.round(usual))))
        : Optional.empty();
  }

  static double median(int[] sorted) {
    int half = sorted.length / 2;
    if (sorted.length == 0) {
      return 0;
    }
    return sorted.length % 2 == 1
        ? sorted[half]
        : Arrays.stream(sorted, half - 1, half + 1).average().orElse(0);
  }

  /// Whoever looked in one night, and in no other of the last days.
  private Optional<Outlier> night(LocalDate today, String subject) {
    List<LocalDate> nights = new ArrayList<>();
    long count = 0;
    for (Map.Entry<LocalDate, Map<String, Worked>> day : days.entrySet()) {
      Worked worked = day.getValue().get(subject);
      if (worked != null && worked.night > 0) {
        nights.add(day.getKey());
        count += worked.night;
      }
    }
    // One night has two dates.
    boolean one =
        nights.size() == 1
            || (nights.size() == 2 && nights.getFirst().plusDays(1).equals(nights.getLast()));
    long ago =
        one ? Duration.between(nights.getLast().atStartOfDay(), today.atStartOfDay()).toDays() : 0;
    return one
        ? Optional.of(
            new Outlier(
                subject,
                count
                    + (count == 1 ? " look" : " looks")
                    + " between 22:00 and 06:00, "
                    + (ago == 0 ? "today" : ago + (ago == 1 ? " day ago" : " days ago"))
                    + "; no other night in "
                    + DAYS
                    + " days"))
        : Optional.empty();
  }
}
