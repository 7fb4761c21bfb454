package leadglass.server.ui;

import java.util.List;
import java.util.Optional;
import leadglass.archive.Archive;
import leadglass.archive.KeyCustody;
import leadglass.archive.Origin;
import leadglass.archive.Safekeeping;
import leadglass.archive.Status;
import leadglass.archive.Verb;
import leadglass.server.http.Request;
import leadglass.server.http.Response;
import leadglass.server.http.Route;
import leadglass.server.ui.page.CopiesPage;
import leadglass.server.ui.page.KeyPage;
import leadglass.server.ui.page.StatusPage;

/// What an administrator looks at.
final class AdministratorPages {
  private final Archive archive;
  private final Place place;
  private final Frame frame;

  AdministratorPages(Archive archive, Place place, Frame frame) {
    this.archive = archive;
    this.place = place;
    this.frame = frame;
  }

  List<Route> routes() {
    Origin.Door door = Origin.Door.PAGE;
    return List.of(
        new Route("GET", "/status", door, Verb.OPERATE, this::status),
        new Route("GET", KeyPage.ADDRESS, door, Verb.OPERATE, this::key),
        new Route("GET", CopiesPage.ADDRESS, door, Verb.OPERATE, this::copies));
  }

  private Response status(Request request) {
    Optional<Status> status = archive.status(request.caller());
    Optional<KeyCustody.State> keys = archive.custody().state(request.caller());
    return status.isEmpty() || keys.isEmpty()
        ? frame.page(request, 404, ProblemPage.notShown())
        : frame.page(request, 200, StatusPage.of(status.get(), keys.get(), place.zone()));
  }

  private Response key(Request request) {
    return archive
        .custody()
        .state(request.caller())
        .map(state -> frame.page(request, 200, KeyPage.of(state, place.zone())))
        .orElseGet(() -> frame.page(request, 404, ProblemPage.notShown()));
  }

  private Response copies(Request request) {
    Optional<Status> status = archive.status(request.caller());
    Optional<Safekeeping.Copies> copies = archive.safekeeping().copies(request.caller());
    if (status.isEmpty() || copies.isEmpty()) {
      return frame.page(request, 404, ProblemPage.notShown());
    }
    String from = request.query("from").orElse("");
    return frame.page(
        request, 200, CopiesPage.of(status.get().copies(), copies.get(), from, place.zone()));
  }
}
