package leadglass.server.ui;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import leadglass.archive.Act;
import leadglass.archive.Archive;
import leadglass.archive.AuditView;
import leadglass.archive.Origin;
import leadglass.archive.Verb;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Request;
import leadglass.server.http.Response;
import leadglass.server.http.Route;
import leadglass.server.ui.page.AuditPage;
import leadglass.server.ui.page.Moment;

/// The audit trail, for auditors: a timeline with filters, and what is filtered as a file.
final class AuditPages {
  private static final List<String> FIELDS =
      List.of(
          "from", "to", "who", "what", "outcome", "issuer", "id", "study", "pseudonym", "order");

  private final Archive archive;
  private final Place place;
  private final Frame frame;

  AuditPages(Archive archive, Place place, Frame frame) {
    this.archive = archive;
    this.place = place;
    this.frame = frame;
  }

  List<Route> routes() {
    Origin.Door door = Origin.Door.PAGE;
    return List.of(
        new Route("GET", AuditPage.ADDRESS, door, Verb.READ_AUDIT, this::newest),
        new Route("POST", AuditPage.ADDRESS, door, Verb.READ_AUDIT, this::filtered),
        new Route("POST", AuditPage.ADDRESS + ".csv", door, Verb.READ_AUDIT, this::csv));
  }

  /// Of everybody, or of one person: an account's name is no patient's.
  private Response newest(Request request) throws IOException {
    Map<String, String> typed = new HashMap<>();
    request.query("who").ifPresent(who -> typed.put("who", who));
    return show(request, new AuditForm(typed, place.zone()));
  }

  private Response filtered(Request request) throws IOException, ProblemException {
    return show(request, new AuditForm(request.form(), place.zone()));
  }

  private Response show(Request request, AuditForm form) throws IOException {
    String objection = form.objection();
    if (!objection.isEmpty()) {
      return frame.page(request, 422, page(form, List.of(), "", "", objection));
    }
    Optional<AuditView.Page> found =
        archive
            .auditDesk()
            .view()
            .page(request.caller(), form.filter(), form.order(), form.cursor());
    if (found.isEmpty()) {
      return frame.page(request, 404, ProblemPage.notShown());
    }
    AuditView.Page page = found.get();
    OptionalLong next = page.next();
    String stopped =
        page.stopped()
            ? "Looked at " + page.looked() + " entries. Go on from entry " + next.orElse(0) + "."
            : "";
    List<AuditPage.Row> rows = page.rows().stream().map(this::row).toList();
    String cursor = next.isPresent() ? Long.toString(next.getAsLong()) : "";
    return frame.page(request, 200, page(form, rows, cursor, stopped, ""));
  }

  private static AuditPage page(
      AuditForm form, List<AuditPage.Row> rows, String next, String stopped, String error) {
    Map<String, String> typed = new HashMap<>();
    FIELDS.forEach(name -> typed.put(name, form.text(name)));
    List<AuditPage.Choice> acts = new ArrayList<>();
    Arrays.stream(Act.values())
        .map(AuditForm::word)
        .forEach(word -> acts.add(new AuditPage.Choice(word, word.replace('-', ' '))));
    return new AuditPage(typed, acts, rows, next, stopped, error);
  }

  private AuditPage.Row row(AuditView.Row row) {
    boolean account = row.kind().equals("person") || row.kind().equals("program");
    return new AuditPage.Row(
        row.number(),
        Moment.instant(row.atMillis(), place.zone()),
        row.what(),
        row.success(),
        row.by(),
        account ? encoded(row.who().replaceFirst("/.*$", "")) : "",
        row.hat(),
        row.from(),
        row.of().map(of -> patient(of)).orElse(""),
        row.of().map(AuditView.Of::pseudonym).orElse(""),
        row.of().map(of -> of.study().orElse("study " + of.name())).orElse(""),
        row.of().map(AuditView.Of::name).orElse(""),
        row.why());
  }

  private static String encoded(String account) {
    return URLEncoder.encode(account, StandardCharsets.UTF_8);
  }

  private static String patient(AuditView.Of of) {
    return of.patient().orElse("pseudonym " + of.pseudonym());
  }

  private Response csv(Request request) throws IOException, ProblemException {
    AuditForm form = new AuditForm(request.form(), place.zone());
    String objection = form.objection();
    if (!objection.isEmpty()) {
      return frame.page(request, 422, page(form, List.of(), "", "", objection));
    }
    Optional<AuditView.Reading> reading =
        archive.auditDesk().view().reading(request.caller(), form.filter());
    return reading.isEmpty()
        ? frame.page(request, 404, ProblemPage.notShown())
        : Csv.file("audit.csv", sheet -> lines(reading.get(), sheet));
  }

  private static void lines(AuditView.Reading reading, Csv.Sheet sheet) throws IOException {
    sheet.line(
        "entry",
        "time",
        "act",
        "outcome",
        "what",
        "by",
        "as",
        "door",
        "from",
        "study",
        "patient",
        "pseudonym",
        "why");
    reading.to(row ->
        sheet.line(
            row.number(),
            Instant.ofEpochMilli(row.atMillis()),
            AuditForm.word(row.act()),
            row.success() ? "done" : "refused",
            row.what(),
            row.by(),
            row.hat(),
            row.door(),
            row.from(),
            row.of().map(of -> of.study().orElse(of.name())).orElse(""),
            row.of().flatMap(AuditView.Of::patient).orElse(""),
            row.of().map(AuditView.Of::pseudonym).orElse(""),
            row.why()));
  }
}
