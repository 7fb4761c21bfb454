package leadglass.server.ui;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leadglass.archive.About;
import leadglass.archive.Archive;
import leadglass.archive.Holds;
import leadglass.archive.Origin;
import leadglass.archive.Ruling;
import leadglass.archive.Verb;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Request;
import leadglass.server.http.Response;
import leadglass.server.http.Route;
import leadglass.server.ui.page.HoldsPage;
import leadglass.server.ui.page.Moment;
import leadglass.server.ui.page.Named;
import leadglass.server.ui.page.Reasoned;
import leadglass.server.ui.page.Slice;

/// Legal holds.
final class HoldPages {
  private static final int PSEUDONYM_SHOWN_CHARS = 8;

  private final Archive archive;
  private final Place place;
  private final Frame frame;

  HoldPages(Archive archive, Place place, Frame frame) {
    this.archive = archive;
    this.place = place;
    this.frame = frame;
  }

  List<Route> routes() {
    Origin.Door door = Origin.Door.PAGE;
    return List.of(
        new Route("GET", "/holds", door, Verb.HOLD, r -> list(r, 200, Named.NOBODY, "", "")),
        new Route("POST", "/holds", door, Verb.HOLD, this::set),
        new Route("GET", "/holds/{name}/release", door, Verb.HOLD, r -> asking(r, 200, "", "")),
        new Route("POST", "/holds/{name}/release", door, Verb.HOLD, this::release));
  }

  private Response list(Request request, int status, Named named, String reason, String error) {
    Slice<Holds.Hold> slice =
        Slice.of(
            archive.holds().list(request.caller()).reversed(),
            "/holds",
            request.query("from").orElse(""));
    return frame.page(request, status, new HoldsPage(slice.as(this::row), named, reason, error));
  }

  private HoldsPage.Row row(Holds.Hold hold) {
    return new HoldsPage.Row(
        hold.name(),
        on(hold),
        hold.reason(),
        when(hold.setMillis(), hold.by()),
        hold.released()
            .map(released -> when(released.atMillis(), released.by()) + ": " + released.reason())
            .orElse(""),
        hold.released().isEmpty());
  }

  private static String on(Holds.Hold hold) {
    String name = hold.subject().substring(0, PSEUDONYM_SHOWN_CHARS);
    return hold.ofPatient()
        ? "patient " + name
        : "study " + hold.study().map(uid -> uid.value()).orElse(name + ", not here any more");
  }

  private String when(long millis, String by) {
    return Moment.instant(millis, place.zone()) + " by " + by;
  }

  private Response set(Request request) throws IOException, ProblemException {
    Map<String, String> form = request.form();
    Named named = Named.of(form);
    String reason = form.getOrDefault("reason", "").strip();
    Optional<About> about = named.about();
    if (about.isEmpty()) {
      return list(
          request, 422, named, reason, "Type a Patient ID or a Study Instance UID; not both.");
    }
    return switch (archive.holds().set(request.caller(), about.get(), reason)) {
      case Ruling.Done _ -> Response.seeOther("/holds");
      case Ruling.Refused refused -> list(request, 422, named, reason, refused.rule());
      case Ruling.NotThere _ ->
          list(request, 422, named, reason, "Nothing is held of them. Is it typed right?");
    };
  }

  private Response asking(Request request, int status, String reason, String error) {
    String name = request.variable("name");
    Optional<Holds.Hold> found =
        archive.holds().list(request.caller()).stream()
            .filter(hold -> hold.name().equals(name) && hold.released().isEmpty())
            .findFirst();
    if (found.isEmpty()) {
      return frame.page(request, 404, ProblemPage.notShown());
    }
    return frame.page(
        request,
        status,
        new Reasoned(
            "Release this hold?",
            "/holds",
            List.of(
                "On "
                    + on(found.get())
                    + ", set "
                    + when(found.get().setMillis(), found.get().by())
                    + ": "
                    + found.get().reason(),
                "What it kept can be deleted or erased again, and what was deleted longer ago than"
                    + " the days of grace is destroyed soon."),
            "/holds/" + name + "/release",
            "Release the hold",
            "Stays in the list. It must not say who the patient is.",
            reason,
            error));
  }

  private Response release(Request request) throws IOException, ProblemException {
    String reason = request.form().getOrDefault("reason", "").strip();
    String name = request.variable("name");
    return switch (archive.holds().release(request.caller(), name, reason)) {
      case Ruling.Done _ -> Response.seeOther("/holds");
      case Ruling.Refused refused -> asking(request, 422, reason, refused.rule());
      case Ruling.NotThere _ -> frame.page(request, 404, ProblemPage.notShown());
    };
  }
}
