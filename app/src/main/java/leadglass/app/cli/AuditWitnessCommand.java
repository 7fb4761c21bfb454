package leadglass.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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
    name = "witness",
    description = "Other archives whose audit trails this one is the witness of.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "It keeps the newest checkpoint of each, and takes none that contradicts it. What the other",
      "archive needs for that: a token of scope witness, and the verifier key that list shows.",
      "docs/operating/audit.md tells all of it.",
      "",
      "Examples:",
      "  leadglass audit witness add --name north --keys north.keys --data /srv/images",
      "  leadglass audit witness show north --out north.checkpoint --data /srv/images"
    })
@SuppressWarnings("NullAway.Init")
final class AuditWitnessCommand implements Runnable {
  private static final int KEYS_BYTES_MAX = 64 << 10;

  @Spec private CommandSpec spec;

  AuditWitnessCommand() {}

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = "Takes the checkpoints of another archive's trail from now on.",
      footer = {
        "",
        "Prints the verifier key of this archive's cosignatures: the second line of the other one's",
        "token file.",
        "",
        "Example:",
        "  leadglass audit witness add --name north --keys north.keys --data /srv/images"
      })
  int add(
      @Option(
              names = "--name",
              required = true,
              paramLabel = "NAME",
              description = "What it is called here: letters, digits, dots and hyphens.")
          String name,
      @Option(
              names = "--keys",
              required = true,
              paramLabel = "FILE",
              description = "A copy of its file trail/keys.")
          Path keys,
      @Mixin DataOption data)
      throws Failure {
    Map<String, String> words = Map.of("name", name, "keys", read(keys));
    Reply reply = data.ask(Request.of("audit witness add", words));
    spec.commandLine().getOut().println(reply.values().get("key"));
    spec.commandLine()
        .getErr()
        .println(
            "Checkpoints of "
                + name
                + " are taken. A token for it: leadglass token create --scope witness");
    return 0;
  }

  private static String read(Path keys) throws Failure {
    try {
      if (Files.size(keys) <= KEYS_BYTES_MAX) {
        return Files.readString(keys, UTF_8);
      }
    } catch (IOException _) {
      // Said below.
    }
    throw new Failure(
        Failure.USAGE, keys + " can't be read", "name a copy of the other archive's trail/keys");
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists them, and how it is with each; exit 1 if one contradicts itself.",
      footer = {"", "Example:", "  leadglass audit witness list --data /srv/images"})
  int list(
      @Option(names = "--json", description = "Print one JSON document.") boolean json,
      @Mixin DataOption data)
      throws Failure {
    Reply reply = data.ask(Request.of("audit witness list", Map.of()));
    PrintWriter out = spec.commandLine().getOut();
    Object peers = reply.values().get("peers");
    if (json) {
      Print.json(out, reply.values());
    } else {
      Tables.print(out, peers, List.of("name", "entries", "seen", "contradicted", "why", "trail"));
      out.println("verifier key of this archive's cosignatures: " + reply.values().get("key"));
    }
    boolean wrong =
        peers instanceof List<?> rows
            && rows.stream()
                .anyMatch(
                    each -> each instanceof Map<?, ?> row && !"".equals(row.get("contradicted")));
    return wrong ? Failure.NO : 0;
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Prints the newest checkpoint that came, with this archive's cosignature.",
      footer = {
        "",
        "Whoever has the other archive, or a copy of it, checks it with that:",
        "  leadglass audit verify /srv/north --against north.checkpoint",
        "",
        "Example:",
        "  leadglass audit witness show north --out north.checkpoint --data /srv/images"
      })
  int show(
      @Parameters(paramLabel = "NAME", description = "What it is called here.") String name,
      @Option(
              names = "--out",
              paramLabel = "FILE",
              description = "A new file for it, instead of standard output.")
          Optional<Path> out,
      @Mixin DataOption data)
      throws Failure {
    Reply reply = data.ask(Request.of("audit witness show", Map.of("name", name)));
    AuditCheckpointCommand.give(spec, String.valueOf(reply.values().get("checkpoint")), out);
    return 0;
  }

  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = "Forgets a trail, and what was seen of it: its checkpoints are refused.",
      footer = {"", "Example:", "  leadglass audit witness remove north --data /srv/images"})
  int remove(
      @Parameters(paramLabel = "NAME", description = "What it is called here.") String name,
      @Mixin DataOption data)
      throws Failure {
    data.ask(Request.of("audit witness remove", Map.of("name", name)));
    spec.commandLine().getErr().println("Its checkpoints are refused from now on.");
    return 0;
  }
}
