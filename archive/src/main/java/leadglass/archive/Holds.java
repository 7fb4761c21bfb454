package leadglass.archive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import leadglass.dicom.data.Uid;
import leadglass.store.Pseudonym;
import leadglass.store.Registry;
import leadglass.store.StudyName;
import leadglass.store.StudyRow;

/// Legal holds: what lies under one is not deleted, destroyed, erased or given to another patient.
///
/// Safe for use by several threads.
public final class Holds {
  private static final int COUNT_MAX = 10_000;

  private final Custody custody;
  private final Documents<HoldRecord> documents;
  private final Supplier<String> names;
  private final Map<String, Known> held = new ConcurrentSkipListMap<>();

  private record Known(long version, HoldRecord record) {}

  /// @param names fresh ones, 32 hex digits
  Holds(Custody custody, Registry registry, Supplier<String> names) {
    this.custody = custody;
    this.documents = new Documents<>(registry, "hold", HoldRecord.class);
    this.names = names;
    for (Documents.Kept<HoldRecord> kept : documents.list()) {
      held.put(kept.key(), new Known(kept.version(), kept.document()));
    }
  }

  /// A hold, or one that was.
  ///
  /// @param name for [#release]
  /// @param subject name of the study, or pseudonym of the patient
  /// @param study its UID, if it is about one that is still there
  public record Hold(
      String name,
      boolean ofPatient,
      String subject,
      Optional<Uid> study,
      String reason,
      String by,
      long setMillis,
      Optional<Released> released) {
    @Override
    public String toString() {
      return "Hold[]";
    }
  }

  /// How a hold ended.
  public record Released(String by, long atMillis, String reason) {
    @Override
    public String toString() {
      return "Released[]";
    }
  }

  /// Puts a hold on a study that is held, or on a patient of whom something is held.
  ///
  /// @param reason such as a file number; refused if it names the patient, because it outlives them
  public Ruling set(Caller by, About about, String reason) throws IOException {
    if (!custody.permits(by, Verb.HOLD, "a legal hold")) {
      return new Ruling.NotThere();
    }
    // First: a question that is not whole learns nothing of who is held.
    Optional<String> unsaid = Custody.refusedReason(reason);
    if (unsaid.isPresent()) {
      return new Ruling.Refused(unsaid.get());
    }
    custody.acts().lock();
    try {
      Optional<Pseudonym> patient = custody.pseudonym(about);
      List<StudyName> studies =
          patient.map(p -> custody.lifecycle().studiesOf(custody.site(), p)).orElse(List.of());
      if (patient.isEmpty() || studies.isEmpty()) {
        return new Ruling.NotThere();
      }
      Optional<String> wrong = Namesake.refused(custody, studies, reason);
      if (wrong.isPresent()) {
        return new Ruling.Refused(wrong.get());
      }
      if (held.size() >= COUNT_MAX) {
        return new Ruling.Refused("There are " + COUNT_MAX + " holds; no more can be set.");
      }
      return switch (about) {
        case About.Study(var study) ->
            set(by, false, custody.find(study).orElseThrow().value(), reason.strip());
        case About.Patient _ -> set(by, true, patient.get().value(), reason.strip());
      };
    } finally {
      custody.acts().unlock();
    }
  }

  private Ruling set(Caller by, boolean ofPatient, String subject, String reason)
      throws IOException {
    String name = names.get();
    HoldRecord record =
        new HoldRecord(
            ofPatient,
            subject,
            reason,
            Custody.name(by),
            custody.clock().millis(),
            null,
            null,
            null);
    String what = ofPatient ? "patient " : "study ";
    custody.write(
        by, Act.HELD, "legal hold " + name + " set on " + what + subject, Optional.empty());
    if (!documents.put(name, 0, record)) {
      throw new IllegalStateException("two holds of one name");
    }
    held.put(name, new Known(1, record));
    return new Ruling.Done(name);
  }

  /// Ends a hold; it stays in the list.
  public Ruling release(Caller by, String name, String reason) throws IOException {
    if (!custody.permits(by, Verb.HOLD, "releasing a legal hold")) {
      return new Ruling.NotThere();
    }
    custody.acts().lock();
    try {
      Known known = held.get(name);
      if (known == null || !known.record().holds()) {
        return new Ruling.NotThere();
      }
      Optional<String> wrong = Namesake.refused(custody, studies(known.record()), reason);
      if (wrong.isPresent()) {
        return new Ruling.Refused(wrong.get());
      }
      HoldRecord record =
          known.record().released(Custody.name(by), custody.clock().millis(), reason.strip());
      custody.write(by, Act.HELD, "legal hold " + name + " released", Optional.empty());
      if (!documents.put(name, known.version(), record)) {
        return new Ruling.Refused("Somebody else changed this hold. Look at the list again.");
      }
      held.put(name, new Known(known.version() + 1, record));
      return new Ruling.Done(name);
    } finally {
      custody.acts().unlock();
    }
  }

  private List<StudyName> studies(HoldRecord record) {
    return record.ofPatient()
        ? custody.lifecycle().studiesOf(custody.site(), new Pseudonym(record.subject()))
        : List.of(new StudyName(record.subject()));
  }

  /// All holds, those that ended too, oldest first; empty for whoever may not know.
  public List<Hold> list(Caller by) {
    if (!custody.gate().permits(by, Verb.HOLD)) {
      return List.of();
    }
    List<Hold> list = new ArrayList<>();
    held.forEach((name, known) -> list.add(seen(name, known.record())));
    list.sort(java.util.Comparator.comparingLong(Hold::setMillis));
    return list;
  }

  private Hold seen(String name, HoldRecord record) {
    Optional<Uid> study =
        record.ofPatient()
            ? Optional.empty()
            : custody.row(new StudyName(record.subject())).map(StudyRow::study);
    Optional<Released> released =
        Optional.ofNullable(record.releasedBy())
            .map(who ->
                new Released(
                    who,
                    java.util.Objects.requireNonNullElse(record.released(), 0L),
                    java.util.Objects.requireNonNullElse(record.releaseReason(), "")));
    return new Hold(
        name,
        record.ofPatient(),
        record.subject(),
        study,
        record.reason(),
        record.by(),
        record.set(),
        released);
  }

  /// A hold that lies on a study or on its patient.
  Optional<Hold> on(StudyName study) {
    Optional<Hold> own = on(false, study.value());
    return own.isPresent()
        ? own
        : custody.lifecycle().patientOf(custody.site(), study).flatMap(this::on);
  }

  /// A hold that lies on a patient as a whole.
  Optional<Hold> on(Pseudonym patient) {
    return on(true, patient.value());
  }

  private Optional<Hold> on(boolean ofPatient, String subject) {
    return held.entrySet().stream()
        .filter(entry -> entry.getValue().record().holds())
        .filter(entry -> entry.getValue().record().ofPatient() == ofPatient)
        .filter(entry -> entry.getValue().record().subject().equals(subject))
        .findFirst()
        .map(entry -> seen(entry.getKey(), entry.getValue().record()));
  }
}
