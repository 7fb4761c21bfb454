package leadglass.app.console;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import leadglass.archive.Accounting;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.Disclosure;
import leadglass.archive.SiteState;
import leadglass.archive.StateBook;
import tools.jackson.databind.json.JsonMapper;

/// Questions to the audit trail, answered line by line.
final class AuditQuestionDesk {
  private final Archive archive;
  private final JsonMapper json = JsonMapper.builder().build();

  AuditQuestionDesk(Archive archive) {
    this.archive = archive;
  }

  Reply disclosures(Caller console, Request request, Pieces pieces) throws IOException {
    Accounting.Answer answer =
        archive
            .accounting()
            .disclosures(
                console,
                request.word("issuer"),
                request.word("patient"),
                AuditDesk.range(request),
                request.word("uses").equals("true")
                    ? Accounting.Wanted.USES_TOO
                    : Accounting.Wanted.DISCLOSURES);
    return switch (answer) {
      case Accounting.Answer.NotThere _ -> AuditDesk.NOT_YOURS;
      case Accounting.Answer.Refused(var rule) -> Reply.usage(rule, "");
      case Accounting.Answer.Told told -> {
        String format = request.word("format");
        AuditDesk.Gathered gathered = new AuditDesk.Gathered(pieces);
        if (format.equals("csv")) {
          gathered.add(Csv.line(columns(EMPTY).keySet()));
        } else if (format.equals("text") && told.rows().isEmpty()) {
          gathered.add("Nothing of this patient was given to anybody in that time.\n");
        }
        for (Disclosure row : told.rows()) {
          gathered.add(line(row, format));
        }
        gathered.flush();
        yield Reply.done(Map.of("disclosures", told.rows().size()));
      }
    };
  }

  private static final Disclosure EMPTY =
      new Disclosure(
          0,
          0,
          0,
          Disclosure.To.LINK,
          "",
          Optional.empty(),
          "",
          Disclosure.What.IMAGES,
          0,
          Optional.empty(),
          Optional.empty(),
          "",
          false,
          false);

  private String line(Disclosure row, String format) {
    return switch (format) {
      case "csv" -> Csv.line(columns(row).values());
      case "json" -> json.writeValueAsString(columns(row)) + "\n";
      default -> words(row);
    };
  }

  /// In the order of the columns.
  private static Map<String, Object> columns(Disclosure row) {
    Map<String, Object> columns = new LinkedHashMap<>();
    columns.put("date", moment(row.atMillis()));
    columns.put("recipient", row.recipient());
    columns.put("kind", row.to().name().toLowerCase(java.util.Locale.ROOT));
    columns.put("study", row.study().orElse("pseudonym " + row.name()));
    columns.put("what", row.what().words());
    columns.put("instances", row.instances());
    columns.put("frames", row.frames().<Object>map(count -> count).orElse(""));
    columns.put("bytes", row.bytes().<Object>map(count -> count).orElse(""));
    columns.put("purpose", row.purpose());
    columns.put("purposeStated", row.stated());
    columns.put("exempt", row.to().exemption());
    columns.put("studyNowAnothers", row.moved());
    columns.put("entry", row.number());
    return columns;
  }

  private static String moment(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }

  private static String words(Disclosure row) {
    StringBuilder words = new StringBuilder();
    words
        .append(moment(row.atMillis()))
        .append("  ")
        .append(row.recipient())
        .append("\n    ")
        .append(row.what().words())
        .append(" of study ")
        .append(row.study().orElse("known by its pseudonym " + row.name()))
        .append(row.frames().map(count -> ", " + count + " frames").orElse(""))
        .append("\n    for: ")
        .append(row.purpose())
        .append(row.stated() ? "" : " (presumed)");
    if (!row.to().exemption().isEmpty()) {
      words.append("\n    exempt from an accounting: ").append(row.to().exemption());
    }
    if (row.moved()) {
      words.append("\n    the study belongs to another patient by now");
    }
    return words.append('\n').toString();
  }

  Reply breach(Caller console, Request request, Pieces pieces) throws IOException {
    boolean csv = !request.word("format").equals("json");
    AuditDesk.Gathered gathered = new AuditDesk.Gathered(pieces);
    if (csv) {
      Accounting.Delivery none =
          new Accounting.Delivery(
              EMPTY, Optional.empty(), "", "", leadglass.archive.Origin.Door.PAGE, "", false);
      gathered.add(Csv.line(columns(none).keySet()));
    }
    long[] count = {0};
    boolean told =
        archive
            .accounting()
            .deliveries(
                console,
                AuditDesk.range(request),
                Optional.of(request.word("caller")).filter(name -> !name.isEmpty()),
                (at, of) -> pieces.accept(new HowFar("reading the trail", at, of)),
                delivery -> {
                  count[0]++;
                  Map<String, Object> columns = columns(delivery);
                  gathered.add(
                      csv ? Csv.line(columns.values()) : json.writeValueAsString(columns) + "\n");
                });
    if (!told) {
      return AuditDesk.NOT_YOURS;
    }
    gathered.flush();
    return Reply.done(Map.of("deliveries", count[0]));
  }

  private static Map<String, Object> columns(Accounting.Delivery delivery) {
    Disclosure row = delivery.given();
    Map<String, Object> columns = new LinkedHashMap<>();
    columns.put("first", moment(row.atMillis()));
    columns.put("last", moment(row.lastMillis()));
    columns.put("patient", delivery.patient().orElse(""));
    columns.put("pseudonym", delivery.pseudonym());
    columns.put("study", row.study().orElse("pseudonym " + row.name()));
    columns.put("caller", delivery.who());
    columns.put("recipient", row.recipient());
    columns.put("door", delivery.door().name());
    columns.put("address", delivery.address());
    columns.put("what", row.what().words());
    columns.put("instances", row.instances());
    columns.put("frames", row.frames().<Object>map(count -> count).orElse(""));
    columns.put("bytes", row.bytes().<Object>map(count -> count).orElse(""));
    columns.put("display", "not proven");
    columns.put("prefetch", delivery.prefetch() ? "possible" : "no");
    columns.put("entry", row.number());
    return columns;
  }

  Reply state(Caller console, Request request, Pieces pieces) throws IOException {
    long millis = AuditDesk.number(request, "at", Long.MAX_VALUE);
    Optional<StateBook.At> at =
        archive
            .states()
            .at(
                console,
                millis,
                (number, of) -> pieces.accept(new HowFar("reading the trail", number, of)));
    if (at.isEmpty()) {
      return AuditDesk.NOT_YOURS;
    }
    boolean text = request.word("format").equals("text");
    pieces.piece(text ? words(at.get(), millis) : json.writeValueAsString(at.get()) + "\n");
    return Reply.done(Map.of("changes", at.get().since().size()));
  }

  private static String words(StateBook.At at, long millis) {
    StringBuilder words = new StringBuilder("As of ").append(moment(millis)).append("\n\n");
    words.append("version   ").append(at.program().orElse("not known")).append('\n');
    if (at.state().isEmpty()) {
      words.append("No state had been written yet.\n");
    } else {
      SiteState state = at.state().get();
      words.append("written   ").append(moment(at.writtenMillis().orElse(0L))).append('\n');
      words
          .append("key       ")
          .append(state.keyPlace())
          .append(state.keyBesideData() ? ", on the disk with the data" : "")
          .append("\n\nPeople\n");
      for (SiteState.Person person : state.people()) {
        words
            .append("  ")
            .append(person.name())
            .append(person.enabled() ? "" : " (disabled)")
            .append(": ")
            .append(String.join(", ", person.roles()))
            .append("; ")
            .append(person.factors().isEmpty() ? "no factor" : String.join(", ", person.factors()))
            .append('\n');
      }
      words.append("Devices\n");
      for (SiteState.Device device : state.devices()) {
        words
            .append("  ")
            .append(device.aeTitle())
            .append(device.revoked() ? " (revoked)" : "")
            .append(": ")
            .append(device.may())
            .append("; ")
            .append(device.owner())
            .append(device.ends().map(ends -> "; certificate until " + moment(ends)).orElse(""))
            .append('\n');
      }
    }
    if (!at.since().isEmpty()) {
      words.append("\nDone after that\n");
      at.since()
          .forEach(change ->
              words
                  .append("  ")
                  .append(moment(change.atMillis()))
                  .append("  ")
                  .append(change.by())
                  .append(": ")
                  .append(change.what())
                  .append('\n'));
    }
    return words.toString();
  }
}
