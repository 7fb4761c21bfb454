package leadglass.app.console;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.LaneTerms;
import leadglass.archive.Lanes;
import leadglass.server.scp.LaneDoors;

/// Does what commands ask about lanes.
final class LaneDesk {
  private final Archive archive;

  LaneDesk(Archive archive) {
    this.archive = archive;
  }

  /// Whether a command about a device is about a lane.
  static boolean has(Archive archive, Request request) {
    return switch (request.act()) {
      case "device lane" -> true;
      case "device revoke", "device remove", "device set", "device show" ->
          archive.lanes().has(request.word("ae"));
      default -> false;
    };
  }

  Reply serve(Caller console, Request request) throws IOException {
    String ae = request.word("ae");
    return switch (request.act()) {
      case "device lane" -> add(console, request);
      case "device revoke" ->
          LifecycleDesk.reply(archive.lanes().revoke(console, ae, request.word("reason")));
      case "device remove" -> LifecycleDesk.reply(archive.lanes().remove(console, ae));
      case "device set" -> set(console, request);
      case "device show" ->
          archive.lanes().list(console).stream()
              .filter(each -> each.aeTitle().equals(ae.strip()))
              .findFirst()
              .map(each -> Reply.done(words(each)))
              .orElse(DeviceDesk.NONE);
      default -> LifecycleDesk.UNKNOWN;
    };
  }

  private Reply add(Caller console, Request request) throws IOException {
    LaneTerms.Parsed parsed =
        LaneDoors.terms(
            request.word("owner"),
            request.word("from"),
            request.word("listen"),
            request.word("until"),
            !request.word("worklist").isEmpty());
    return switch (parsed) {
      case LaneTerms.Parsed.Wrong(var rule) -> Reply.usage(rule, "");
      case LaneTerms.Parsed.Terms(var terms) ->
          switch (archive.lanes().add(console, request.word("ae"), terms)) {
            case Lanes.Change.Refused(var rule) -> Reply.no(rule, "");
            case Lanes.Change.Done(var lane) -> Reply.done(words(lane));
          };
    };
  }

  private Reply set(Caller console, Request request) throws IOException {
    for (String word : List.of("sop-classes", "hours", "may", "destination", "reader")) {
      if (!request.word(word).isEmpty()) {
        return Reply.usage(
            "a lane may store and nothing else", "its owner and its end can be changed");
      }
    }
    Optional<LocalDate> until = LaneTerms.day(request.word("until"));
    if (until.isEmpty() && !request.word("until").isEmpty()) {
      return Reply.usage("--until is no day", "such as 2026-06-01");
    }
    return LifecycleDesk.reply(
        archive.lanes().set(console, request.word("ae"), request.word("owner"), until));
  }

  List<Map<String, Object>> list(Caller console) {
    List<Map<String, Object>> all = new ArrayList<>();
    archive.lanes().list(console).forEach(each -> all.add(words(each)));
    return all;
  }

  private static Map<String, Object> words(Lanes.Lane lane) {
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("lane", lane.aeTitle());
    words.put("state", state(lane));
    words.put("owner", lane.owner());
    words.put("from", lane.from());
    words.put("listen", lane.listen());
    words.put("port", lane.port());
    words.put("listens", lane.listen() + " " + lane.port());
    words.put("called", lane.called());
    words.put("until", lane.lastDay().toString());
    words.put("closes", LifecycleDesk.moment(lane.closesMillis()));
    words.put("worklist", lane.worklist());
    words.put("may", lane.worklist() ? "store, worklist" : "store");
    words.put("revoked", lane.revoked().map(r -> LifecycleDesk.moment(r.atMillis())).orElse(""));
    words.put("reason", lane.revoked().map(r -> r.reason()).orElse(""));
    return words;
  }

  private static String state(Lanes.Lane lane) {
    String word = lane.state().name().toLowerCase(Locale.ROOT).replace('_', '-');
    return lane.listening() || !lane.state().takes() ? word : word + ", can't listen";
  }

  static Map<String, Object> summary(Lanes.Summary summary) {
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("open", summary.open());
    words.put("endSoon", summary.endSoon());
    words.put("ended", summary.ended());
    words.put("nobodyNamed", summary.unnamed());
    words.put("cantListen", summary.deaf());
    return words;
  }
}
