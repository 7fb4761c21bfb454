package leadglass.server.ui;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.Origin;
import leadglass.archive.OwnAccount;
import leadglass.archive.Passkeys;
import leadglass.archive.Verb;
import leadglass.server.http.Handler;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Request;
import leadglass.server.http.Response;
import leadglass.server.http.Route;
import leadglass.server.ui.page.Moment;
import leadglass.server.ui.page.OwnAccountPage;
import leadglass.server.ui.page.RecoveryCodesPage;

/// One's own account: passkeys, recovery codes, sessions.
final class AccountPages {
  private final Archive archive;
  private final Place place;
  private final Frame frame;

  AccountPages(Archive archive, Place place, Frame frame) {
    this.archive = archive;
    this.place = place;
    this.frame = frame;
  }

  List<Route> routes() {
    return List.of(
        route("GET", "/account", (r, own) -> show(r, own, 200, "", false)),
        route("GET", "/account/added", (r, own) -> show(r, own, 200, "", true)),
        route("GET", "/account/add-passkey", (r, own) -> show(r, own, 200, "", false))
            .afterFreshFactor(),
        route("POST", "/account/passkeys/begin", this::begin).afterFreshFactor(),
        route("POST", "/account/passkeys", this::add).afterFreshFactor(),
        route("POST", "/account/passkeys/{name}/label", this::rename),
        route("POST", "/account/passkeys/{name}/remove", this::remove).afterFreshFactor(),
        route("POST", "/account/recovery-codes", this::recoveryCodes).afterFreshFactor(),
        route("POST", "/account/sign-out-everywhere", this::signOutEverywhere));
  }

  /// A person and the secret of the session they ask in.
  private record Own(Caller.Person person, String secret) {
    @Override
    public String toString() {
      return "Own[]";
    }
  }

  @FunctionalInterface
  private interface OwnHandler {
    Response handle(Request request, Own own) throws IOException, ProblemException;
  }

  /// For people alone: a program has no account of its own.
  private Route route(String method, String pattern, OwnHandler handler) {
    Handler checked =
        request -> {
          Optional<String> secret = request.cookie(Cookies.SESSION);
          return request.caller() instanceof Caller.Person person && secret.isPresent()
              ? handler.handle(request, new Own(person, secret.get()))
              : frame.page(request, 404, ProblemPage.notShown());
        };
    return new Route(method, pattern, Origin.Door.PAGE, Verb.BE_KNOWN, checked);
  }

  private Response show(Request request, Own own, int status, String error, boolean added) {
    OwnAccount.Own account = archive.ownAccount().of(own.person());
    List<OwnAccountPage.Row> rows = account.passkeys().stream().map(this::row).toList();
    return frame.page(
        request,
        status,
        new OwnAccountPage(
            rows,
            rows.size() < Passkeys.COUNT_MAX,
            PasskeyForm.host(request).isPresent(),
            archive.stepUps().fresh(own.secret()),
            account.recoveryCodesLeft(),
            account.sessions(),
            added,
            error));
  }

  private OwnAccountPage.Row row(OwnAccount.Passkey passkey) {
    return new OwnAccountPage.Row(
        passkey.name(),
        passkey.label(),
        passkey.host(),
        Moment.instant(passkey.madeMillis(), place.zone()),
        passkey.usedMillis().map(at -> Moment.instant(at, place.zone())).orElse("never"),
        passkey.backedUp(),
        passkey.suspect());
  }

  private Response begin(Request request, Own own) {
    Optional<Passkeys.Question> question =
        PasskeyForm.host(request)
            .flatMap(host -> archive.passkeys().adding(own.person(), own.secret(), host));
    String site = archive.setUp().site().orElse("");
    return question
        .map(asked -> Json.question(asked, site))
        .orElse(Json.refused(422, PasskeyForm.NO_NAME));
  }

  private Response add(Request request, Own own) throws IOException, ProblemException {
    Optional<Passkeys.Host> host = PasskeyForm.host(request);
    if (host.isEmpty()) {
      return Json.refused(422, PasskeyForm.NO_NAME);
    }
    PasskeyForm form = PasskeyForm.of(request);
    String label = form.word("label").isBlank() ? "Passkey" : form.word("label");
    Optional<String> refused =
        archive
            .passkeys()
            .add(
                own.person(),
                own.secret(),
                host.get(),
                form.word("ticket"),
                label,
                form.attested());
    return refused.map(rule -> Json.refused(422, rule)).orElse(Json.next("/account/added"));
  }

  private Response rename(Request request, Own own) throws IOException, ProblemException {
    String label = request.form().getOrDefault("label", "");
    return back(
        request, own, archive.ownAccount().rename(own.person(), request.variable("name"), label));
  }

  private Response remove(Request request, Own own) throws IOException {
    String name = request.variable("name");
    return back(request, own, archive.ownAccount().remove(own.person(), own.secret(), name));
  }

  private Response back(Request request, Own own, Optional<String> refused) {
    return refused.isPresent()
        ? show(request, own, 422, refused.get(), false)
        : Response.seeOther("/account");
  }

  private Response recoveryCodes(Request request, Own own) throws IOException {
    Optional<List<String>> codes = archive.ownAccount().recoveryCodes(own.person(), own.secret());
    return codes.isPresent()
        ? frame.page(request, 200, new RecoveryCodesPage(own.person().name(), codes.get()))
        : Response.seeOther("/account");
  }

  private Response signOutEverywhere(Request request, Own own) throws IOException {
    archive.ownAccount().signOutEverywhere(own.person());
    return Cookies.clear(Response.seeOther("/sign-in"), Cookies.SESSION);
  }
}
