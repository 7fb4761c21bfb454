package leadglass.archive;

import java.io.IOException;
import java.text.Normalizer;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.store.Registry;

/// What somebody does for the first time ever and what may mean that it is not them, or not for
/// work: opening patients at night, opening many on one day, opening somebody of their own name.
/// Nobody is stopped by it; who looks after the archive is told.
///
/// Safe for use by several threads.
public final class Firsts {

  /// How long it stands on front pages.
  public static final Duration SHOWN = Duration.ofDays(7);

  private static final int NIGHT_FROM = 22;
  private static final int NIGHT_UNTIL = 6;
  private static final int PART_CHARS_MIN = 3;
  private static final int LATELY_MAX = 10_000;

  private final Documents<FirstRecord> documents;
  private final Gate gate;
  private final int many;
  private final SecurityTrail trail;
  private final InstantSource clock;
  private final ZoneId zone;
  private final Consumer<? super ArchiveEvent> events;
  private final Map<String, FirstRecord> known = new ConcurrentHashMap<>();

  /// Patients opened on a day, by subject. Guarded by itself.
  private final Map<String, Day> days = new HashMap<>();

  private final Set<String> lately = ConcurrentHashMap.newKeySet();

  private record Day(LocalDate date, Set<String> patients) {}

  /// As it is kept in the registry.
  ///
  /// @param subject such as `person mara`
  record FirstRecord(String subject, Pattern pattern, long at) {}

  /// What was done for the first time.
  public enum Pattern {
    NIGHT("opened patients at night"),
    MANY("opened many patients on one day"),
    OWN_NAME("opened a patient of their own name");

    private final String words;

    Pattern(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  /// @param subject such as `person mara`
  public record First(String subject, Pattern pattern, long atMillis) {}

  /// @param budget of a day; half of it is many
  Firsts(
      Registry registry,
      Brakes.Limits budget,
      Gate gate,
      SecurityTrail trail,
      InstantSource clock,
      ZoneId zone,
      Consumer<? super ArchiveEvent> events) {
    this.documents = new Documents<>(registry, "first", FirstRecord.class);
    this.gate = gate;
    this.many = Math.max(2, budget.patientsPerDay() / 2);
    this.trail = trail;
    this.clock = clock;
    this.zone = zone;
    this.events = events;
    documents.list().forEach(kept -> known.put(kept.key(), kept.document()));
  }

  /// Whether it is worth telling that somebody opens a study: the next frame of the same one, in
  /// the same hour, is not.
  boolean wants(Caller caller, Uid study) {
    Optional<String> account = account(caller);
    if (account.isEmpty()) {
      return false;
    }
    if (lately.size() >= LATELY_MAX) {
      lately.clear();
    }
    long hour = clock.millis() / Duration.ofHours(1).toMillis();
    return lately.add(account.get() + " " + study.value() + " " + hour);
  }

  /// Somebody opens a patient.
  ///
  /// @param patient pseudonym
  /// @param study attributes of the study
  void opened(Caller caller, String patient, DataSet study) throws IOException {
    Optional<String> account = account(caller);
    if (account.isEmpty()) {
      return;
    }
    String subject = "person " + account.get();
    ZonedDateTime now = clock.instant().atZone(zone);
    if (isNight(now)) {
      first(caller, subject, Pattern.NIGHT);
    }
    if (ofToday(subject, now.toLocalDate(), patient) >= many) {
      first(caller, subject, Pattern.MANY);
    }
    if (isNamesake(account.get(), study)) {
      first(caller, subject, Pattern.OWN_NAME);
    }
  }

  /// Whether hardly anybody works then.
  static boolean isNight(ZonedDateTime time) {
    return time.getHour() >= NIGHT_FROM || time.getHour() < NIGHT_UNTIL;
  }

  private static Optional<String> account(Caller caller) {
    return switch (caller) {
      case Caller.Person person -> Optional.of(person.name());
      case Caller.Program program -> Optional.of(program.owner());
      case Caller.Stranger _, Caller.Device _, Caller.Share _, Caller.Patient _, Caller.Console _ ->
          Optional.empty();
    };
  }

  private int ofToday(String subject, LocalDate today, String patient) {
    synchronized (days) {
      Day day = days.get(subject);
      if (day == null || !day.date().equals(today)) {
        day = new Day(today, new HashSet<>());
        days.put(subject, day);
      }
      if (day.patients().size() < many) {
        day.patients().add(patient);
      }
      return day.patients().size();
    }
  }

  private void first(Caller caller, String subject, Pattern pattern) throws IOException {
    String key = subject + " " + pattern;
    if (known.containsKey(key)) {
      return;
    }
    FirstRecord record = new FirstRecord(subject, pattern, clock.millis());
    if (known.putIfAbsent(key, record) != null) {
      return;
    }
    trail.security(
        AuditTrail.Who.of(caller), caller.origin(), true, "for the first time: " + pattern.words());
    documents.put(key, 0, record);
    events.accept(new ArchiveEvent.FirstTime(subject, pattern));
  }

  /// Whether a part of the account's name is a part of the patient's.
  static boolean isNamesake(String account, DataSet study) {
    Set<String> own = parts(account);
    own.retainAll(parts(study.string(Tag.PATIENT_NAME).orElse("")));
    return !own.isEmpty();
  }

  private static Set<String> parts(String name) {
    String folded =
        Normalizer.normalize(name, Normalizer.Form.NFD)
            .replaceAll("\\p{M}", "")
            .toLowerCase(Locale.ROOT);
    Set<String> parts = new HashSet<>(Arrays.asList(folded.split("[^\\p{L}]+", -1)));
    parts.removeIf(part -> part.length() < PART_CHARS_MIN);
    return parts;
  }

  /// What was done for the first time within the last days, the newest first, for administrators
  /// and auditors; empty for others.
  public List<First> recent(Caller caller) {
    boolean told = gate.permits(caller, Verb.ADMINISTER) || gate.permits(caller, Verb.READ_AUDIT);
    if (!told) {
      return List.of();
    }
    long since = clock.millis() - SHOWN.toMillis();
    List<First> recent = new ArrayList<>();
    known.values().stream()
        .filter(each -> each.at() >= since)
        .sorted(Comparator.comparingLong(FirstRecord::at).reversed())
        .forEach(each -> recent.add(new First(each.subject(), each.pattern(), each.at())));
    return recent;
  }
}
