package leadglass.server.ui;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import leadglass.archive.Archive;
import leadglass.archive.Origin;
import leadglass.archive.OwedFactors;
import leadglass.archive.OwedFactors.Answer;
import leadglass.archive.Passkeys;
import leadglass.archive.Verb;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Request;
import leadglass.server.http.Response;
import leadglass.server.http.Route;
import leadglass.server.ui.page.OwedPage;
import leadglass.server.ui.page.RecoveryCodesPage;

/// The second factor of somebody who came from a provider that asked for none.
final class OwedPages {
  static final String ADDRESS = "/sign-in/factor";

  private final Archive archive;
  private final Frame frame;

  OwedPages(Archive archive, Frame frame) {
    this.archive = archive;
    this.frame = frame;
  }

  List<Route> routes() {
    Origin.Door door = Origin.Door.PAGE;
    return List.of(
        new Route("GET", ADDRESS, door, Verb.KNOCK, this::form),
        new Route("POST", ADDRESS, door, Verb.KNOCK, this::code),
        new Route("POST", ADDRESS + "/passkey/begin", door, Verb.KNOCK, this::begin),
        new Route("POST", ADDRESS + "/passkey", door, Verb.KNOCK, this::passkey));
  }

  private static String secret(Request request) {
    return request.cookie(Cookies.HALF).orElse("");
  }

  private Response form(Request request) {
    return show(request, 200, "");
  }

  private Response show(Request request, int status, String error) {
    String secret = secret(request);
    Optional<OwedFactors.Owed> owed = archive.owedFactors().owed(secret);
    if (owed.isEmpty()) {
      return Response.seeOther("/sign-in");
    }
    boolean passkey = question(request, secret).isPresent();
    return frame.page(request, status, OwedPage.of(owed.get(), passkey, error));
  }

  private Optional<Passkeys.Question> question(Request request, String secret) {
    return PasskeyForm.host(request).flatMap(host -> archive.owedFactors().passkey(secret, host));
  }

  private Response code(Request request) throws IOException, ProblemException {
    String secret = secret(request);
    String name = archive.owedFactors().owed(secret).map(OwedFactors.Owed::name).orElse("");
    String code = request.form().getOrDefault("code", "").strip();
    return switch (archive.owedFactors().code(request.origin(), secret, code)) {
      case Answer.In in -> {
        Response next =
            in.recoveryCodes().isEmpty()
                ? Response.seeOther(frame.home(in.caller()))
                : frame.page(request, 200, new RecoveryCodesPage(name, in.recoveryCodes()));
        yield in(next, in);
      }
      case Answer.Wrong(String rule) -> show(request, 422, rule);
      case Answer.Ended _ -> Cookies.clear(Response.seeOther("/sign-in"), Cookies.HALF);
    };
  }

  private static Response in(Response next, Answer.In in) {
    return Cookies.set(Cookies.clear(next, Cookies.HALF), Cookies.SESSION, in.secret());
  }

  private Response begin(Request request) {
    return question(request, secret(request))
        .map(asked -> Json.question(asked, archive.setUp().site().orElse("")))
        .orElse(Json.refused(422, "There is no passkey of yours for this host name."));
  }

  private Response passkey(Request request) throws IOException, ProblemException {
    Optional<Passkeys.Host> host = PasskeyForm.host(request);
    if (host.isEmpty()) {
      return Json.refused(422, PasskeyForm.NO_NAME);
    }
    PasskeyForm form = PasskeyForm.of(request);
    String secret = secret(request);
    Answer answer =
        archive
            .owedFactors()
            .passkey(request.origin(), secret, host.get(), form.word("ticket"), form.asserted());
    return switch (answer) {
      case Answer.In in -> in(Json.next(frame.home(in.caller())), in);
      case Answer.Wrong(String rule) -> Json.refused(422, rule);
      case Answer.Ended _ -> Cookies.clear(Json.next("/sign-in"), Cookies.HALF);
    };
  }
}
