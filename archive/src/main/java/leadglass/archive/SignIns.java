package leadglass.archive;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import leadglass.archive.Accounts.Known;
import leadglass.archive.People.SignIn;

/// Signing in: password and second factor, both checked whatever is wrong, in the same time for
/// accounts that exist and those that don't.
///
/// Safe for use by several threads.
final class SignIns {
  private static final Duration BUSY = Duration.ofSeconds(2);
  private static final int CODE_CHARS_MAX = 64;

  /// Which hat somebody wears who signs in: one to read with, if there is one.
  private static final List<Role> FIRST_HAT =
      List.of(
          Role.RADIOLOGIST,
          Role.TECHNOLOGIST,
          Role.FRONT_DESK,
          Role.REFERRER,
          Role.ADMINISTRATOR,
          Role.AUDITOR,
          Role.WITNESS);

  private final Accounts accounts;
  private final Passwords passwords;
  private final Sessions sessions;
  private final SecurityTrail trail;
  private final Refusals refusals;
  private final InstantSource clock;
  private final Slowdown slowdown;
  private final AccountRecord nobody;

  /// @param nobody an account that can't be proved, checked where there is none
  SignIns(
      Accounts accounts,
      Passwords passwords,
      Sessions sessions,
      SecurityTrail trail,
      Refusals refusals,
      InstantSource clock,
      AccountRecord nobody) {
    this.accounts = accounts;
    this.passwords = passwords;
    this.sessions = sessions;
    this.trail = trail;
    this.refusals = refusals;
    this.clock = clock;
    this.slowdown = new Slowdown(clock);
    this.nobody = nobody;
  }

  SignIn signIn(Origin origin, String name, char[] password, String code) throws IOException {
    try {
      String account = Enrolments.refusedName(name).isPresent() ? "" : Accounts.key(name);
      Optional<Duration> wait = slowdown.knock(account, origin.address());
      if (wait.isPresent()) {
        return tooSoon(origin, wait.get());
      }
      AccountRecord asked = accounts.find(account).map(Known::record).orElse(nobody);
      return switch (check(password, asked.password())) {
        case BUSY -> {
          slowdown.untried(account, origin.address());
          yield tooSoon(origin, BUSY);
        }
        case WRONG -> {
          factor(asked, code); // for the time it takes
          yield refused(origin);
        }
        case RIGHT -> proved(origin, account, asked.epoch(), code);
      };
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  private Passwords.Verdict check(char[] password, PasswordHash kept) {
    return password.length > 2 * People.PASSWORD_CHARS_MAX
        ? Passwords.Verdict.WRONG
        : passwords.check(password, kept);
  }

  /// The password was right for the account of this epoch. A code is spent before anything is given
  /// for it, so that of two who use it at once one is refused.
  private SignIn proved(Origin origin, String account, int epoch, String code) throws IOException {
    while (true) {
      Optional<Known> found = accounts.find(account);
      if (found.isEmpty()) {
        return refused(origin);
      }
      Known known = found.get();
      AccountRecord record = known.record();
      Factor factor = factor(record, code);
      if (!factor.right() || !record.enabled() || record.epoch() != epoch) {
        return refused(origin);
      }
      AccountRecord spent = record.signedIn(factor.step(), factor.left(), clock.millis());
      if (accounts.replace(known, spent)) {
        return signedIn(origin, known, factor);
      }
    }
  }

  private SignIn signedIn(Origin origin, Known known, Factor factor) throws IOException {
    Role hat = firstHat(known.roles());
    Caller.Person person = new Caller.Person(known.record().name(), hat, known.roles(), origin);
    trail.security(AuditTrail.Who.of(person), origin, true, factor.detail());
    slowdown.right(known.key(), origin.address());
    return new SignIn.SignedIn(sessions.begin(known.key(), known.record().epoch(), hat), person);
  }

  static Role firstHat(Set<Role> held) {
    return FIRST_HAT.stream().filter(held::contains).findFirst().orElseThrow();
  }

  private SignIn refused(Origin origin) throws IOException {
    refusals.refused(new Caller.Stranger(origin), "sign-in refused");
    return new SignIn.Refused();
  }

  private SignIn tooSoon(Origin origin, Duration wait) throws IOException {
    Duration whole = Duration.ofSeconds(wait.plusMillis(999).toSeconds());
    refusals.slowed(origin, whole, "sign-in too soon");
    return new SignIn.TooSoon(whole);
  }

  /// What a code of the second factor came to.
  ///
  /// @param step last one-time code used, from now on
  /// @param left recovery codes, from now on
  private record Factor(boolean right, long step, RecoveryCodes left, String detail) {}

  /// Tries `code` both as a one-time and as a recovery code.
  private Factor factor(AccountRecord record, String code) {
    String typed = code.length() > CODE_CHARS_MAX ? "" : code.replace(" ", "");
    OptionalLong step = Totp.verify(record.totp(), typed, clock.millis(), record.lastStep());
    RecoveryCodes recovery = record.recovery();
    int used = recovery.find(typed);
    if (step.isPresent()) {
      return new Factor(true, step.getAsLong(), recovery, "signed in");
    }
    if (used >= 0) {
      RecoveryCodes left = recovery.without(used);
      String detail = "signed in with a recovery code, " + left.hashes().size() + " left";
      return new Factor(true, record.lastStep(), left, detail);
    }
    return new Factor(false, record.lastStep(), recovery, "");
  }
}
