package leadglass.server.ui;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.Origin;
import leadglass.archive.OwnAccount;
import leadglass.archive.Passkeys;
import leadglass.archive.People;
import leadglass.archive.Role;
import leadglass.archive.Roles;
import leadglass.archive.Ruling;
import leadglass.archive.Tokens;
import leadglass.archive.Verb;
import leadglass.server.http.Handler;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Request;
import leadglass.server.http.Response;
import leadglass.server.http.Route;
import leadglass.server.ui.page.Hat;
import leadglass.server.ui.page.Moment;
import leadglass.server.ui.page.NewFactor;
import leadglass.server.ui.page.NewPassword;
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
        route("GET", "/account", (r, own) -> show(r, own, 200, "", Shown.PLAIN)),
        route("GET", "/account/added", (r, own) -> show(r, own, 200, "", Shown.ADDED)),
        route("GET", "/account/joined", (r, own) -> show(r, own, 200, "", Shown.JOINED)),
        route("GET", "/account/password", (r, own) -> password(r, own, 200, "")).afterFreshFactor(),
        route("POST", "/account/password", this::draft).afterFreshFactor(),
        route("GET", "/account/password/confirm", (r, own) -> confirming(r, own, 200, ""))
            .afterFreshFactor(),
        route("POST", "/account/password/confirm", this::confirm).afterFreshFactor(),
        route("POST", "/account/roles/{name}/keep", this::keepRole).afterFreshFactor(),
        route("POST", "/account/tokens/{name}/keep", this::keepToken).afterFreshFactor(),
        route("POST", "/account/recovery/stop", this::stopRecovery),
        route("GET", "/account/add-passkey", (r, own) -> show(r, own, 200, "", Shown.PLAIN))
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

  /// What just happened.
  private enum Shown {
    PLAIN,
    ADDED,
    JOINED
  }

  private Response show(Request request, Own own, int status, String error, Shown shown) {
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
            shown == Shown.ADDED,
            account.password(),
            shown == Shown.JOINED,
            tasks(own.person()),
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
        ? show(request, own, 422, refused.get(), Shown.PLAIN)
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

  /// What waits for their own word.
  private List<OwnAccountPage.Task> tasks(Caller.Person person) {
    List<OwnAccountPage.Task> tasks = new ArrayList<>();
    if (archive.recoveries().list(person).stream()
        .anyMatch(each -> each.account().equals(person.name()))) {
      tasks.add(
          new OwnAccountPage.Task(
              "Somebody says that you lost everything you sign in with",
              "Asked at the console of this archive. If it is completed, what you sign in with ends."
                  + " You are here, so it is not so.",
              "/account/recovery/stop",
              "Stop it"));
    }
    for (Roles.Unconfirmed role : archive.roles().unconfirmed(person)) {
      tasks.add(
          new OwnAccountPage.Task(
              "A role given at the console: " + Hat.of(role.role()).label(),
              "Given by "
                  + role.by()
                  + ". It ends "
                  + Moment.instant(role.endsMillis(), place.zone())
                  + ", unless you confirm that it is right.",
              "/account/roles/" + role.role().word() + "/keep",
              "It is right"));
    }
    String own = person.name().toLowerCase(Locale.ROOT);
    for (Tokens.Token token : archive.tokens().list(person)) {
      if (token.state() == Tokens.State.VALID
          && token.wantedMillis().isPresent()
          && token.owner().toLowerCase(Locale.ROOT).equals(own)) {
        tasks.add(
            new OwnAccountPage.Task(
                "A token made at the console in your name: " + token.id(),
                "It ends "
                    + Moment.instant(token.endsMillis(), place.zone())
                    + "; if you confirm that it is right, "
                    + Moment.instant(token.wantedMillis().get(), place.zone())
                    + ".",
                "/account/tokens/" + token.id() + "/keep",
                "It is right"));
      }
    }
    return tasks;
  }

  private Response keepRole(Request request, Own own) throws IOException {
    Optional<Role> role = Role.of(request.variable("name"));
    return ruled(
        request,
        own,
        role.isEmpty()
            ? new Ruling.NotThere()
            : archive.roles().keep(own.person(), own.secret(), role.get()));
  }

  private Response keepToken(Request request, Own own) throws IOException {
    return ruled(
        request, own, archive.tokens().keep(own.person(), own.secret(), request.variable("name")));
  }

  private Response stopRecovery(Request request, Own own) throws IOException {
    return ruled(request, own, archive.recoveries().takeBack(own.person(), own.person().name()));
  }

  private Response ruled(Request request, Own own, Ruling ruling) {
    return switch (ruling) {
      case Ruling.Done _ -> Response.seeOther("/account");
      case Ruling.Refused(String rule) -> show(request, own, 422, rule, Shown.PLAIN);
      case Ruling.NotThere _ -> show(request, own, 422, "It is not there any more.", Shown.PLAIN);
    };
  }

  private Response password(Request request, Own own, int status, String error) {
    return frame.page(
        request,
        status,
        new NewPassword(
            own.person().name(),
            "/account/password",
            false,
            false,
            People.PASSWORD_CHARS_MIN,
            error));
  }

  private Response draft(Request request, Own own) throws IOException, ProblemException {
    Map<String, String> form = request.form();
    String typed = form.getOrDefault("password", "");
    if (!typed.equals(form.getOrDefault("again", ""))) {
      return password(request, own, 422, SetUpPages.OTHER_PASSWORD);
    }
    char[] password = typed.toCharArray();
    try {
      Optional<String> refused = archive.ownPassword().draft(own.person(), own.secret(), password);
      return refused.isPresent()
          ? password(request, own, 422, refused.get())
          : Response.seeOther("/account/password/confirm");
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  private Response confirming(Request request, Own own, int status, String error) {
    return archive
        .ownPassword()
        .drafted(own.secret())
        .map(shown ->
            frame.page(
                request,
                status,
                NewFactor.of(shown, "/account/password/confirm", "/account/password", error)))
        .orElse(Response.seeOther("/account/password"));
  }

  private Response confirm(Request request, Own own) throws IOException, ProblemException {
    String code = request.form().getOrDefault("code", "").strip();
    Optional<String> refused = archive.ownPassword().confirm(own.person(), own.secret(), code);
    return refused.isPresent()
        ? confirming(request, own, 422, refused.get())
        : Response.seeOther("/account");
  }
}
