package leadglass.server.ui;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import leadglass.archive.Archive;
import leadglass.archive.Origin;
import leadglass.archive.Retention;
import leadglass.archive.Ruling;
import leadglass.archive.Verb;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Request;
import leadglass.server.http.Response;
import leadglass.server.http.Route;
import leadglass.server.ui.page.Moment;
import leadglass.server.ui.page.RetentionPage;
import leadglass.server.ui.page.RetentionPage.Line;

/// How long studies are kept at least, as a form without script: lines to fill in, and a button for
/// more of them.
final class RetentionPages {
  private static final int SPARE_LINES = 2;
  private static final int LINES_MAX = 100;

  private final Archive archive;
  private final Place place;
  private final Frame frame;

  RetentionPages(Archive archive, Place place, Frame frame) {
    this.archive = archive;
    this.place = place;
    this.frame = frame;
  }

  List<Route> routes() {
    Origin.Door door = Origin.Door.PAGE;
    return List.of(
        new Route("GET", "/retention", door, Verb.ADMINISTER, this::show),
        new Route("POST", "/retention", door, Verb.ADMINISTER, this::set),
        new Route("POST", "/retention/grace", door, Verb.ADMINISTER, this::grace));
  }

  private Response show(Request request) {
    return page(request, 200, current(request), "", "");
  }

  private List<Line> current(Request request) {
    List<Retention.Version> versions = archive.retention().versions(request.caller());
    return versions.isEmpty() ? List.of() : lines(versions.getLast().rules());
  }

  private static List<Line> lines(List<Retention.Rule> rules) {
    return rules.stream()
        .map(rule ->
            new Line(
                String.join(", ", rule.modalities()),
                "" + rule.years(),
                rule.minorUntilAge() == 0 ? "" : "" + rule.minorUntilAge(),
                rule.minorUntilAge() == 0 ? "" : "" + rule.minorYears()))
        .toList();
  }

  private Response page(Request request, int status, List<Line> filled, String said, String error) {
    List<Line> lines = new ArrayList<>(filled);
    for (int i = 0; i < SPARE_LINES && lines.size() < LINES_MAX; i++) {
      lines.add(Line.EMPTY);
    }
    List<RetentionPage.Version> versions =
        archive.retention().versions(request.caller()).reversed().stream()
            .map(this::version)
            .toList();
    List<RetentionPage.Example> examples =
        Retention.presets().stream()
            .map(each -> new RetentionPage.Example(each.country(), each.words(), each.source()))
            .toList();
    int days = archive.siteRules().graceDays();
    return frame.page(
        request, status, new RetentionPage(lines, versions, examples, days, said, error));
  }

  private RetentionPage.Version version(Retention.Version version) {
    return new RetentionPage.Version(
        "" + version.number(),
        Moment.instant(version.fromMillis(), place.zone()),
        version.by(),
        version.rules().stream().map(Retention.Rule::words).toList());
  }

  private Response set(Request request) throws IOException, ProblemException {
    Map<String, String> form = request.form();
    List<Line> typed = typed(form);
    return switch (form.getOrDefault("do", "save")) {
      case "fill" -> filled(request, form.getOrDefault("example", ""));
      case "more" -> page(request, 200, padded(typed), "", "");
      default -> save(request, typed);
    };
  }

  private Response filled(Request request, String country) {
    Optional<Retention.Preset> preset =
        Retention.presets().stream().filter(each -> each.country().equals(country)).findFirst();
    return preset.isEmpty()
        ? page(request, 422, current(request), "", "There is no such example.")
        : page(
            request,
            200,
            lines(preset.get().rules()),
            "Filled in as an example, not set yet. Check it against your law, then set it.",
            "");
  }

  private static List<Line> padded(List<Line> typed) {
    List<Line> more = new ArrayList<>(typed);
    for (int i = 0; i < SPARE_LINES && more.size() < LINES_MAX; i++) {
      more.add(Line.EMPTY);
    }
    return more;
  }

  /// Those with something in them.
  private static List<Line> typed(Map<String, String> form) {
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < LINES_MAX; i++) {
      Line line =
          new Line(
              form.getOrDefault("modalities-" + i, "").strip().toUpperCase(Locale.ROOT),
              form.getOrDefault("years-" + i, "").strip(),
              form.getOrDefault("age-" + i, "").strip(),
              form.getOrDefault("minor-" + i, "").strip());
      if (!line.equals(Line.EMPTY)) {
        lines.add(line);
      }
    }
    return lines;
  }

  private Response save(Request request, List<Line> typed) throws IOException {
    List<Retention.Rule> rules = new ArrayList<>();
    for (Line line : typed) {
      Optional<Retention.Rule> rule = rule(line);
      if (rule.isEmpty()) {
        String wrong = "Rule " + (rules.size() + 1) + ": years and ages are whole numbers.";
        return page(request, 422, typed, "", wrong);
      }
      rules.add(rule.get());
    }
    return switch (archive.retention().set(request.caller(), rules)) {
      case Ruling.Done _ -> Response.seeOther("/retention");
      case Ruling.Refused refused -> page(request, 422, typed, "", refused.rule());
      case Ruling.NotThere _ -> frame.page(request, 404, ProblemPage.notShown());
    };
  }

  private static Optional<Retention.Rule> rule(Line line) {
    if (!line.years().matches("\\d{1,3}")
        || !line.age().matches("\\d{0,3}")
        || !line.minorYears().matches("\\d{0,3}")) {
      return Optional.empty();
    }
    List<String> modalities =
        List.of(line.modalities().split("[, ]+", -1)).stream()
            .filter(each -> !each.isEmpty())
            .toList();
    return Optional.of(
        new Retention.Rule(
            modalities,
            Integer.parseInt(line.years()),
            number(line.age()),
            number(line.minorYears())));
  }

  private static int number(String digits) {
    return digits.isEmpty() ? 0 : Integer.parseInt(digits);
  }

  private Response grace(Request request) throws IOException, ProblemException {
    String days = request.form().getOrDefault("days", "").strip();
    Ruling ruling =
        archive
            .siteRules()
            .setGraceDays(request.caller(), days.matches("\\d{1,3}") ? Integer.parseInt(days) : 0);
    return switch (ruling) {
      case Ruling.Done _ -> Response.seeOther("/retention");
      case Ruling.Refused refused -> page(request, 422, current(request), "", refused.rule());
      case Ruling.NotThere _ -> frame.page(request, 404, ProblemPage.notShown());
    };
  }
}
