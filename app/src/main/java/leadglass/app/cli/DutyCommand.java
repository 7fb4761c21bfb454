package leadglass.app.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    name = "duty",
    description = "The register of duty: who answers for what.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Each device, backup and key, and what is shared, has a person who is here. While something has",
      "nobody, serve does not listen on a public address.",
      "",
      "Example:",
      "  leadglass duty set backup --owner mara --data /srv/images"
    })
@SuppressWarnings("NullAway.Init")
final class DutyCommand implements Runnable {
  @Spec private CommandSpec spec;

  DutyCommand() {}

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists everything that has, or should have, somebody; exit 1 if one has not.",
      footer = {"", "Example:", "  leadglass duty list --data /srv/images"})
  int list(
      @Option(names = "--json", description = "Print one JSON document.") boolean json,
      @Mixin DataOption data)
      throws Failure {
    Reply reply = data.ask(Request.of("duty list", Map.of()));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Print.json(out, reply.values());
    } else {
      Tables.print(out, reply.values().get("duty"), List.of("what", "owner", "wrong", "act"));
    }
    boolean red =
        reply.values().get("duty") instanceof List<?> rows
            && rows.stream()
                .anyMatch(each -> each instanceof Map<?, ?> row && !"".equals(row.get("wrong")));
    return red ? Failure.NO : 0;
  }

  @Command(
      name = "set",
      mixinStandardHelpOptions = true,
      description = "Names who answers for backups, the key, or what is shared.",
      footer = {
        "",
        "Devices have theirs from leadglass device add and leadglass device set.",
        "",
        "Example:",
        "  leadglass duty set key --owner mara --data /srv/images"
      })
  int set(
      @Parameters(paramLabel = "WHAT", description = "backup, key or shares") String what,
      @Option(
              names = "--owner",
              required = true,
              paramLabel = "NAME",
              description = "The name of an account.")
          String owner,
      @Option(
              names = "--place",
              paramLabel = "P",
              description = "One place of backups, as leadglass duty list has it.")
          Optional<String> place,
      @Mixin DataOption data)
      throws Failure {
    data.ask(
        Request.of("duty set", Map.of("post", what, "owner", owner, "place", place.orElse(""))));
    spec.commandLine().getErr().println(owner + " answers for it.");
    return 0;
  }
}
