package leadglass.server.ui;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import leadglass.archive.Archive;
import leadglass.archive.Origin;
import leadglass.archive.People;
import leadglass.archive.Status;
import leadglass.archive.Verb;
import leadglass.server.http.Request;
import leadglass.server.http.Response;
import leadglass.server.http.Route;
import leadglass.server.ui.page.Hat;
import leadglass.server.ui.page.Moment;
import leadglass.server.ui.page.PeoplePage;
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
        new Route("GET", "/status", door, Verb.ADMINISTER, this::status),
        new Route("GET", "/people", door, Verb.ADMINISTER, this::people));
  }

  private Response status(Request request) {
    Optional<Status> status = archive.status(request.caller());
    return status.isEmpty()
        ? frame.page(request, 404, ProblemPage.notShown())
        : frame.page(
            request,
            200,
            StatusPage.of(status.get(), archive.custody().state(request.caller()), place.zone()));
  }

  private Response people(Request request) {
    List<PeoplePage.Row> rows =
        archive.people().list(request.caller()).stream().map(this::row).toList();
    return frame.page(request, 200, new PeoplePage(rows));
  }

  private PeoplePage.Row row(People.Account account) {
    return new PeoplePage.Row(
        account.name(),
        account.roles().stream()
            .sorted()
            .map(role -> Hat.of(role).label())
            .collect(Collectors.joining(", ")),
        account.enabled(),
        account
            .lastSignInMillis()
            .map(millis -> Moment.instant(millis, place.zone()))
            .orElse("never"));
  }
}
