package leadglass.archive;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.store.Pseudonym;
import leadglass.store.Registry;
import leadglass.store.StudyName;
import leadglass.store.StudyRow;

/// Access in an emergency, beyond what a role reaches: to one patient, for one hour, for a reason
/// that is told at once and reviewed by an auditor later. Whoever asks has to know who it is:
/// nothing can be looked through by it.
///
/// Safe for use by several threads.
public final class Emergencies {
  public static final Duration LASTS = Duration.ofHours(1);

  /// A day's emergencies of one person; more need somebody else to look.
  public static final int PER_DAY_MAX = 5;

  /// Wrong ones count too, or IDs could be tried.
  private static final int TRIES_PER_DAY_MAX = 10;

  private static final int KEPT_MAX = 10_000;
  private static final Duration DAY = Duration.ofDays(1);

  /// The entry of the trail is written so soon after the emergency's time.
  private static final Duration ENTRY_WITHIN = Duration.ofSeconds(30);

  private final Custody custody;
  private final Documents<EmergencyRecord> documents;
  private final Supplier<String> names;
  private final Consumer<? super ArchiveEvent> events;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  /// Times of tries by account, of the last day. Guarded by the lock of acts.
  private final Map<String, List<Long>> tries = new HashMap<>();

  private record Known(long version, EmergencyRecord record) {}

  /// @param names fresh ones, 32 hex digits
  Emergencies(
      Custody custody,
      Registry registry,
      Supplier<String> names,
      Consumer<? super ArchiveEvent> events) {
    this.custody = custody;
    this.documents = new Documents<>(registry, "emergency", EmergencyRecord.class);
    this.names = names;
    this.events = events;
    for (Documents.Kept<EmergencyRecord> kept : documents.list()) {
      known.put(kept.key(), new Known(kept.version(), kept.document()));
    }
  }

  /// An emergency access, open or over.
  ///
  /// @param patientId of the patient; empty once nothing of them is held
  /// @param studies of the patient that are held and found
  public record Emergency(
      String name,
      String by,
      Role hat,
      String patientId,
      List<Uid> studies,
      String reason,
      long atMillis,
      long untilMillis,
      Optional<Review> review) {
    @Override
    public String toString() {
      return "Emergency[]";
    }
  }

  /// What an auditor said.
  public record Review(String by, long atMillis, String remark) {
    @Override
    public String toString() {
      return "Review[]";
    }
  }

  /// Opens one patient's studies for an hour.
  ///
  /// @param issuer of the Patient ID; empty where there is none
  /// @param birthDate eight digits, as the patient's studies have it
  /// @param reason must not say who the patient is
  public Ruling open(Caller by, String issuer, String patientId, String birthDate, String reason)
      throws IOException {
    if (!custody.permits(by, Verb.BREAK_GLASS, "an emergency access")
        || !(by instanceof Caller.Person person)) {
      return new Ruling.NotThere();
    }
    Optional<String> unsaid = Custody.refusedReason(reason);
    if (unsaid.isPresent()) {
      return new Ruling.Refused(unsaid.get());
    }
    custody.acts().lock();
    try {
      Optional<String> tooMany = counted(person.name());
      if (tooMany.isPresent()) {
        custody.refusals().refused(by, "an emergency access refused: too many today");
        return new Ruling.Refused(tooMany.get());
      }
      Optional<Pseudonym> patient =
          custody
              .pseudonym(new About.Patient(issuer.strip(), patientId.strip()))
              .filter(found -> bornOn(found, birthDate.replace("-", "").strip()));
      if (patient.isEmpty()) {
        custody.refusals().refused(by, "an emergency access refused: no such patient");
        return new Ruling.Refused(
            "Nothing is held of a patient with that ID and birth date. Are both typed right?");
      }
      List<StudyName> studies = custody.lifecycle().studiesOf(custody.site(), patient.get());
      Optional<String> wrong = Namesake.refused(custody, studies, reason);
      return wrong.isPresent()
          ? new Ruling.Refused(wrong.get())
          : opened(person, patient.get(), reason.strip());
    } finally {
      custody.acts().unlock();
    }
  }

  private Optional<String> counted(String account) {
    long now = custody.clock().millis();
    List<Long> times = tries.computeIfAbsent(account, _ -> new ArrayList<>());
    times.removeIf(time -> Math.abs(now - time) >= DAY.toMillis());
    long opened =
        known.values().stream()
            .filter(each -> each.record().by().equals(account))
            .filter(each -> Math.abs(now - each.record().at()) < DAY.toMillis())
            .count();
    if (opened >= PER_DAY_MAX || times.size() >= TRIES_PER_DAY_MAX) {
      return Optional.of(
          "That is too many emergencies for one day. Ask a radiologist to open the patient.");
    }
    times.add(now);
    return Optional.empty();
  }

  private boolean bornOn(Pseudonym patient, String date) {
    return custody.lifecycle().studiesOf(custody.site(), patient).stream()
        .flatMap(name -> custody.row(name).stream())
        .map(row -> Rows.whole(row).string(Tag.PATIENT_BIRTH_DATE).orElse("").replace(".", ""))
        .anyMatch(date::equals);
  }

  private Ruling opened(Caller.Person by, Pseudonym patient, String reason) throws IOException {
    String name = names.get();
    long now = custody.clock().millis();
    EmergencyRecord record =
        new EmergencyRecord(
            by.name(),
            by.hat().word(),
            patient.value(),
            reason,
            now,
            now + LASTS.toMillis(),
            null,
            null,
            null);
    custody.write(
        by,
        Act.EMERGENCY,
        "emergency access opened",
        custody.subject(patient, reason, new Stated(reason, null)));
    if (!documents.put(name, 0, record)) {
      throw new IllegalStateException("two emergencies of one name");
    }
    known.put(name, new Known(1, record));
    events.accept(new ArchiveEvent.EmergencyOpened(by.name()));
    return new Ruling.Done(name);
  }

  /// Whether a study is of a patient that this caller has open in an emergency.
  boolean opens(Caller caller, Uid study) {
    return reason(caller, study).isPresent();
  }

  /// Why a study is open to this caller in an emergency, if it is.
  Optional<String> reason(Caller caller, Uid study) {
    if (!(caller instanceof Caller.Person person)
        || !custody.gate().permits(caller, Verb.BREAK_GLASS)) {
      return Optional.empty();
    }
    List<EmergencyRecord> open =
        known.values().stream()
            .map(Known::record)
            .filter(record -> record.by().equals(person.name()) && isOpen(record))
            .toList();
    return open.isEmpty()
        ? Optional.empty()
        : custody
            .find(study)
            .flatMap(name -> custody.lifecycle().patientOf(custody.site(), name))
            .flatMap(patient ->
                open.stream()
                    .filter(record -> record.patient().equals(patient.value()))
                    .map(EmergencyRecord::reason)
                    .findFirst());
  }

  /// A clock set back would stretch it; it ends instead.
  private boolean isOpen(EmergencyRecord record) {
    long now = custody.clock().millis();
    return now >= record.at() && now < record.until();
  }

  /// Those that the caller has open, the newest first.
  public List<Emergency> own(Caller caller) {
    return caller instanceof Caller.Person person
            && custody.gate().permits(caller, Verb.BREAK_GLASS)
        ? all().stream()
            .filter(each -> each.getValue().record().by().equals(person.name()))
            .filter(each -> isOpen(each.getValue().record()))
            .map(this::seen)
            .toList()
        : List.of();
  }

  /// All of them, the newest first, for an auditor; empty for whoever may not know.
  public List<Emergency> list(Caller caller) throws IOException {
    if (!custody.gate().permits(caller, Verb.READ_AUDIT)) {
      return List.of();
    }
    List<Emergency> all = all().stream().map(this::seen).toList();
    custody.listed(caller, "emergencies", all.size());
    return all;
  }

  /// How many are not reviewed, for auditors and administrators; 0 for others.
  public long toReview(Caller caller) {
    boolean told =
        custody.gate().permits(caller, Verb.READ_AUDIT)
            || custody.gate().permits(caller, Verb.ADMINISTER);
    return told
        ? known.values().stream().filter(each -> each.record().reviewed() == null).count()
        : 0;
  }

  /// How many are known, for auditors and administrators; 0 for others.
  long count(Caller caller) {
    boolean told =
        custody.gate().permits(caller, Verb.READ_AUDIT)
            || custody.gate().permits(caller, Verb.ADMINISTER);
    return told ? known.size() : 0;
  }

  /// Whether an auditor has looked at the emergency that an entry of the trail tells of.
  ///
  /// @param patient pseudonym
  /// @param at when the entry was written
  boolean isReviewed(String by, String patient, long at) {
    return known.values().stream()
        .map(Known::record)
        .filter(record -> record.by().equals(by) && record.patient().equals(patient))
        .filter(record -> Math.abs(record.at() - at) <= ENTRY_WITHIN.toMillis())
        .anyMatch(record -> record.reviewed() != null);
  }

  private List<Map.Entry<String, Known>> all() {
    return known.entrySet().stream()
        .sorted(
            Comparator.comparingLong(
                    (Map.Entry<String, Known> each) -> each.getValue().record().at())
                .reversed())
        .limit(KEPT_MAX)
        .toList();
  }

  private Emergency seen(Map.Entry<String, Known> each) {
    EmergencyRecord record = each.getValue().record();
    List<StudyRow> rows =
        custody.lifecycle().studiesOf(custody.site(), new Pseudonym(record.patient())).stream()
            .flatMap(name -> custody.row(name).stream())
            .filter(row -> custody.find(row.study()).isPresent())
            .toList();
    String id = rows.stream().map(Rows::whole).map(Emergencies::patientId).findFirst().orElse("");
    Optional<Review> review =
        record.reviewed() == null || record.reviewedAt() == null || record.remark() == null
            ? Optional.empty()
            : Optional.of(new Review(record.reviewed(), record.reviewedAt(), record.remark()));
    return new Emergency(
        each.getKey(),
        record.by(),
        Role.of(record.hat()).orElse(Role.REFERRER),
        id,
        rows.stream().map(StudyRow::study).toList(),
        record.reason(),
        record.at(),
        record.until(),
        review);
  }

  private static String patientId(DataSet study) {
    return study.string(Tag.PATIENT_ID).orElse("");
  }

  /// An auditor has looked at it; nobody reviews their own.
  public Ruling review(Caller by, String name, String remark) throws IOException {
    if (!custody.permits(by, Verb.READ_AUDIT, "reviewing an emergency")
        || !(by instanceof Caller.Person)) {
      return new Ruling.NotThere();
    }
    Optional<String> unsaid = Custody.refusedReason(remark);
    custody.acts().lock();
    try {
      Known found = known.get(name);
      if (found == null || found.record().reviewed() != null) {
        return new Ruling.NotThere();
      }
      if (unsaid.isPresent()) {
        return new Ruling.Refused(unsaid.get());
      }
      String who = Custody.name(by);
      if (found.record().by().equals(who)) {
        return new Ruling.Refused("It was yours. Another auditor has to review it.");
      }
      EmergencyRecord reviewed =
          found.record().reviewed(who, custody.clock().millis(), remark.strip());
      custody.write(
          by,
          Act.EMERGENCY,
          "emergency access of " + reviewed.by() + " reviewed",
          custody.subject(new Pseudonym(reviewed.patient()), remark));
      if (!documents.put(name, found.version(), reviewed)) {
        throw new IllegalStateException("two at a time reviewed an emergency");
      }
      known.put(name, new Known(found.version() + 1, reviewed));
      return new Ruling.Done(name);
    } finally {
      custody.acts().unlock();
    }
  }
}
