package leadglass.archive;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import leadglass.archive.Accounts.Known;
import leadglass.archive.People.SignIn;

/// Signing in: password and second factor, both checked whatever is wrong, in the same time for
/// accounts that exist and those that don't.
///
/// Safe for use by several threads.
final class SignIns {
  private static final Duration BUSY = Duration.ofSeconds(2);

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
  private final Links links;
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
      Links links,
      Passwords passwords,
      Sessions sessions,
      SecurityTrail trail,
      Refusals refusals,
      InstantSource clock,
      AccountRecord nobody) {
    this.accounts = accounts;
    this.links = links;
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
          FactorCodes.check(asked, code, clock.millis()); // for the time it takes
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
      if (!record.enabled() || record.epoch() != epoch || links.isLinked(account)) {
        FactorCodes.check(record, code, clock.millis()); // for the time it takes
        return refused(origin);
      }
      switch (FactorCodes.check(record, code, clock.millis())) {
        case FactorCodes.Result.Wrong _ -> {
          return refused(origin);
        }
        case FactorCodes.Result.OfAnotherTime(long seconds) -> {
          refusals.refused(new Caller.Stranger(origin), "sign-in refused: code of another time");
          return new SignIn.ClockOff(clockOff(seconds));
        }
        case FactorCodes.Result.Right right -> {
          AccountRecord spent = record.coded(right.step(), right.left()).signedIn(clock.millis());
          if (accounts.replace(known, spent)) {
            slowdown.right(known.key(), origin.address());
            return enter(origin, known, "password and " + right.kind());
          }
        }
      }
    }
  }

  /// @param seconds how far ahead of ours the other clock is
  static String clockOff(long seconds) {
    long minutes = Math.max(1, Math.round(Math.abs(seconds) / 60.0));
    return "That code is for another time: the clock of your device is about "
        + minutes
        + (minutes == 1 ? " minute " : " minutes ")
        + (seconds > 0 ? "ahead of" : "behind")
        + " the archive's. Let both set their time by the network, then take the next code.";
  }

  /// A session for whoever proved that the account is theirs.
  ///
  /// @param with what they proved it, in words
  SignIn.SignedIn enter(Origin origin, Known known, String with) throws IOException {
    return enter(origin, known, with, clock.millis());
  }

  /// @param proved when a factor was last; 0 if nobody knows
  SignIn.SignedIn enter(Origin origin, Known known, String with, long proved) throws IOException {
    Role hat = firstHat(known.roles());
    Caller.Person person = new Caller.Person(known.record().name(), hat, known.roles(), origin);
    trail.security(AuditTrail.Who.of(person), origin, true, "signed in with " + with);
    String secret = sessions.begin(known.key(), known.record().epoch(), hat, proved);
    return new SignIn.SignedIn(secret, person);
  }

  static Role firstHat(Set<Role> held) {
    return FIRST_HAT.stream().filter(held::contains).findFirst().orElseThrow();
  }

  private SignIn refused(Origin origin) throws IOException {
    refusals.refused(new Caller.Stranger(origin), "sign-in refused");
    return new SignIn.Refused();
  }

  SignIn tooSoon(Origin origin, Duration wait) throws IOException {
    Duration whole = Duration.ofSeconds(wait.plusMillis(999).toSeconds());
    refusals.slowed(origin, whole, "sign-in too soon");
    return new SignIn.TooSoon(whole);
  }
}
