package leadglass.app.console;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.EscrowSheet;
import leadglass.archive.KeyCustody;

/// The acts of `leadglass key` on an open archive.
final class KeyDesk {
  private final Archive archive;

  KeyDesk(Archive archive) {
    this.archive = archive;
  }

  Reply serve(Caller console, Request request) throws IOException {
    return switch (request.act()) {
      case "key status" -> status(console);
      case "key unlock" -> Reply.done(Map.of("unlocked", false));
      case "key escrow" -> escrow(console);
      case "key rehearse" ->
          reply(archive.custody().rehearse(console, request.word("first"), request.word("second")));
      case "key rotate" -> rotate(console, request);
      default -> Reply.usage("unknown act", "command and server are of different versions");
    };
  }

  private Reply status(Caller console) {
    Optional<KeyCustody.State> state = archive.custody().state(console);
    if (state.isEmpty()) {
      return Reply.no("the console may not know", "");
    }
    KeyCustody.State now = state.get();
    List<Map<String, Object>> history = new ArrayList<>();
    for (KeyCustody.Place place : now.history()) {
      Map<String, Object> words = new LinkedHashMap<>();
      words.put("since", time(place.sinceMillis()));
      words.put("place", place.words());
      words.put("stolenDisk", stolenDisk(place.beside()));
      words.put("by", place.by());
      history.add(words);
    }
    return Reply.done(
        Map.of(
            "place",
            now.place(),
            "stolenDisk",
            stolenDisk(now.beside()),
            "history",
            history,
            "sheets",
            now.sheets().orElse(""),
            "sheetsMade",
            now.sheetsMadeMillis().map(KeyDesk::time).orElse(""),
            "rehearsed",
            now.rehearsedMillis().map(KeyDesk::time).orElse("")));
  }

  static String stolenDisk(boolean beside) {
    return beside ? "readable" : "unreadable";
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }

  private Reply escrow(Caller console) throws IOException {
    return reply(archive.custody().escrow(console));
  }

  private Reply rotate(Caller console, Request request) throws IOException {
    KeyCustody.Done done =
        archive
            .custody()
            .rotate(console, request.word("to"), request.word("passphrase").toCharArray());
    if (!(done instanceof KeyCustody.Done.Rotated(var place, var beside))) {
      return reply(done);
    }
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("place", place);
    words.put("stolenDisk", stolenDisk(beside));
    words.put("sheetsVoid", true);
    if (request.word("escrow").equals("yes")
        && archive.custody().escrow(console) instanceof KeyCustody.Done.Sheets sheets) {
      words.putAll(sheets(sheets));
    }
    return Reply.done(words);
  }

  private Map<String, Object> sheets(KeyCustody.Done.Sheets made) {
    List<Map<String, Object>> sheets = new ArrayList<>();
    for (EscrowSheet sheet : made.sheets()) {
      Map<String, Object> words = new LinkedHashMap<>();
      words.put("set", sheet.set());
      words.put("number", sheet.number());
      words.put("groups", sheet.groups());
      sheets.add(words);
    }
    return Map.of(
        "sheets",
        sheets,
        "made",
        time(made.madeMillis()),
        "archive",
        archive.setUp().site().orElse("not set up"));
  }

  private Reply reply(KeyCustody.Done done) {
    return switch (done) {
      case KeyCustody.Done.Sheets sheets -> Reply.done(sheets(sheets));
      case KeyCustody.Done.Opens(var set, var numbers) ->
          Reply.done(Map.of("opens", true, "set", set, "numbers", numbers));
      case KeyCustody.Done.Rotated(var place, var beside) ->
          Reply.done(Map.of("place", place, "stolenDisk", stolenDisk(beside)));
      case KeyCustody.Done.Refused(var rule) -> Reply.no(rule, "");
    };
  }
}
