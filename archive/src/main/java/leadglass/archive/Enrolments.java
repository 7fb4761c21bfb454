package leadglass.archive;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Makes the factors of an account: checks name and password, draws the secrets.
///
/// Safe for use by several threads.
final class Enrolments {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@-]{1,64}");
  private static final String BUSY = "The archive is busy. Try again in a few seconds.";

  private final Passwords passwords;
  private final SecureRandom random;

  Enrolments(Passwords passwords, SecureRandom random) {
    this.passwords = passwords;
    this.random = random;
  }

  /// What came of making factors.
  sealed interface Made {
    record Ready(AccountRecord.Factors factors, People.Enrolment enrolment) implements Made {
      @Override
      public String toString() {
        return "Ready[]";
      }
    }

    record Refused(String rule) implements Made {}
  }

  static Optional<String> refusedName(String name) {
    return NAME.matcher(name).matches()
        ? Optional.empty()
        : Optional.of("A name is 1 to 64 letters, digits, dots, dashes, underscores or @.");
  }

  /// @param password overwritten when this returns
  /// @param site stands above the code in the authenticator
  Made make(String name, String site, char[] password) {
    try {
      Optional<String> refusal =
          refusedName(name).or(() -> PasswordRules.refusal(password, name, site));
      if (refusal.isPresent()) {
        return new Made.Refused(refusal.get());
      }
      Optional<PasswordHash> hash = passwords.hash(password);
      if (hash.isEmpty()) {
        return new Made.Refused(BUSY);
      }
      byte[] totp = Totp.secret(random);
      List<String> codes = RecoveryCodes.fresh(random);
      return new Made.Ready(
          new AccountRecord.Factors(hash.get(), totp, RecoveryCodes.of(codes, random)),
          new People.Enrolment(name, Totp.uri(site, name, totp), codes));
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  /// Of an account that a passkey alone opens: no password, and a second factor nobody knows.
  AccountRecord.Factors none() {
    return new AccountRecord.Factors(passwords.none(), Totp.secret(random), RecoveryCodes.none());
  }

  /// An account that nobody can prove to own: stands in where there is none, for the time it takes.
  AccountRecord nobody() {
    AccountRecord.Factors factors =
        new AccountRecord.Factors(
            passwords.nobody(),
            Totp.secret(random),
            RecoveryCodes.of(RecoveryCodes.fresh(random), random));
    return account("", Set.of(), factors).disabled();
  }

  static AccountRecord account(String name, Set<Role> roles, AccountRecord.Factors factors) {
    return new AccountRecord(
        name,
        roles.stream().sorted().map(Role::word).toList(),
        true,
        1,
        factors.password(),
        factors.totp(),
        0,
        factors.recovery(),
        null,
        null,
        List.of());
  }
}
