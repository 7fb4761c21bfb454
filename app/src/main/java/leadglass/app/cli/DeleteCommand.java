package leadglass.app.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import leadglass.app.Failure;
import leadglass.app.console.Reply;
import leadglass.app.console.Request;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "delete",
    description = "Deletes a study; it can be brought back for 30 days.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Nothing finds a deleted study. After 30 days its key is destroyed, unless a legal hold or",
      "the site's retention rules keep it.",
      "",
      "Examples:",
      "  leadglass delete --study 1.2.840.1 --reason 'wrong patient' --data /srv/images",
      "  leadglass delete list --data /srv/images",
      "  leadglass delete undo 3f2a… --data /srv/images"
    })
@SuppressWarnings("NullAway.Init")
final class DeleteCommand implements java.util.concurrent.Callable<Integer> {
  @Spec private CommandSpec spec;

  @ArgGroup(exclusive = false, multiplicity = "0..1")
  private @Nullable Asked asked;

  DeleteCommand() {}

  /// What deletes; absent where a subcommand is meant.
  static final class Asked {
    @Option(names = "--study", required = true, paramLabel = "UID", description = "Which.")
    private String study;

    @Option(names = "--reason", required = true, paramLabel = "WORDS", description = "Why.")
    private String reason;

    @ArgGroup(exclusive = false, multiplicity = "1")
    private DataOption data;
  }

  @Override
  public Integer call() throws Failure {
    if (asked == null) {
      spec.commandLine().usage(spec.commandLine().getOut());
      return 0;
    }
    Reply reply =
        asked.data.ask(Request.of("delete", Map.of("study", asked.study, "reason", asked.reason)));
    spec.commandLine().getOut().println(reply.values().get("name"));
    spec.commandLine()
        .getErr()
        .println("It is deleted. To bring it back: leadglass delete undo NAME");
    return 0;
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists what is deleted and can be brought back.",
      footer = {"", "Example:", "  leadglass delete list --data /srv/images --json"})
  int list(
      @Option(names = "--json", description = "Print one JSON document.") boolean json,
      @Mixin DataOption data)
      throws Failure {
    Reply reply = data.ask(Request.of("delete list", Map.of()));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Print.json(out, reply.values());
    } else {
      Tables.print(
          out,
          reply.values().get("deleted"),
          List.of("name", "study", "instances", "deleted", "by", "ends", "kept"));
    }
    return 0;
  }

  @Command(
      name = "undo",
      mixinStandardHelpOptions = true,
      description = "Brings a deleted study back.",
      footer = {"", "Example:", "  leadglass delete undo 3f2a… --data /srv/images"})
  int undo(@Parameters(paramLabel = "NAME") String name, @Mixin DataOption data) throws Failure {
    data.ask(Request.of("delete undo", Map.of("name", name)));
    spec.commandLine().getErr().println("The study is back.");
    return 0;
  }
}
