package leadglass.app.console;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leadglass.archive.About;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.Deletions;
import leadglass.archive.Moves;
import leadglass.archive.Ruling;
import leadglass.dicom.data.Uid;

/// Does what commands ask about studies that are held: delete, give away, hold, keep, erase.
final class LifecycleDesk {
  static final Reply UNKNOWN =
      Reply.usage("unknown act", "command and server are of different versions");

  private static final Reply NOT_THERE =
      Reply.no("there is no such thing here", "check what you typed; list what there is first");
  private static final int PAGE = 200;

  private final Archive archive;
  private final KeepingDesk keeping;

  LifecycleDesk(Archive archive) {
    this.archive = archive;
    this.keeping = new KeepingDesk(archive);
  }

  Reply serve(Caller console, Request request) throws IOException {
    return switch (request.act()) {
      case "delete" -> delete(console, request);
      case "delete list" -> deleted(console);
      case "delete undo" -> reply(archive.deletions().bringBack(console, request.word("name")));
      case "study move" -> move(console, request);
      case "patient merge" -> merge(console, request);
      case "move undo" ->
          reply(archive.moves().undo(console, request.word("name"), request.word("reason")));
      case "move list" -> moves(console, request.word("merges").equals("true"));
      default -> keeping.serve(console, request);
    };
  }

  static Reply reply(Ruling ruling) {
    return switch (ruling) {
      case Ruling.Done(var name) -> Reply.done(Map.of("name", name));
      case Ruling.Refused(var rule) -> Reply.no(rule, "");
      case Ruling.NotThere _ -> NOT_THERE;
    };
  }

  static Optional<Uid> study(Request request) {
    return Uid.parse(request.word("study"));
  }

  /// Whom a command is about; empty if it names nobody.
  static Optional<About> about(Request request) {
    if (!request.word("study").isEmpty()) {
      return study(request).map(About.Study::new);
    }
    return Optional.of(new About.Patient(request.word("issuer"), request.word("patient")));
  }

  static Reply noStudy() {
    return Reply.usage("--study is no Study Instance UID", "digits and dots, such as 1.2.840.1");
  }

  static String moment(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }

  private Reply delete(Caller console, Request request) throws IOException {
    Optional<Uid> study = study(request);
    return study.isEmpty()
        ? noStudy()
        : reply(archive.deletions().delete(console, study.get(), request.word("reason")));
  }

  private Reply deleted(Caller console) throws IOException {
    List<Map<String, Object>> all = new ArrayList<>();
    Optional<String> after = Optional.empty();
    List<Deletions.Deleted> page;
    do {
      page = archive.deletions().list(console, after, PAGE);
      for (Deletions.Deleted each : page) {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("name", each.name());
        words.put("study", each.study().value());
        words.put("instances", each.instances());
        words.put("bytes", each.bytes());
        words.put("deleted", moment(each.deletedMillis()));
        words.put("by", each.by());
        words.put("ends", moment(each.endsMillis()));
        words.put("kept", each.kept().orElse(""));
        all.add(words);
      }
      after = page.isEmpty() ? Optional.empty() : Optional.of(page.getLast().name());
    } while (page.size() == PAGE);
    return Reply.done(Map.of("deleted", all));
  }

  private Reply move(Caller console, Request request) throws IOException {
    Optional<Uid> study = study(request);
    if (study.isEmpty()) {
      return noStudy();
    }
    String issuer = request.word("issuer");
    String id = request.word("patient");
    Moves.Target target =
        request.word("patient-name").isEmpty()
            ? new Moves.Target.Known(issuer, id)
            : new Moves.Target.Fresh(
                issuer,
                id,
                request.word("patient-name"),
                request.word("birth-date"),
                request.word("sex"));
    return reply(archive.moves().move(console, study.get(), target, request.word("reason")));
  }

  private Reply merge(Caller console, Request request) throws IOException {
    About.Patient from = new About.Patient(request.word("issuer"), request.word("patient"));
    About.Patient into = new About.Patient(request.word("into-issuer"), request.word("into"));
    return reply(archive.moves().merge(console, from, into, request.word("reason")));
  }

  private Reply moves(Caller console, boolean merges) throws IOException {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Moves.Move each : archive.moves().list(console)) {
      if (each.merge() != merges) {
        continue;
      }
      Map<String, Object> words = new LinkedHashMap<>();
      words.put("name", each.name());
      words.put("state", each.state().name().toLowerCase(java.util.Locale.ROOT));
      words.put("studies", each.studies().stream().map(Uid::value).toList());
      words.put("by", each.by());
      words.put("at", moment(each.atMillis()));
      words.put("undoneBy", each.undoneBy().orElse(""));
      all.add(words);
    }
    return Reply.done(Map.of("moves", all));
  }
}
