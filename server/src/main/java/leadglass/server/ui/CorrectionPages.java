package leadglass.server.ui;

import java.io.IOException;
import java.util.List;
import leadglass.archive.Archive;
import leadglass.archive.Origin;
import leadglass.archive.Verb;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Request;
import leadglass.server.http.Response;
import leadglass.server.http.Route;
import leadglass.server.ui.page.Correcting;
import leadglass.server.ui.page.StudyRow;

/// The way to a study of another day, for who may put it right. What was typed stands in a body,
/// never in an address.
final class CorrectionPages {
  private final Archive archive;
  private final Place place;
  private final Frame frame;

  CorrectionPages(Archive archive, Place place, Frame frame) {
    this.archive = archive;
    this.place = place;
    this.frame = frame;
  }

  List<Route> routes() {
    Origin.Door door = Origin.Door.PAGE;
    return List.of(
        new Route("GET", Correcting.ADDRESS, door, Verb.CORRECT, this::form),
        new Route("POST", Correcting.ADDRESS, door, Verb.CORRECT, this::find));
  }

  private Response form(Request request) {
    return frame.page(request, 200, new Correcting("", false, List.of(), ""));
  }

  private Response find(Request request) throws IOException, ProblemException {
    String typed = request.form().getOrDefault("exact", "").strip();
    if (typed.isEmpty()) {
      return frame.page(
          request, 422, new Correcting("", false, List.of(), "Type one of the three."));
    }
    List<StudyRow> rows =
        archive.corrections().find(request.caller(), typed).stream()
            .map(row -> StudyRow.of(row, place.today()))
            .toList();
    return frame.page(request, 200, new Correcting(typed, true, rows, ""));
  }
}
