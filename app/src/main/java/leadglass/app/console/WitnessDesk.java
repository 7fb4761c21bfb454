package leadglass.app.console;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leadglass.app.mail.CheckpointMail;
import leadglass.app.witness.Witness;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.Witnessing;

/// Does what commands ask about checkpoints: of this archive's trail, and of those it is the
/// witness of.
final class WitnessDesk {
  private static final String LIST_HINT = "leadglass audit witness list";

  private final Archive archive;

  WitnessDesk(Archive archive) {
    this.archive = archive;
  }

  /// Whether an act is one of this desk's.
  static boolean has(String act) {
    return act.equals("audit checkpoint") || act.startsWith("audit witness ");
  }

  Reply serve(Caller console, Request request) throws IOException {
    return switch (request.act()) {
      case "audit checkpoint" ->
          archive.checkpoints().now(console).map(this::checkpoint).orElse(AuditDesk.NOT_YOURS);
      case "audit witness add" -> add(console, request);
      case "audit witness list" ->
          Reply.done(Map.of("peers", peers(archive, console), "key", archive.witnessing().key()));
      case "audit witness remove" -> remove(console, request);
      case "audit witness show" -> show(console, request);
      default -> LifecycleDesk.UNKNOWN;
    };
  }

  private Reply checkpoint(String note) {
    return Reply.done(
        Map.of(
            "checkpoint",
            note,
            "entries",
            "" + archive.checkpoints().size(note).orElse(0),
            "millis",
            "" + archive.checkpoints().millis(note).orElse(0)));
  }

  private Reply add(Caller console, Request request) throws IOException {
    List<String> keys =
        request.word("keys").lines().map(String::strip).filter(each -> !each.isEmpty()).toList();
    Optional<String> rule = archive.witnessing().add(console, request.word("name"), keys);
    return rule.isPresent()
        ? Reply.no(rule.get(), LIST_HINT)
        : Reply.done(Map.of("key", archive.witnessing().key()));
  }

  private Reply remove(Caller console, Request request) throws IOException {
    return LifecycleDesk.reply(archive.witnessing().remove(console, request.word("name")));
  }

  private Reply show(Caller console, Request request) {
    return archive
        .witnessing()
        .kept(console, request.word("name"))
        .map(note -> Reply.done(Map.of("checkpoint", note)))
        .orElseGet(() -> Reply.no("no checkpoint came from a trail of that name", LIST_HINT));
  }

  /// Those it is the witness of.
  static List<Map<String, Object>> peers(Archive archive, Caller console) {
    List<Map<String, Object>> peers = new ArrayList<>();
    for (Witnessing.Peer each : archive.witnessing().peers(console)) {
      Map<String, Object> words = new LinkedHashMap<>();
      words.put("name", each.name());
      words.put("trail", each.origin());
      words.put("entries", each.size());
      words.put("seen", each.seenMillis().map(LifecycleDesk::moment).orElse(""));
      words.put("contradicted", each.wrongMillis().map(LifecycleDesk::moment).orElse(""));
      words.put("why", each.why());
      peers.add(words);
    }
    return peers;
  }

  /// How it stands with checkpoints by e-mail.
  static Map<String, Object> state(CheckpointMail.State now) {
    String sent = now.sentMillis() == 0 ? "" : LifecycleDesk.moment(now.sentMillis());
    return Map.of("to", now.to(), "sent", sent, "why", now.why());
  }

  /// How it stands with the witness of this archive.
  static Map<String, Object> state(Witness.State now) {
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("witness", now.witness());
    words.put("entries", now.entries());
    words.put("at", now.atMillis() == 0 ? "" : LifecycleDesk.moment(now.atMillis()));
    words.put("why", now.why());
    words.put("contradicted", now.contradicted());
    return words;
  }
}
