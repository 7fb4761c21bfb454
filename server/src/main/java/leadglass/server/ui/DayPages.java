package leadglass.server.ui;

import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import leadglass.archive.Archive;
import leadglass.archive.Brakes;
import leadglass.archive.Origin;
import leadglass.archive.Ruling;
import leadglass.archive.ScheduledStep;
import leadglass.archive.StepField;
import leadglass.archive.StepStatus;
import leadglass.archive.Verb;
import leadglass.archive.Worklist;
import leadglass.archive.Worklist.Listed;
import leadglass.server.http.ProblemException;
import leadglass.server.http.Request;
import leadglass.server.http.Response;
import leadglass.server.http.Route;
import leadglass.server.ui.page.DayPage;
import leadglass.server.ui.page.Moment;
import leadglass.server.ui.page.PersonName;
import leadglass.server.ui.page.StepForm;

/// What is planned for a day: seen by whoever treats, planned by front desk and technologists.
final class DayPages {
  private static final int ROWS = 100;
  private static final Set<StepField> NEEDED =
      Set.of(
          StepField.PATIENT_NAME,
          StepField.PATIENT_ID,
          StepField.MODALITY,
          StepField.DATE,
          StepField.TIME,
          StepField.DESCRIPTION);

  private final Archive archive;
  private final Place place;
  private final Frame frame;

  DayPages(Archive archive, Place place, Frame frame) {
    this.archive = archive;
    this.place = place;
    this.frame = frame;
  }

  List<Route> routes() {
    Origin.Door door = Origin.Door.PAGE;
    String one = DayPage.ADDRESS + "/{name}";
    return List.of(
        new Route("GET", DayPage.ADDRESS, door, Verb.WORKLIST, r -> day(r, 200, asked(r), "")),
        new Route("POST", DayPage.ADDRESS, door, Verb.WORKLIST, r -> day(r, 200, narrowed(r), "")),
        new Route("POST", DayPage.PLAN, door, Verb.SCHEDULE, this::add),
        new Route("GET", one, door, Verb.SCHEDULE, this::asking),
        new Route("POST", one, door, Verb.SCHEDULE, this::change),
        new Route("POST", one + "/cancel", door, Verb.SCHEDULE, this::cancel));
  }

  /// Which entries are wanted, and what was typed for a new one.
  ///
  /// @param after cursor of the page before
  private record Asked(
      String day, String station, String modality, String after, Map<StepField, String> typed) {
    static Asked of(Map<StepField, String> typed) {
      return new Asked(typed.getOrDefault(StepField.DATE, ""), "", "", "", typed);
    }

    @Override
    public String toString() {
      return "Asked[]";
    }
  }

  private static Asked asked(Request request) {
    return new Asked(
        request.query("day").orElse(""),
        request.query("station").orElse("").strip(),
        request.query("modality").orElse("").strip(),
        request.query("after").orElse(""),
        Map.of());
  }

  private static Asked narrowed(Request request) throws IOException, ProblemException {
    Map<String, String> form = request.form();
    return new Asked(
        form.getOrDefault("day", ""),
        form.getOrDefault("station", "").strip(),
        form.getOrDefault("modality", "").strip(),
        "",
        Map.of());
  }

  private Response day(Request request, int status, Asked asked, String error) throws IOException {
    LocalDate today = place.today();
    Optional<LocalDate> wanted = asked.day().isEmpty() ? Optional.of(today) : date(asked.day());
    LocalDate day = wanted.orElse(today);
    Listed listed =
        archive
            .worklist()
            .list(
                request.caller(),
                new Worklist.Filter(Optional.of(day), asked.station(), asked.modality(), ""),
                asked.after(),
                ROWS);
    String said = wanted.isPresent() ? "" : "Type the day as 2026-11-26.";
    List<DayPage.Row> rows = new ArrayList<>();
    Optional<String> next = Optional.empty();
    switch (listed) {
      case Listed.Braked(var stop) -> said = braked(stop);
      case Listed.Steps(var steps, var cursor) -> {
        steps.forEach(step -> rows.add(row(step, today)));
        next =
            cursor.map(after ->
                DayPage.address(day.toString(), asked.station(), asked.modality())
                    + "&after="
                    + after);
      }
    }
    boolean plans = frame.may(request.caller(), Verb.SCHEDULE);
    DayPage page =
        new DayPage(
            day.toString(),
            Moment.day(day, today),
            day.minusDays(1).toString(),
            day.plusDays(1).toString(),
            asked.station(),
            asked.modality(),
            rows,
            next,
            plans ? Optional.of(form(fresh(asked.typed(), day), error)) : Optional.empty(),
            said);
    return frame.page(request, status, page);
  }

  private static String braked(Brakes.Stop stop) {
    return switch (stop) {
      case PURPOSE -> "You have listed your share of today. Go on at Brakes, with a purpose.";
      case SECOND_PERSON ->
          "You have listed your share of today. A second person has to allow more.";
    };
  }

  private static Optional<LocalDate> date(String text) {
    try {
      return Optional.of(LocalDate.parse(text.strip()));
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  private static DayPage.Row row(ScheduledStep step, LocalDate today) {
    String age =
        Moment.date(step.value(StepField.BIRTH_DATE))
            .map(born -> Moment.age(born, today))
            .orElse("");
    return new DayPage.Row(
        step.id(),
        Moment.time(step.value(StepField.TIME)),
        PersonName.of(step.value(StepField.PATIENT_NAME)),
        (step.value(StepField.SEX) + " " + age).strip(),
        step.value(StepField.PATIENT_ID),
        step.value(StepField.MODALITY),
        step.value(StepField.DESCRIPTION),
        step.value(StepField.STATION).isEmpty() ? "any" : step.value(StepField.STATION),
        PersonName.of(step.value(StepField.REFERRING)).first(),
        state(step.status()),
        sign(step.status()),
        step.status() == StepStatus.SCHEDULED);
  }

  private static String state(StepStatus status) {
    return switch (status) {
      case SCHEDULED -> "planned";
      case IN_PROGRESS -> "in progress";
      case COMPLETED -> "done";
      case DISCONTINUED -> "broken off";
      case CANCELLED -> "cancelled";
    };
  }

  private static String sign(StepStatus status) {
    return switch (status) {
      case SCHEDULED, IN_PROGRESS -> "info";
      case COMPLETED -> "ok";
      case DISCONTINUED, CANCELLED -> "warn";
    };
  }

  /// What a new entry begins with.
  private static Map<StepField, String> fresh(Map<StepField, String> typed, LocalDate day) {
    Map<StepField, String> values = new EnumMap<>(StepField.class);
    values.put(StepField.DATE, day.toString());
    values.putAll(typed);
    return values;
  }

  private static StepForm form(Map<StepField, String> values, String error) {
    return form(values, error, DayPage.PLAN, DayPage.ADDRESS, "Plan a procedure", "Plan it");
  }

  private static StepForm form(
      Map<StepField, String> values,
      String error,
      String address,
      String back,
      String heading,
      String button) {
    List<StepForm.Ask> asked =
        Arrays.stream(StepField.values())
            .filter(DayPages::isAsked)
            .map(field -> ask(field, values.getOrDefault(field, "")))
            .toList();
    return new StepForm(address, back, heading, button, asked, error);
  }

  /// What only a program knows is not asked of people.
  private static boolean isAsked(StepField field) {
    return switch (field) {
      case CODE_VALUE, CODE_SCHEME, CODE_MEANING, STUDY, STEP_ID, PROCEDURE_ID, PROCEDURE -> false;
      case PATIENT_NAME,
          PATIENT_ID,
          ISSUER,
          BIRTH_DATE,
          SEX,
          ACCESSION_NUMBER,
          REFERRING,
          REQUESTING,
          MODALITY,
          STATION,
          DATE,
          TIME,
          DESCRIPTION,
          PERFORMING ->
          true;
    };
  }

  private static StepForm.Ask ask(StepField field, String value) {
    String kind =
        switch (field) {
          case DATE, BIRTH_DATE -> "date";
          case TIME -> "time";
          default -> "text";
        };
    return new StepForm.Ask(
        field.word(), field.label(), kind, value, 194, NEEDED.contains(field), help(field));
  }

  private static String help(StepField field) {
    return switch (field) {
      case PATIENT_NAME -> "Family name, ^, given name: Okonkwo^Adaeze.";
      case ISSUER -> "Only if your IDs carry an issuer.";
      case SEX -> "M, F, or O for other.";
      case MODALITY -> "Such as CT, MR, US or DX.";
      case STATION -> "AE title of the device; nothing, if any of them may do it.";
      default -> "";
    };
  }

  private static Map<StepField, String> typed(Request request)
      throws IOException, ProblemException {
    Map<String, String> form = request.form();
    Map<StepField, String> typed = new EnumMap<>(StepField.class);
    for (StepField field : StepField.values()) {
      if (isAsked(field) && form.containsKey(field.word())) {
        typed.put(field, form.getOrDefault(field.word(), ""));
      }
    }
    return typed;
  }

  private Response add(Request request) throws IOException, ProblemException {
    Map<StepField, String> typed = typed(request);
    return switch (archive.worklist().add(request.caller(), typed)) {
      case Ruling.Done _ -> Response.seeOther(of(typed));
      case Ruling.Refused(var rule) -> day(request, 422, Asked.of(typed), rule);
      case Ruling.NotThere _ -> frame.page(request, 404, ProblemPage.notShown());
    };
  }

  /// The day that something is planned for now.
  private static String of(Map<StepField, String> typed) {
    return date(typed.getOrDefault(StepField.DATE, ""))
        .map(day -> DayPage.ADDRESS + "?day=" + day)
        .orElse(DayPage.ADDRESS);
  }

  private Response asking(Request request) throws IOException {
    Optional<ScheduledStep> step =
        archive
            .worklist()
            .step(request.caller(), request.variable("name"))
            .filter(found -> found.status() == StepStatus.SCHEDULED);
    if (step.isEmpty()) {
      return frame.page(request, 404, ProblemPage.notShown());
    }
    Map<StepField, String> values = new EnumMap<>(StepField.class);
    step.get().values().keySet().forEach(field -> values.put(field, step.get().shown(field)));
    return frame.page(request, 200, changing(request, values, ""));
  }

  private static StepForm changing(Request request, Map<StepField, String> values, String error) {
    return form(
        values,
        error,
        DayPage.ADDRESS + "/" + request.variable("name"),
        of(values),
        "Change what is planned",
        "Change it");
  }

  private Response change(Request request) throws IOException, ProblemException {
    Map<StepField, String> typed = typed(request);
    return switch (archive.worklist().change(request.caller(), request.variable("name"), typed)) {
      case Ruling.Done _ -> Response.seeOther(of(typed));
      case Ruling.Refused(var rule) -> frame.page(request, 422, changing(request, typed, rule));
      case Ruling.NotThere _ -> frame.page(request, 404, ProblemPage.notShown());
    };
  }

  private Response cancel(Request request) throws IOException {
    return switch (archive.worklist().cancel(request.caller(), request.variable("name"))) {
      case Ruling.Done _ -> Response.seeOther(DayPage.ADDRESS);
      case Ruling.Refused(var rule) -> day(request, 422, Asked.of(Map.of()), rule);
      case Ruling.NotThere _ -> frame.page(request, 404, ProblemPage.notShown());
    };
  }
}
