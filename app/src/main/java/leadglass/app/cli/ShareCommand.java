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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "share",
    description = "Links that give somebody outside some studies of one patient.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A link is made on the page of a study, by a person; not here.",
      "",
      "Example:",
      "  leadglass share list --data /srv/images"
    })
@SuppressWarnings("NullAway.Init")
final class ShareCommand implements Runnable {
  @Spec private CommandSpec spec;

  ShareCommand() {}

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists links that work and that ended lately, without whose studies they are.",
      footer = {"", "Example:", "  leadglass share list --data /srv/images"})
  int list(
      @Option(names = "--json", description = "Print one JSON document.") boolean json,
      @Mixin DataOption data)
      throws Failure {
    Reply reply = data.ask(Request.of("share list", Map.of()));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Print.json(out, reply.values());
    } else {
      Tables.print(
          out,
          reply.values().get("shares"),
          List.of("id", "recipient", "by", "studies", "ends", "opened", "wrong", "state"));
    }
    return 0;
  }

  @Command(
      name = "revoke",
      mixinStandardHelpOptions = true,
      description = "Stops a link at once, also for whoever looks at images by it now.",
      footer = {
        "",
        "Example:",
        "  leadglass share revoke 3f9a02c1d4e5f60718293a4b5c6d7e8f --data /srv/images"
      })
  int revoke(
      @Parameters(paramLabel = "ID") String id,
      @Option(names = "--json", description = "Print one JSON document.") boolean json,
      @Mixin DataOption data)
      throws Failure {
    Reply reply = data.ask(Request.of("share revoke", Map.of("id", id)));
    if (json) {
      Print.json(spec.commandLine().getOut(), reply.values());
    }
    spec.commandLine().getErr().println("The link opens nothing any more.");
    return 0;
  }
}
