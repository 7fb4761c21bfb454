package leadglass.archive;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import leadglass.archive.Challenges.Challenge;
import leadglass.archive.Challenges.Purpose;
import leadglass.archive.Patients.State;
import leadglass.archive.Signatures.Verdict;
import leadglass.store.Pseudonym;

/// Where a patient comes in: once by an invitation's link and the code that travelled another way,
/// to make a passkey of their own; then by that alone.
///
/// An unknown link, a wrong code, an invitation that ended, was used or is locked are one answer,
/// after the same work. Wrong tries are slowed by where they come from.
///
/// Safe for use by several threads.
public final class PatientDoor {

  /// As slow as sign-in.
  private static final Tries.Pace PACE =
      new Tries.Pace(2, Duration.ofSeconds(2), Duration.ofMinutes(5));

  private static final int ADDRESSES_MAX = 20_000;
  private static final int TYPED_CHARS_MAX = 64;
  private static final int COOKIE_CHARS_MAX = 128;
  private static final Duration BUSY_WAIT = Duration.ofSeconds(5);

  /// What the patient's authenticator shows. Theirs, whoever looks at the device.
  private static final String SHOWN = "Your images";

  private final PatientBook book;
  private final Accounts staff;
  private final Custody custody;
  private final Passwords passwords;
  private final Challenges challenges;
  private final Signatures signatures = new Signatures();
  private final Tries codes;
  private final Tries signIns;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Integer> underway = new HashMap<>(); // guarded by lock

  /// @param staff none of their passkeys opens a patient's page
  PatientDoor(
      PatientBook book, Accounts staff, Custody custody, Passwords passwords, SecureRandom random) {
    this.book = book;
    this.staff = staff;
    this.custody = custody;
    this.passwords = passwords;
    this.challenges = new Challenges(custody.clock(), random);
    this.codes = new Tries(custody.clock(), PACE, ADDRESSES_MAX);
    this.signIns = new Tries(custody.clock(), PACE, ADDRESSES_MAX);
  }

  /// What came of a try with link and code.
  public sealed interface Opening {

    /// @param ticket goes with every further step, in a cookie
    record Ticket(String ticket) implements Opening {
      @Override
      public String toString() {
        return "Ticket[]";
      }
    }

    record Refused() implements Opening {}

    record TooSoon(Duration after) implements Opening {}
  }

  /// What came of a passkey.
  public sealed interface Entry {

    /// @param session value of the session's cookie
    record In(String session) implements Entry {
      @Override
      public String toString() {
        return "In[]";
      }
    }

    record Refused() implements Entry {}

    record TooSoon(Duration after) implements Entry {}
  }

  /// What a link's fragment, and a cookie, hold.
  private record Pair(String id, String secret) {
    static Optional<Pair> read(String text) {
      return text.length() <= COOKIE_CHARS_MAX && text.matches("[0-9a-f]{32}\\.[A-Za-z0-9_-]{43}")
          ? Optional.of(new Pair(text.substring(0, 32), text.substring(33)))
          : Optional.empty();
    }

    static String of(String id, String secret) {
      return id + "." + secret;
    }

    @Override
    public String toString() {
      return "Pair[]";
    }
  }

  /// @param fragment what stands behind the `#` of the link
  /// @param code as typed
  public Opening open(Origin origin, String fragment, String code) throws IOException {
    String from = Address.counted(origin.address());
    Optional<Duration> wait = knock(codes, from);
    if (wait.isPresent()) {
      custody.refusals().slowed(origin, wait.get(), "patient's invitation too soon");
      return new Opening.TooSoon(wait.get());
    }
    Optional<String> id = known(fragment);
    boolean counts = id.isPresent() && begin(id.get());
    try {
      PasswordHash kept =
          id.flatMap(this::invitation)
              .map(PatientRecord.Invitation::code)
              .orElse(passwords.nobody());
      String typed = code.length() > TYPED_CHARS_MAX ? "" : Encodings.typed(code);
      return switch (passwords.check(typed.toCharArray(), kept)) {
        case BUSY -> {
          codes.forgive(from, 1);
          yield new Opening.TooSoon(BUSY_WAIT);
        }
        case WRONG -> refused(origin, id, counts, true);
        case RIGHT -> right(origin, id, counts, from);
      };
    } finally {
      id.ifPresent(this::end);
    }
  }

  /// One try, counted as wrong from the start: a thousand at once are no way round.
  private Optional<Duration> knock(Tries tries, String from) {
    lock.lock();
    try {
      Optional<Duration> wait = tries.wait(from);
      if (wait.isEmpty()) {
        tries.count(from);
      }
      return wait;
    } finally {
      lock.unlock();
    }
  }

  private Optional<PatientRecord.Invitation> invitation(String id) {
    return book.find(id).flatMap(record -> Optional.ofNullable(record.invitation()));
  }

  private Optional<String> known(String fragment) {
    return Pair.read(fragment)
        .filter(read ->
            invitation(read.id())
                .filter(
                    kept -> MessageDigest.isEqual(kept.link(), Secrets.hash(read.secret()).array()))
                .isPresent())
        .map(Pair::id);
  }

  /// Tries under way count too.
  ///
  /// @return whether there is one left
  private boolean begin(String id) {
    lock.lock();
    try {
      int others = underway.merge(id, 1, Integer::sum) - 1;
      int wrong =
          invitation(id).map(PatientRecord.Invitation::wrong).orElse(PatientRecord.WRONG_MAX);
      return wrong + others < PatientRecord.WRONG_MAX;
    } finally {
      lock.unlock();
    }
  }

  private void end(String id) {
    lock.lock();
    try {
      underway.computeIfPresent(id, (_, count) -> count == 1 ? null : count - 1);
    } finally {
      lock.unlock();
    }
  }

  private boolean isInvited(String id) {
    return book.find(id).filter(record -> book.state(record) == State.INVITED).isPresent();
  }

  private Opening refused(Origin origin, Optional<String> id, boolean counts, boolean wrong)
      throws IOException {
    Caller stranger = new Caller.Stranger(origin);
    if (id.isEmpty()) {
      custody.refusals().refused(stranger, "unknown invitation of a patient refused");
      return new Opening.Refused();
    }
    boolean missed = wrong && counts && isInvited(id.get());
    custody
        .refusals()
        .refused(
            stranger,
            "invitation of patient's account "
                + id.get()
                + (missed ? " refused: wrong code" : " refused: over"));
    if (missed) {
      Optional<PatientRecord> after = book.change(id.get(), PatientRecord::missed);
      if (after.filter(record -> book.state(record) == State.LOCKED).isPresent()) {
        book.leave(id.get());
        String what = "invitation of patient's account " + id.get() + " locked after ";
        custody.write(
            stranger,
            Act.SECURITY,
            what + PatientRecord.WRONG_MAX + " wrong codes",
            Optional.empty());
      }
    }
    return new Opening.Refused();
  }

  private Opening right(Origin origin, Optional<String> id, boolean counts, String from)
      throws IOException {
    if (id.isEmpty() || !counts || !isInvited(id.get())) {
      return refused(origin, id, counts, false);
    }
    codes.forgive(from, 1);
    book.tickets().endAll(id.get()); // one at a time makes a passkey
    return new Opening.Ticket(Pair.of(id.get(), book.tickets().begin(id.get())));
  }

  /// The account that a ticket is for, while its invitation is good.
  private Optional<String> joining(String ticket) {
    return Pair.read(ticket)
        .filter(read -> book.tickets().touch(read.id(), read.secret()))
        .map(Pair::id)
        .filter(this::isInvited);
  }

  /// For the page that makes a passkey.
  public Optional<Passkeys.Question> enrolling(String ticket, Passkeys.Host host) {
    return joining(ticket)
        .flatMap(book::find)
        .map(record -> {
          Challenge challenge = challenges.fresh(Purpose.JOIN, host, ticket);
          return new Passkeys.Question(
              challenge.ticket(),
              challenge.value(),
              host.name(),
              SHOWN,
              record.handle(),
              List.of(),
              Signatures.algorithms());
        });
  }

  /// Makes what the patient's device answered the account's passkey; the invitation is used then.
  ///
  /// @param challenge the question's ticket
  public Entry enrol(
      Origin origin, String ticket, Passkeys.Host host, String challenge, Passkeys.Attested made)
      throws IOException {
    Optional<String> id = joining(ticket);
    long now = custody.clock().millis();
    Optional<PasskeyRecord> passkey =
        id.flatMap(_ -> challenges.redeem(Purpose.JOIN, host, ticket, challenge))
            .flatMap(asked -> signatures.attested(made, asked, host, SHOWN, now));
    if (id.isEmpty() || passkey.isEmpty() || isTaken(passkey.get())) {
      custody
          .refusals()
          .refused(new Caller.Stranger(origin), "a patient's passkey could not be added");
      return new Entry.Refused();
    }
    Caller patient = caller(id.get(), book.find(id.get()).orElseThrow(), origin);
    write(patient, "passkey of a patient added");
    Optional<PatientRecord> after =
        book.change(
            id.get(),
            found -> book.state(found) == State.INVITED ? found.joined(passkey.get(), now) : found);
    boolean own = after.filter(found -> passkey.get().equals(found.passkey())).isPresent();
    if (!own) {
      return new Entry.Refused();
    }
    book.tickets().endAll(id.get());
    return new Entry.In(Pair.of(id.get(), book.sessions().begin(id.get())));
  }

  private boolean isTaken(PasskeyRecord passkey) {
    return staff.owner(passkey.id()).isPresent() || book.owner(passkey.id()).isPresent();
  }

  private static Caller.Patient caller(String id, PatientRecord record, Origin origin) {
    return new Caller.Patient(id, Set.of(record.patient()), origin);
  }

  private void write(Caller by, String what) throws IOException {
    Optional<Pseudonym> patient =
        by instanceof Caller.Patient own
            ? own.patients().stream().findFirst().map(Pseudonym::new)
            : Optional.empty();
    custody.write(by, Act.SECURITY, what, patient.flatMap(each -> custody.subject(each, "")));
  }

  /// @param browser secret of the browser that asks
  public Passkeys.Question signingIn(Passkeys.Host host, String browser) {
    Challenge challenge = challenges.fresh(Purpose.SIGN_IN, host, browser);
    return new Passkeys.Question(
        challenge.ticket(), challenge.value(), host.name(), "", new byte[0], List.of(), List.of());
  }

  /// Unknown passkeys, wrong signatures and accounts that ended are one answer.
  public Entry signIn(
      Origin origin, Passkeys.Host host, String browser, String ticket, Passkeys.Asserted signed)
      throws IOException {
    String from = Address.counted(origin.address());
    Optional<Duration> wait = knock(signIns, from);
    if (wait.isPresent()) {
      custody.refusals().slowed(origin, wait.get(), "patient's sign-in too soon");
      return new Entry.TooSoon(wait.get());
    }
    // Of a passkey that is nobody's the ticket is not even remembered: strangers take no memory.
    Optional<String> id = book.owner(signed.id());
    Optional<byte[]> challenge =
        id.flatMap(_ -> challenges.redeem(Purpose.SIGN_IN, host, browser, ticket));
    if (challenge.isEmpty() || !proved(origin, id.get(), host, challenge.get(), signed)) {
      custody.refusals().refused(new Caller.Stranger(origin), "a patient's sign-in refused");
      return new Entry.Refused();
    }
    signIns.forgive(from, 1);
    return new Entry.In(Pair.of(id.get(), book.sessions().begin(id.get())));
  }

  private boolean proved(
      Origin origin, String id, Passkeys.Host host, byte[] challenge, Passkeys.Asserted signed)
      throws IOException {
    PatientRecord record = book.find(id).orElse(null);
    PasskeyRecord passkey = record == null ? null : record.passkey();
    if (record == null
        || passkey == null
        || book.state(record) != State.OPEN
        || !MessageDigest.isEqual(record.handle(), signed.userHandle())) {
      return false;
    }
    return switch (signatures.asserted(signed, passkey, challenge, host)) {
      case Verdict.Wrong _ -> false;
      case Verdict.CountsBack _ -> {
        write(
            new Caller.Stranger(origin),
            "passkey of patient's account "
                + id
                + " refused from now on: its counter went back, there may be a copy");
        book.change(id, found -> with(found, passkey, passkey.suspected(), found.lastSignIn()));
        book.leave(id);
        yield false;
      }
      case Verdict.Right(long counter, boolean backedUp) -> {
        write(caller(id, record, origin), "patient signed in with a passkey");
        long now = custody.clock().millis();
        PasskeyRecord used = passkey.usedAt(now, counter, backedUp);
        yield book.change(id, found -> with(found, passkey, used, now))
            .filter(found -> used.equals(found.passkey()) && book.state(found) == State.OPEN)
            .isPresent();
      }
    };
  }

  /// Only if the passkey is still the one that was checked.
  private static PatientRecord with(
      PatientRecord found,
      PasskeyRecord checked,
      PasskeyRecord now,
      @org.jspecify.annotations.Nullable Long signedIn) {
    return checked.equals(found.passkey()) ? found.usedBy(now, signedIn) : found;
  }

  /// Whoever a session's cookie belongs to, if it is alive and the account still works.
  public Optional<Caller.Patient> session(Origin origin, String cookie) {
    Optional<String> id =
        Pair.read(cookie)
            .filter(read -> book.sessions().touch(read.id(), read.secret()))
            .map(Pair::id);
    if (id.isEmpty()) {
      return Optional.empty();
    }
    Optional<PatientRecord> record =
        book.find(id.get()).filter(found -> book.state(found) == State.OPEN);
    if (record.isEmpty()) {
      book.leave(id.get());
    }
    return record.map(found -> caller(id.get(), found, origin));
  }

  /// Ends a session.
  public void leave(Caller.Patient patient, String cookie) throws IOException {
    try {
      write(patient, "patient signed out");
    } finally { // what only closes needs no trail to be allowed
      Pair.read(cookie)
          .filter(read -> read.id().equals(patient.id()))
          .ifPresent(read -> book.sessions().end(read.id(), read.secret()));
    }
  }
}
