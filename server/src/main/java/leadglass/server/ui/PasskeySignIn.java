package leadglass.server.ui;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import leadglass.archive.Archive;
import leadglass.archive.Origin;
import leadglass.archive.Passkeys;
import leadglass.archive.People;
import leadglass.archive.Verb;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Request;
import leadglass.server.http.Response;
import leadglass.server.http.Route;

/// Signing in with a passkey: what the island on the page of sign-in asks and sends.
final class PasskeySignIn {
  private static final int SECRET_BYTES = 32;
  private static final int SECRET_CHARS = 43;

  /// One sentence for everything that can be wrong.
  private static final String REFUSED = "That passkey is not right here.";

  private final Archive archive;
  private final Frame frame;
  private final SecureRandom random = new SecureRandom();

  PasskeySignIn(Archive archive, Frame frame) {
    this.archive = archive;
    this.frame = frame;
  }

  List<Route> routes() {
    Origin.Door door = Origin.Door.PAGE;
    return List.of(
        new Route("POST", "/sign-in/passkey/begin", door, Verb.KNOCK, this::begin),
        new Route("POST", "/sign-in/passkey", door, Verb.KNOCK, this::signIn));
  }

  /// A browser keeps its secret over several questions, so that two windows are not in each other's
  /// way.
  private Response begin(Request request) {
    Optional<Passkeys.Host> host = PasskeyForm.host(request);
    if (host.isEmpty() || !archive.setUp().done()) {
      return Json.refused(422, PasskeyForm.NO_NAME);
    }
    Optional<String> known =
        request.cookie(Cookies.BROWSER).filter(secret -> secret.length() == SECRET_CHARS);
    String browser = known.orElseGet(this::secret);
    Response question =
        Json.question(
            archive.passkeys().signingIn(host.get(), browser), archive.setUp().site().orElse(""));
    return known.isPresent() ? question : Cookies.set(question, Cookies.BROWSER, browser);
  }

  private String secret() {
    byte[] drawn = new byte[SECRET_BYTES];
    random.nextBytes(drawn);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(drawn);
  }

  private Response signIn(Request request) throws IOException, ProblemException {
    Optional<Passkeys.Host> host = PasskeyForm.host(request);
    if (host.isEmpty() || !archive.setUp().done()) {
      return Json.refused(422, PasskeyForm.NO_NAME);
    }
    PasskeyForm form = PasskeyForm.of(request);
    String browser = request.cookie(Cookies.BROWSER).orElse("");
    People.SignIn outcome =
        archive
            .passkeys()
            .signIn(request.origin(), host.get(), browser, form.word("ticket"), form.asserted());
    return switch (outcome) {
      case People.SignIn.SignedIn in ->
          Cookies.set(Json.next(frame.home(in.caller())), Cookies.SESSION, in.secret());
      case People.SignIn.Refused _ -> Json.refused(403, REFUSED);
      case People.SignIn.ClockOff off -> Json.refused(403, off.rule());
      case People.SignIn.TooSoon soon ->
          Json.refused(429, "Try again in " + Math.max(1, soon.after().toSeconds()) + " s.");
    };
  }
}
