package leadglass.server.ui;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import leadglass.archive.Archive;
import leadglass.archive.Invites;
import leadglass.archive.Origin;
import leadglass.archive.People;
import leadglass.archive.Role;
import leadglass.archive.Roles;
import leadglass.archive.Verb;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Request;
import leadglass.server.http.Response;
import leadglass.server.http.Route;
import leadglass.server.ui.page.ActsPage;
import leadglass.server.ui.page.ActsPage.Button;
import leadglass.server.ui.page.ActsPage.Item;
import leadglass.server.ui.page.Amount;
import leadglass.server.ui.page.Hat;
import leadglass.server.ui.page.InviteForm;
import leadglass.server.ui.page.InvitedPage;
import leadglass.server.ui.page.Moment;
import leadglass.server.ui.page.PeoplePage;
import leadglass.server.ui.page.StatusPage.Level;

/// People: who there is, inviting them, their roles, and letting them go.
final class PeoplePages {
  private final Archive archive;
  private final Place place;
  private final Frame frame;

  PeoplePages(Archive archive, Place place, Frame frame) {
    this.archive = archive;
    this.place = place;
    this.frame = frame;
  }

  List<Route> routes() {
    return List.of(
        route("GET", "/people", this::people),
        route("GET", "/people/invite", r -> frame.page(r, 200, new InviteForm("", Set.of(), "")))
            .afterFreshFactor(),
        route("POST", "/people/invite", this::invite).afterFreshFactor(),
        route("POST", "/people/take-back", this::takeBack),
        route("GET", "/person/{name}", r -> person(r, 200, "")),
        route("POST", "/person/{name}/give", this::give).afterFreshFactor(),
        route("POST", "/person/{name}/take", this::take).afterFreshFactor(),
        route("POST", "/person/{name}/sign-out", this::signOut),
        route("POST", "/person/{name}/disable", this::disable).afterFreshFactor());
  }

  private static Route route(String method, String pattern, leadglass.server.http.Handler handler) {
    return new Route(method, pattern, Origin.Door.PAGE, Verb.ADMINISTER, handler);
  }

  private Response people(Request request) {
    List<PeoplePage.Row> rows =
        archive.people().list(request.caller()).stream().map(this::row).toList();
    List<PeoplePage.Invited> invited =
        archive.invites().list(request.caller()).stream()
            .map(open ->
                new PeoplePage.Invited(
                    open.name(),
                    open.again() ? "as before" : labels(open.roles()),
                    open.by(),
                    Moment.instant(open.endsMillis(), place.zone())))
            .toList();
    return frame.page(request, 200, new PeoplePage(rows, invited));
  }

  private static String labels(Set<Role> roles) {
    return roles.stream()
        .sorted()
        .map(role -> Hat.of(role).label())
        .collect(Collectors.joining(", "));
  }

  private PeoplePage.Row row(People.Account account) {
    return new PeoplePage.Row(
        account.name(),
        labels(account.roles()),
        account.enabled(),
        account.factors().stream()
            .sorted()
            .map(People.Factor::words)
            .collect(Collectors.joining(", ")),
        account
            .lastSignInMillis()
            .map(millis -> Moment.instant(millis, place.zone()))
            .orElse("never"));
  }

  private Response invite(Request request) throws IOException, ProblemException {
    Map<String, String> form = request.form();
    String name = form.getOrDefault("name", "").strip();
    EnumSet<Role> roles = EnumSet.noneOf(Role.class);
    Set<String> chosen = new HashSet<>();
    for (Role role : Role.values()) {
      if (form.containsKey("role-" + role.word())) {
        roles.add(role);
        chosen.add(role.word());
      }
    }
    return switch (archive.invites().invite(request.caller(), name, roles)) {
      case Invites.Made.Refused(String rule) ->
          frame.page(request, 422, new InviteForm(name, chosen, rule));
      case Invites.Made.Link(String account, String secret, long ends) ->
          frame.page(
              request,
              200,
              new InvitedPage(
                  account,
                  "https://" + request.host() + "/invite#" + secret,
                  Moment.instant(ends, place.zone())));
    };
  }

  private Response takeBack(Request request) throws IOException, ProblemException {
    archive.invites().takeBack(request.caller(), request.form().getOrDefault("name", ""));
    return Response.seeOther("/people");
  }

  private Response person(Request request, int status, String error) {
    String name = request.variable("name");
    Optional<People.Account> found =
        archive.people().list(request.caller()).stream()
            .filter(account -> account.name().equals(name))
            .findFirst();
    return found.isEmpty()
        ? frame.page(request, 404, ProblemPage.notShown())
        : frame.page(request, status, page(found.get(), error));
  }

  private static ActsPage page(People.Account account, String error) {
    String at = "/person/" + account.name();
    List<Item> roles = Arrays.stream(Role.values()).map(role -> role(account, role, at)).toList();
    List<Item> access = new ArrayList<>();
    access.add(
        new Item(
            "Sessions",
            Level.OK,
            "",
            List.of(Amount.of(account.sessions(), "session") + " open."),
            List.of(new Button(at + "/sign-out", "Sign out everywhere", false))));
    access.add(
        new Item(
            "Access",
            account.enabled() ? Level.OK : Level.WARN,
            account.enabled() ? "enabled" : "disabled",
            List.of(
                "Disabling ends sessions, tokens, shares and open invitations at once. Devices they"
                    + " answer for go on, and stand red in the register of duty."),
            account.enabled()
                ? List.of(new Button(at + "/disable", "Disable", false))
                : List.of()));
    return new ActsPage(
        "What somebody may do",
        "/people",
        account.name() + " wears one role at a time.",
        error,
        List.of(
            new ActsPage.Section("Roles", "", roles), new ActsPage.Section("Account", "", access)));
  }

  private static Item role(People.Account account, Role role, String at) {
    boolean held = account.roles().contains(role);
    boolean provisional = account.provisional().contains(role);
    List<String> sentences =
        provisional
            ? List.of("Given at the console: it ends within a day unless they confirm it.")
            : List.of();
    Map<String, String> hidden = Map.of("role", role.word());
    Button button =
        held
            ? new Button(at + "/take", "Take", false, hidden, "")
            : new Button(at + "/give", "Give", false, hidden, "");
    return new Item(
        Hat.of(role).label(),
        provisional ? Level.WARN : Level.OK,
        held ? provisional ? "held for now" : "held" : "",
        sentences,
        account.enabled() ? List.of(button) : List.of());
  }

  private Response give(Request request) throws IOException, ProblemException {
    Optional<Role> role = Role.of(request.form().getOrDefault("role", ""));
    if (role.isEmpty()) {
      return person(request, 422, "Say which role.");
    }
    return switch (archive.roles().give(request.caller(), request.variable("name"), role.get())) {
      case Roles.Given.Done _ -> back(request);
      case Roles.Given.Waits _ -> Response.seeOther(SecondPersonPages.ADDRESS);
      case Roles.Given.Refused(String rule) -> person(request, 422, rule);
    };
  }

  private Response take(Request request) throws IOException, ProblemException {
    Optional<Role> role = Role.of(request.form().getOrDefault("role", ""));
    Optional<String> rule =
        role.isEmpty()
            ? Optional.of("Say which role.")
            : archive.roles().take(request.caller(), request.variable("name"), role.get());
    return rule.isEmpty() ? back(request) : person(request, 422, rule.get());
  }

  private Response signOut(Request request) throws IOException {
    Optional<String> rule = archive.people().signOut(request.caller(), request.variable("name"));
    return rule.isEmpty() ? back(request) : person(request, 422, rule.get());
  }

  private Response disable(Request request) throws IOException {
    Optional<String> rule = archive.people().disable(request.caller(), request.variable("name"));
    return rule.isEmpty() ? back(request) : person(request, 422, rule.get());
  }

  private static Response back(Request request) {
    return Response.seeOther("/person/" + request.variable("name"));
  }
}
