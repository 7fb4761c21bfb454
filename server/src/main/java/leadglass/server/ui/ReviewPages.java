package leadglass.server.ui;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import leadglass.archive.AccessCounts;
import leadglass.archive.Archive;
import leadglass.archive.Origin;
import leadglass.archive.ReviewItem;
import leadglass.archive.Reviews;
import leadglass.archive.Ruling;
import leadglass.archive.Verb;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Request;
import leadglass.server.http.Response;
import leadglass.server.http.Route;
import leadglass.server.ui.page.Amount;
import leadglass.server.ui.page.ChartPage;
import leadglass.server.ui.page.Moment;
import leadglass.server.ui.page.ReviewPage;
import leadglass.server.ui.page.ReviewsPage;
import leadglass.server.ui.page.WitnessPage;

/// The weekly review and the chart of accesses, for auditors; what an auditor did themselves, for a
/// witness.
final class ReviewPages {
  private static final String WITNESS = "/reviews";

  private final Archive archive;
  private final Place place;
  private final Frame frame;

  ReviewPages(Archive archive, Place place, Frame frame) {
    this.archive = archive;
    this.place = place;
    this.frame = frame;
  }

  List<Route> routes() {
    Origin.Door door = Origin.Door.PAGE;
    String week = ReviewsPage.ADDRESS + "/{name}";
    return List.of(
        new Route("GET", ReviewsPage.ADDRESS, door, Verb.READ_AUDIT, this::weeks),
        new Route("GET", week, door, Verb.READ_AUDIT, r -> queue(r, 200, "", "")),
        new Route("POST", week, door, Verb.READ_AUDIT, this::sign),
        new Route("GET", ChartPage.ADDRESS, door, Verb.READ_AUDIT, this::chart),
        new Route("GET", WITNESS, door, Verb.CONFIRM, r -> asked(r, 200, "")),
        new Route("POST", WITNESS + "/{name}", door, Verb.CONFIRM, this::witness));
  }

  private Reviews reviews() {
    return archive.auditDesk().reviews();
  }

  private Response weeks(Request request) {
    List<ReviewsPage.Row> rows =
        reviews().weeks(request.caller()).stream()
            .map(week -> new ReviewsPage.Row(week.name(), days(week), state(week)))
            .toList();
    return frame.page(request, 200, new ReviewsPage(rows));
  }

  private String days(Reviews.Week week) {
    return Moment.day(week.fromMillis(), place.zone())
        + " to "
        + Moment.day(week.untilMillis() - 1, place.zone());
  }

  private String state(Reviews.Week week) {
    if (week.signed().isPresent()) {
      Reviews.Signed signed = week.signed().get();
      return "Signed off by "
          + signed.by()
          + ", "
          + Moment.instant(signed.atMillis(), place.zone())
          + (signed.witness().isEmpty() ? "" : ", witnessed by " + signed.witness())
          + (signed.alone() ? ", about themselves; nobody else could" : "")
          + ": "
          + signed.remark();
    }
    if (!week.waits().isEmpty()) {
      return "Waits for a witness: some of it is about " + week.waits() + ", who signed.";
    }
    return week.over() ? "Not signed off." : "Goes on.";
  }

  private Response queue(Request request, int status, String remark, String error)
      throws IOException {
    Optional<Reviews.Queue> found = reviews().queue(request.caller(), request.variable("name"));
    if (found.isEmpty()) {
      return frame.page(request, 404, ProblemPage.notShown());
    }
    Reviews.Week week = found.get().week();
    boolean open = week.over() && week.signed().isEmpty() && week.waits().isEmpty();
    return frame.page(
        request,
        status,
        new ReviewPage(
            week.name(),
            days(week),
            state(week),
            found.get().items().stream().map(this::row).toList(),
            found.get().left(),
            open,
            remark,
            error));
  }

  private ReviewPage.Row row(ReviewItem item) {
    return new ReviewPage.Row(
        item.kind().words(),
        Moment.instant(item.atMillis(), place.zone()),
        item.subject() + (item.by().isEmpty() ? "" : ", by " + item.by()),
        item.words() + (item.count() > 1 ? " (" + Amount.number(item.count()) + " times)" : ""),
        item.patient().orElse(""),
        address(item.kind()));
  }

  private static String address(ReviewItem.Kind kind) {
    return switch (kind) {
      case EMERGENCY -> "/emergencies";
      case QUESTION -> TaskPages.ADDRESS;
      case BRAKE, NIGHT, OWN_NAME, FIRST, DEVICE_REFUSED -> "";
    };
  }

  private Response sign(Request request) throws IOException, ProblemException {
    String remark = request.form().getOrDefault("reason", "").strip();
    return switch (reviews().sign(request.caller(), request.variable("name"), remark)) {
      case Ruling.Done _ -> Response.seeOther(ReviewsPage.ADDRESS);
      case Ruling.Refused(var rule) -> queue(request, 422, remark, rule);
      case Ruling.NotThere _ -> frame.page(request, 404, ProblemPage.notShown());
    };
  }

  private Response asked(Request request, int status, String error) throws IOException {
    List<WitnessPage.Week> weeks =
        reviews().asked(request.caller()).stream()
            .map(asked ->
                new WitnessPage.Week(
                    asked.week().name(),
                    days(asked.week()),
                    asked.by(),
                    asked.remark(),
                    asked.items().stream().map(this::row).toList()))
            .toList();
    return frame.page(request, status, new WitnessPage(weeks, error));
  }

  private Response witness(Request request) throws IOException {
    return switch (reviews().witness(request.caller(), request.variable("name"))) {
      case Ruling.Done _ -> Response.seeOther(WITNESS);
      case Ruling.Refused(var rule) -> asked(request, 422, rule);
      case Ruling.NotThere _ -> frame.page(request, 404, ProblemPage.notShown());
    };
  }

  private Response chart(Request request) throws IOException {
    Optional<AccessCounts.Seen> seen = archive.auditDesk().counts().seen(request.caller());
    if (seen.isEmpty()) {
      return frame.page(request, 404, ProblemPage.notShown());
    }
    List<ChartPage.Day> days =
        seen.get().days().stream()
            .map(day -> new ChartPage.Day(Moment.day(day.date()), day.looks(), day.people()))
            .toList();
    List<ChartPage.Outlier> outliers =
        seen.get().outliers().stream()
            .map(one -> new ChartPage.Outlier(one.subject(), one.why()))
            .toList();
    return frame.page(request, 200, new ChartPage(days, outliers, seen.get().left()));
  }
}
