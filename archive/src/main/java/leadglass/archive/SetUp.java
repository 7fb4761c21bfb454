package leadglass.archive;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The first minutes of an archive: a code from the console, then the site, the first administrator
/// with both factors, and the recovery sheet of the master key. Until the end nothing of it counts;
/// after it none of these methods does anything.
///
/// Safe for use by several threads.
public final class SetUp {

  /// How long a code may be used.
  public static final Duration CODE_TTL = Duration.ofMinutes(15);

  SetUp() {}

  public boolean done() {
    throw new UnsupportedOperationException();
  }

  /// Name of the site, once it is set up.
  public Optional<String> site() {
    throw new UnsupportedOperationException();
  }

  /// A fresh code of eight characters, such as `K7QF-2M9X`, for the console; the one before ends. 5
  /// tries, one use.
  public String freshCode() {
    throw new UnsupportedOperationException();
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
    record Finished() implements Step {}

    /// @param rule a sentence for the person, such as "That code is not right. 4 tries left."
    record Refused(String rule) implements Step {}
  }

  /// @param code as typed: case, spaces and dashes don't matter
  public Step begin(Origin origin, String code) throws IOException {
    throw new UnsupportedOperationException(origin + code);
  }

  /// May be called again, with other words, until [#confirm] succeeds.
  ///
  /// @param readsImages whether the administrator takes the reading role too
  public Step draft(
      String ticket, String site, String administrator, char[] password, boolean readsImages)
      throws IOException {
    throw new UnsupportedOperationException(
        ticket + site + administrator + password.length + readsImages);
  }

  /// What [#draft] returned last for this ticket.
  public Optional<Step.Drafted> drafted(String ticket) {
    throw new UnsupportedOperationException(ticket);
  }

  /// @param totp six digits of the new second factor
  /// @param group the group of the recovery sheet that was asked for
  public Step confirm(Origin origin, String ticket, String totp, String group) throws IOException {
    throw new UnsupportedOperationException(origin + ticket + totp + group);
  }

  /// What unattended set-up made, to be printed once.
  ///
  /// @param sheet the recovery sheet: numbered groups of four characters
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

  /// Sets up at once, for the console.
  ///
  /// @throws IllegalStateException if it is done already or `by` is not the console; the message
  ///   says what to do
  /// @throws IllegalArgumentException if a name or password is refused; the message says why
  public Unattended unattended(Caller by, String site, List<Person> people) throws IOException {
    throw new UnsupportedOperationException(by + site + people);
  }
}
