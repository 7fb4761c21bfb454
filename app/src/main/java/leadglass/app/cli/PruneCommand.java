package leadglass.app.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import leadglass.app.Failure;
import leadglass.app.console.Reply;
import leadglass.app.console.Request;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "prune",
    description = "Removes old backups, and copies of packs that no backup left needs.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The newest backup always stays. What the place has locked stays too, and is told: run it again",
      "when the lock has ended. Copies of keys are touched only if --keys names them.",
      "",
      "Examples:",
      "  leadglass backup prune /mnt/nas/leadglass --keep 30 --data /srv/images --dry-run",
      "  leadglass backup prune s3://my-bucket/images --older-than 90 --data /srv/images"
    })
@SuppressWarnings("NullAway.Init")
final class PruneCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DataOption data;

  @Parameters(paramLabel = "FROM", description = "Where backups went.")
  private String from;

  @Option(names = "--keep", paramLabel = "N", description = "Keep the newest N.")
  private Optional<Integer> keep = Optional.empty();

  @Option(
      names = "--older-than",
      paramLabel = "DAYS",
      description = "Remove those made more than so many days ago.")
  private Optional<Integer> olderThan = Optional.empty();

  @Option(
      names = "--keys",
      paramLabel = "TO2",
      description = "Remove copies of keys too that are older than every backup left.")
  private Optional<Path> keys = Optional.empty();

  @Option(names = "--dry-run", description = "Say what would be removed, and remove nothing.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() throws Failure {
    if (keep.isPresent() == olderThan.isPresent()) {
      throw new Failure(
          Failure.USAGE, "name --keep N or --older-than DAYS", "leadglass backup prune --help");
    }
    Map<String, String> words = new HashMap<>();
    words.put("from", BackupCommand.place(from));
    words.put("keep", keep.map(String::valueOf).orElse(""));
    words.put("older-than", olderThan.map(String::valueOf).orElse(""));
    words.put("keys", keys.map(BackupCommand::absolute).orElse(""));
    words.put("dry-run", dryRun ? "yes" : "");
    Reply reply = data.ask(Request.of("backup prune", words), !json);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Print.json(out, reply.values());
    } else {
      print(out, reply.values());
    }
    return 0;
  }

  private static void print(PrintWriter out, Map<String, Object> done) {
    boolean dry = Boolean.TRUE.equals(done.get("dryRun"));
    out.println("place        " + done.get("place") + (dry ? " (nothing was removed)" : ""));
    out.println("kept         " + names(done.get("kept")));
    out.println((dry ? "would remove " : "removed      ") + names(done.get("removed")));
    out.println(
        "             "
            + done.get("packs")
            + " packs, "
            + Print.bytesOf(done.get("bytes"))
            + "; "
            + count(done.get("keyCopiesRemoved"))
            + " copies of keys");
    if (count(done.get("lockedSnapshots")) > 0 || !"0".equals(text(done.get("lockedPacks")))) {
      out.println(
          "locked       "
              + count(done.get("lockedSnapshots"))
              + " old backups and "
              + done.get("lockedPacks")
              + " packs stay until their lock ends");
    }
    if (count(done.get("unreadable")) > 0) {
      out.println(
          "unreadable   "
              + names(done.get("unreadable"))
              + " (warn: nobody knows which packs these need, so no pack was removed)");
    }
  }

  private static String text(@Nullable Object value) {
    return String.valueOf(value);
  }

  private static int count(@Nullable Object list) {
    return list instanceof List<?> all ? all.size() : 0;
  }

  private static String names(@Nullable Object list) {
    if (!(list instanceof List<?> all) || all.isEmpty()) {
      return "none";
    }
    return all.size() == 1
        ? text(all.getFirst())
        : all.size() + ", " + all.getFirst() + " to " + all.getLast();
  }
}
