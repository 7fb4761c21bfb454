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
    name = "quarantine",
    description = "Images that were kept, and are found by nobody until you decide.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  leadglass quarantine conflicts quarantine --data /srv/images",
      "  leadglass quarantine list --data /srv/images",
      "  leadglass quarantine discard 3f2a… --reason 'sent twice' --data /srv/images"
    })
@SuppressWarnings("NullAway.Init")
final class QuarantineCommand implements Runnable {
  @Spec private CommandSpec spec;

  QuarantineCommand() {}

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists what waits.",
      footer = {"", "Example:", "  leadglass quarantine list --data /srv/images --json"})
  int list(
      @Option(names = "--json", description = "Print one JSON document.") boolean json,
      @Mixin DataOption data)
      throws Failure {
    Reply reply = data.ask(Request.of("quarantine list", Map.of()));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Print.json(out, reply.values());
    } else {
      Tables.print(
          out,
          reply.values().get("quarantine"),
          List.of("name", "why", "study", "instance", "bytes", "received"));
    }
    return 0;
  }

  @Command(
      name = "accept",
      mixinStandardHelpOptions = true,
      description = "Puts it into its study; of a conflict, in the place of the first.",
      footer = {
        "",
        "Example:",
        "  leadglass quarantine accept 3f2a… --reason 'the first was cut off' --data /srv/images"
      })
  int accept(
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--reason", required = true, paramLabel = "WORDS") String reason,
      @Mixin DataOption data)
      throws Failure {
    data.ask(Request.of("quarantine accept", Map.of("name", name, "reason", reason)));
    spec.commandLine().getErr().println("It is in its study.");
    return 0;
  }

  @Command(
      name = "discard",
      mixinStandardHelpOptions = true,
      description = "Destroys it.",
      footer = {
        "",
        "Example:",
        "  leadglass quarantine discard 3f2a… --reason 'sent twice' --data /srv/images"
      })
  int discard(
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--reason", required = true, paramLabel = "WORDS") String reason,
      @Mixin DataOption data)
      throws Failure {
    data.ask(Request.of("quarantine discard", Map.of("name", name, "reason", reason)));
    spec.commandLine().getErr().println("It is gone.");
    return 0;
  }

  @Command(
      name = "unverified",
      mixinStandardHelpOptions = true,
      description = "Lists studies with images that came over a lane, which nobody confirmed yet.",
      footer = {"", "Example:", "  leadglass quarantine unverified --data /srv/images"})
  int unverified(
      @Option(names = "--json", description = "Print one JSON document.") boolean json,
      @Mixin DataOption data)
      throws Failure {
    Reply reply = data.ask(Request.of("quarantine unverified", Map.of()));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Print.json(out, reply.values());
    } else {
      Tables.print(out, reply.values().get("unverified"), List.of("study", "lane", "since"));
    }
    return 0;
  }

  @Command(
      name = "confirm",
      mixinStandardHelpOptions = true,
      description = "Says that a study that came over a lane is what it says: its mark goes.",
      footer = {
        "",
        "Look at it first, and at the device's own list.",
        "",
        "Example:",
        "  leadglass quarantine confirm 1.2.840.1 --data /srv/images"
      })
  int confirm(@Parameters(paramLabel = "STUDY") String study, @Mixin DataOption data)
      throws Failure {
    data.ask(Request.of("quarantine confirm", Map.of("study", study)));
    spec.commandLine().getErr().println("It is confirmed.");
    return 0;
  }

  @Command(
      name = "conflicts",
      mixinStandardHelpOptions = true,
      description = "What is done with an image whose SOP Instance UID another one has.",
      footer = {
        "",
        "refuse (the default): it is refused, and the sender hears of it.",
        "quarantine: it is kept apart until somebody decides.",
        "",
        "Example:",
        "  leadglass quarantine conflicts quarantine --data /srv/images"
      })
  int conflicts(@Parameters(paramLabel = "refuse|quarantine") String what, @Mixin DataOption data)
      throws Failure {
    data.ask(Request.of("quarantine conflicts", Map.of("what", what)));
    return 0;
  }
}
