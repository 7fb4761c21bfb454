package leadglass.server.ui;

import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import leadglass.archive.Archive;
import leadglass.archive.Origin;
import leadglass.archive.PatientAccess;
import leadglass.archive.PatientTasks;
import leadglass.archive.Query;
import leadglass.archive.Question;
import leadglass.archive.Ruling;
import leadglass.archive.ShareLinks;
import leadglass.archive.Verb;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Problems;
import leadglass.server.http.Request;
import leadglass.server.http.Response;
import leadglass.server.http.Route;
import leadglass.server.ui.page.Amount;
import leadglass.server.ui.page.Filters;
import leadglass.server.ui.page.Moment;
import leadglass.server.ui.page.PatientAsk;
import leadglass.server.ui.page.PatientLooks;
import leadglass.server.ui.page.PatientPage;
import leadglass.server.ui.page.Plain;
import leadglass.server.ui.page.SeriesRow;
import leadglass.server.ui.page.Slice;
import leadglass.server.ui.page.StudyRow;

/// A patient's own pages: their images, who looked at them and why, links that are open, and what
/// they ask.
final class PatientPages {
  private static final int LOOKS_SHOWN = 10;
  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  private final Archive archive;
  private final Place place;
  private final Frame frame;

  PatientPages(Archive archive, Place place, Frame frame) {
    this.archive = archive;
    this.place = place;
    this.frame = frame;
  }

  List<Route> routes() {
    Origin.Door door = Origin.Door.PAGE;
    Verb own = Verb.OWN_RECORD;
    String question = "/my/looks/{number}/question";
    String end = "/my/links/{share}/end";
    return List.of(
        new Route("GET", "/my", door, own, this::home),
        new Route("GET", "/my/looks", door, own, r -> looks(r, "/my/looks", false)),
        new Route("GET", "/my/looks/own", door, own, r -> looks(r, "/my/looks/own", true)),
        new Route("GET", question, door, own, r -> questioning(r, 200, "", "")),
        new Route("POST", question, door, own, this::question),
        new Route("GET", end, door, own, r -> ending(r, 200, "", "")),
        new Route("POST", end, door, own, this::end),
        new Route(
            "GET",
            "/my/studies/{study}/copy",
            door,
            Verb.DOWNLOAD,
            request -> StudyCopy.of(archive, request)));
  }

  private Response page(int status, leadglass.server.ui.page.Page page) {
    return Response.html(status, frame.anonymous(page));
  }

  private Response home(Request request) throws IOException {
    List<DataSet> rows = studies(request);
    Map<Uid, String> called = called(rows);
    List<PatientPage.Given> given = new ArrayList<>();
    for (DataSet row : rows) {
      given.add(given(request, StudyRow.of(row, place.today()), day(row, "")));
    }
    List<PatientAccess> others =
        archive.patientAccesses().of(request.caller()).stream().filter(a -> !a.own()).toList();
    List<PatientAccess> newest = others.subList(0, Math.min(LOOKS_SHOWN, others.size()));
    List<PatientTasks.Task> tasks = archive.patientTasks().own(request.caller());
    List<ShareLinks.Share> shares = archive.shareLinks().own(request.caller());
    return page(
        200,
        new PatientPage(
            given,
            told(newest, called),
            others.size() > newest.size(),
            shares.stream().map(share -> link(share, tasks)).toList(),
            tasks.stream().map(task -> asked(task)).toList()));
  }

  /// The patient's studies, the newest first.
  private List<DataSet> studies(Request request) throws IOException {
    List<DataSet> rows = new ArrayList<>();
    Optional<String> after = Optional.empty();
    do {
      Question question = new Finding(Filters.NONE, after).question(place.today());
      if (!(archive.query().search(request.caller(), question)
          instanceof Query.Answer.Rows found)) {
        break;
      }
      rows.addAll(found.rows());
      after = found.next();
    } while (after.isPresent());
    return rows;
  }

  private Map<Uid, String> called(List<DataSet> rows) {
    Map<Uid, String> called = new HashMap<>();
    for (DataSet each : rows) {
      StudyRow row = StudyRow.of(each, place.today());
      row.uid().ifPresent(uid -> called.put(uid, Plain.study(row) + day(each, " of ")));
    }
    return called;
  }

  /// The day a study was made; beside "when" a "today" would be read as another.
  private static String day(DataSet study, String before) {
    return study
        .string(Tag.STUDY_DATE)
        .flatMap(Moment::date)
        .map(day -> before + Moment.day(day))
        .orElse("");
  }

  private PatientPage.Given given(Request request, StudyRow row, String day) throws IOException {
    List<SeriesRow> series = List.of();
    if (row.uid().isPresent()
        && archive.query().search(request.caller(), Finding.series(row.uid().get()))
            instanceof Query.Answer.Rows found) {
      series =
          found.rows().stream()
              .map(SeriesRow::of)
              .sorted(Comparator.comparingInt(SeriesRow::order))
              .toList();
    }
    return new PatientPage.Given(
        row.uid().map(Uid::value).orElse(""),
        Plain.study(row),
        day,
        row.images() < 0 ? "" : Amount.of(row.images(), "image"),
        series);
  }

  /// Visits in words, each day said once.
  private List<PatientPage.Look> told(List<PatientAccess> accesses, Map<Uid, String> called) {
    List<PatientPage.Look> told = new ArrayList<>();
    String last = "";
    for (PatientAccess each : accesses) {
      String day = Moment.day(each.atMillis(), place.zone());
      told.add(
          new PatientPage.Look(
              day.equals(last) ? "" : day,
              MINUTE.format(Instant.ofEpochMilli(each.atMillis()).atZone(place.zone())),
              each.who(),
              each.did(),
              each.study().map(uid -> called.getOrDefault(uid, "")).orElse(""),
              each.images() == 0 ? "" : Amount.of(each.images(), "image"),
              each.why(),
              each.emergency(),
              each.own() ? "" : "/my/looks/" + each.number() + "/question"));
      last = day;
    }
    return told;
  }

  private PatientPage.Link link(ShareLinks.Share share, List<PatientTasks.Task> tasks) {
    String asked =
        tasks.stream()
            .filter(task -> task.link().equals(Optional.of(share.id())))
            .filter(task -> task.answer().isEmpty())
            .map(task -> "You asked for it to end on " + when(task.atMillis()) + ".")
            .findFirst()
            .orElse("");
    return new PatientPage.Link(
        share.id(),
        share.recipientWords(),
        share.purpose(),
        share.by(),
        when(share.endsMillis()),
        share
            .lastMillis()
            .map(last ->
                "Opened " + Amount.of(share.opened(), "time") + ", last " + when(last) + ".")
            .orElse("Not opened yet."),
        share.wrong() == 0 ? "" : Amount.of(share.wrong(), "wrong passcode"),
        asked);
  }

  private PatientPage.Asked asked(PatientTasks.Task task) {
    String about =
        task.aboutMillis()
            .map(at -> task.about() + ", " + when(at))
            .orElse(
                task.about().isEmpty()
                    ? "To end a link to your images"
                    : "To end the link for " + task.about());
    return new PatientPage.Asked(
        when(task.atMillis()),
        about,
        task.words(),
        task.answer().map(PatientTasks.Answer::words).orElse(""));
  }

  private String when(long millis) {
    return Moment.instant(millis, place.zone());
  }

  private Response looks(Request request, String address, boolean own) throws IOException {
    List<PatientAccess> all =
        archive.patientAccesses().of(request.caller()).stream()
            .filter(each -> each.own() == own)
            .toList();
    Slice<PatientAccess> slice = Slice.of(all, address, request.query("from").orElse(""));
    List<PatientPage.Look> told = told(slice.rows(), called(studies(request)));
    return page(
        200,
        new PatientLooks(new Slice<>(told, slice.address(), slice.from(), slice.total()), own));
  }

  private Optional<PatientAccess> access(Request request) throws IOException {
    String number = request.variable("number");
    return archive.patientAccesses().of(request.caller()).stream()
        .filter(each -> Long.toString(each.number()).equals(number) && !each.own())
        .findFirst();
  }

  private Response questioning(Request request, int status, String typed, String error)
      throws IOException, ProblemException {
    PatientAccess access = access(request).orElseThrow(Problems::notFound);
    return page(
        status,
        new PatientAsk(
            "Question this access",
            List.of(
                access.who() + " " + access.did() + ".",
                when(access.atMillis()) + (access.why().isEmpty() ? "" : ", " + access.why())),
            "/my/looks/" + access.number() + "/question",
            "Ask",
            "What do you want to know?",
            PatientTasks.WORDS_CHARS_MAX,
            true,
            typed,
            error));
  }

  private Response question(Request request) throws IOException, ProblemException {
    String words = request.form().getOrDefault("words", "");
    String number = request.variable("number");
    Ruling ruling =
        number.matches("\\d{1,18}")
            ? archive.patientTasks().question(request.caller(), Long.parseLong(number), words)
            : new Ruling.NotThere();
    return switch (ruling) {
      case Ruling.Done _ -> Response.seeOther(PatientDoorPages.HOME);
      case Ruling.Refused(String rule) -> questioning(request, 422, words, rule);
      case Ruling.NotThere _ -> throw Problems.notFound();
    };
  }

  private Response ending(Request request, int status, String typed, String error)
      throws IOException, ProblemException {
    String id = request.variable("share");
    ShareLinks.Share share =
        archive.shareLinks().own(request.caller()).stream()
            .filter(each -> each.id().equals(id))
            .findFirst()
            .orElseThrow(Problems::notFound);
    return page(
        status,
        new PatientAsk(
            "Ask to end this link",
            List.of(
                share.recipientWords() + ": " + share.purpose(),
                "It ends by itself on " + when(share.endsMillis()) + ".",
                "The clinic decides, and answers you here."),
            "/my/links/" + share.id() + "/end",
            "Ask to end it",
            "Anything you want to say (may be empty)",
            PatientTasks.WORDS_CHARS_MAX,
            false,
            typed,
            error));
  }

  private Response end(Request request) throws IOException, ProblemException {
    String words = request.form().getOrDefault("words", "");
    return switch (archive
        .patientTasks()
        .askToEnd(request.caller(), request.variable("share"), words)) {
      case Ruling.Done _ -> Response.seeOther(PatientDoorPages.HOME);
      case Ruling.Refused(String rule) -> ending(request, 422, words, rule);
      case Ruling.NotThere _ -> throw Problems.notFound();
    };
  }
}
