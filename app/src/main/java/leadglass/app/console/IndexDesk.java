package leadglass.app.console;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.Upkeep;

/// The acts about the index.
final class IndexDesk {
  private final Archive archive;

  IndexDesk(Archive archive) {
    this.archive = archive;
  }

  private static Upkeep.HowFar howFar(Consumer<HowFar> telling) {
    return (what, done, total) -> telling.accept(new HowFar(what, done, total));
  }

  Reply rebuild(Caller console, Consumer<HowFar> telling) throws IOException {
    if (!archive.upkeep().rebuildIndex(console, howFar(telling))) {
      return Reply.no("the console may not make the index anew", "");
    }
    Map<String, Object> words = new TreeMap<>();
    archive
        .status(console)
        .ifPresent(status -> {
          words.put("studies", status.studies());
          words.put("instances", status.instances());
        });
    return Reply.done(words);
  }

  Reply check(Caller console, Consumer<HowFar> telling) throws IOException {
    return switch (archive.upkeep().compareIndex(console, howFar(telling))) {
      case Upkeep.Compared.Refused(var rule) -> Reply.no(rule, "");
      case Upkeep.Compared.Found(
              var records,
              var unreadable,
              var rows,
              var documents,
              var disagreements) ->
          Reply.done(
              Map.of(
                  "records", records,
                  "unreadableRecords", unreadable,
                  "rows", rows,
                  "documents", documents,
                  "agrees", disagreements.isEmpty(),
                  "disagreements", List.copyOf(disagreements)));
    };
  }
}
