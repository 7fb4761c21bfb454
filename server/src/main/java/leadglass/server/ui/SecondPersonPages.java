package leadglass.server.ui;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.ConsoleActs;
import leadglass.archive.Duty;
import leadglass.archive.Origin;
import leadglass.archive.Recoveries;
import leadglass.archive.Roles;
import leadglass.archive.Ruling;
import leadglass.archive.Verb;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Request;
import leadglass.server.http.Response;
import leadglass.server.http.Route;
import leadglass.server.ui.page.ActsPage;
import leadglass.server.ui.page.ActsPage.Button;
import leadglass.server.ui.page.ActsPage.Item;
import leadglass.server.ui.page.Hat;
import leadglass.server.ui.page.Moment;
import leadglass.server.ui.page.StatusPage.Level;

/// What an administrator has to say a word to: roles and recoveries that wait for a second person,
/// acts at the console, who answers for what.
final class SecondPersonPages {
  static final String ADDRESS = "/second-person";
  static final String CONSOLE = "/console-acts";
  static final String DUTY = "/duty";

  private final Archive archive;
  private final Place place;
  private final Frame frame;

  SecondPersonPages(Archive archive, Place place, Frame frame) {
    this.archive = archive;
    this.place = place;
    this.frame = frame;
  }

  List<Route> routes() {
    return List.of(
        route("GET", ADDRESS, r -> waiting(r, 200, "")),
        route("POST", ADDRESS + "/roles/{name}/confirm", this::confirmRole).afterFreshFactor(),
        route("POST", ADDRESS + "/roles/{name}/take-back", this::takeBackRole),
        route("POST", ADDRESS + "/recoveries/{name}/confirm", this::confirmRecovery)
            .afterFreshFactor(),
        route("POST", ADDRESS + "/recoveries/{name}/stop", this::stopRecovery),
        route("GET", CONSOLE, r -> acts(r, 200, "")),
        route("POST", CONSOLE + "/{name}/seen", this::seen),
        route("GET", DUTY, r -> duty(r, 200, "")),
        route("POST", DUTY, this::assign));
  }

  private static Route route(String method, String pattern, leadglass.server.http.Handler handler) {
    return new Route(method, pattern, Origin.Door.PAGE, Verb.ADMINISTER, handler);
  }

  private Response waiting(Request request, int status, String error) {
    Caller caller = request.caller();
    List<Item> roles = archive.roles().requests(caller).stream().map(this::role).toList();
    List<Item> recoveries = archive.recoveries().list(caller).stream().map(this::recovery).toList();
    return frame.page(
        request,
        status,
        new ActsPage(
            "What waits for a second person",
            "/people",
            "Nobody gives themselves a role, and nobody at the console alone gets somebody's"
                + " account.",
            error,
            List.of(
                new ActsPage.Section("Roles for oneself", "Nobody asks for one.", roles),
                new ActsPage.Section("Lost accounts", "Nobody lost one.", recoveries))));
  }

  private Item role(Roles.Request asked) {
    String at = ADDRESS + "/roles/" + asked.name();
    String when = Moment.instant(asked.askedMillis(), place.zone());
    List<String> sentences = new ArrayList<>();
    sentences.add("Asked for " + when + " by " + asked.askedBy() + ".");
    sentences.add(
        asked
            .dueMillis()
            .map(due ->
                "There is no other administrator: it is theirs "
                    + Moment.instant(due, place.zone())
                    + ", unless it is taken back.")
            .orElse("Another administrator has to confirm it. Talk to them first."));
    return new Item(
        asked.account() + ": " + Hat.of(asked.role()).label(),
        Level.WARN,
        "waits",
        sentences,
        List.of(
            new Button(at + "/confirm", "Confirm", true),
            new Button(at + "/take-back", "Take back", false)));
  }

  private Item recovery(Recoveries.Asked asked) {
    String at = ADDRESS + "/recoveries/" + asked.account();
    List<String> sentences = new ArrayList<>();
    sentences.add(
        "Asked for "
            + Moment.instant(asked.askedMillis(), place.zone())
            + " at the console by "
            + asked.askedBy()
            + ". Their old factors, sessions and tokens end when the new link is fetched there.");
    List<Button> buttons = new ArrayList<>();
    if (asked.confirmedBy().isPresent()) {
      sentences.add("Confirmed by " + asked.confirmedBy().get() + ".");
    } else {
      sentences.add("Talk to them, by a voice or a face you know, before you confirm it.");
      asked
          .dueMillis()
          .ifPresent(due ->
              sentences.add(
                  "There is no other administrator: it can be fetched without one from "
                      + Moment.instant(due, place.zone())
                      + "."));
      buttons.add(new Button(at + "/confirm", "Confirm", true));
    }
    buttons.add(new Button(at + "/stop", "Stop it", false));
    String tag = asked.confirmedBy().isPresent() ? "confirmed" : "waits";
    return new Item(asked.account(), Level.WARN, tag, sentences, buttons);
  }

  private Response confirmRole(Request request) throws IOException {
    return ruled(request, archive.roles().confirm(request.caller(), request.variable("name")));
  }

  private Response takeBackRole(Request request) throws IOException {
    return ruled(request, archive.roles().takeBack(request.caller(), request.variable("name")));
  }

  private Response confirmRecovery(Request request) throws IOException {
    return ruled(request, archive.recoveries().confirm(request.caller(), request.variable("name")));
  }

  private Response stopRecovery(Request request) throws IOException {
    return ruled(
        request, archive.recoveries().takeBack(request.caller(), request.variable("name")));
  }

  private Response ruled(Request request, Ruling ruling) {
    return switch (ruling) {
      case Ruling.Done _ -> Response.seeOther(ADDRESS);
      case Ruling.Refused(String rule) -> waiting(request, 422, rule);
      case Ruling.NotThere _ -> waiting(request, 422, "It is not there any more.");
    };
  }

  private Response acts(Request request, int status, String error) {
    List<Item> items =
        archive.consoleActs().list(request.caller()).stream().map(this::act).toList();
    return frame.page(
        request,
        status,
        new ActsPage(
            "At the console",
            "/people",
            "What was done at the console of this archive, where no factor is asked for. It stands"
                + " here until an administrator says that they have seen it.",
            error,
            List.of(new ActsPage.Section("Not seen yet", "Nothing.", items))));
  }

  private Item act(ConsoleActs.Seen act) {
    String last = Moment.instant(act.lastMillis(), place.zone());
    String when =
        act.count() == 1
            ? last
            : act.count()
                + " times, "
                + Moment.instant(act.firstMillis(), place.zone())
                + " to "
                + last;
    return new Item(
        act.what(),
        Level.OK,
        "",
        List.of("By " + act.osUser() + ", " + when + "."),
        List.of(
            new Button(
                CONSOLE + "/" + act.name() + "/seen",
                "I have seen it",
                false,
                Map.of("count", Long.toString(act.count())),
                "")));
  }

  private Response seen(Request request) throws IOException, ProblemException {
    String typed = request.form().getOrDefault("count", "");
    long count = typed.matches("\\d{1,18}") ? Long.parseLong(typed) : 0;
    Ruling ruling =
        archive.consoleActs().acknowledge(request.caller(), request.variable("name"), count);
    return switch (ruling) {
      case Ruling.Done _ -> Response.seeOther(CONSOLE);
      case Ruling.Refused _, Ruling.NotThere _ ->
          acts(request, 422, "It was done again meanwhile, or somebody else has seen it.");
    };
  }

  private Response duty(Request request, int status, String error) {
    List<Item> items = new ArrayList<>();
    for (Duty.Row row : archive.duty().rows(request.caller())) {
      items.add(
          new Item(
              row.what(),
              row.red() ? Level.BAD : Level.OK,
              row.red() ? row.wrong() : row.owner(),
              row.red() && !row.owner().isEmpty()
                  ? List.of("Named: " + row.owner() + ".", row.act())
                  : row.red() ? List.of(row.act()) : List.of(),
              List.of()));
    }
    List<Item> posts = new ArrayList<>();
    for (Duty.Post post : Duty.Post.values()) {
      posts.add(
          new Item(
              post.words(),
              Level.OK,
              "",
              List.of(),
              List.of(
                  new Button(
                      DUTY, "Name", false, Map.of("post", post.word()), "Name of an account"))));
    }
    return frame.page(
        request,
        status,
        new ActsPage(
            "Who answers for what",
            "/people",
            "Each device, copy and key has a person. With a red row the archive does not listen on"
                + " a public address.",
            error,
            List.of(
                new ActsPage.Section("Register", "", items),
                new ActsPage.Section("Name somebody", "", posts))));
  }

  private Response assign(Request request) throws IOException, ProblemException {
    Map<String, String> form = request.form();
    Optional<Duty.Post> post = Duty.Post.of(form.getOrDefault("post", ""));
    String owner = form.getOrDefault("owner", "");
    Optional<String> rule =
        post.isEmpty()
            ? Optional.of("Say what for.")
            : archive.duty().assign(request.caller(), post.get(), "", owner);
    return rule.isEmpty() ? Response.seeOther(DUTY) : duty(request, 422, rule.get());
  }
}
