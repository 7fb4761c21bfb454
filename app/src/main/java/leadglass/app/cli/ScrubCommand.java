package leadglass.app.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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
import picocli.CommandLine.Spec;

@Command(
    name = "scrub",
    description =
        "Verifies every seal of every pack now; a running archive does a part each night.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit code 0: all is whole. 1: something is damaged.",
      "",
      "Examples:",
      "  leadglass scrub --data /srv/images",
      "  leadglass scrub --from /mnt/backup --data /srv/images   mends what is damaged"
    })
@SuppressWarnings("NullAway.Init")
final class ScrubCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DataOption data;

  @Option(
      names = "--from",
      paramLabel = "BACKUP",
      description = "A backup; whole packs there take the place of damaged ones here.")
  private Optional<Path> from = Optional.empty();

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Override
  public Integer call() throws Failure {
    Map<String, String> words = new LinkedHashMap<>();
    from.ifPresent(path -> words.put("from", path.toAbsolutePath().toString()));
    Reply reply = data.ask(Request.of("scrub", words), !json);
    Map<String, Object> now = reply.values();
    PrintWriter out = spec.commandLine().getOut();
    List<?> damages = now.get("damages") instanceof List<?> list ? list : List.of();
    if (json) {
      Print.json(out, now);
    } else {
      out.println("read         " + now.get("packs") + " packs, " + bytes(now.get("bytes")));
      out.println("dead         " + bytes(now.get("deadBytes")));
      out.println("mended       " + now.get("mended") + " packs");
      if (Boolean.TRUE.equals(now.get("indexMadeAnew"))) {
        out.println("index        disagreed with the packs; it was made anew");
      } else if (!"0".equals(String.valueOf(now.get("disagreeing")))) {
        out.println("index        disagrees with the packs; made anew once they are whole");
      }
      if (now.get("keyDamages") instanceof List<?> keys && !keys.isEmpty()) {
        out.println("keys         FAIL: restore the key store from a backup of it");
        keys.forEach(each -> out.println("  " + each));
      }
      out.println(
          damages.isEmpty()
              ? "damage       none (ok)"
              : "damage       " + damages.size() + " places (FAIL: see docs/operating/scrub.md)");
      damages.forEach(each -> out.println("  " + line(each)));
    }
    return Boolean.TRUE.equals(now.get("whole")) ? 0 : 1;
  }

  private static String line(@Nullable Object damage) {
    if (!(damage instanceof Map<?, ?> words)) {
      return "";
    }
    Object study = words.get("study");
    return words.get("hit")
        + " in pack "
        + words.get("pack")
        + " at "
        + words.get("offset")
        + (study == null || study.equals("") ? "" : ", study " + study);
  }

  private static String bytes(@Nullable Object count) {
    return count instanceof Number number ? Print.bytes(number.longValue()) : "";
  }
}
