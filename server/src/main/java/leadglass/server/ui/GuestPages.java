package leadglass.server.ui;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.Origin;
import leadglass.archive.Query;
import leadglass.archive.ShareDoor;
import leadglass.archive.ShareDoor.Opening;
import leadglass.archive.Verb;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Uid;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Problems;
import leadglass.server.http.Request;
import leadglass.server.http.Response;
import leadglass.server.http.Route;
import leadglass.server.ui.page.GuestPage;
import leadglass.server.ui.page.Moment;
import leadglass.server.ui.page.OpenLink;
import leadglass.server.ui.page.SeriesRow;
import leadglass.server.ui.page.StudyRow;

/// What somebody outside sees of this archive who was given a link: where it is opened, what it
/// gives, and nothing else.
final class GuestPages {
  static final String ADDRESS = "/share";

  /// One sentence for everything that can be wrong.
  static final String REFUSED =
      "This link is not active here, or the passcode is not right. Ask the person who sent it.";

  private final Archive archive;
  private final Place place;
  private final Frame frame;

  GuestPages(Archive archive, Place place, Frame frame) {
    this.archive = archive;
    this.place = place;
    this.frame = frame;
  }

  List<Route> routes() {
    Origin.Door door = Origin.Door.PAGE;
    return List.of(
        new Route("GET", ADDRESS, door, Verb.KNOCK, _ -> form()),
        new Route("POST", ADDRESS, door, Verb.KNOCK, this::open),
        new Route("GET", "/s/{share}", door, Verb.FIND, this::given),
        new Route("POST", "/s/{share}/close", door, Verb.FIND, this::close),
        new Route("GET", "/s/{share}/studies/{study}/copy", door, Verb.DOWNLOAD, this::copy));
  }

  /// The same for everybody: who is signed in as somebody else is nobody here.
  private Response form() {
    return Response.html(200, frame.anonymous(new OpenLink()));
  }

  private Response open(Request request) throws IOException, ProblemException {
    Map<String, String> form = request.form();
    String link = form.getOrDefault("link", "");
    Optional<String> device = ShareDoor.id(link).flatMap(id -> request.cookie(Cookies.DEVICE + id));
    Opening opening =
        archive.shareDoor().open(request.origin(), link, device, form.getOrDefault("passcode", ""));
    return switch (opening) {
      case Opening.Opened(var id, var session, var kept, var time) ->
          Cookies.set(
              Cookies.keep(Json.next("/s/" + id), Cookies.DEVICE + id, kept, time),
              Cookies.SHARE + id,
              session);
      case Opening.Refused _ -> Json.refused(403, REFUSED);
      case Opening.TooSoon(var after) -> {
        long seconds = Math.max(1, after.plusMillis(999).toSeconds());
        yield Json.refused(429, "Too many tries. Try again in " + seconds + " s.")
            .with("Retry-After", Long.toString(seconds));
      }
    };
  }

  private Response given(Request request) throws IOException, ProblemException {
    if (!(request.caller() instanceof Caller.Share share)) {
      throw Problems.notFound();
    }
    Optional<ShareDoor.Given> given = archive.shareDoor().given(share);
    if (given.isEmpty()) {
      throw Problems.notFound();
    }
    List<GuestPage.Given> studies = new ArrayList<>();
    for (Uid study : share.studies()) {
      for (DataSet row : rows(request, Finding.study(study))) {
        List<SeriesRow> series =
            rows(request, Finding.series(study)).stream()
                .map(SeriesRow::of)
                .sorted(Comparator.comparingInt(SeriesRow::order))
                .toList();
        studies.add(new GuestPage.Given(StudyRow.of(row, place.today()), series));
      }
    }
    studies.sort(Comparator.comparing(GuestPage.Given::uid));
    GuestPage page =
        new GuestPage(
            "/s/" + share.id(),
            given.get().recipient(),
            given.get().by(),
            Moment.instant(given.get().endsMillis(), place.zone()),
            studies,
            given.get().download());
    return Response.html(200, frame.anonymous(page));
  }

  private List<DataSet> rows(Request request, leadglass.archive.Question question)
      throws IOException {
    return archive.query().search(request.caller(), question) instanceof Query.Answer.Rows found
        ? found.rows()
        : List.of();
  }

  private Response close(Request request) throws IOException {
    if (request.caller() instanceof Caller.Share share) {
      Optional<String> secret = request.cookie(Cookies.SHARE + share.id());
      if (secret.isPresent()) {
        archive.shareDoor().close(share, secret.get());
      }
      return Cookies.clear(Response.seeOther(ADDRESS), Cookies.SHARE + share.id());
    }
    return Response.seeOther(ADDRESS);
  }

  private Response copy(Request request) throws IOException, ProblemException {
    return StudyCopy.of(archive, request);
  }
}
