package leadglass.server.http;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.Gate;
import leadglass.archive.Origin;
import leadglass.archive.Verb;

/// What the web server asks the archive about whoever knocks.
///
/// @param setUp whether set-up is done
/// @param start the page that strangers are led to
/// @param shut what everybody is answered while nobody can be let in
public record Doorkeeper(
    Gate gate,
    Sessions sessions,
    Bearers bearers,
    Guests guests,
    Patients patients,
    Freshness freshness,
    Refusals refusals,
    BooleanSupplier setUp,
    String start,
    Optional<Problem> shut) {

  /// The person a session cookie belongs to.
  @FunctionalInterface
  public interface Sessions {
    Optional<Caller.Person> session(Origin origin, String secret);
  }

  /// The program a bearer token belongs to.
  @FunctionalInterface
  public interface Bearers {
    Optional<Caller.Program> verify(Origin origin, String secret);
  }

  /// Whoever the cookie of an opened link belongs to.
  @FunctionalInterface
  public interface Guests {
    /// @param share id of the link
    Optional<Caller.Share> session(Origin origin, String share, String secret);
  }

  /// The patient a session cookie belongs to.
  @FunctionalInterface
  public interface Patients {
    Optional<Caller.Patient> session(Origin origin, String secret);
  }

  /// Whether a factor was proved within the last five minutes in the session of a cookie.
  @FunctionalInterface
  public interface Freshness {
    boolean fresh(String secret);
  }

  /// Told of everybody who is known and not permitted, before they are.
  @FunctionalInterface
  public interface Refusals {
    /// @throws java.io.UncheckedIOException if it can't be written down
    void refused(Caller caller, Verb verb);
  }

  public static Doorkeeper of(Archive archive) {
    return new Doorkeeper(
        archive.gate(),
        archive.people()::session,
        archive.tokens()::verify,
        archive.shareDoor()::session,
        archive.patientDoor()::session,
        archive.stepUps()::fresh,
        archive::refusedAtTheDoor,
        archive.setUp()::done,
        "/sign-in",
        Optional.empty());
  }

  /// For whoever comes by a link, for patients, and nobody else: no session of a person and no
  /// token opens anything.
  public static Doorkeeper ofGuests(Archive archive) {
    return new Doorkeeper(
        archive.gate(),
        (_, _) -> Optional.empty(),
        (_, _) -> Optional.empty(),
        archive.shareDoor()::session,
        archive.patientDoor()::session,
        _ -> false,
        archive::refusedAtTheDoor,
        archive.setUp()::done,
        "/share",
        Optional.empty());
  }

  /// Lets nobody in, whoever they are: there is no archive to ask.
  ///
  /// @param answer to every request that is not for what stands around a page
  public static Doorkeeper shut(Problem answer) {
    return new Doorkeeper(
        new Gate(),
        (_, _) -> Optional.empty(),
        (_, _) -> Optional.empty(),
        (_, _, _) -> Optional.empty(),
        (_, _) -> Optional.empty(),
        _ -> false,
        (_, _) -> {},
        () -> true,
        "/",
        Optional.of(answer));
  }
}
