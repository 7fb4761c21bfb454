package leadglass.archive;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
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
  static final String LAST = "This is the last administrator. Add another one first.";
  static final String UNKNOWN = "There is no account of that name.";

  private final Accounts accounts;
  private final Links links;
  private final Provisionals provisionals;
  private final SignIns signIns;
  private final Sessions sessions;
  private final SecurityTrail trail;
  private final Refusals refusals;
  private final Gate gate;
  private final List<Consumer<String>> ends = new CopyOnWriteArrayList<>();

  People(
      Accounts accounts,
      Links links,
      Provisionals provisionals,
      SignIns signIns,
      Sessions sessions,
      SecurityTrail trail,
      Refusals refusals,
      Gate gate) {
    this.accounts = accounts;
    this.links = links;
    this.provisionals = provisionals;
    this.signIns = signIns;
    this.sessions = sessions;
    this.trail = trail;
    this.refusals = refusals;
    this.gate = gate;
  }

  /// An account as an administrator sees it.
  ///
  /// @param factors the kinds of what it can be proved with
  /// @param provisional roles given at the console that its owner has not confirmed
  /// @param sessions how many are alive
  public record Account(
      String name,
      Set<Role> roles,
      boolean enabled,
      Set<Factor> factors,
      Optional<Long> lastSignInMillis,
      Set<Role> provisional,
      int sessions) {}

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
        Optional.ofNullable(record.lastSignIn()),
        known.roles().stream()
            .filter(role -> provisionals.find(known.key(), role).isPresent())
            .collect(Collectors.toUnmodifiableSet()),
        sessions.count(known.key()));
  }

  private static Set<Factor> factors(AccountRecord record, boolean linked) {
    EnumSet<Factor> factors = EnumSet.noneOf(Factor.class);
    if (linked) {
      factors.add(Factor.PROVIDER);
    } else if (!record.password().absent()) {
      factors.add(Factor.PASSWORD_AND_CODE);
    }
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
      refusals.refused(by, "disabling an account refused");
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
        left(record.name()); // a link may be open by which they come back
        return Optional.empty();
      }
      if (keepsTheHouse(found.get()) && administrators() == 1) {
        return Optional.of(LAST);
      }
      done(by, "account disabled: " + record.name());
      change(record.name(), AccountRecord::disabled);
      left(record.name());
      return Optional.empty();
    } finally {
      changes.unlock();
    }
  }

  /// Tells `end` of everybody who is disabled from now on, by name, before the act returns: what
  /// was handed out in their name ends with them.
  public void whenDisabled(Consumer<String> end) {
    ends.add(end);
  }

  private void left(String name) {
    ends.forEach(end -> end.accept(name));
  }

  /// Ends every session of an account; nothing else of it changes.
  ///
  /// @return a rule if it was refused
  public Optional<String> signOut(Caller by, String name) throws IOException {
    if (!gate.permits(by, Verb.ADMINISTER)) {
      refusals.refused(by, "ending sessions refused");
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
    return provisionals.administersForGood(known) && !links.isLinked(known.key());
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

  private void done(Caller by, String what) throws IOException {
    trail.security(AuditTrail.Who.of(by), by.origin(), true, what);
  }
}
