package leadglass.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The first minutes of an archive: a code from the console, then the site, the first administrator
/// with both factors, and the recovery sheet of the master key. Until the end nothing of it counts;
/// after it none of these methods does anything.
///
/// Safe for use by several threads.
public final class SetUp {

  /// How long a code may be used.
  public static final Duration CODE_TTL = Duration.ofMinutes(15);

  /// A set-up that rests for this long ends.
  private static final Duration TICKET_TTL = Duration.ofHours(1);

  private static final int ADDRESSES_MAX = 1_000;
  private static final Tries.Pace PACE =
      new Tries.Pace(2, Duration.ofSeconds(2), Duration.ofMinutes(1));
  private static final String DONE = "This archive is set up. Sign in.";
  private static final String ENDED = "This set-up has ended. Begin again with a fresh code.";

  private final Foundation foundation;
  private final Enrolments enrolments;
  private final Accounts accounts;
  private final SignIns signIns;
  private final Optional<Supplier<byte[]>> masterKey;
  private final SecurityTrail trail;
  private final Refusals refusals;
  private final Gate gate;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Secrets secrets;
  private final Tries wrong;

  /// Over what is decided from `code` and `begun`, and over the making of the site.
  private final ReentrantLock lock = new ReentrantLock();

  private @Nullable SetUpCode code;
  private @Nullable Begun begun;

  /// The one set-up under way.
  private record Begun(ByteBuffer ticket, long seen, @Nullable Draft draft) {}

  private record Draft(String site, AccountRecord account, Step.Drafted shown, String group) {
    @Override
    public String toString() {
      return "Draft[]";
    }
  }

  /// @param masterKey a copy of it, asked for with each sheet and overwritten after; empty where
  ///   there is no sheet to be had
  SetUp(
      Foundation foundation,
      Enrolments enrolments,
      Accounts accounts,
      SignIns signIns,
      Optional<Supplier<byte[]>> masterKey,
      SecurityTrail trail,
      Refusals refusals,
      Gate gate,
      InstantSource clock,
      SecureRandom random) {
    this.foundation = foundation;
    this.enrolments = enrolments;
    this.accounts = accounts;
    this.signIns = signIns;
    this.masterKey = masterKey;
    this.trail = trail;
    this.refusals = refusals;
    this.gate = gate;
    this.clock = clock;
    this.random = random;
    this.secrets = new Secrets(random);
    this.wrong = new Tries(clock, PACE, ADDRESSES_MAX);
  }

  public boolean done() {
    return foundation.done();
  }

  /// Name of the site, once it is set up.
  public Optional<String> site() {
    return foundation.site();
  }

  /// A fresh code of eight characters, such as `K7QF-2M9X`, for the console; the one before ends. 5
  /// tries, one use.
  ///
  /// @throws IllegalStateException once the archive is set up
  public String freshCode() {
    if (done() || masterKey.isEmpty()) {
      throw new IllegalStateException(DONE);
    }
    SetUpCode fresh = SetUpCode.fresh(random, clock.millis(), CODE_TTL);
    lock.lock();
    try {
      code = fresh;
    } finally {
      lock.unlock();
    }
    return fresh.shown();
  }

  /// What came of a step.
  public sealed interface Step {
    /// The code was right.
    ///
    /// @param ticket goes with every further step, in a cookie
    record Begun(String ticket) implements Step {
      @Override
      public String toString() {
        return "Begun[]";
      }
    }

    /// Account drafted: show these, then [#confirm].
    ///
    /// @param sheet the recovery sheet: numbered groups of four characters
    /// @param askedFor number of the group, from 1, that must be typed back
    record Drafted(People.Enrolment enrolment, List<String> sheet, int askedFor) implements Step {
      @Override
      public String toString() {
        return "Drafted[]";
      }
    }

    /// The archive is set up.
    ///
    /// @param in a session of the administrator: both factors were just proved
    record Finished(People.SignIn.SignedIn in) implements Step {}

    /// @param rule a sentence for the person, such as "That code is not right. 4 tries left."
    record Refused(String rule) implements Step {}
  }

  /// Begins with a code of the console. A set-up begun before ends.
  ///
  /// @param typed as typed: case, spaces and dashes don't matter
  public Step begin(Origin origin, String typed) throws IOException {
    if (done()) {
      return new Step.Refused(DONE);
    }
    String address = Address.counted(origin.address());
    Optional<Duration> wait = wrong.wait(address);
    if (wait.isPresent()) {
      return tooSoon(origin, wait.get());
    }
    wrong.count(address); // before it is checked, so that many at once are no way round
    lock.lock();
    try {
      SetUpCode asked = code;
      if (asked == null || !asked.alive(clock.millis())) {
        refusals.refused(new Caller.Stranger(origin), "set-up code refused");
        return new Step.Refused("There is no such code any more. Get a fresh one.");
      }
      if (!asked.is(typed)) {
        code = asked.tried();
        refusals.refused(new Caller.Stranger(origin), "set-up code refused");
        return new Step.Refused("That code is not right. " + left(asked.triesLeft() - 1));
      }
      stranger(origin, "set-up begun");
      wrong.forgive(address, Integer.MAX_VALUE);
      code = null;
      String ticket = secrets.fresh();
      begun = new Begun(Secrets.hash(ticket), clock.millis(), null);
      return new Step.Begun(ticket);
    } finally {
      lock.unlock();
    }
  }

  private static String left(int tries) {
    return switch (tries) {
      case 0 -> "No tries left. Get a fresh code.";
      case 1 -> "1 try left.";
      default -> tries + " tries left.";
    };
  }

  /// May be called again, with other words, until [#confirm] succeeds.
  ///
  /// @param password overwritten when this returns
  /// @param readsImages whether the administrator takes the reading role too
  public Step draft(
      String ticket, String site, String administrator, char[] password, boolean readsImages)
      throws IOException {
    String named = site.strip();
    Optional<String> refusal =
        under(ticket).isPresent() ? Foundation.refusedSite(named) : Optional.of(ended());
    if (refusal.isPresent()) {
      Arrays.fill(password, '\0');
      return new Step.Refused(refusal.get());
    }
    return switch (enrolments.make(administrator, named, password)) {
      case Enrolments.Made.Refused(String rule) -> new Step.Refused(rule);
      case Enrolments.Made.Ready ready -> {
        Set<Role> roles =
            readsImages
                ? EnumSet.of(Role.ADMINISTRATOR, Role.RADIOLOGIST)
                : EnumSet.of(Role.ADMINISTRATOR);
        List<String> sheet = sheet();
        int askedFor = 1 + random.nextInt(sheet.size());
        Step.Drafted shown = new Step.Drafted(ready.enrolment(), sheet, askedFor);
        AccountRecord account = Enrolments.account(administrator, roles, ready.factors());
        yield keep(ticket, new Draft(named, account, shown, sheet.get(askedFor - 1)));
      }
    };
  }

  private Step keep(String ticket, Draft draft) {
    lock.lock();
    try {
      if (under(ticket).isEmpty()) {
        return new Step.Refused(ended());
      }
      begun = new Begun(Secrets.hash(ticket), clock.millis(), draft);
      return draft.shown();
    } finally {
      lock.unlock();
    }
  }

  /// What [#draft] returned last for this ticket.
  public Optional<Step.Drafted> drafted(String ticket) {
    return under(ticket).map(Begun::draft).map(Draft::shown);
  }

  /// Whether a ticket is that of the set-up under way.
  boolean holds(String ticket) {
    return under(ticket).isPresent();
  }

  private Optional<Begun> under(String ticket) {
    lock.lock();
    try {
      return Optional.ofNullable(begun)
          .filter(under -> !done() && under.ticket().equals(Secrets.hash(ticket)))
          .filter(under -> Math.abs(clock.millis() - under.seen()) < TICKET_TTL.toMillis());
    } finally {
      lock.unlock();
    }
  }

  private String ended() {
    return done() ? DONE : ENDED;
  }

  /// Makes site and account, if both proofs are right: until then there is nothing of them.
  ///
  /// @param totp six digits of the new second factor; they don't work again at sign-in
  /// @param group the group of the recovery sheet that was asked for
  public Step confirm(Origin origin, String ticket, String totp, String group) throws IOException {
    Optional<Draft> found = under(ticket).map(Begun::draft);
    if (found.isEmpty()) {
      return new Step.Refused(ended());
    }
    String address = Address.counted(origin.address());
    Optional<Duration> wait = wrong.wait(address);
    if (wait.isPresent()) {
      return tooSoon(origin, wait.get());
    }
    Draft draft = found.get();
    String digits = totp.length() > 64 ? "" : totp.replace(" ", "");
    OptionalLong step = Totp.verify(draft.account().totp(), digits, clock.millis(), 0);
    if (step.isEmpty()) {
      wrong.count(address);
      refusals.refused(new Caller.Stranger(origin), "set-up refused: one-time code");
      return new Step.Refused("Those six digits are not right. Type the ones shown now.");
    }
    String typed = group.length() > 64 ? "" : Encodings.typed(group);
    if (!MessageDigest.isEqual(Encodings.utf8(draft.group()), Encodings.utf8(typed))) {
      wrong.count(address);
      refusals.refused(new Caller.Stranger(origin), "set-up refused: recovery sheet");
      return new Step.Refused("Group " + draft.shown().askedFor() + " says something else.");
    }
    AccountRecord account = draft.account();
    AccountRecord proved = account.coded(step.getAsLong(), account.recovery());
    Caller by = new Caller.Person(account.name(), Role.ADMINISTRATOR, account.held(), origin);
    if (!found(by, draft.site(), List.of(proved))) {
      return new Step.Refused(DONE);
    }
    Accounts.Known founder = accounts.find(account.name()).orElseThrow();
    return new Step.Finished(signIns.enter(origin, founder, "password and a code, at set-up"));
  }

  /// @return false if somebody else was faster
  private boolean found(Caller by, String site, List<AccountRecord> founders) throws IOException {
    lock.lock();
    try {
      if (done()) {
        return false;
      }
      for (AccountRecord founder : founders) {
        String roles = String.join(", ", founder.roles());
        note(by, "account added: " + founder.name() + " (" + roles + ")");
      }
      note(by, "archive set up: " + site);
      boolean founded = foundation.found(site, clock.millis(), founders);
      code = null;
      begun = null;
      return founded;
    } finally {
      lock.unlock();
    }
  }

  /// What unattended set-up made, to be printed once.
  ///
  /// @param sheet the recovery sheet: numbered groups of four characters; empty for a further site
  public record Unattended(List<People.Enrolment> enrolments, List<String> sheet) {
    @Override
    public String toString() {
      return "Unattended[]";
    }
  }

  /// A person of an unattended set-up.
  public record Person(String name, char[] password, Role role) {
    @Override
    public String toString() {
      return "Person[]";
    }
  }

  /// Sets up at once, for the console. Each person has a name of their own.
  ///
  /// @param people one of them an administrator; passwords are overwritten when this returns
  /// @throws IllegalStateException if it is done already or `by` is not the console; the message
  ///   says what to do
  /// @throws IllegalArgumentException if a name or password is refused; the message says why
  public Unattended unattended(Caller by, String site, List<Person> people) throws IOException {
    try {
      if (!(by instanceof Caller.Console) || !gate.permits(by, Verb.ADMINISTER)) {
        refusals.refused(by, "unattended set-up refused");
        throw new IllegalStateException("Unattended set-up is for the console alone.");
      }
      if (done()) {
        throw new IllegalStateException("This archive is set up already.");
      }
      return make(by, site.strip(), people);
    } finally {
      people.forEach(person -> Arrays.fill(person.password(), '\0'));
    }
  }

  private Unattended make(Caller by, String site, List<Person> people) throws IOException {
    Foundation.refusedSite(site).ifPresent(SetUp::refuse);
    if (people.stream().noneMatch(person -> person.role() == Role.ADMINISTRATOR)) {
      refuse("Name an administrator.");
    }
    Set<String> names = new HashSet<>();
    List<AccountRecord> accounts = new ArrayList<>();
    List<People.Enrolment> enrolments = new ArrayList<>();
    for (Person person : people) {
      if (!names.add(Accounts.key(person.name()))) {
        refuse("A name stands there twice. Each person needs one of their own.");
      }
      switch (this.enrolments.make(person.name(), site, person.password())) {
        case Enrolments.Made.Refused(String rule) -> refuse(rule);
        case Enrolments.Made.Ready ready -> {
          accounts.add(
              Enrolments.account(person.name(), EnumSet.of(person.role()), ready.factors()));
          enrolments.add(ready.enrolment());
        }
      }
    }
    List<String> sheet = sheet();
    if (!found(by, site, accounts)) {
      throw new IllegalStateException("This archive is set up already.");
    }
    return new Unattended(List.copyOf(enrolments), sheet);
  }

  private static void refuse(String rule) {
    throw new IllegalArgumentException(rule);
  }

  private List<String> sheet() {
    if (masterKey.isEmpty()) {
      return List.of();
    }
    byte[] key = masterKey.get().get();
    try {
      return RecoverySheet.groups(key);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private Step tooSoon(Origin origin, Duration wait) throws IOException {
    long seconds = wait.plusMillis(999).toSeconds();
    refusals.slowed(origin, Duration.ofSeconds(seconds), "set-up too soon");
    return new Step.Refused("Too many tries. Try again in " + seconds + " seconds.");
  }

  private void stranger(Origin origin, String what) throws IOException {
    note(new Caller.Stranger(origin), what);
  }

  private void note(Caller by, String what) throws IOException {
    trail.security(AuditTrail.Who.of(by), by.origin(), true, what);
  }
}
