package leadglass.archive;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import leadglass.archive.Accounts.Known;

/// Accounts, their factors and their sessions. A session needs password and second factor, or a
/// passkey ([Passkeys]); there is no other way to one.
///
/// Passwords that are handed in are overwritten. Safe for use by several threads.
public final class People {

  /// Bounds of a password, in characters.
  public static final int PASSWORD_CHARS_MIN = 12;

  /// Longer ones are refused before they cost anything.
  public static final int PASSWORD_CHARS_MAX = 256;

  private static final String NOT_YOURS = "You may not do this.";
  private static final String UNKNOWN = "There is no account of that name.";

  private final Accounts accounts;
  private final Links links;
  private final Foundation foundation;
  private final Enrolments enrolments;
  private final SignIns signIns;
  private final Sessions sessions;
  private final SecurityTrail trail;
  private final Refusals refusals;
  private final Gate gate;

  People(
      Accounts accounts,
      Links links,
      Foundation foundation,
      Enrolments enrolments,
      SignIns signIns,
      Sessions sessions,
      SecurityTrail trail,
      Refusals refusals,
      Gate gate) {
    this.accounts = accounts;
    this.links = links;
    this.foundation = foundation;
    this.enrolments = enrolments;
    this.signIns = signIns;
    this.sessions = sessions;
    this.trail = trail;
    this.refusals = refusals;
    this.gate = gate;
  }

  /// An account as an administrator sees it.
  ///
  /// @param factors the kinds of what it can be proved with
  public record Account(
      String name,
      Set<Role> roles,
      boolean enabled,
      Set<Factor> factors,
      Optional<Long> lastSignInMillis) {}

  /// A way to prove that an account is one's own.
  public enum Factor {
    PASSWORD_AND_CODE("password and code"),
    /// Another's: it proves who they are, and perhaps a second factor too.
    PROVIDER("identity provider"),
    PASSKEY("passkey"),
    /// In place of the code.
    RECOVERY_CODE("recovery code");

    private final String words;

    Factor(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  /// What is shown once and then known to its owner alone.
  ///
  /// @param totpUri `otpauth://totp/…` (RFC 6238: SHA-1, 6 digits, 30 s)
  /// @param recoveryCodes each replaces the second factor once
  public record Enrolment(String name, String totpUri, List<String> recoveryCodes) {

    /// What an authenticator that read the URI shows at that moment.
    public String codeAt(long millis) {
      return Totp.code(Totp.secret(totpUri), Totp.step(millis));
    }

    @Override
    public String toString() {
      return "Enrolment[]";
    }
  }

  /// What came of a change.
  public sealed interface Change {
    record Done(Enrolment enrolment) implements Change {}

    /// @param rule a sentence that says what to do
    record Refused(String rule) implements Change {}
  }

  /// What came of a try to sign in. Wrong name, wrong password, wrong code and a disabled account
  /// are one answer.
  public sealed interface SignIn {
    /// @param secret value of the session cookie
    record SignedIn(String secret, Caller.Person caller) implements SignIn {
      @Override
      public String toString() {
        return "SignedIn[]";
      }
    }

    record Refused() implements SignIn {}

    /// Name and password were right, and the code is that of another time: never used, and within
    /// ten minutes. Only who has the second factor can bring this about.
    ///
    /// @param rule a sentence for the person
    record ClockOff(String rule) implements SignIn {}

    record TooSoon(Duration after) implements SignIn {}
  }

  /// Makes an account. For administrators and the console, once the archive is set up.
  ///
  /// @param name 1 to 64 characters: letters, digits, `.`, `-`, `_`, `@`; unique whatever its case
  /// @param password overwritten when this returns
  public Change add(Caller by, String name, Set<Role> roles, char[] password) throws IOException {
    if (!gate.permits(by, Verb.ADMINISTER)) {
      return refused(by, "adding an account", NOT_YOURS);
    }
    if (!foundation.done()) {
      return new Change.Refused("Set the archive up first.");
    }
    if (roles.isEmpty()) {
      return new Change.Refused("Name at least one role.");
    }
    return switch (enrolments.make(name, issuer(), password)) {
      case Enrolments.Made.Refused(String rule) -> new Change.Refused(rule);
      case Enrolments.Made.Ready ready -> {
        AccountRecord record = Enrolments.account(name, roles, ready.factors());
        Optional<String> rule = add(by, record);
        yield rule.<Change>map(Change.Refused::new)
            .orElseGet(() -> new Change.Done(ready.enrolment()));
      }
    };
  }

  private Optional<String> add(Caller by, AccountRecord record) throws IOException {
    ReentrantLock changes = accounts.changes();
    changes.lock();
    try {
      if (accounts.find(record.name()).isPresent()) {
        return Optional.of("There is an account of that name already. Take another name.");
      }
      if (accounts.count() >= Accounts.COUNT_MAX) {
        return Optional.of("There are " + Accounts.COUNT_MAX + " accounts; no more can be made.");
      }
      String roles = String.join(", ", record.roles());
      done(by, "account added: " + record.name() + " (" + roles + ")");
      return accounts.add(record)
          ? Optional.empty()
          : Optional.of("There is an account of that name already. Take another name.");
    } finally {
      changes.unlock();
    }
  }

  /// All accounts, by name; empty for whoever may not know.
  public List<Account> list(Caller by) {
    return gate.permits(by, Verb.ADMINISTER)
        ? accounts.list().stream().map(this::seen).toList()
        : List.of();
  }

  private Account seen(Known known) {
    AccountRecord record = known.record();
    return new Account(
        record.name(),
        known.roles(),
        record.enabled(),
        factors(record, links.isLinked(known.key())),
        Optional.ofNullable(record.lastSignIn()));
  }

  private static Set<Factor> factors(AccountRecord record, boolean linked) {
    EnumSet<Factor> factors = EnumSet.of(linked ? Factor.PROVIDER : Factor.PASSWORD_AND_CODE);
    if (record.passkeys().stream().anyMatch(passkey -> !passkey.suspect())) {
      factors.add(Factor.PASSKEY);
    }
    if (!record.recovery().hashes().isEmpty()) {
      factors.add(Factor.RECOVERY_CODE);
    }
    return Collections.unmodifiableSet(factors);
  }

  int count() {
    return accounts.count();
  }

  /// Ends the account's sessions and tokens at once. The last administrator can't be disabled.
  ///
  /// @return a rule if it was refused
  public Optional<String> disable(Caller by, String name) throws IOException {
    if (!gate.permits(by, Verb.ADMINISTER)) {
      refused(by, "disabling an account", NOT_YOURS);
      return Optional.of(NOT_YOURS);
    }
    ReentrantLock changes = accounts.changes();
    changes.lock();
    try {
      Optional<Known> found = accounts.find(name);
      if (found.isEmpty()) {
        return Optional.of(UNKNOWN);
      }
      AccountRecord record = found.get().record();
      if (!record.enabled()) {
        return Optional.empty();
      }
      if (keepsTheHouse(found.get()) && administrators() == 1) {
        return Optional.of("This is the last administrator. Add another one first.");
      }
      done(by, "account disabled: " + record.name());
      change(record.name(), AccountRecord::disabled);
      return Optional.empty();
    } finally {
      changes.unlock();
    }
  }

  /// Ends every session of an account; nothing else of it changes.
  ///
  /// @return a rule if it was refused
  public Optional<String> signOut(Caller by, String name) throws IOException {
    if (!gate.permits(by, Verb.ADMINISTER)) {
      refused(by, "ending sessions", NOT_YOURS);
      return Optional.of(NOT_YOURS);
    }
    Optional<Known> found = accounts.find(name);
    if (found.isEmpty()) {
      return Optional.of(UNKNOWN);
    }
    try {
      done(by, "sessions ended: " + found.get().record().name());
    } finally {
      sessions.endAll(found.get().key()); // what only closes needs no trail to be allowed
    }
    return Optional.empty();
  }

  private long administrators() {
    return accounts.list().stream().filter(this::keepsTheHouse).count();
  }

  /// A provider may take an administrator's role away any day, so that only our own are counted.
  private boolean keepsTheHouse(Known known) {
    return known.record().administers() && !links.isLinked(known.key());
  }

  /// New password and factors; the old ones, all sessions and tokens end, and the account is
  /// enabled if it was not. Console only.
  ///
  /// @param password overwritten when this returns
  public Change reset(Caller by, String name, char[] password) throws IOException {
    if (!(by instanceof Caller.Console) || !gate.permits(by, Verb.ADMINISTER)) {
      return refused(by, "resetting an account", NOT_YOURS);
    }
    Optional<Known> found = accounts.find(name);
    if (found.isEmpty()) {
      return new Change.Refused(UNKNOWN);
    }
    String kept = found.get().record().name();
    if (links.isLinked(kept)) {
      Arrays.fill(password, '\0');
      return new Change.Refused(
          "That account signs in at its provider: leadglass user readmit NAME lets it in again.");
    }
    return switch (enrolments.make(kept, issuer(), password)) {
      case Enrolments.Made.Refused(String rule) -> new Change.Refused(rule);
      case Enrolments.Made.Ready ready -> {
        ReentrantLock changes = accounts.changes();
        changes.lock();
        try {
          done(by, "account reset: " + kept);
          change(kept, record -> record.reset(ready.factors()));
        } finally {
          changes.unlock();
        }
        yield new Change.Done(ready.enrolment());
      }
    };
  }

  /// Somebody who signs in changes the record too, so that it may take more than one try.
  private void change(String name, UnaryOperator<AccountRecord> change) {
    while (true) {
      Known known = accounts.find(name).orElseThrow();
      if (accounts.replace(known, change.apply(known.record()))) {
        sessions.endAll(known.key());
        return;
      }
    }
  }

  /// @param password overwritten when this returns
  /// @param code six digits of the second factor, or a recovery code
  public SignIn signIn(Origin origin, String name, char[] password, String code)
      throws IOException {
    return signIns.signIn(origin, name, password, code);
  }

  /// The person a session cookie belongs to, if it is alive: 15 minutes idle, 12 hours at most.
  public Optional<Caller.Person> session(Origin origin, String secret) {
    return sessions.touch(secret).flatMap(session -> person(origin, session));
  }

  private Optional<Caller.Person> person(Origin origin, Sessions.Session session) {
    return accounts
        .find(session.account())
        .filter(known -> known.enabled() && known.record().epoch() == session.epoch())
        .filter(known -> known.roles().contains(session.hat()))
        .map(known ->
            new Caller.Person(known.record().name(), session.hat(), known.roles(), origin));
  }

  /// Changes the hat worn in a session to another role held. The secret stays; see [#changeHat].
  public boolean wear(Caller.Person person, String secret, Role hat) throws IOException {
    return mayWear(person, secret, hat) && sessions.wear(secret, hat);
  }

  /// As [#wear], under a new secret; the old one ends.
  public Optional<SignIn.SignedIn> changeHat(Caller.Person person, String secret, Role hat)
      throws IOException {
    if (!mayWear(person, secret, hat)) {
      return Optional.empty();
    }
    return sessions
        .renew(secret, hat)
        .map(fresh -> new SignIn.SignedIn(fresh, wearing(person, hat)));
  }

  private boolean mayWear(Caller.Person person, String secret, Role hat) throws IOException {
    Optional<Caller.Person> owner = session(person.origin(), secret);
    boolean own = owner.isPresent() && owner.get().name().equals(person.name());
    if (!own || !owner.get().held().contains(hat)) {
      refusals.refused(person, "wearing a hat");
      return false;
    }
    done(wearing(owner.get(), hat), "hat changed from " + owner.get().hat().word());
    return true;
  }

  private static Caller.Person wearing(Caller.Person person, Role hat) {
    return new Caller.Person(person.name(), hat, person.held(), person.origin());
  }

  /// Ends a session. One that is not alive is nothing to end.
  public void signOut(Origin origin, String secret) throws IOException {
    Optional<Caller.Person> owner = session(origin, secret);
    try {
      if (owner.isPresent()) {
        done(owner.get(), "signed out");
      }
    } finally {
      sessions.end(secret); // what only closes needs no trail to be allowed
    }
  }

  private String issuer() {
    return foundation.site().orElse("Leadglass");
  }

  private Change refused(Caller by, String what, String rule) throws IOException {
    refusals.refused(by, what + " refused");
    return new Change.Refused(rule);
  }

  private void done(Caller by, String what) throws IOException {
    trail.security(AuditTrail.Who.of(by), by.origin(), true, what);
  }
}
