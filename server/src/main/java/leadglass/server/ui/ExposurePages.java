package leadglass.server.ui;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import leadglass.archive.Archive;
import leadglass.archive.Exposure;
import leadglass.archive.Origin;
import leadglass.archive.Verb;
import leadglass.server.http.Request;
import leadglass.server.http.Response;
import leadglass.server.http.Route;
import leadglass.server.ui.page.ExposurePage;

/// What a stranger sees, for administrators and auditors.
final class ExposurePages {
  private final Archive archive;
  private final Place place;
  private final Frame frame;

  ExposurePages(Archive archive, Place place, Frame frame) {
    this.archive = archive;
    this.place = place;
    this.frame = frame;
  }

  List<Route> routes() {
    Origin.Door door = Origin.Door.PAGE;
    return List.of(
        new Route("GET", ExposurePage.ADDRESS, door, Verb.EXPOSURE, this::show),
        new Route("POST", ExposurePage.ADDRESS + "/check", door, Verb.OPERATE, this::check));
  }

  private Exposure exposure() {
    return archive.securityEvidence().exposure();
  }

  private Response show(Request request) throws IOException {
    Optional<Exposure.Standing> standing = exposure().standing(request.caller(), ExposurePage.DAYS);
    if (standing.isEmpty()) {
      return frame.page(request, 404, ProblemPage.notShown());
    }
    return frame.page(
        request,
        200,
        ExposurePage.of(
            standing.get(),
            standing.get().watched() && frame.may(request.caller(), Verb.OPERATE),
            request.query("asked").isPresent(),
            exposure().command(request.caller(), "").orElse(""),
            place.zone()));
  }

  private Response check(Request request) {
    return switch (exposure().ask(request.caller())) {
      case Exposure.Asked.Soon _, Exposure.Asked.Busy _, Exposure.Asked.Done _ ->
          Response.seeOther(ExposurePage.ADDRESS + "?asked=1");
      case Exposure.Asked.Blind _ -> Response.seeOther(ExposurePage.ADDRESS);
      case Exposure.Asked.NotThere _ -> frame.page(request, 404, ProblemPage.notShown());
    };
  }
}
