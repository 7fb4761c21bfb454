package leadglass.archive;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Accounts, their factors and their sessions. A session needs password and second factor; there is
/// no other way to one.
///
/// Safe for use by several threads.
public final class People {

  /// Bounds of a password, in characters.
  public static final int PASSWORD_CHARS_MIN = 12;

  /// Longer ones are refused before they cost anything.
  public static final int PASSWORD_CHARS_MAX = 256;

  People() {}

  /// An account as an administrator sees it.
  public record Account(
      String name, Set<Role> roles, boolean enabled, Optional<Long> lastSignInMillis) {}

  /// What is shown once and then known to its owner alone.
  ///
  /// @param totpUri `otpauth://totp/…` (RFC 6238: SHA-1, 6 digits, 30 s)
  /// @param recoveryCodes each replaces the second factor once
  public record Enrolment(String name, String totpUri, List<String> recoveryCodes) {
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

    record TooSoon(Duration after) implements SignIn {}
  }

  /// @param name 1 to 64 characters: letters, digits, `.`, `-`, `_`, `@`
  public Change add(Caller by, String name, Set<Role> roles, char[] password) throws IOException {
    throw new UnsupportedOperationException(by + name + roles + password.length);
  }

  public List<Account> list(Caller by) {
    throw new UnsupportedOperationException(by.toString());
  }

  /// Ends the account's sessions and tokens at once. The last administrator can't be disabled.
  ///
  /// @return a rule if it was refused
  public Optional<String> disable(Caller by, String name) throws IOException {
    throw new UnsupportedOperationException(by + name);
  }

  /// New password and factors; the old ones, all sessions and tokens end. Console only.
  public Change reset(Caller by, String name, char[] password) throws IOException {
    throw new UnsupportedOperationException(by + name + password.length);
  }

  /// @param code six digits of the second factor, or a recovery code
  public SignIn signIn(Origin origin, String name, char[] password, String code)
      throws IOException {
    throw new UnsupportedOperationException(origin + name + password.length + code);
  }

  /// The person a session cookie belongs to, if it is alive: 15 minutes idle, 12 hours at most.
  public Optional<Caller.Person> session(Origin origin, String secret) {
    throw new UnsupportedOperationException(origin + secret);
  }

  /// Changes the hat worn in a session to another role held.
  public boolean wear(Caller.Person person, String secret, Role hat) throws IOException {
    throw new UnsupportedOperationException(person + secret + hat);
  }

  public void signOut(Origin origin, String secret) throws IOException {
    throw new UnsupportedOperationException(origin + secret);
  }
}
