package leadglass.app.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import leadglass.app.Failure;
import leadglass.app.console.Reply;
import leadglass.app.console.Request;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "index",
    description = "The index: made from packs and keys alone, and compared with them.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  leadglass index check --data /srv/images",
      "  leadglass index rebuild --data /srv/images"
    })
@SuppressWarnings("NullAway.Init")
final class IndexCommand implements Runnable {
  @Spec private CommandSpec spec;

  IndexCommand() {}

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "rebuild",
      mixinStandardHelpOptions = true,
      description = "Makes the index anew, while the archive goes on serving.",
      footer = {"", "Example:", "  leadglass index rebuild --data /srv/images"})
  int rebuild(
      @Option(names = "--json", description = "Print one JSON document.") boolean json,
      @Option(names = "--quiet", description = "No progress bar.") boolean quiet,
      @Mixin DataOption data)
      throws Failure {
    Reply reply = data.ask(Request.of("index rebuild", Map.of()), !json && !quiet);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Print.json(out, reply.values());
    } else {
      out.println(
          "The index is made anew: "
              + reply.values().get("instances")
              + " instances of "
              + reply.values().get("studies")
              + " studies.");
    }
    return 0;
  }

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = "Compares every row and document of the index with the packs.",
      footer = {
        "",
        "Exit code 1 when they disagree.",
        "",
        "Example:",
        "  leadglass index check --data /srv/images"
      })
  int check(
      @Option(names = "--json", description = "Print one JSON document.") boolean json,
      @Option(names = "--quiet", description = "No progress bar.") boolean quiet,
      @Mixin DataOption data)
      throws Failure {
    Reply reply = data.ask(Request.of("index check", Map.of()), !json && !quiet);
    Map<String, Object> found = reply.values();
    boolean agrees = Boolean.TRUE.equals(found.get("agrees"));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Print.json(out, found);
      return agrees ? 0 : Failure.NO;
    }
    out.println(found.get("records") + " records, " + found.get("rows") + " rows compared.");
    if (!"0".equals(String.valueOf(found.get("unreadableRecords")))) {
      out.println(found.get("unreadableRecords") + " records are damaged; see leadglass scrub.");
    }
    if (!agrees) {
      if (found.get("disagreements") instanceof List<?> all) {
        all.forEach(each -> out.println("FAIL  " + each));
      }
      throw new Failure(
          Failure.NO,
          "the index does not say what the packs say",
          "make it anew: leadglass index rebuild --data DIR");
    }
    out.println("The index says what the packs say.");
    return 0;
  }
}
