package leadglass.app.console;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import leadglass.app.Home;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.Safekeeping;
import leadglass.store.BackupPlace;
import leadglass.store.Progress;
import leadglass.store.PruneDone;
import leadglass.store.PruneOrder;

/// Removes old backups.
final class PruneDesk {
  private final Home home;
  private final Archive archive;
  private final InstantSource clock = Clock.systemUTC();

  PruneDesk(Home home, Archive archive) {
    this.home = home;
    this.archive = archive;
  }

  Reply prune(Caller console, Request request, Progress progress) throws IOException {
    String keep = request.word("keep");
    String days = request.word("older-than");
    boolean fits = (keep + days).matches("[1-9]\\d{0,5}") && (keep.isEmpty() || days.isEmpty());
    if (!fits) {
      return Reply.usage("that says not which backups are old", "--keep N, or --older-than DAYS");
    }
    PruneOrder.Rule rule =
        days.isEmpty()
            ? new PruneOrder.Rule.AllBut(Integer.parseInt(keep))
            : new PruneOrder.Rule.Before(
                clock.instant().minus(Duration.ofDays(Integer.parseInt(days))));
    try (BackupPlace from = home.backupPlace(request.word("from"))) {
      PruneOrder order =
          new PruneOrder(
              from,
              Optional.of(request.word("keys")).filter(path -> !path.isEmpty()).map(Path::of),
              home.name(),
              rule,
              !request.word("dry-run").isEmpty(),
              progress);
      return switch (archive.safekeeping().prune(console, order)) {
        case Safekeeping.Pruning.Done(var done) -> Reply.done(words(order, done));
        case Safekeeping.Pruning.Refused(var why) -> Reply.no(why, "");
      };
    }
  }

  private static Map<String, Object> words(PruneOrder order, PruneDone done) {
    Map<String, Object> words = new LinkedHashMap<>();
    words.put("place", order.from().shown());
    words.put("dryRun", order.dryRun());
    words.put("kept", done.kept());
    words.put("removed", done.removed());
    words.put("packs", done.packs());
    words.put("bytes", done.bytes());
    words.put("lockedSnapshots", done.lockedSnapshots());
    words.put("lockedPacks", done.lockedPacks());
    words.put("unreadable", done.unreadable());
    words.put("keyCopiesRemoved", done.keysRemoved());
    return words;
  }
}
