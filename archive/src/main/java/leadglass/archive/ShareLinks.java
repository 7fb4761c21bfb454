package leadglass.archive;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.store.Pseudonym;
import leadglass.store.StudyName;
import leadglass.store.StudyRow;

/// Links that give one recipient outside some studies of one patient: made, listed, ended.
///
/// Safe for use by several threads.
public final class ShareLinks {

  /// How long a link lives unless something else is said.
  public static final Duration USUAL = Duration.ofDays(7);

  /// No link lives longer.
  public static final Duration LONGEST = Duration.ofDays(90);

  private static final Duration SHORTEST = Duration.ofHours(1);

  /// One that ended stays in the list for so long; in the audit trail for ever.
  static final Duration LISTED_AFTER = Duration.ofDays(90);

  /// For so long whoever made it is told that it was locked.
  private static final Duration LOCK_TOLD = Duration.ofDays(7);

  /// What stands for a recipient whose name the registry does not keep.
  public static final String SAME_NAME = "the patient, or somebody of that name";

  public static final int RECIPIENT_CHARS_MAX = 100;
  public static final int STUDIES_MAX = 50;
  private static final int COUNT_MAX = 10_000;
  private static final int ID_BYTES = 16;
  private static final int PASSCODE_BYTES = 5;
  private static final int PASSCODE_GROUP = 4;

  private final ShareBook book;
  private final ShareSessions sessions;
  private final Custody custody;
  private final Accounts accounts;
  private final Brakes brakes;
  private final Passwords passwords;
  private final SecureRandom random;

  ShareLinks(
      ShareBook book,
      ShareSessions sessions,
      Custody custody,
      Accounts accounts,
      Brakes brakes,
      Passwords passwords,
      SecureRandom random) {
    this.book = book;
    this.sessions = sessions;
    this.custody = custody;
    this.accounts = accounts;
    this.brakes = brakes;
    this.passwords = passwords;
    this.random = random;
  }

  /// How a link stands.
  public enum State {
    OPEN("open"),
    ENDED("its time is over"),
    STOPPED("stopped"),
    LOCKED("locked after " + ShareRecord.WRONG_MAX + " wrong passcodes"),
    MAKER_GONE("whoever made it may not share any more"),
    STUDIES_GONE("its studies were deleted, moved or erased");

    private final String words;

    State(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  /// What somebody wants to share.
  ///
  /// @param studies of one patient, 1 to [#STUDIES_MAX]
  /// @param recipient who it is for, as typed
  /// @param purpose as typed; it must not say who the patient is
  /// @param lasts an hour to [#LONGEST]
  public record Wanted(
      List<Uid> studies, String recipient, String purpose, Duration lasts, boolean download) {
    public Wanted {
      studies = List.copyOf(studies);
    }

    @Override
    public String toString() {
      return "Wanted[]";
    }
  }

  /// What came of making one.
  public sealed interface Made {

    /// Shown once; neither of the two is kept.
    ///
    /// @param fragment what stands behind the `#` of the link
    /// @param passcode travels another way than the link
    record Link(String id, String fragment, String passcode, long endsMillis) implements Made {
      @Override
      public String toString() {
        return "Link[]";
      }
    }

    /// @param rule a sentence that says what to do
    record Refused(String rule) implements Made {}

    /// There is no such study, or the caller may not share it.
    record NotThere() implements Made {}

    record Braked(Brakes.Stop stop) implements Made {}
  }

  /// A link as whoever may know of it sees it; nothing that would open it.
  ///
  /// @param recipient empty if it names the patient
  /// @param by name of the account that made it
  /// @param mayStop whether the caller may end it
  /// @param endedMillis when it ended before its time
  /// @param lastMillis when it was opened last
  /// @param wrong passcodes that were not right
  /// @param studies attributes of what it reaches, for whoever may find it; else an empty one each
  public record Share(
      String id,
      State state,
      String recipient,
      String purpose,
      String by,
      boolean mayStop,
      boolean download,
      long madeMillis,
      long endsMillis,
      Optional<Long> endedMillis,
      int opened,
      Optional<Long> lastMillis,
      int wrong,
      List<DataSet> studies) {

    /// Who it is for, in words.
    public String recipientWords() {
      return recipient.isEmpty() ? SAME_NAME : recipient;
    }

    @Override
    public String toString() {
      return "Share[" + state + "]";
    }
  }

  /// What a person meant who types a passcode.
  static String typed(String passcode) {
    return Encodings.typed(passcode);
  }

  /// Who it is for and why, for the trail: gone with the patient.
  static String words(String recipient, String purpose) {
    return "for " + recipient + ": " + purpose;
  }

  static String words(ShareRecord record) {
    return words(record.recipient().isEmpty() ? SAME_NAME : record.recipient(), record.purpose());
  }

  /// The studies of a patient that `by` may share, newest first; empty if `study` is none of them.
  /// That somebody looked is in the trail.
  public List<DataSet> shareable(Caller by, Uid study) throws IOException {
    if (!custody.permits(by, Verb.SHARE, "sharing a study")) {
      return List.of();
    }
    Optional<StudyName> asked = custody.find(study).filter(name -> mayShare(by, name));
    Optional<Pseudonym> patient =
        asked.flatMap(name -> custody.lifecycle().patientOf(custody.site(), name));
    if (patient.isEmpty()) {
      return List.of();
    }
    List<DataSet> found =
        custody.lifecycle().studiesOf(custody.site(), patient.get()).stream()
            .filter(name -> isFound(name) && mayShare(by, name))
            .flatMap(name -> custody.row(name).stream())
            .map(Rows::whole)
            .sorted(Comparator.comparing(ShareLinks::date).reversed())
            .toList();
    custody.write(
        by,
        Act.SEARCHED,
        "studies of a patient listed to be shared: " + found.size(),
        custody.subject(study, ""));
    return found;
  }

  private static String date(DataSet study) {
    return study.string(Tag.STUDY_DATE).orElse("").replace(".", "")
        + study.string(Tag.STUDY_TIME).orElse("");
  }

  private boolean isFound(StudyName name) {
    return custody.row(name).flatMap(row -> custody.find(row.study())).equals(Optional.of(name));
  }

  private boolean mayShare(Caller by, StudyName name) {
    return custody
        .row(name)
        .map(Rows::whole)
        .filter(study -> custody.within(custody.gate().reach(by, Verb.SHARE), study))
        .isPresent();
  }

  /// Makes a link. A person's act only; the door has seen a fresh factor.
  public Made make(Caller by, Wanted wanted) throws IOException {
    if (!(by instanceof Caller.Person person)
        || !custody.permits(by, Verb.SHARE, "sharing a study")) {
      return new Made.NotThere();
    }
    Optional<String> wrong = refusal(wanted);
    if (wrong.isPresent()) {
      return new Made.Refused(wrong.get());
    }
    List<StudyName> names = new ArrayList<>();
    for (Uid study : new LinkedHashSet<>(wanted.studies())) {
      Optional<StudyName> name = custody.find(study).filter(found -> mayShare(by, found));
      if (name.isEmpty()) {
        custody.refusals().refused(by, "sharing a study refused");
        return new Made.NotThere();
      }
      names.add(name.get());
    }
    List<Pseudonym> patients =
        names.stream()
            .flatMap(name -> custody.lifecycle().patientOf(custody.site(), name).stream())
            .distinct()
            .toList();
    if (patients.size() != 1) {
      return new Made.Refused("A link gives studies of one patient only.");
    }
    Optional<String> named = Namesake.refused(custody, names, wanted.purpose());
    if (named.isPresent()) {
      return new Made.Refused(named.get());
    }
    return make(person, wanted, names, patients.getFirst());
  }

  private Optional<String> refusal(Wanted wanted) {
    if (wanted.studies().isEmpty()) {
      return Optional.of("Choose at least one study.");
    }
    if (wanted.studies().size() > STUDIES_MAX) {
      return Optional.of("A link gives " + STUDIES_MAX + " studies at most.");
    }
    String recipient = wanted.recipient().strip();
    if (recipient.isEmpty()
        || recipient.length() > RECIPIENT_CHARS_MAX
        || recipient.codePoints().anyMatch(Character::isISOControl)) {
      return Optional.of(
          "Say who it is for, in 1 to " + RECIPIENT_CHARS_MAX + " characters on one line.");
    }
    if (wanted.lasts().compareTo(SHORTEST) < 0 || wanted.lasts().compareTo(LONGEST) > 0) {
      return Optional.of("A link lives from 1 hour to " + LONGEST.toDays() + " days.");
    }
    return Custody.refusedReason(wanted.purpose());
  }

  private Made make(Caller.Person by, Wanted wanted, List<StudyName> names, Pseudonym patient)
      throws IOException {
    if (book.count() >= COUNT_MAX) {
      return new Made.Refused("There are " + COUNT_MAX + " links; stop some first.");
    }
    Optional<Accounts.Known> account = accounts.find(by.name()).filter(Accounts.Known::enabled);
    if (account.isEmpty()) {
      return new Made.NotThere();
    }
    Optional<Brakes.Stop> stop = brakes.opening(by, patient.value());
    if (stop.isPresent()) {
      return new Made.Braked(stop.get());
    }
    String passcode = Encodings.encode(bytes(PASSCODE_BYTES), Encodings.CROCKFORD);
    Optional<PasswordHash> hash = passwords.hash(passcode.toCharArray());
    if (hash.isEmpty()) {
      return new Made.Refused("The archive is busy just now. Try again in a moment.");
    }
    String id = HexFormat.of().formatHex(bytes(ID_BYTES));
    String secret = new Secrets(random).fresh();
    long now = custody.clock().millis();
    long ends = now + wanted.lasts().toMillis();
    String recipient = wanted.recipient().strip();
    boolean namesPatient = Namesake.refused(custody, names, recipient).isPresent();
    ShareRecord record =
        new ShareRecord(
            Secrets.hash(secret).array(),
            hash.get(),
            patient.value(),
            names.stream().map(StudyName::value).toList(),
            namesPatient ? "" : recipient,
            wanted.purpose().strip(),
            account.get().key(),
            account.get().record().epoch(),
            wanted.download(),
            now,
            ends,
            0,
            0,
            null,
            0,
            null,
            null);
    String what =
        "share "
            + id
            + " made, "
            + (wanted.download() ? "files too" : "to look at")
            + ", until "
            + java.time.Instant.ofEpochMilli(ends);
    Stated stated = new Stated(wanted.purpose().strip(), recipient);
    tell(by, record, what, words(recipient, wanted.purpose().strip()), stated);
    book.add(id, record);
    return new Made.Link(id, id + "." + secret, Encodings.grouped(passcode, PASSCODE_GROUP), ends);
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  /// One entry for each study, so that each patient's accounting of disclosures has it.
  private void tell(Caller by, ShareRecord record, String what, String words, Stated stated)
      throws IOException {
    for (String name : record.studies()) {
      Optional<Uid> study = custody.row(new StudyName(name)).map(StudyRow::study);
      custody.write(
          by, Act.SHARED, what, study.flatMap(uid -> custody.subject(uid, words, stated)));
    }
  }

  /// Ends a link and every session of it at once: whoever made it, or administers.
  public Ruling revoke(Caller by, String id) throws IOException {
    Optional<ShareRecord> record =
        Custody.isName(id) ? book.find(id).filter(found -> mayStop(by, found)) : Optional.empty();
    if (record.isEmpty()) {
      if (!custody.gate().permits(by, Verb.UNSHARE)) {
        custody.refusals().refused(by, "stopping a share refused");
      }
      return new Ruling.NotThere();
    }
    if (book.state(record.get()) != State.OPEN) {
      return new Ruling.Refused("This link has ended already.");
    }
    try {
      ShareRecord ended = record.get();
      tell(by, ended, "share " + id + " stopped", words(ended), ended.stated());
    } finally { // what only closes needs no trail to be allowed
      ShareRecord.Ending ending =
          new ShareRecord.Ending(State.STOPPED.name(), Custody.name(by), custody.clock().millis());
      book.change(id, found -> found.ended(ending));
      sessions.endAll(id);
    }
    return new Ruling.Done(id);
  }

  private boolean mayStop(Caller by, ShareRecord record) {
    return custody.gate().permits(by, Verb.ADMINISTER) || isMaker(by, record);
  }

  private static boolean isMaker(Caller by, ShareRecord record) {
    return by instanceof Caller.Person person && Accounts.key(person.name()).equals(record.by());
  }

  /// Links that are open and that ended lately, the newest first: all for whoever administers,
  /// without whose they are; for whoever shares those they made, and those of studies they find.
  public List<Share> list(Caller by) throws IOException {
    return seen(by, book.all());
  }

  /// How many links that `by` made were locked by wrong passcodes lately: they should know.
  public int locked(Caller by) {
    long since = custody.clock().millis() - LOCK_TOLD.toMillis();
    return (int)
        book.all().stream()
            .map(Map.Entry::getValue)
            .filter(record -> isMaker(by, record) && book.state(record) == State.LOCKED)
            .filter(record -> record.ending() == null || record.ending().at() > since)
            .count();
  }

  /// The links to studies of one patient that work now.
  public List<Share> openFor(Caller by, About patient) throws IOException {
    Optional<Pseudonym> pseudonym = custody.pseudonym(patient);
    return pseudonym.isEmpty()
        ? List.of()
        : seen(
            by,
            book.all().stream()
                .filter(each -> each.getValue().patient().equals(pseudonym.get().value()))
                .filter(each -> book.state(each.getValue()) == State.OPEN)
                .toList());
  }

  /// The links to a patient's own studies that work now, the newest first; none for whoever is no
  /// patient.
  public List<Share> own(Caller by) throws IOException {
    if (!(by instanceof Caller.Patient patient) || !custody.gate().permits(by, Verb.OWN_RECORD)) {
      return List.of();
    }
    List<Share> own = new ArrayList<>();
    for (Map.Entry<String, ShareRecord> each : book.all()) {
      if (patient.patients().contains(each.getValue().patient())) {
        own.add(seen(by, each.getKey(), each.getValue()));
      }
    }
    own.removeIf(share -> share.state() != State.OPEN);
    own.sort(Comparator.comparingLong(Share::madeMillis).reversed());
    return own;
  }

  /// For whom a link is, what for, and who made it, in words; empty once it is forgotten.
  Optional<String> told(String id) {
    return book.find(id)
        .map(record ->
            (record.recipient().isEmpty() ? SAME_NAME : record.recipient())
                + " ("
                + record.purpose()
                + "), made by "
                + book.makerName(record));
  }

  private List<Share> seen(Caller by, List<Map.Entry<String, ShareRecord>> records)
      throws IOException {
    if (!custody.gate().permits(by, Verb.UNSHARE)) {
      return List.of();
    }
    List<Share> seen = new ArrayList<>();
    for (Map.Entry<String, ShareRecord> each : records) {
      Share share = seen(by, each.getKey(), each.getValue());
      boolean knows =
          custody.gate().permits(by, Verb.ADMINISTER)
              || isMaker(by, each.getValue())
              || share.studies().stream().anyMatch(study -> study.size() > 0);
      if (knows) {
        seen.add(share);
      }
    }
    seen.sort(Comparator.comparingLong(Share::madeMillis).reversed());
    long patients =
        seen.stream()
            .filter(share -> share.studies().stream().anyMatch(study -> study.size() > 0))
            .count();
    custody.listed(by, "shares", patients);
    return seen;
  }

  private Share seen(Caller by, String id, ShareRecord record) throws IOException {
    State state = book.state(record);
    List<DataSet> studies = new ArrayList<>();
    for (Uid study : book.studies(id, record)) {
      DataSet attributes =
          custody.find(study).flatMap(custody::row).map(Rows::whole).orElse(DataSet.EMPTY);
      studies.add(custody.shows(by, attributes) ? attributes : DataSet.EMPTY);
    }
    if (state == State.OPEN && studies.isEmpty()) {
      state = State.STUDIES_GONE;
    }
    return new Share(
        id,
        state,
        record.recipient(),
        record.purpose(),
        book.makerName(record),
        state == State.OPEN && mayStop(by, record),
        record.download(),
        record.made(),
        record.ends(),
        Optional.ofNullable(record.ending()).map(ShareRecord.Ending::at),
        record.opened(),
        Optional.ofNullable(record.lastOpened()),
        record.wrong(),
        studies);
  }
}
