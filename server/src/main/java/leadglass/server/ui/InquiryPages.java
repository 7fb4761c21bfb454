package leadglass.server.ui;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import leadglass.archive.Accounting;
import leadglass.archive.Archive;
import leadglass.archive.AuditLog;
import leadglass.archive.Disclosure;
import leadglass.archive.Origin;
import leadglass.archive.SiteState;
import leadglass.archive.StateBook;
import leadglass.archive.Verb;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Request;
import leadglass.server.http.Response;
import leadglass.server.http.Route;
import leadglass.server.ui.page.Amount;
import leadglass.server.ui.page.InquiryPage;
import leadglass.server.ui.page.Moment;
import leadglass.server.ui.page.Page;
import leadglass.server.ui.page.StatePage;

/// Questions to the audit trail: to whom a patient's images were disclosed, whose images went out
/// in a span of time, and who could do what at a moment. Asked by POST: a Patient ID is in no
/// address.
final class InquiryPages {
  static final String DISCLOSURES = "/audit/disclosures";
  static final String DELIVERIES = "/audit/deliveries";
  static final String STATE = "/audit/state";

  /// Rows of a page; the file has all.
  private static final int ROWS_MAX = 200;

  /// A page reads so long a span at most; the file any.
  private static final Duration SPAN_MAX = Duration.ofDays(31);

  private static final String NOT_PROVEN = "display not proven";

  private final Archive archive;
  private final Place place;
  private final Frame frame;

  InquiryPages(Archive archive, Place place, Frame frame) {
    this.archive = archive;
    this.place = place;
    this.frame = frame;
  }

  List<Route> routes() {
    Origin.Door door = Origin.Door.PAGE;
    Verb verb = Verb.READ_AUDIT;
    return List.of(
        new Route("GET", DISCLOSURES, door, verb, r -> asking(r, 200, disclosures(form(Map.of())))),
        new Route("POST", DISCLOSURES, door, verb, this::disclosed),
        new Route("POST", DISCLOSURES + ".csv", door, verb, this::disclosedFile),
        new Route("GET", DELIVERIES, door, verb, r -> asking(r, 200, deliveries(form(Map.of())))),
        new Route("POST", DELIVERIES, door, verb, this::delivered),
        new Route("POST", DELIVERIES + ".csv", door, verb, this::deliveredFile),
        new Route("GET", STATE, door, verb, r -> asking(r, 200, StatePage.asking("", ""))),
        new Route("POST", STATE, door, verb, this::state));
  }

  private Response asking(Request request, int status, Page page) {
    return frame.page(request, status, page);
  }

  private AuditForm form(Map<String, String> typed) {
    return new AuditForm(typed, place.zone());
  }

  private static InquiryPage disclosures(AuditForm form) {
    return InquiryPage.asking(
        "Accounting of disclosures", DISCLOSURES, true, typed(form, "id", "issuer", "uses"));
  }

  private static InquiryPage deliveries(AuditForm form) {
    return InquiryPage.asking(
        "What was delivered, and to whom", DELIVERIES, false, typed(form, "who"));
  }

  private static Map<String, String> typed(AuditForm form, String... more) {
    Map<String, String> typed = new HashMap<>();
    for (String name : List.of("from", "to")) {
      typed.put(name, form.text(name));
    }
    for (String name : more) {
      typed.put(name, form.text(name));
    }
    return typed;
  }

  private static Accounting.Wanted wanted(AuditForm form) {
    return form.text("uses").isEmpty() ? Accounting.Wanted.DISCLOSURES : Accounting.Wanted.USES_TOO;
  }

  private Accounting.Answer ask(Request request, AuditForm form) throws IOException {
    return form.objection().isEmpty()
        ? archive
            .accounting()
            .disclosures(
                request.caller(), form.text("issuer"), form.text("id"), form.range(), wanted(form))
        : new Accounting.Answer.Refused(form.objection());
  }

  private Response disclosed(Request request) throws IOException, ProblemException {
    AuditForm form = form(request.form());
    return switch (ask(request, form)) {
      case Accounting.Answer.NotThere _ -> frame.page(request, 404, ProblemPage.notShown());
      case Accounting.Answer.Refused(var rule) ->
          asking(request, 422, disclosures(form).failed(rule));
      case Accounting.Answer.Told(_, var rows) -> {
        List<InquiryPage.Row> shown = rows.stream().limit(ROWS_MAX).map(this::row).toList();
        String words =
            rows.isEmpty()
                ? "Nobody was given this patient's images in this period."
                : Amount.of(rows.size(), "row") + more(rows.size());
        yield asking(request, 200, disclosures(form).answered(words, shown));
      }
    };
  }

  private static String more(long count) {
    return count > ROWS_MAX ? "; here are the first " + ROWS_MAX + ", the file has all." : ".";
  }

  private Response disclosedFile(Request request) throws IOException, ProblemException {
    AuditForm form = form(request.form());
    return switch (ask(request, form)) {
      case Accounting.Answer.NotThere _ -> frame.page(request, 404, ProblemPage.notShown());
      case Accounting.Answer.Refused(var rule) ->
          asking(request, 422, disclosures(form).failed(rule));
      case Accounting.Answer.Told(_, var rows) ->
          Csv.file(
              "disclosures.csv",
              sheet -> {
                sheet.line(
                    "date",
                    "recipient",
                    "what",
                    "study",
                    "instances",
                    "frames",
                    "bytes",
                    "purpose",
                    "stated",
                    "exemption",
                    "moved since",
                    "entry");
                for (Disclosure each : rows) {
                  sheet.line(
                      Instant.ofEpochMilli(each.atMillis()),
                      each.recipient(),
                      each.what().words(),
                      each.study().orElse(each.name()),
                      each.instances(),
                      count(each.frames()),
                      count(each.bytes()),
                      each.purpose(),
                      each.stated() ? "stated" : "presumed",
                      each.to().exemption(),
                      each.moved() ? "yes" : "no",
                      each.number());
                }
              });
    };
  }

  private static Object count(Optional<Long> count) {
    return count.isPresent() ? count.get() : "not known";
  }

  private InquiryPage.Row row(Disclosure each) {
    return new InquiryPage.Row(
        Moment.instant(each.atMillis(), place.zone()),
        each.recipient(),
        each.what().words()
            + ", "
            + each.frames().map(frames -> Amount.of(frames, "frame")).orElse("frames not known")
            + each.bytes().map(bytes -> ", " + Amount.bytes(bytes)).orElse(""),
        each.study().orElse("study " + each.name()),
        each.purpose() + (each.stated() ? "" : " (presumed)"),
        each.to().exemption());
  }

  /// What a page tells of deliveries: the first rows, and sums.
  private static final class Sum {
    private final List<InquiryPage.Row> rows = new ArrayList<>();
    private final Set<String> patients = new HashSet<>();
    private long count;
    private long frames;
    private long bytes;

    String words() {
      return count == 0
          ? "Nothing was delivered in this span of time."
          : Amount.of(count, "delivery").replace("deliverys", "deliveries")
              + " of "
              + Amount.of(patients.size(), "patient")
              + ", "
              + Amount.of(frames, "frame")
              + ", "
              + Amount.bytes(bytes)
              + more(count);
    }
  }

  private Response delivered(Request request) throws IOException, ProblemException {
    AuditForm form = form(request.form());
    String wrong = objection(form, SPAN_MAX);
    if (!wrong.isEmpty()) {
      return asking(request, 422, deliveries(form).failed(wrong));
    }
    Sum sum = new Sum();
    boolean may =
        archive
            .accounting()
            .deliveries(
                request.caller(), form.range(), who(form), (_, _) -> {}, each -> add(sum, each));
    return may
        ? asking(request, 200, deliveries(form).answered(sum.words(), sum.rows))
        : frame.page(request, 404, ProblemPage.notShown());
  }

  private static Optional<String> who(AuditForm form) {
    return Optional.of(form.text("who")).filter(who -> !who.isEmpty());
  }

  private static String objection(AuditForm form, Duration longest) {
    AuditLog.Range range = form.range();
    if (!form.objection().isEmpty()) {
      return form.objection();
    }
    if (range.fromMillis() == Long.MIN_VALUE || range.untilMillis() == Long.MAX_VALUE) {
      return "Say from when to when.";
    }
    return range.untilMillis() - range.fromMillis() > longest.toMillis()
        ? "A page tells of " + longest.toDays() + " days at most. The file tells of any span."
        : "";
  }

  private void add(Sum sum, Accounting.Delivery each) {
    sum.count++;
    sum.patients.add(each.pseudonym());
    sum.frames += each.given().frames().orElse(0L);
    sum.bytes += each.given().bytes().orElse(0L);
    if (sum.rows.size() < ROWS_MAX) {
      InquiryPage.Row row = row(each.given());
      sum.rows.add(
          new InquiryPage.Row(
              row.at(),
              each.who() + " from " + each.address(),
              row.what(),
              row.study(),
              each.patient().orElse("pseudonym " + each.pseudonym()),
              NOT_PROVEN + (each.prefetch() ? "; prefetch possible" : "")));
    }
  }

  private Response deliveredFile(Request request) throws IOException, ProblemException {
    AuditForm form = form(request.form());
    String wrong = objection(form, Duration.ofDays(36_525));
    if (!wrong.isEmpty()) {
      return asking(request, 422, deliveries(form).failed(wrong));
    }
    if (!frame.may(request.caller(), Verb.READ_AUDIT)) {
      return frame.page(request, 404, ProblemPage.notShown());
    }
    return Csv.file(
        "deliveries.csv",
        sheet -> {
          sheet.line(
              "from",
              "to",
              "who",
              "door",
              "address",
              "recipient",
              "patient",
              "pseudonym",
              "study",
              "what",
              "frames",
              "bytes",
              "display",
              "prefetch",
              "entry");
          archive
              .accounting()
              .deliveries(
                  request.caller(),
                  form.range(),
                  who(form),
                  (_, _) -> {},
                  each -> sheet.line(cells(each)));
        });
  }

  private static Object[] cells(Accounting.Delivery each) {
    Disclosure given = each.given();
    return new Object[] {
      Instant.ofEpochMilli(given.atMillis()),
      Instant.ofEpochMilli(given.lastMillis()),
      each.who(),
      each.door(),
      each.address(),
      given.recipient(),
      each.patient().orElse(""),
      each.pseudonym(),
      given.study().orElse(given.name()),
      given.what().words(),
      count(given.frames()),
      count(given.bytes()),
      NOT_PROVEN,
      each.prefetch() ? "possible" : "no",
      given.number()
    };
  }

  private Response state(Request request) throws IOException, ProblemException {
    AuditForm form = form(request.form());
    OptionalLong at = AuditForm.moment(form.text("at"), place.zone());
    if (at.isEmpty()) {
      return asking(
          request, 422, StatePage.asking(form.text("at"), "Say of which moment you want to know."));
    }
    Optional<StateBook.At> found =
        archive.states().at(request.caller(), at.getAsLong(), (_, _) -> {});
    return found.isEmpty()
        ? frame.page(request, 404, ProblemPage.notShown())
        : asking(request, 200, page(form.text("at"), found.get()));
  }

  private StatePage page(String at, StateBook.At found) {
    String written =
        found
            .writtenMillis()
            .map(millis -> "As written down at " + Moment.instant(millis, place.zone()) + ".")
            .orElse("Nothing was written down before that moment.");
    Optional<SiteState> state = found.state();
    return new StatePage(
        at,
        written,
        found.program().map(version -> "Leadglass " + version + " ran.").orElse(""),
        state.map(SiteState::keyPlace).filter(key -> !key.isEmpty()).orElse(""),
        state.map(SiteState::people).orElse(List.of()).stream()
            .map(person ->
                new StatePage.Row(
                    person.name() + (person.enabled() ? "" : " (disabled)"),
                    String.join(", ", person.roles()),
                    String.join(", ", person.factors())))
            .toList(),
        state.map(SiteState::devices).orElse(List.of()).stream()
            .map(device ->
                new StatePage.Row(
                    device.aeTitle() + (device.revoked() ? " (revoked)" : ""),
                    device.may(),
                    device.owner()))
            .toList(),
        found.since().stream()
            .limit(ROWS_MAX)
            .map(change ->
                new StatePage.Row(
                    Moment.instant(change.atMillis(), place.zone()), change.what(), change.by()))
            .toList(),
        "");
  }
}
