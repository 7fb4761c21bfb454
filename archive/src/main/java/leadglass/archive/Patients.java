package leadglass.archive;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.store.Pseudonym;
import leadglass.store.StudyRow;

/// Ways in for patients to their own studies: invited, listed, stopped by the site. Where a patient
/// comes in by one is [PatientDoor].
///
/// Safe for use by several threads.
public final class Patients {

  /// How long an invitation is good.
  public static final Duration TTL = Duration.ofDays(14);

  private static final int COUNT_MAX = 100_000;
  private static final int ID_BYTES = 16;
  private static final int HANDLE_BYTES = 32;
  private static final int CODE_BYTES = 5;
  private static final int CODE_GROUP = 4;

  private final PatientBook book;
  private final Custody custody;
  private final ErasureBook erasures;
  private final Brakes brakes;
  private final Passwords passwords;
  private final SecureRandom random;
  private final ReentrantLock inviting = new ReentrantLock();

  Patients(
      PatientBook book,
      Custody custody,
      ErasureBook erasures,
      Brakes brakes,
      Passwords passwords,
      SecureRandom random) {
    this.book = book;
    this.custody = custody;
    this.erasures = erasures;
    this.brakes = brakes;
    this.passwords = passwords;
    this.random = random;
  }

  /// How a patient's way in stands.
  public enum State {
    INVITED("invited, has not come yet"),
    OPEN("works"),
    ENDED("the invitation has ended"),
    LOCKED("locked after " + PatientRecord.WRONG_MAX + " wrong codes"),
    SUSPECT("the passkey may have been copied; invite again"),
    STOPPED("stopped"),
    STUDIES_GONE("nothing of the patient is held any more");

    private final String words;

    State(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }

    /// Whether nobody comes in by it any more, whatever they have.
    public boolean isOver() {
      return switch (this) {
        case INVITED, OPEN -> false;
        case ENDED, LOCKED, SUSPECT, STOPPED, STUDIES_GONE -> true;
      };
    }
  }

  /// What came of inviting somebody.
  public sealed interface Made {

    /// Shown once; neither of the two is kept.
    ///
    /// @param id of the account
    /// @param fragment what stands behind the `#` of the link
    /// @param code travels another way than the link
    record Link(String id, String fragment, String code, long endsMillis) implements Made {
      @Override
      public String toString() {
        return "Link[]";
      }
    }

    /// @param rule a sentence that says what to do
    record Refused(String rule) implements Made {}

    /// Nothing is held of such a patient, or the caller may not invite them.
    record NotThere() implements Made {}

    record Braked(Brakes.Stop stop) implements Made {}
  }

  /// A patient's way in as whoever may know of it sees it.
  ///
  /// @param patientId for whoever may find a study of theirs; else empty
  /// @param by who invited last
  /// @param endsMillis of an invitation that is open
  /// @param wrong codes that were not right
  public record Account(
      String id,
      State state,
      String patientId,
      String by,
      long invitedMillis,
      Optional<Long> endsMillis,
      int wrong,
      Optional<Long> joinedMillis,
      Optional<Long> lastMillis) {
    @Override
    public String toString() {
      return "Account[" + state + "]";
    }
  }

  private Optional<Pseudonym> invited(Caller by, About about) {
    Reach reach = custody.gate().reach(by, Verb.INVITE_PATIENT);
    Optional<Pseudonym> patient = custody.pseudonym(about);
    boolean reached =
        switch (about) {
          case About.Study(var study) ->
              custody
                  .find(study)
                  .flatMap(custody::row)
                  .filter(row -> custody.within(reach, Rows.whole(row)))
                  .isPresent();
          // An ID could be tried; a person starts from a study they found.
          case About.Patient _ -> by instanceof Caller.Console;
        };
    return patient.filter(found -> reached && !held(found).isEmpty());
  }

  /// What is held of a patient, and found.
  private List<StudyRow> held(Pseudonym patient) {
    return custody.lifecycle().studiesOf(custody.site(), patient).stream()
        .flatMap(name ->
            custody
                .row(name)
                .filter(row -> custody.find(row.study()).equals(Optional.of(name)))
                .stream())
        .toList();
  }

  /// Gives the patient of a study, or one by their ID, a way in. One that was there ends at once:
  /// so whoever lost their passkey gets another.
  public Made invite(Caller by, About about) throws IOException {
    if (!custody.permits(by, Verb.INVITE_PATIENT, "inviting a patient")) {
      return new Made.NotThere();
    }
    Optional<Pseudonym> patient = invited(by, about);
    if (patient.isEmpty()) {
      custody.refusals().refused(by, "inviting a patient refused");
      return new Made.NotThere();
    }
    if (erasures.isAskedFor(patient.get())) {
      return new Made.Refused("The erasure of this patient has been asked for.");
    }
    Optional<Brakes.Stop> stop = brakes.opening(by, patient.get().value());
    if (stop.isPresent()) {
      return new Made.Braked(stop.get());
    }
    inviting.lock();
    try {
      return make(by, patient.get());
    } finally {
      inviting.unlock();
    }
  }

  private Made make(Caller by, Pseudonym patient) throws IOException {
    Optional<String> known = book.of(patient);
    if (known.isEmpty() && book.count() >= COUNT_MAX) {
      return new Made.Refused("There are " + COUNT_MAX + " accounts; no more can be made.");
    }
    String code = Encodings.encode(bytes(CODE_BYTES), Encodings.CROCKFORD);
    Optional<PasswordHash> hash = passwords.hash(code.toCharArray());
    if (hash.isEmpty()) {
      return new Made.Refused("The archive is busy just now. Try again in a moment.");
    }
    String id = known.orElseGet(() -> HexFormat.of().formatHex(bytes(ID_BYTES)));
    String secret = new Secrets(random).fresh();
    long now = custody.clock().millis();
    long ends = now + TTL.toMillis();
    custody.write(
        by,
        Act.SECURITY,
        "patient invited, account " + id + ", until " + Instant.ofEpochMilli(ends),
        custody.subject(patient, ""));
    PatientRecord.Invitation invitation =
        new PatientRecord.Invitation(Secrets.hash(secret).array(), hash.get(), ends, 0);
    byte[] handle = bytes(HANDLE_BYTES);
    String who = Custody.name(by);
    if (known.isPresent()) {
      book.leave(id);
      book.change(id, found -> found.invited(handle, now, who, invitation));
      book.leave(id); // whoever came in between
    } else {
      book.add(
          id,
          new PatientRecord(patient.value(), handle, now, who, invitation, null, null, null, null));
    }
    return new Made.Link(id, id + "." + secret, Encodings.grouped(code, CODE_GROUP), ends);
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  /// How the patient of a study stands, for whoever may invite them; empty if they have no way in.
  public Optional<Account> of(Caller by, Uid study) {
    return custody.gate().permits(by, Verb.INVITE_PATIENT)
        ? invited(by, new About.Study(study))
            .flatMap(book::of)
            .flatMap(id -> book.find(id).map(record -> seen(by, id, record)))
        : Optional.empty();
  }

  /// Whether `by` may invite the patient of a study.
  public boolean mayInvite(Caller by, Uid study) {
    return custody.gate().permits(by, Verb.INVITE_PATIENT)
        && invited(by, new About.Study(study)).isPresent();
  }

  /// Every way in, the newest first, for whoever may stop one.
  public List<Account> list(Caller by) throws IOException {
    if (!custody.gate().permits(by, Verb.UNSHARE)) {
      return List.of();
    }
    List<Account> all = new ArrayList<>();
    for (Map.Entry<String, PatientRecord> each : book.all()) {
      all.add(seen(by, each.getKey(), each.getValue()));
    }
    all.sort(Comparator.comparingLong(Account::invitedMillis).reversed());
    long patients = all.stream().filter(each -> !each.patientId().isEmpty()).count();
    custody.listed(by, "accounts of patients", patients);
    return all;
  }

  private Account seen(Caller by, String id, PatientRecord record) {
    String patientId =
        held(new Pseudonym(record.patient())).stream()
            .map(Rows::whole)
            .filter(study -> custody.shows(by, study))
            .map(Patients::patientId)
            .findFirst()
            .orElse("");
    Optional<PatientRecord.Invitation> invitation = Optional.ofNullable(record.invitation());
    return new Account(
        id,
        book.state(record),
        patientId,
        record.by(),
        record.made(),
        invitation.map(PatientRecord.Invitation::ends),
        invitation.map(PatientRecord.Invitation::wrong).orElse(0),
        Optional.ofNullable(record.joined()),
        Optional.ofNullable(record.lastSignIn()));
  }

  private static String patientId(DataSet study) {
    return study.string(Tag.PATIENT_ID).orElse("");
  }

  /// Ends a way in, and every session by it, at once.
  public Ruling stop(Caller by, String id) throws IOException {
    Optional<PatientRecord> record = Custody.isName(id) ? book.find(id) : Optional.empty();
    if (!custody.permits(by, Verb.UNSHARE, "stopping a patient's account") || record.isEmpty()) {
      return new Ruling.NotThere();
    }
    State state = book.state(record.get());
    if (state == State.STOPPED || state == State.STUDIES_GONE) {
      return new Ruling.Refused("It has ended already.");
    }
    try {
      custody.write(
          by,
          Act.SECURITY,
          "account of a patient " + id + " stopped",
          custody.subject(new Pseudonym(record.get().patient()), ""));
    } finally { // what only closes needs no trail to be allowed
      PatientRecord.Ending ending =
          new PatientRecord.Ending(
              State.STOPPED.name(), Custody.name(by), custody.clock().millis());
      book.change(id, found -> found.ended(ending));
      book.leave(id);
    }
    return new Ruling.Done(id);
  }
}
