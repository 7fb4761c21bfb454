package leadglass.archive;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import leadglass.store.Lifecycle;
import leadglass.store.PatientIdentity;
import leadglass.store.PatientRef;
import leadglass.store.Pseudonym;
import leadglass.store.Registry;
import leadglass.store.StudyName;
import leadglass.store.StudyRow;

/// Gives studies to another patient, and takes that back. The bytes stay as they came; lists, files
/// and metadata say the other patient from then on.
///
/// Safe for use by several threads.
public final class Moves {
  private static final int STUDIES_MAX = 10_000;

  private final Custody custody;
  private final Holds holds;
  private final ErasureBook erasures;
  private final Documents<MoveRecord> documents;
  private final Supplier<String> names;

  Moves(
      Custody custody,
      Holds holds,
      ErasureBook erasures,
      Registry registry,
      Supplier<String> names) {
    this.custody = custody;
    this.holds = holds;
    this.erasures = erasures;
    this.documents = new Documents<>(registry, "move", MoveRecord.class);
    this.names = names;
  }

  /// Who a study is given to.
  public sealed interface Target {

    /// A patient of whom studies are held; their attributes are taken from the newest.
    record Known(String issuer, String id) implements Target {
      @Override
      public String toString() {
        return "Known[]";
      }
    }

    /// A patient nothing is held of.
    ///
    /// @param name as DICOM writes it: `Family^Given^Middle^Prefix^Suffix`
    /// @param birthDate `YYYYMMDD` or empty
    /// @param sex `M`, `F`, `O` or empty
    record Fresh(String issuer, String id, String name, String birthDate, String sex)
        implements Target {
      @Override
      public String toString() {
        return "Fresh[]";
      }
    }
  }

  /// A patient as a confirmation shows them.
  ///
  /// @param attributes of the patient, in UTF-8
  /// @param studies that are held and found
  public record Patient(DataSet attributes, int studies) {
    @Override
    public String toString() {
      return "Patient[" + studies + " studies]";
    }
  }

  /// Who a study would be taken from or given to, so that a person can compare before they decide.
  /// That somebody looked is in the trail.
  public Optional<Patient> patient(Caller by, About about) throws IOException {
    boolean may = custody.gate().permits(by, Verb.FIND); // the console corrects, and sees nobody
    if (!may || !custody.permits(by, Verb.CORRECT, "looking at a patient")) {
      return Optional.empty();
    }
    Optional<Pseudonym> found = custody.pseudonym(about);
    List<StudyName> studies = found.map(this::live).orElse(List.of());
    Optional<StudyRow> shown =
        switch (about) {
          case About.Study(var study) -> custody.find(study).flatMap(custody::row);
          case About.Patient _ ->
              studies.stream()
                  .flatMap(name -> custody.row(name).stream())
                  .max(Comparator.comparingLong(StudyRow::receivedMillis));
        };
    if (found.isEmpty() || shown.isEmpty()) {
      return Optional.empty();
    }
    custody.write(
        by,
        Act.SEARCHED,
        "patient " + found.get().value() + " looked at before a move",
        custody.subject(shown.get().study(), ""));
    return Optional.of(new Patient(PatientLevel.of(shown.get()), studies.size()));
  }

  /// How far a move is.
  public enum State {
    DOING,
    DONE,
    UNDONE
  }

  /// Studies that were given to another patient.
  ///
  /// @param name for [#undo]
  /// @param merge whether it was all that a patient had
  /// @param from pseudonym
  /// @param to pseudonym
  /// @param studies UIDs of those that are still held and found
  /// @param now attributes of the first of them, as lists show it; empty for who may not find it
  public record Move(
      String name,
      State state,
      boolean merge,
      String from,
      String to,
      List<Uid> studies,
      DataSet now,
      String by,
      long atMillis,
      Optional<String> undoneBy,
      Optional<Long> undoneMillis) {
    @Override
    public String toString() {
      return "Move[" + state + "]";
    }
  }

  /// Gives one study to another patient.
  ///
  /// @param reason sealed with the study
  public Ruling move(Caller by, Uid study, Target target, String reason) throws IOException {
    if (!custody.permits(by, Verb.CORRECT, "moving a study")) {
      return new Ruling.NotThere();
    }
    Optional<String> wrong = Custody.refusedReason(reason);
    if (wrong.isPresent()) {
      return new Ruling.Refused(wrong.get());
    }
    custody.acts().lock();
    try {
      Optional<StudyName> name = custody.find(study);
      return name.isEmpty()
          ? new Ruling.NotThere()
          : move(by, false, List.of(name.get()), target, reason.strip());
    } finally {
      custody.acts().unlock();
    }
  }

  /// Gives all studies of a patient that are held to another. What comes later under the first
  /// one's Patient ID is the first one's.
  public Ruling merge(Caller by, About.Patient from, About.Patient into, String reason)
      throws IOException {
    if (!custody.permits(by, Verb.CORRECT, "merging patients")) {
      return new Ruling.NotThere();
    }
    Optional<String> wrong = Custody.refusedReason(reason);
    if (wrong.isPresent()) {
      return new Ruling.Refused(wrong.get());
    }
    custody.acts().lock();
    try {
      List<StudyName> studies = custody.pseudonym(from).map(this::live).orElse(List.of());
      if (studies.size() > STUDIES_MAX) {
        return new Ruling.Refused("A patient with more than 10,000 studies is not merged at once.");
      }
      return studies.isEmpty()
          ? new Ruling.NotThere()
          : move(by, true, studies, new Target.Known(into.issuer(), into.id()), reason.strip());
    } finally {
      custody.acts().unlock();
    }
  }

  private List<StudyName> live(Pseudonym patient) {
    return custody.lifecycle().studiesOf(custody.site(), patient).stream()
        .filter(this::isLive)
        .toList();
  }

  private boolean isLive(StudyName name) {
    return custody.row(name).flatMap(row -> custody.find(row.study())).equals(Optional.of(name));
  }

  private Ruling move(
      Caller by, boolean merge, List<StudyName> studies, Target target, String reason)
      throws IOException {
    Pseudonym from =
        custody.lifecycle().patientOf(custody.site(), studies.getFirst()).orElseThrow();
    Optional<Pseudonym> to = pseudonym(target);
    if (to.isEmpty()) {
      return new Ruling.NotThere();
    }
    Optional<String> wrong = refusal(target, from, to.get(), studies);
    if (wrong.isPresent()) {
      return new Ruling.Refused(wrong.get());
    }
    Optional<PatientIdentity> identity = identity(target, to.get());
    if (identity.isEmpty()) {
      return new Ruling.NotThere();
    }
    List<MoveRecord.Study> noted =
        studies.stream().map(name -> new MoveRecord.Study(name.value(), isAsFiled(name))).toList();
    String name = names.get();
    MoveRecord record =
        new MoveRecord(
            State.DOING,
            merge,
            from.value(),
            to.get().value(),
            noted,
            Custody.name(by),
            custody.clock().millis(),
            null);
    if (!documents.put(name, 0, record)) {
      throw new IllegalStateException("two moves of one name");
    }
    for (StudyName study : studies) {
      custody
          .lifecycle()
          .move(custody.site(), study, identity, doing(by, name, study, "given to", reason));
    }
    documents.put(name, 1, record.in(State.DONE));
    return new Ruling.Done(name);
  }

  private boolean isAsFiled(StudyName name) {
    return custody.row(name).flatMap(StudyRow::moved).isEmpty();
  }

  private Lifecycle.Doing doing(
      Caller by, String move, StudyName study, String what, String reason) {
    Uid uid = custody.row(study).orElseThrow().study();
    String detail = "study " + study.value() + " " + what + " another patient: move " + move;
    return custody.doing(by, Act.MOVED, detail, custody.subject(uid, reason));
  }

  private Optional<Pseudonym> pseudonym(Target target) {
    return switch (target) {
      case Target.Known(var issuer, var id) -> custody.pseudonym(new About.Patient(issuer, id));
      case Target.Fresh fresh -> custody.pseudonym(new About.Patient(fresh.issuer(), fresh.id()));
    };
  }

  private Optional<String> refusal(
      Target target, Pseudonym from, Pseudonym to, List<StudyName> studies) {
    if (from.equals(to)) {
      return Optional.of("It is that patient's already.");
    }
    if (held(from, studies) || held(to, List.of())) {
      return Optional.of(
          "A legal hold lies on one of the two patients or on a study. An administrator has to"
              + " release it first.");
    }
    if (erasures.isAskedFor(from) || erasures.isAskedFor(to)) {
      return Optional.of(
          "The erasure of one of the two patients has been asked for. It has to be done or taken"
              + " back first.");
    }
    return switch (target) {
      case Target.Known _ -> Optional.empty();
      case Target.Fresh fresh -> refusal(fresh, to);
    };
  }

  private boolean held(Pseudonym patient, List<StudyName> studies) {
    return holds.on(patient).isPresent()
        || studies.stream().anyMatch(study -> holds.on(study).isPresent());
  }

  private Optional<String> refusal(Target.Fresh fresh, Pseudonym to) {
    boolean fits =
        isText(fresh.id(), 64)
            && isText(fresh.issuer(), 64)
            && isText(fresh.name(), 3 * 64)
            && !fresh.name().isBlank()
            && fresh.birthDate().matches("|\\d{8}")
            && fresh.sex().matches("|[MFO]");
    if (!fits) {
      return Optional.of(
          "A patient has an ID of 1 to 64 characters, a name such as Family^Given, a birth date as"
              + " YYYYMMDD or none, and sex M, F, O or none.");
    }
    return live(to).isEmpty()
        ? Optional.empty()
        : Optional.of("A patient of that ID is held already. Choose that one.");
  }

  private static boolean isText(String text, int charsMax) {
    return text.length() <= charsMax
        && text.indexOf('\\') < 0
        && text.codePoints().noneMatch(Character::isISOControl);
  }

  private Optional<PatientIdentity> identity(Target target, Pseudonym to) {
    return switch (target) {
      case Target.Known _ -> identity(to);
      case Target.Fresh(var issuer, var id, var name, var birthDate, var sex) -> {
        DataSet.Builder made =
            DataSet.builder()
                .utf8()
                .text(Tag.PATIENT_NAME, Vr.PN, name)
                .text(Tag.PATIENT_ID, Vr.LO, id)
                .text(Tag.PATIENT_BIRTH_DATE, Vr.DA, birthDate)
                .text(Tag.PATIENT_SEX, Vr.CS, sex);
        if (!issuer.isEmpty()) {
          made.text(Tag.ISSUER_OF_PATIENT_ID, Vr.LO, issuer);
        }
        yield Optional.of(PatientLevel.identity(new PatientRef(issuer, id), made.build()));
      }
    };
  }

  /// From the newest study of theirs that is held.
  private Optional<PatientIdentity> identity(Pseudonym patient) {
    return live(patient).stream()
        .flatMap(name -> custody.row(name).stream())
        .max(Comparator.comparingLong(StudyRow::receivedMillis))
        .map(PatientLevel::of)
        .map(attributes -> PatientLevel.identity(PatientLevel.ref(attributes), attributes));
  }

  /// Gives the studies back to whom they were taken from; of a merge all of them. One that was
  /// given on to somebody else since stays there.
  public Ruling undo(Caller by, String name, String reason) throws IOException {
    if (!custody.permits(by, Verb.CORRECT, "undoing a move")) {
      return new Ruling.NotThere();
    }
    Optional<String> wrong = Custody.refusedReason(reason);
    if (wrong.isPresent()) {
      return new Ruling.Refused(wrong.get());
    }
    custody.acts().lock();
    try {
      Documents.Kept<MoveRecord> kept =
          Custody.isName(name) ? documents.find(name).orElse(null) : null;
      return kept == null || kept.document().state() != State.DONE
          ? new Ruling.NotThere()
          : undo(by, kept, reason.strip());
    } finally {
      custody.acts().unlock();
    }
  }

  private Ruling undo(Caller by, Documents.Kept<MoveRecord> kept, String reason)
      throws IOException {
    MoveRecord record = kept.document();
    Pseudonym from = new Pseudonym(record.from());
    List<MoveRecord.Study> still =
        record.studies().stream().filter(study -> isAt(study, record.to())).toList();
    List<StudyName> studies = still.stream().map(study -> new StudyName(study.name())).toList();
    if (studies.isEmpty()) {
      return new Ruling.Refused("None of these studies is that patient's any more.");
    }
    if (!studies.stream().allMatch(this::isLive)) {
      return new Ruling.Refused("One of these studies is deleted. Bring it back first.");
    }
    Optional<String> wrong =
        refusal(new Target.Known("", ""), new Pseudonym(record.to()), from, studies);
    if (wrong.isPresent()) {
      return new Ruling.Refused(wrong.get());
    }
    Optional<PatientIdentity> back = identity(from);
    if (back.isEmpty() && !still.stream().allMatch(MoveRecord.Study::filed)) {
      return new Ruling.Refused(
          "Nothing is held any more of the patient they were taken from. Move them by hand.");
    }
    for (MoveRecord.Study study : still) {
      StudyName each = new StudyName(study.name());
      custody
          .lifecycle()
          .move(
              custody.site(),
              each,
              study.filed() ? Optional.empty() : back,
              doing(by, kept.key(), each, "taken back from", reason));
    }
    documents.put(
        kept.key(),
        kept.version(),
        record.undone(new ErasureRecord.Mark(Custody.name(by), custody.clock().millis())));
    return new Ruling.Done(kept.key());
  }

  private boolean isAt(MoveRecord.Study study, String patient) {
    return custody
        .lifecycle()
        .patientOf(custody.site(), new StudyName(study.name()))
        .map(Pseudonym::value)
        .equals(Optional.of(patient));
  }

  /// All moves and merges, oldest first; empty for whoever may not know.
  public List<Move> list(Caller by) throws IOException {
    if (!custody.gate().permits(by, Verb.CORRECT)) {
      return List.of();
    }
    List<Move> moves =
        documents.list().stream().map(kept -> seen(kept.key(), kept.document(), by)).toList();
    long patients = moves.stream().filter(each -> each.now().size() > 0).count();
    custody.listed(by, "moves", patients);
    return moves;
  }

  private Move seen(String name, MoveRecord record, Caller by) {
    List<StudyRow> rows = new ArrayList<>();
    for (MoveRecord.Study study : record.studies()) {
      StudyName each = new StudyName(study.name());
      custody.row(each).filter(row -> isLive(each)).ifPresent(rows::add);
    }
    DataSet first = rows.isEmpty() ? DataSet.EMPTY : Rows.whole(rows.getFirst());
    Optional<ErasureRecord.Mark> undone = Optional.ofNullable(record.undone());
    return new Move(
        name,
        record.state(),
        record.merge(),
        record.from(),
        record.to(),
        rows.stream().map(StudyRow::study).toList(),
        custody.shows(by, first) ? first : DataSet.EMPTY,
        record.by(),
        record.at(),
        undone.map(ErasureRecord.Mark::by),
        undone.map(ErasureRecord.Mark::at));
  }

  /// Studies that came with a patient and are somebody else's since.
  int away(Pseudonym patient) {
    return (int)
        documents.list().stream()
            .map(Documents.Kept::document)
            .filter(record -> record.from().equals(patient.value()))
            .flatMap(record -> record.studies().stream())
            .filter(MoveRecord.Study::filed)
            .map(study -> new StudyName(study.name()))
            .distinct()
            .flatMap(name -> custody.lifecycle().patientOf(custody.site(), name).stream())
            .filter(now -> !now.equals(patient))
            .count();
  }

  /// Finishes what a power cut left half done.
  void sweep() throws IOException {
    for (Documents.Kept<MoveRecord> kept : documents.list()) {
      if (kept.document().state() == State.DOING) {
        finish(kept.key());
      }
    }
  }

  private void finish(String name) throws IOException {
    custody.acts().lock();
    try {
      Documents.Kept<MoveRecord> kept = documents.find(name).orElseThrow();
      MoveRecord record = kept.document();
      if (record.state() != State.DOING) {
        return;
      }
      Optional<PatientIdentity> to = identity(new Pseudonym(record.to()));
      for (MoveRecord.Study study : record.studies()) {
        StudyName each = new StudyName(study.name());
        if (to.isPresent() && isAt(study, record.from()) && isLive(each)) {
          Lifecycle.Doing doing =
              custody.doing(Act.MOVED, "study " + study.name() + " given on: move " + name);
          custody.lifecycle().move(custody.site(), each, to, doing);
        }
      }
      boolean moved = record.studies().stream().anyMatch(study -> isAt(study, record.to()));
      documents.put(name, kept.version(), record.in(moved ? State.DONE : State.UNDONE));
    } finally {
      custody.acts().unlock();
    }
  }
}
