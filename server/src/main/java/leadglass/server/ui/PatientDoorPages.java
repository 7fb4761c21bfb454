package leadglass.server.ui;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.Origin;
import leadglass.archive.Passkeys;
import leadglass.archive.PatientDoor.Entry;
import leadglass.archive.PatientDoor.Opening;
import leadglass.archive.Verb;
import leadglass.server.http.Handler;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Request;
import leadglass.server.http.Response;
import leadglass.server.http.Route;
import leadglass.server.ui.page.PatientEnter;
import leadglass.server.ui.page.PatientOpen;

/// Where patients come in: by an invitation once, then by their passkey. The same for everybody who
/// has neither.
final class PatientDoorPages {
  static final String HOME = "/my";
  static final String OPEN = "/my/open";
  static final String SIGN_IN = "/my/sign-in";

  private static final String ENROL = "/my/passkey";
  private static final int SECRET_BYTES = 32;
  private static final int SECRET_CHARS = 43;

  /// One sentence for everything that can be wrong with an invitation.
  static final String REFUSED =
      "This link is not active, or the code is not right. Ask where your images were taken.";

  private static final String NOT_RIGHT =
      "That passkey is not right here. If you lost yours, ask for a new invitation.";
  private static final String NOT_MADE =
      "This passkey could not be made, or your invitation is over. Open the link again.";

  private final Archive archive;
  private final Frame frame;
  private final SecureRandom random = new SecureRandom();

  PatientDoorPages(Archive archive, Frame frame) {
    this.archive = archive;
    this.frame = frame;
  }

  List<Route> routes() {
    return List.of(
        route("GET", OPEN, _ -> Response.html(200, frame.anonymous(new PatientOpen()))),
        route("POST", OPEN, this::open),
        route("GET", ENROL, r -> enter(r, true, false)),
        route("POST", ENROL + "/begin", this::beginEnrolling),
        route("POST", ENROL, this::enrol),
        route("GET", SIGN_IN, r -> enter(r, false, r.query("left").isPresent())),
        route("POST", SIGN_IN + "/begin", this::beginSigningIn),
        route("POST", SIGN_IN, this::signIn),
        new Route("POST", "/my/leave", Origin.Door.PAGE, Verb.OWN_RECORD, this::leave));
  }

  private Route route(String method, String pattern, Handler step) {
    return new Route(
        method,
        pattern,
        Origin.Door.PAGE,
        Verb.KNOCK,
        request -> archive.setUp().done() ? step.handle(request) : Response.seeOther("/setup"));
  }

  private Response enter(Request request, boolean enrols, boolean gone) {
    boolean passkeys = PasskeyForm.host(request).isPresent();
    return Response.html(200, frame.anonymous(new PatientEnter(enrols, passkeys, gone)));
  }

  private Response open(Request request) throws IOException, ProblemException {
    Map<String, String> form = request.form();
    Opening opening =
        archive
            .patientDoor()
            .open(
                request.origin(), form.getOrDefault("link", ""), form.getOrDefault("passcode", ""));
    return switch (opening) {
      case Opening.Ticket(String ticket) ->
          Cookies.set(Json.next(ENROL), Cookies.PATIENT_INVITE, ticket);
      case Opening.Refused _ -> Json.refused(403, REFUSED);
      case Opening.TooSoon(var after) -> tooSoon(after);
    };
  }

  private static Response tooSoon(Duration after) {
    long seconds = Math.max(1, after.plusMillis(999).toSeconds());
    return Json.refused(429, "Too many tries. Try again in " + seconds + " s.")
        .with("Retry-After", Long.toString(seconds));
  }

  private static String ticket(Request request) {
    return request.cookie(Cookies.PATIENT_INVITE).orElse("");
  }

  private Response beginEnrolling(Request request) {
    Optional<Passkeys.Host> host = PasskeyForm.host(request);
    if (host.isEmpty()) {
      return Json.refused(422, PasskeyForm.NO_NAME);
    }
    return archive
        .patientDoor()
        .enrolling(ticket(request), host.get())
        .map(asked -> Json.question(asked, site()))
        .orElse(Json.refused(403, NOT_MADE));
  }

  private String site() {
    return archive.setUp().site().orElse("");
  }

  private Response enrol(Request request) throws IOException, ProblemException {
    Optional<Passkeys.Host> host = PasskeyForm.host(request);
    if (host.isEmpty()) {
      return Json.refused(422, PasskeyForm.NO_NAME);
    }
    PasskeyForm form = PasskeyForm.of(request);
    Entry entry =
        archive
            .patientDoor()
            .enrol(
                request.origin(),
                ticket(request),
                host.get(),
                form.word("ticket"),
                form.attested());
    return entered(entry, NOT_MADE);
  }

  private static Response entered(Entry entry, String refused) {
    return switch (entry) {
      case Entry.In(String session) ->
          Cookies.clear(
              Cookies.set(Json.next(HOME), Cookies.PATIENT, session), Cookies.PATIENT_INVITE);
      case Entry.Refused _ -> Json.refused(403, refused);
      case Entry.TooSoon(var after) -> tooSoon(after);
    };
  }

  private Response beginSigningIn(Request request) {
    Optional<Passkeys.Host> host = PasskeyForm.host(request);
    if (host.isEmpty()) {
      return Json.refused(422, PasskeyForm.NO_NAME);
    }
    Optional<String> known =
        request.cookie(Cookies.BROWSER).filter(secret -> secret.length() == SECRET_CHARS);
    String browser = known.orElseGet(this::secret);
    Response question = Json.question(archive.patientDoor().signingIn(host.get(), browser), site());
    return known.isPresent() ? question : Cookies.set(question, Cookies.BROWSER, browser);
  }

  private String secret() {
    byte[] drawn = new byte[SECRET_BYTES];
    random.nextBytes(drawn);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(drawn);
  }

  private Response signIn(Request request) throws IOException, ProblemException {
    Optional<Passkeys.Host> host = PasskeyForm.host(request);
    if (host.isEmpty()) {
      return Json.refused(422, PasskeyForm.NO_NAME);
    }
    PasskeyForm form = PasskeyForm.of(request);
    String browser = request.cookie(Cookies.BROWSER).orElse("");
    Entry entry =
        archive
            .patientDoor()
            .signIn(request.origin(), host.get(), browser, form.word("ticket"), form.asserted());
    return entered(entry, NOT_RIGHT);
  }

  private Response leave(Request request) throws IOException {
    Optional<String> cookie = request.cookie(Cookies.PATIENT);
    if (request.caller() instanceof Caller.Patient patient && cookie.isPresent()) {
      archive.patientDoor().leave(patient, cookie.get());
    }
    return Cookies.clear(Response.seeOther(SIGN_IN + "?left=yes"), Cookies.PATIENT);
  }
}
