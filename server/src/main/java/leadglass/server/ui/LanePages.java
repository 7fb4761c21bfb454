package leadglass.server.ui;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leadglass.archive.Archive;
import leadglass.archive.LaneTerms;
import leadglass.archive.Lanes;
import leadglass.archive.Origin;
import leadglass.archive.Ruling;
import leadglass.archive.Verb;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Request;
import leadglass.server.http.Response;
import leadglass.server.http.Route;
import leadglass.server.scp.LaneDoors;
import leadglass.server.ui.page.DevicesPage;
import leadglass.server.ui.page.LaneForm;
import leadglass.server.ui.page.Moment;
import leadglass.server.ui.page.Notice;
import leadglass.server.ui.page.StatusPage.Level;

/// Lanes: add one, give it another end. They stand in the list of devices and are revoked there.
final class LanePages {
  private final Archive archive;
  private final Frame frame;

  LanePages(Archive archive, Frame frame) {
    this.archive = archive;
    this.frame = frame;
  }

  List<Route> routes() {
    Origin.Door door = Origin.Door.PAGE;
    return List.of(
        new Route(
            "GET", "/devices/lane", door, Verb.ADMINISTER, r -> form(r, 200, LaneForm.empty())),
        new Route("POST", "/devices/lane", door, Verb.ADMINISTER, this::add),
        new Route("GET", "/devices/lane/end", door, Verb.ADMINISTER, this::changing),
        new Route("POST", "/devices/lane/end", door, Verb.ADMINISTER, this::change));
  }

  private Response form(Request request, int status, LaneForm form) {
    return frame.page(request, status, form);
  }

  /// As the list of devices has them.
  static List<DevicesPage.Lane> rows(Archive archive, Place place, Request request) {
    return archive.lanes().list(request.caller()).stream().map(lane -> row(lane, place)).toList();
  }

  private static DevicesPage.Lane row(Lanes.Lane lane, Place place) {
    return new DevicesPage.Lane(
        lane.aeTitle(),
        URLEncoder.encode(lane.aeTitle(), StandardCharsets.UTF_8),
        lane.owner(),
        lane.words(),
        listens(lane),
        lane.called(),
        notes(lane, place),
        lane.state().takes(),
        lane.revoked().isEmpty());
  }

  private static String listens(Lanes.Lane lane) {
    String host = lane.listen().contains(":") ? "[" + lane.listen() + "]" : lane.listen();
    return lane.port() == 0 ? host : host + ":" + lane.port();
  }

  private static List<DevicesPage.Note> notes(Lanes.Lane lane, Place place) {
    List<DevicesPage.Note> notes = new ArrayList<>();
    notes.add(
        switch (lane.state()) {
          case OPEN -> new DevicesPage.Note(Level.WARN, "open until " + lane.lastDay());
          case ENDS_SOON -> new DevicesPage.Note(Level.BAD, "ends soon, " + lane.lastDay());
          case ENDED ->
              new DevicesPage.Note(
                  Level.BAD,
                  "ended "
                      + lane.lastDay()
                      + "; into quarantine until "
                      + Moment.instant(lane.closesMillis(), place.zone()));
          case CLOSED -> new DevicesPage.Note(Level.WARN, "closed; ended " + lane.lastDay());
          case REVOKED ->
              new DevicesPage.Note(
                  Level.WARN,
                  lane.revoked()
                      .map(each ->
                          "revoked "
                              + Moment.instant(each.atMillis(), place.zone())
                              + " by "
                              + each.by()
                              + ": "
                              + each.reason())
                      .orElse("revoked"));
        });
    if (lane.state().takes() && !lane.listening()) {
      notes.add(new DevicesPage.Note(Level.BAD, "its address or port can't be listened on"));
    }
    return notes;
  }

  private Response add(Request request) throws IOException, ProblemException {
    Map<String, String> form = request.form();
    String device = form.getOrDefault("device", "");
    LaneTerms.Typed typed = typed(form);
    LaneTerms.Parsed parsed =
        LaneDoors.terms(
            typed.owner(), typed.from(), typed.listen(), typed.until(), typed.worklist());
    return switch (parsed) {
      case LaneTerms.Parsed.Wrong(var rule) ->
          form(request, 422, new LaneForm(false, device, typed, rule));
      case LaneTerms.Parsed.Terms(var terms) ->
          switch (archive.lanes().add(request.caller(), device, terms)) {
            case Lanes.Change.Refused(var rule) ->
                form(request, 422, new LaneForm(false, device, typed, rule));
            case Lanes.Change.Done(var lane) -> frame.page(request, 200, told(lane));
          };
    };
  }

  private static Notice told(Lanes.Lane lane) {
    return new Notice(
        "A lane for " + lane.aeTitle(),
        "/devices",
        List.of(
            "At the device, as the archive's AE title: " + lane.called(),
            "Host and port: " + listens(lane) + ". Its own AE title: " + lane.aeTitle() + ".",
            "It has to come from " + lane.from() + ". The last day is " + lane.lastDay() + "."),
        List.of(new Notice.Link("/devices", "Devices")));
  }

  private static LaneTerms.Typed typed(Map<String, String> form) {
    return new LaneTerms.Typed(
        form.getOrDefault("owner", ""),
        form.getOrDefault("from", ""),
        form.getOrDefault("listen", ""),
        form.getOrDefault("until", ""),
        !form.getOrDefault("worklist", "").isEmpty());
  }

  private Response changing(Request request) {
    Optional<String> title = request.query("device");
    if (title.isEmpty()) {
      return Response.seeOther("/devices");
    }
    return archive.lanes().list(request.caller()).stream()
        .filter(each -> each.aeTitle().equals(title.get()) && each.state().takes())
        .findFirst()
        .map(lane ->
            form(
                request,
                200,
                new LaneForm(
                    true,
                    lane.aeTitle(),
                    new LaneTerms.Typed(
                        lane.owner(),
                        lane.from(),
                        lane.listen(),
                        lane.lastDay().toString(),
                        lane.worklist()),
                    "")))
        .orElseGet(() -> frame.page(request, 404, ProblemPage.notShown()));
  }

  private Response change(Request request) throws IOException, ProblemException {
    Map<String, String> form = request.form();
    String device = form.getOrDefault("device", "");
    Optional<LocalDate> until = LaneTerms.day(form.getOrDefault("until", ""));
    if (until.isEmpty()) {
      String rule = "Say until which day, at most 12 months from now.";
      return form(request, 422, new LaneForm(true, device, typed(form), rule));
    }
    return switch (archive
        .lanes()
        .set(request.caller(), device, form.getOrDefault("owner", "").strip(), until)) {
      case Ruling.Done _ -> Response.seeOther("/devices");
      case Ruling.Refused(var rule) ->
          form(request, 422, new LaneForm(true, device, typed(form), rule));
      case Ruling.NotThere _ -> frame.page(request, 404, ProblemPage.notShown());
    };
  }
}
