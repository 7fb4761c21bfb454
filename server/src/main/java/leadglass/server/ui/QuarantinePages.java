package leadglass.server.ui;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leadglass.archive.Archive;
import leadglass.archive.Held;
import leadglass.archive.Origin;
import leadglass.archive.Quarantine;
import leadglass.archive.Ruling;
import leadglass.archive.SiteRules.Conflicts;
import leadglass.archive.Unverified;
import leadglass.archive.Verb;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Request;
import leadglass.server.http.Response;
import leadglass.server.http.Route;
import leadglass.server.ui.page.Amount;
import leadglass.server.ui.page.ConflictRule;
import leadglass.server.ui.page.Deciding;
import leadglass.server.ui.page.Deciding.Choice;
import leadglass.server.ui.page.Moment;
import leadglass.server.ui.page.QuarantinePage;
import leadglass.server.ui.page.Slice;
import leadglass.server.ui.page.StudyRow;
import leadglass.server.web.Preview;

/// Images kept apart: who reads or takes images compares and decides, an administrator sets the
/// site's rule and sees none of them.
final class QuarantinePages {
  private static final int ASKED_AT_ONCE = 200;

  /// Of more, the newest are not listed: they come up when the older ones are decided.
  private static final int LISTED_MAX = 10_000;

  private static final int PICTURE_POINTS = 512;

  private final Archive archive;
  private final Place place;
  private final Frame frame;

  QuarantinePages(Archive archive, Place place, Frame frame) {
    this.archive = archive;
    this.place = place;
    this.frame = frame;
  }

  List<Route> routes() {
    Origin.Door door = Origin.Door.PAGE;
    String list = QuarantinePage.ADDRESS;
    String one = list + "/{name}";
    String rule = ConflictRule.ADDRESS;
    return List.of(
        new Route("GET", list, door, Verb.CORRECT, this::list),
        new Route("GET", rule, door, Verb.ADMINISTER, r -> rule(r, 200, "")),
        new Route("POST", rule, door, Verb.ADMINISTER, this::setRule),
        new Route("GET", one, door, Verb.CORRECT, r -> one(r, 200, Choice.NONE, "", "")),
        new Route("POST", one, door, Verb.CORRECT, this::decide),
        new Route("GET", one + "/picture", door, Verb.CORRECT, this::picture));
  }

  private Response notShown(Request request) {
    return frame.page(request, 404, ProblemPage.notShown());
  }

  private Response list(Request request) throws IOException {
    List<Quarantine.Entry> all = new ArrayList<>();
    List<Quarantine.Entry> some;
    do {
      long after = all.isEmpty() ? 0 : all.getLast().place();
      some = archive.quarantine().list(request.caller(), after, ASKED_AT_ONCE);
      all.addAll(some);
    } while (some.size() == ASKED_AT_ONCE && all.size() < LISTED_MAX);
    String from = request.query("from").orElse("");
    return frame.page(
        request,
        200,
        new QuarantinePage(
            Slice.of(all, QuarantinePage.ADDRESS, from).as(this::row),
            archive.unverified().list(request.caller()).stream().map(this::unconfirmed).toList(),
            keepsApart()));
  }

  private boolean keepsApart() {
    return archive.siteRules().conflicts() == Conflicts.QUARANTINE;
  }

  private QuarantinePage.Row row(Quarantine.Entry entry) {
    return new QuarantinePage.Row(
        entry.name(),
        entry.why(),
        entry.unproved(),
        StudyRow.listed(entry.attributes(), place.today()),
        entry.study().value(),
        Amount.bytes(entry.bytes()),
        Moment.instant(entry.receivedMillis(), place.zone()));
  }

  private QuarantinePage.Unconfirmed unconfirmed(Unverified.Waiting waiting) {
    return new QuarantinePage.Unconfirmed(
        StudyRow.listed(waiting.attributes(), place.today()),
        waiting.study().value(),
        waiting.lane(),
        Moment.instant(waiting.sinceMillis(), place.zone()));
  }

  private Response one(Request request, int status, Choice chosen, String reason, String error)
      throws IOException {
    String name = request.variable("name");
    Optional<Quarantine.Pair> found = archive.quarantine().pair(request.caller(), name);
    if (found.isEmpty()) {
      return notShown(request);
    }
    Quarantine.Pair pair = found.get();
    return frame.page(
        request,
        status,
        new Deciding(
            name,
            pair.entry().why(),
            pair.entry().unproved(),
            Moment.instant(pair.entry().receivedMillis(), place.zone()),
            Comparison.lines(pair),
            pair.keptSeen() ? Comparison.keptPicture(pair, PICTURE_POINTS) : "",
            pair.apartSeen() ? QuarantinePage.ADDRESS + "/" + name + "/picture" : "",
            chosen,
            reason,
            error));
  }

  private Response picture(Request request) throws IOException {
    Optional<Held> held = archive.quarantine().preview(request.caller(), request.variable("name"));
    Optional<byte[]> jpeg =
        held.isEmpty()
            ? Optional.empty()
            : Preview.jpeg(held.get(), PICTURE_POINTS, PICTURE_POINTS);
    return jpeg.isEmpty() ? notShown(request) : Response.of(200, "image/jpeg", jpeg.get());
  }

  private Response decide(Request request) throws IOException, ProblemException {
    Map<String, String> form = request.form();
    String name = request.variable("name");
    String reason = form.getOrDefault("reason", "").strip();
    Choice choice = Choice.of(form.getOrDefault("do", ""));
    Ruling ruling =
        switch (choice) {
          case NONE -> new Ruling.Refused("Choose which of them stays.");
          case ACCEPT -> archive.quarantine().accept(request.caller(), name, reason);
          case DISCARD -> archive.quarantine().discard(request.caller(), name, reason);
        };
    return switch (ruling) {
      case Ruling.Done _ -> Response.seeOther(QuarantinePage.ADDRESS);
      case Ruling.Refused refused -> one(request, 422, choice, reason, refused.rule());
      case Ruling.NotThere _ -> notShown(request);
    };
  }

  private Response rule(Request request, int status, String error) {
    Quarantine.Waiting waiting = archive.quarantine().waiting(request.caller());
    String words =
        waiting
            .oldestMillis()
            .map(at ->
                Amount.of(waiting.count(), "image")
                    + (waiting.count() == 1 ? " waits" : " wait")
                    + " for a decision, the first since "
                    + Moment.instant(at, place.zone())
                    + ".")
            .orElse("");
    return frame.page(
        request, status, new ConflictRule(archive.siteRules().conflicts(), words, error));
  }

  private Response setRule(Request request) throws IOException, ProblemException {
    String word = request.form().getOrDefault("conflicts", "");
    for (Conflicts each : Conflicts.values()) {
      if (each.word().equals(word)) {
        return switch (archive.siteRules().setConflicts(request.caller(), each)) {
          case Ruling.Done _ -> Response.seeOther(ConflictRule.ADDRESS);
          case Ruling.Refused refused -> rule(request, 422, refused.rule());
          case Ruling.NotThere _ -> notShown(request);
        };
      }
    }
    return rule(request, 422, "Choose one of the two.");
  }
}
