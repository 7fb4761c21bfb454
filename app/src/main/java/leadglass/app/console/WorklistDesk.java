package leadglass.app.console;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.Ruling;
import leadglass.archive.ScheduledStep;
import leadglass.archive.StepField;
import leadglass.archive.Worklist;
import leadglass.archive.Worklist.Listed;

/// Does what commands ask about planned procedures.
final class WorklistDesk {
  private static final int IMPORT_BYTES_MAX = 16 << 20;
  private static final String ALL = "all";

  private final Worklist worklist;

  WorklistDesk(Archive archive) {
    this.worklist = archive.worklist();
  }

  Reply serve(Caller console, Request request, InputStream body, Consumer<HowFar> telling)
      throws IOException {
    return switch (request.act()) {
      case "worklist add" -> made(worklist.add(console, fields(request.words())));
      case "worklist change" ->
          made(worklist.change(console, request.word("id"), fields(request.words())));
      case "worklist cancel" -> made(worklist.cancel(console, request.word("id")));
      case "worklist show" -> show(console, request);
      case "worklist list" -> list(console, request);
      case "worklist import" -> imports(console, body, telling);
      default -> LifecycleDesk.UNKNOWN;
    };
  }

  private static Reply made(Ruling ruling) {
    return switch (ruling) {
      case Ruling.Done(var id) -> Reply.done(Map.of("id", id));
      case Ruling.Refused(var rule) -> Reply.no(rule, "");
      case Ruling.NotThere _ ->
          Reply.no("there is no such entry", "leadglass worklist list shows what there is");
    };
  }

  private static Map<StepField, String> fields(Map<String, String> words) {
    Map<StepField, String> fields = new EnumMap<>(StepField.class);
    words.forEach((word, value) -> StepField.of(word).ifPresent(field -> fields.put(field, value)));
    return fields;
  }

  private Reply show(Caller console, Request request) throws IOException {
    return worklist
        .step(console, request.word("id"))
        .map(step -> Reply.done(words(step)))
        .orElseGet(() ->
            Reply.no("there is no such entry", "leadglass worklist list shows what there is"));
  }

  private static Map<String, Object> words(ScheduledStep step) {
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("id", step.id());
    words.put("status", step.status().word());
    step.values().keySet().forEach(field -> words.put(field.word(), step.shown(field)));
    words.put("madeBy", step.by());
    words.put("made", LifecycleDesk.moment(step.madeMillis()));
    words.put("changed", LifecycleDesk.moment(step.changedMillis()));
    return words;
  }

  private Reply list(Caller console, Request request) throws IOException {
    Optional<LocalDate> day;
    try {
      String text = request.word("day");
      day =
          text.equals(ALL)
              ? Optional.empty()
              : Optional.of(text.isEmpty() ? worklist.today() : LocalDate.parse(text));
    } catch (DateTimeParseException _) {
      return Reply.usage("--day is no date", "such as 2026-11-26, or all");
    }
    Worklist.Filter filter =
        new Worklist.Filter(day, request.word("station"), request.word("modality"), "");
    List<Map<String, Object>> all = new ArrayList<>();
    Optional<String> after = Optional.of("");
    while (after.isPresent()) {
      switch (worklist.list(console, filter, after.get(), Worklist.ROWS_MAX)) {
        case Listed.Braked _ -> {
          return Reply.no("the budget of today is used", "");
        }
        case Listed.Steps(var steps, var next) -> {
          steps.forEach(step -> all.add(words(step)));
          after = next;
        }
      }
    }
    return Reply.done(Map.of("steps", all));
  }

  /// A line that is refused stops nothing.
  private Reply imports(Caller console, InputStream body, Consumer<HowFar> telling)
      throws IOException {
    byte[] file = body.readNBytes(IMPORT_BYTES_MAX + 1);
    if (file.length > IMPORT_BYTES_MAX) {
      return Reply.usage("the file is larger than 16 MiB", "part it");
    }
    List<CsvReader.Row> rows = CsvReader.read(new String(file, StandardCharsets.UTF_8));
    if (rows.isEmpty()) {
      return Reply.usage("the file is empty", "its first line names the columns");
    }
    List<Optional<StepField>> columns =
        rows.getFirst().cells().stream().map(cell -> StepField.of(cell.strip())).toList();
    if (columns.stream().anyMatch(Optional::isEmpty)) {
      int wrong = columns.indexOf(Optional.<StepField>empty()) + 1;
      return Reply.usage(
          "column " + wrong + " has a name that is none of an entry's",
          "docs/formats/worklist.md has them; such as patientId, patientName, date, time");
    }
    int added = 0;
    List<Map<String, Object>> refused = new ArrayList<>();
    for (CsvReader.Row row : rows.subList(1, rows.size())) {
      String rule = add(console, columns, row);
      if (rule.isEmpty()) {
        added++;
      } else {
        refused.add(Map.of("line", row.line(), "rule", rule));
      }
      telling.accept(new HowFar("planning", added + (long) refused.size(), rows.size() - 1L));
    }
    return Reply.done(Map.of("added", added, "refused", refused));
  }

  /// @return why not; empty if it was added
  private String add(Caller console, List<Optional<StepField>> columns, CsvReader.Row row)
      throws IOException {
    if (row.cells().size() > columns.size()) {
      return "more cells than columns";
    }
    Map<StepField, String> fields = new EnumMap<>(StepField.class);
    for (int i = 0; i < row.cells().size(); i++) {
      String value = row.cells().get(i);
      columns.get(i).ifPresent(field -> fields.put(field, value));
    }
    return switch (worklist.add(console, fields)) {
      case Ruling.Done _ -> "";
      case Ruling.Refused(var rule) -> rule;
      case Ruling.NotThere _ -> "the console may not plan";
    };
  }
}
