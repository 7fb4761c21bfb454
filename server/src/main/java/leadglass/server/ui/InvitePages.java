package leadglass.server.ui;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leadglass.archive.Archive;
import leadglass.archive.Invites;
import leadglass.archive.Origin;
import leadglass.archive.Passkeys;
import leadglass.archive.People;
import leadglass.archive.Verb;
import leadglass.server.http.Handler;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Request;
import leadglass.server.http.Response;
import leadglass.server.http.Route;
import leadglass.server.ui.page.InviteOpen;
import leadglass.server.ui.page.NewFactor;
import leadglass.server.ui.page.NewPassword;

/// Where the link of somebody who is invited leads. Without the link's secret these pages are the
/// same for everybody.
final class InvitePages {

  /// One sentence for everything that can be wrong with a link.
  static final String WRONG =
      "This link is not active. It may have been used or have ended. Ask whoever sent it.";

  private static final String START = "/invite";
  private static final String CHOOSE = "/invite/choose";
  private static final String CONFIRM = "/invite/confirm";
  private static final String JOINED = "/account/joined";

  private final Archive archive;
  private final Frame frame;

  InvitePages(Archive archive, Frame frame) {
    this.archive = archive;
    this.frame = frame;
  }

  List<Route> routes() {
    return List.of(
        route("GET", START, r -> frame.page(r, 200, new InviteOpen(""))),
        route("POST", START, this::open),
        route("GET", CHOOSE, r -> choose(r, 200, "")),
        route("POST", "/invite/password", this::password),
        route("GET", CONFIRM, r -> confirmForm(r, 200, "")),
        route("POST", CONFIRM, this::confirm),
        route("POST", "/invite/passkey/begin", this::begin),
        route("POST", "/invite/passkey", this::passkey));
  }

  private Route route(String method, String pattern, Handler step) {
    return new Route(
        method,
        pattern,
        Origin.Door.PAGE,
        Verb.KNOCK,
        request -> archive.setUp().done() ? step.handle(request) : Response.seeOther("/setup"));
  }

  private static String ticket(Request request) {
    return request.cookie(Cookies.INVITE).orElse("");
  }

  private Response open(Request request) throws IOException, ProblemException {
    String secret = request.form().getOrDefault("secret", "");
    return switch (archive.invites().open(request.origin(), secret)) {
      case Invites.Opened.Ticket(String ticket) ->
          Cookies.set(Response.seeOther(CHOOSE), Cookies.INVITE, ticket);
      case Invites.Opened.Wrong _ -> frame.page(request, 403, new InviteOpen(WRONG));
      case Invites.Opened.Slowed slowed -> {
        String seconds = Long.toString(slowed.pause().plusMillis(999).toSeconds());
        InviteOpen page = new InviteOpen("Try again in " + seconds + " seconds.");
        yield frame.page(request, 429, page).with("Retry-After", seconds);
      }
    };
  }

  private Response choose(Request request, int status, String error) {
    Optional<String> name = archive.invites().joining(ticket(request));
    boolean passkeys = PasskeyForm.host(request).isPresent();
    return name.isEmpty()
        ? Response.seeOther(START)
        : frame.page(
            request,
            status,
            new NewPassword(
                name.get(), "/invite/password", true, passkeys, People.PASSWORD_CHARS_MIN, error));
  }

  private Response password(Request request) throws IOException, ProblemException {
    Map<String, String> form = request.form();
    String typed = form.getOrDefault("password", "");
    if (!typed.equals(form.getOrDefault("again", ""))) {
      return choose(request, 422, SetUpPages.OTHER_PASSWORD);
    }
    char[] password = typed.toCharArray();
    try {
      return answer(request, archive.invites().password(ticket(request), password), false);
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  private Response confirmForm(Request request, int status, String error) {
    return archive
        .invites()
        .drafted(ticket(request))
        .map(shown -> frame.page(request, status, NewFactor.of(shown, CONFIRM, CHOOSE, error)))
        .orElse(Response.seeOther(CHOOSE));
  }

  private Response confirm(Request request) throws IOException, ProblemException {
    String code = request.form().getOrDefault("code", "").strip();
    return answer(
        request, archive.invites().confirm(request.origin(), ticket(request), code), true);
  }

  private Response answer(Request request, Invites.Step step, boolean confirming) {
    return switch (step) {
      case Invites.Step.Drafted _ -> Response.seeOther(CONFIRM);
      case Invites.Step.Joined(People.SignIn.SignedIn in) -> joined(Response.seeOther(JOINED), in);
      case Invites.Step.Refused(String rule) ->
          confirming ? confirmForm(request, 422, rule) : choose(request, 422, rule);
      case Invites.Step.Ended _ -> ended(frame.page(request, 403, new InviteOpen(WRONG)));
    };
  }

  private static Response joined(Response response, People.SignIn.SignedIn in) {
    return Cookies.set(ended(response), Cookies.SESSION, in.secret());
  }

  private static Response ended(Response response) {
    return Cookies.clear(response, Cookies.INVITE);
  }

  private Response begin(Request request) {
    Optional<Passkeys.Question> question =
        PasskeyForm.host(request).flatMap(host -> archive.invites().adding(ticket(request), host));
    return question
        .map(asked -> Json.question(asked, archive.setUp().site().orElse("")))
        .orElse(Json.refused(422, WRONG));
  }

  private Response passkey(Request request) throws IOException, ProblemException {
    Optional<Passkeys.Host> host = PasskeyForm.host(request);
    if (host.isEmpty()) {
      return Json.refused(422, PasskeyForm.NO_NAME);
    }
    PasskeyForm form = PasskeyForm.of(request);
    String label = form.word("label").isBlank() ? "Passkey" : form.word("label");
    Invites.Step step =
        archive
            .invites()
            .passkey(
                request.origin(),
                ticket(request),
                host.get(),
                form.word("ticket"),
                label,
                form.attested());
    return switch (step) {
      case Invites.Step.Joined(People.SignIn.SignedIn in) -> joined(Json.next(JOINED), in);
      case Invites.Step.Refused(String rule) -> Json.refused(422, rule);
      case Invites.Step.Ended _, Invites.Step.Drafted _ -> ended(Json.refused(403, WRONG));
    };
  }
}
