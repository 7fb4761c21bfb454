package leadglass.server.ui;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.Origin;
import leadglass.archive.Passkeys;
import leadglass.archive.StepUps.StepUp;
import leadglass.archive.Verb;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Request;
import leadglass.server.http.Response;
import leadglass.server.http.Route;
import leadglass.server.ui.page.SignIn;
import leadglass.server.ui.page.StepUpPage;

/// Asks for a factor again, then leads back to where somebody came from.
final class StepUpPages {
  private static final int ADDRESS_CHARS_MAX = 512;
  private static final String ENDED = "/sign-in";

  private final Archive archive;
  private final Frame frame;
  private final List<IdentityProvider> providers;

  StepUpPages(Archive archive, Frame frame, List<IdentityProvider> providers) {
    this.archive = archive;
    this.frame = frame;
    this.providers = List.copyOf(providers);
  }

  List<Route> routes() {
    Origin.Door door = Origin.Door.PAGE;
    return List.of(
        new Route("GET", "/step-up", door, Verb.BE_KNOWN, this::form),
        new Route("POST", "/step-up", door, Verb.BE_KNOWN, this::code),
        new Route("POST", "/step-up/passkey/begin", door, Verb.BE_KNOWN, this::begin),
        new Route("POST", "/step-up/passkey", door, Verb.BE_KNOWN, this::passkey));
  }

  /// Only a path of ours, spelled plainly: nothing that a browser could read as another site.
  static String safe(String address) {
    boolean plain =
        address.length() <= ADDRESS_CHARS_MAX
            && address.matches("(/[A-Za-z0-9._-]+)+")
            && !address.startsWith("/step-up");
    return plain ? address : "/";
  }

  private Response form(Request request) {
    return show(request, 200, safe(request.query("to").orElse("/")), "");
  }

  private Response show(Request request, int status, String to, String error) {
    Optional<String> secret = request.cookie(Cookies.SESSION);
    if (!(request.caller() instanceof Caller.Person person) || secret.isEmpty()) {
      return frame.page(request, 404, ProblemPage.notShown());
    }
    boolean passkey =
        PasskeyForm.host(request)
            .flatMap(host -> archive.passkeys().steppingUp(person, secret.get(), host))
            .isPresent();
    return frame.page(request, status, new StepUpPage(to, passkey, elsewhere(person), error));
  }

  /// Whoever came from a provider that asks for every factor may have none here: they go there
  /// again.
  private Optional<SignIn.Provider> elsewhere(Caller.Person person) {
    return archive.providers().hasFactor(person.name())
        ? Optional.empty()
        : archive
            .providers()
            .providerOf(person.name())
            .flatMap(
                issuer -> providers.stream().filter(p -> p.issuer().equals(issuer)).findFirst())
            .map(provider -> new SignIn.Provider(provider.name(), provider.label()));
  }

  private Response code(Request request) throws IOException, ProblemException {
    Map<String, String> form = request.form();
    String to = safe(form.getOrDefault("to", "/"));
    Optional<String> secret = request.cookie(Cookies.SESSION);
    if (!(request.caller() instanceof Caller.Person person) || secret.isEmpty()) {
      return frame.page(request, 404, ProblemPage.notShown());
    }
    String code = form.getOrDefault("code", "").strip();
    return switch (archive.stepUps().code(person, secret.get(), code)) {
      case StepUp.Proved(String fresh) ->
          Cookies.set(Response.seeOther(to), Cookies.SESSION, fresh);
      case StepUp.Refused(String rule) -> show(request, 422, to, rule);
      case StepUp.Ended _ -> Cookies.clear(Response.seeOther(ENDED), Cookies.SESSION);
    };
  }

  private Response begin(Request request) {
    Optional<String> secret = request.cookie(Cookies.SESSION);
    Optional<Passkeys.Question> question =
        request.caller() instanceof Caller.Person person && secret.isPresent()
            ? PasskeyForm.host(request)
                .flatMap(host -> archive.passkeys().steppingUp(person, secret.get(), host))
            : Optional.empty();
    return question
        .map(asked -> Json.question(asked, archive.setUp().site().orElse("")))
        .orElse(Json.refused(422, "There is no passkey of yours for this host name."));
  }

  private Response passkey(Request request) throws IOException, ProblemException {
    Optional<String> secret = request.cookie(Cookies.SESSION);
    Optional<Passkeys.Host> host = PasskeyForm.host(request);
    if (!(request.caller() instanceof Caller.Person person) || secret.isEmpty() || host.isEmpty()) {
      return Json.refused(422, PasskeyForm.NO_NAME);
    }
    PasskeyForm form = PasskeyForm.of(request);
    String to = safe(form.word("to"));
    StepUp outcome =
        archive
            .passkeys()
            .stepUp(person, secret.get(), host.get(), form.word("ticket"), form.asserted());
    return switch (outcome) {
      case StepUp.Proved(String fresh) -> Cookies.set(Json.next(to), Cookies.SESSION, fresh);
      case StepUp.Refused(String rule) -> Json.refused(422, rule);
      case StepUp.Ended _ -> Cookies.clear(Json.next(ENDED), Cookies.SESSION);
    };
  }
}
