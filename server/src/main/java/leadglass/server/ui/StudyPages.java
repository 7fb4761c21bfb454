package leadglass.server.ui;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.Origin;
import leadglass.archive.Query;
import leadglass.archive.Reach;
import leadglass.archive.Ruling;
import leadglass.archive.Verb;
import leadglass.dicom.data.Uid;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Request;
import leadglass.server.http.Response;
import leadglass.server.http.Route;
import leadglass.server.ui.page.Filters;
import leadglass.server.ui.page.QuarantinePage;
import leadglass.server.ui.page.SeriesRow;
import leadglass.server.ui.page.Study;
import leadglass.server.ui.page.StudyRow;
import leadglass.server.ui.page.Upload;
import leadglass.server.ui.page.Worklist;

/// The worklist, a study, and upload. What was searched for stands in a body, never in an address.
final class StudyPages {
  private final Archive archive;
  private final Place place;
  private final Frame frame;
  private final Lines lines;

  StudyPages(Archive archive, Place place, Frame frame) {
    this.archive = archive;
    this.place = place;
    this.frame = frame;
    this.lines = new Lines(archive, place);
  }

  List<Route> routes() {
    Origin.Door door = Origin.Door.PAGE;
    return List.of(
        new Route("GET", "/studies", door, Verb.FIND, this::newest),
        new Route("POST", "/studies", door, Verb.FIND, this::search),
        new Route("GET", "/studies/{study}", door, Verb.FIND, this::study),
        new Route("GET", "/studies/{study}/panel", door, Verb.FIND, this::panel),
        new Route("POST", "/studies/{study}/confirm", door, Verb.CORRECT, this::confirm),
        new Route("GET", "/upload", door, Verb.STORE, this::upload));
  }

  private Response newest(Request request) throws IOException {
    return list(request, new Finding(Filters.NONE, Optional.empty()));
  }

  private Response search(Request request) throws IOException, ProblemException {
    return list(request, Finding.of(request.form()));
  }

  private Response list(Request request, Finding finding) throws IOException {
    String objection = finding.objection();
    if (!objection.isEmpty()) {
      return refused(request, finding, objection);
    }
    try {
      return answered(request, finding);
    } catch (IllegalArgumentException e) {
      if (finding.after().isEmpty()) {
        throw e;
      }
      // A cursor of ours from before a restart, or none of ours: begin at the newest again.
      return answered(request, new Finding(finding.filters(), Optional.empty()));
    }
  }

  private Response answered(Request request, Finding finding) throws IOException {
    return switch (archive.query().search(request.caller(), finding.question(place.today()))) {
      case Query.Answer.Rows rows ->
          frame.page(
              request,
              200,
              worklist(
                  request.caller(),
                  finding,
                  rows.rows().stream().map(row -> StudyRow.of(row, place.today())).toList(),
                  rows.total(),
                  rows.next(),
                  ""),
              finding.filters().typed());
      case Query.Answer.Refused refused -> refused(request, finding, refused.rule());
      case Query.Answer.Braked _ -> Response.seeOther("/brakes");
    };
  }

  private Response refused(Request request, Finding finding, String rule) {
    Worklist page = worklist(request.caller(), finding, List.of(), 0, Optional.empty(), rule);
    return frame.page(request, 422, page, finding.filters().typed());
  }

  private Worklist worklist(
      Caller caller,
      Finding finding,
      List<StudyRow> rows,
      long total,
      Optional<String> next,
      String error) {
    return new Worklist(
        finding.filters(),
        rows,
        archive
            .unverified()
            .among(caller, rows.stream().flatMap(row -> row.uid().stream()).toList()),
        total,
        next,
        finding.after().isPresent(),
        frame.may(caller, Verb.RETRIEVE),
        frame.may(caller, Verb.STORE),
        archive.gate().reach(caller, Verb.FIND) == Reach.DAY_LIST,
        frame.may(caller, Verb.CORRECT),
        error);
  }

  private Response study(Request request) throws IOException {
    Optional<Study> study = find(request);
    return study.isEmpty()
        ? frame.page(request, 404, ProblemPage.notShown())
        : frame.page(request, 200, study.get());
  }

  private Response panel(Request request) throws IOException {
    Optional<Study> study = find(request);
    return study.isEmpty()
        ? frame.page(request, 404, ProblemPage.notShown())
        : Response.html(200, study.get().panel());
  }

  private Optional<Study> find(Request request) throws IOException {
    Optional<Uid> uid = Uid.parse(request.variable("study"));
    if (uid.isEmpty()) {
      return Optional.empty();
    }
    Optional<StudyRow> row = lines.find(request.caller(), uid.get());
    if (row.isEmpty()) {
      return Optional.empty();
    }
    Query.Answer parts = archive.query().search(request.caller(), Finding.series(uid.get()));
    List<SeriesRow> series =
        parts instanceof Query.Answer.Rows rows
            ? rows.rows().stream()
                .map(SeriesRow::of)
                .sorted(Comparator.comparingInt(SeriesRow::order))
                .toList()
            : List.of();
    return Optional.of(
        new Study(
            row.get(),
            series,
            frame.may(request.caller(), Verb.RETRIEVE),
            frame.may(request.caller(), Verb.SHARE),
            archive.patients().mayInvite(request.caller(), uid.get()),
            !archive.unverified().among(request.caller(), List.of(uid.get())).isEmpty(),
            frame.may(request.caller(), Verb.CORRECT)));
  }

  /// Somebody looked at what came over a lane, and says that it is what it says.
  private Response confirm(Request request) throws IOException {
    Optional<Uid> uid = Uid.parse(request.variable("study"));
    Ruling ruling =
        uid.isEmpty()
            ? new Ruling.NotThere()
            : archive.unverified().confirm(request.caller(), uid.get());
    return switch (ruling) {
      case Ruling.Done _ ->
          Response.seeOther(
              archive.gate().reach(request.caller(), Verb.FIND) == Reach.EVERYTHING
                  ? "/studies/" + uid.orElseThrow().value()
                  : QuarantinePage.ADDRESS);
      case Ruling.Refused _, Ruling.NotThere _ -> frame.page(request, 404, ProblemPage.notShown());
    };
  }

  private Response upload(Request request) {
    return frame.page(request, 200, new Upload());
  }
}
