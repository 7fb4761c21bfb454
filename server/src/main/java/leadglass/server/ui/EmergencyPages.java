package leadglass.server.ui;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leadglass.archive.Archive;
import leadglass.archive.Emergencies;
import leadglass.archive.Origin;
import leadglass.archive.Ruling;
import leadglass.archive.Verb;
import leadglass.dicom.data.Uid;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Request;
import leadglass.server.http.Response;
import leadglass.server.http.Route;
import leadglass.server.ui.page.EmergenciesPage;
import leadglass.server.ui.page.EmergencyPage;
import leadglass.server.ui.page.Hat;
import leadglass.server.ui.page.Moment;
import leadglass.server.ui.page.Reasoned;
import leadglass.server.ui.page.Slice;

/// Access in an emergency, and its review.
final class EmergencyPages {
  private static final String OPEN = "/emergency";
  private static final String REVIEW = "/emergencies";

  private final Archive archive;
  private final Place place;
  private final Frame frame;

  EmergencyPages(Archive archive, Place place, Frame frame) {
    this.archive = archive;
    this.place = place;
    this.frame = frame;
  }

  List<Route> routes() {
    Origin.Door door = Origin.Door.PAGE;
    String review = REVIEW + "/{name}/review";
    return List.of(
        new Route("GET", OPEN, door, Verb.BREAK_GLASS, r -> asking(r, 200, Map.of(), "")),
        new Route("POST", OPEN, door, Verb.BREAK_GLASS, this::open),
        new Route("GET", REVIEW, door, Verb.READ_AUDIT, this::list),
        new Route("GET", review, door, Verb.READ_AUDIT, r -> reviewing(r, 200, "", "")),
        new Route("POST", review, door, Verb.READ_AUDIT, this::review));
  }

  private Response asking(Request request, int status, Map<String, String> typed, String error) {
    List<EmergencyPage.Open> open =
        archive.emergencies().own(request.caller()).stream().map(this::own).toList();
    return frame.page(
        request,
        status,
        new EmergencyPage(
            open,
            typed.getOrDefault("id", ""),
            typed.getOrDefault("issuer", ""),
            typed.getOrDefault("born", ""),
            typed.getOrDefault("reason", ""),
            error));
  }

  private EmergencyPage.Open own(Emergencies.Emergency each) {
    return new EmergencyPage.Open(
        each.patientId(),
        Moment.instant(each.untilMillis(), place.zone()),
        each.studies().stream().map(Uid::value).toList());
  }

  private Response open(Request request) throws IOException, ProblemException {
    Map<String, String> typed = request.form();
    Ruling ruling =
        archive
            .emergencies()
            .open(
                request.caller(),
                typed.getOrDefault("issuer", ""),
                typed.getOrDefault("id", ""),
                typed.getOrDefault("born", ""),
                typed.getOrDefault("reason", ""));
    return switch (ruling) {
      case Ruling.Done _ -> Response.seeOther(OPEN);
      case Ruling.Refused refused -> asking(request, 422, typed, refused.rule());
      case Ruling.NotThere _ -> frame.page(request, 404, ProblemPage.notShown());
    };
  }

  private Response list(Request request) throws IOException {
    Slice<Emergencies.Emergency> slice =
        Slice.of(
            archive.emergencies().list(request.caller()), REVIEW, request.query("from").orElse(""));
    return frame.page(request, 200, new EmergenciesPage(slice.as(this::row)));
  }

  private EmergenciesPage.Row row(Emergencies.Emergency each) {
    return new EmergenciesPage.Row(
        each.name(),
        each.by() + ", " + Hat.of(each.hat()).label(),
        each.patientId().isEmpty() ? "not here any more" : each.patientId(),
        each.reason(),
        Moment.instant(each.atMillis(), place.zone()),
        each.review()
            .map(review ->
                Moment.instant(review.atMillis(), place.zone())
                    + " by "
                    + review.by()
                    + ": "
                    + review.remark())
            .orElse(""));
  }

  private Response reviewing(Request request, int status, String remark, String error)
      throws IOException {
    String name = request.variable("name");
    Optional<Emergencies.Emergency> found =
        archive.emergencies().list(request.caller()).stream()
            .filter(each -> each.name().equals(name) && each.review().isEmpty())
            .findFirst();
    if (found.isEmpty()) {
      return frame.page(request, 404, ProblemPage.notShown());
    }
    Emergencies.Emergency each = found.get();
    return frame.page(
        request,
        status,
        new Reasoned(
            "Review this emergency access",
            REVIEW,
            List.of(
                each.by()
                    + " opened patient "
                    + (each.patientId().isEmpty() ? "(not here any more)" : each.patientId())
                    + " on "
                    + Moment.instant(each.atMillis(), place.zone())
                    + ": "
                    + each.reason(),
                "Say what you found out. It can't be changed later."),
            REVIEW + "/" + name + "/review",
            "Sign it off",
            "What you found out. It must not say who the patient is.",
            remark,
            error));
  }

  private Response review(Request request) throws IOException, ProblemException {
    String remark = request.form().getOrDefault("reason", "").strip();
    String name = request.variable("name");
    return switch (archive.emergencies().review(request.caller(), name, remark)) {
      case Ruling.Done _ -> Response.seeOther(REVIEW);
      case Ruling.Refused refused -> reviewing(request, 422, remark, refused.rule());
      case Ruling.NotThere _ -> frame.page(request, 404, ProblemPage.notShown());
    };
  }
}
