package leadglass.app.console;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.PackCare;

/// The acts of `leadglass scrub` and `leadglass repack` on an open archive.
final class PackDesk {
  private final Archive archive;

  PackDesk(Archive archive) {
    this.archive = archive;
  }

  Reply scrub(Caller console, Request request, Consumer<HowFar> telling) throws IOException {
    String from = request.word("from");
    Optional<Path> backup = from.isEmpty() ? Optional.empty() : Optional.of(Path.of(from));
    Optional<PackCare.Verified> verified =
        archive
            .packs()
            .verify(
                console,
                backup,
                (done, of) -> telling.accept(new HowFar("reading packs", done, of)));
    if (verified.isEmpty()) {
      return Reply.no("the console may not do that", "");
    }
    PackCare.Verified now = verified.get();
    if (!now.finished()) {
      return Reply.no("the archive was stopped before all was read", "start it, then do it again");
    }
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("packs", now.packs());
    words.put("bytes", now.bytes());
    words.put("deadBytes", now.deadBytes());
    words.put("mended", now.mended());
    words.put("disagreeing", now.disagreeing());
    words.put("indexMadeAnew", now.indexMadeAnew());
    words.put("whole", now.whole());
    words.put("keyDamages", now.keyDamages());
    words.put("damages", now.damages().stream().map(PackDesk::damage).toList());
    return Reply.done(words);
  }

  private static Map<String, Object> damage(PackCare.Damage damage) {
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("found", Instant.ofEpochMilli(damage.foundMillis()).toString());
    words.put("pack", damage.pack());
    words.put("offset", damage.offset());
    words.put("hit", damage.hit());
    words.put("site", damage.site());
    words.put("study", damage.study());
    words.put("record", damage.record());
    return words;
  }

  Reply repack(Caller console, Consumer<HowFar> telling) throws IOException {
    Optional<PackCare.Shrunk> shrunk =
        archive
            .packs()
            .shrink(
                console, (done, of) -> telling.accept(new HowFar("writing packs anew", done, of)));
    return shrunk
        .map(now -> Reply.done(Map.of("packs", now.packs(), "savedBytes", now.savedBytes())))
        .orElseGet(() -> Reply.no("the console may not do that", ""));
  }

  /// How packs stand, for `leadglass status`.
  static Map<String, Object> state(PackCare.State state) {
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("count", state.packs());
    words.put("lastVerified", time(state.lastMillis()));
    words.put("oldestVerified", time(state.oldestMillis()));
    words.put("damages", state.damages());
    return words;
  }

  private static String time(long millis) {
    return millis == 0 ? "never" : Instant.ofEpochMilli(millis).toString();
  }
}
