package leadglass.server.ui;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.Origin;
import leadglass.archive.People;
import leadglass.archive.Role;
import leadglass.archive.Verb;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Request;
import leadglass.server.http.Response;
import leadglass.server.http.Route;
import leadglass.server.ui.page.Hat;
import leadglass.server.ui.page.Notice;
import leadglass.server.ui.page.SignIn;
import leadglass.server.ui.page.Theme;

/// Signing in and out, changing the hat, and where one lands.
final class SessionPages {

  /// One sentence for everything that can be wrong: no hint whether an account exists.
  static final String REFUSED = "Name, password or code is not right.";

  private final Archive archive;
  private final Frame frame;
  private final List<SignIn.Provider> providers;

  SessionPages(Archive archive, Frame frame, List<IdentityProvider> providers) {
    this.archive = archive;
    this.frame = frame;
    this.providers =
        providers.stream().map(each -> new SignIn.Provider(each.name(), each.label())).toList();
  }

  List<Route> routes() {
    Origin.Door door = Origin.Door.PAGE;
    return List.of(
        new Route("GET", "/", door, Verb.KNOCK, this::start),
        new Route("GET", "/sign-in", door, Verb.KNOCK, this::form),
        new Route("POST", "/sign-in", door, Verb.KNOCK, this::signIn),
        new Route("POST", "/sign-out", door, Verb.BE_KNOWN, this::signOut),
        new Route("POST", "/hat", door, Verb.BE_KNOWN, this::hat),
        new Route("POST", "/theme", door, Verb.BE_KNOWN, this::theme),
        new Route("GET", "/role", door, Verb.BE_KNOWN, this::role));
  }

  private Response start(Request request) {
    if (!archive.setUp().done()) {
      return Response.seeOther("/setup");
    }
    boolean stranger = request.caller() instanceof Caller.Stranger;
    return Response.seeOther(stranger ? "/sign-in" : frame.home(request.caller()));
  }

  private Response form(Request request) {
    if (!archive.setUp().done() || request.caller() instanceof Caller.Person) {
      return Response.seeOther("/");
    }
    return frame.page(request, 200, page(request, "", ""));
  }

  private SignIn page(Request request, String name, String error) {
    return new SignIn(name, error, PasskeyForm.host(request).isPresent(), providers);
  }

  private Response signIn(Request request) throws IOException, ProblemException {
    if (!archive.setUp().done()) {
      return Response.seeOther("/setup");
    }
    Map<String, String> form = request.form();
    String name = form.getOrDefault("name", "").strip();
    char[] password = form.getOrDefault("password", "").toCharArray();
    String code = form.getOrDefault("code", "").strip();
    try {
      return switch (archive.people().signIn(request.origin(), name, password, code)) {
        case People.SignIn.SignedIn in ->
            Cookies.set(Response.seeOther(frame.home(in.caller())), Cookies.SESSION, in.secret());
        case People.SignIn.Refused _ -> frame.page(request, 403, page(request, name, REFUSED));
        case People.SignIn.ClockOff off ->
            frame.page(request, 403, page(request, name, off.rule()));
        case People.SignIn.TooSoon soon -> tooSoon(request, name, soon.after());
      };
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  private Response tooSoon(Request request, String name, Duration after) {
    String seconds = Long.toString(Math.max(1, after.plusMillis(999).toSeconds()));
    String error = "Try again in " + seconds + (seconds.equals("1") ? " second." : " seconds.");
    return frame.page(request, 429, page(request, name, error)).with("Retry-After", seconds);
  }

  private Response signOut(Request request) throws IOException {
    Optional<String> secret = request.cookie(Cookies.SESSION);
    if (secret.isPresent()) {
      archive.people().signOut(request.origin(), secret.get());
    }
    return Cookies.clear(Response.seeOther("/sign-in"), Cookies.SESSION);
  }

  private Response hat(Request request) throws IOException, ProblemException {
    String word = request.form().getOrDefault("hat", "");
    Optional<String> secret = request.cookie(Cookies.SESSION);
    if (request.caller() instanceof Caller.Person person && secret.isPresent()) {
      for (Role role : person.held()) {
        if (role.word().equals(word)) {
          return wear(person, secret.get(), role);
        }
      }
    }
    return Response.seeOther("/");
  }

  private Response wear(Caller.Person person, String secret, Role role) throws IOException {
    return archive
        .people()
        .changeHat(person, secret, role)
        .map(in ->
            Cookies.set(Response.seeOther(frame.home(in.caller())), Cookies.SESSION, in.secret()))
        .orElse(Response.seeOther("/"));
  }

  private Response theme(Request request) throws IOException, ProblemException {
    Response back = Response.seeOther("/");
    return Theme.of(request.form().getOrDefault("theme", ""))
        .map(theme -> Cookies.keep(back, Frame.THEME_COOKIE, theme.word()))
        .orElse(back);
  }

  private Response role(Request request) {
    if (!(request.caller() instanceof Caller.Person person)) {
      return frame.page(request, 404, ProblemPage.notShown());
    }
    Hat hat = Hat.of(person.hat());
    return frame.page(
        request, 200, new Notice(hat.label(), "/role", List.of(hat.may()), List.of()));
  }
}
