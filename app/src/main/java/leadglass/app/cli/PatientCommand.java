package leadglass.app.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import leadglass.app.Failure;
import leadglass.app.config.Config;
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
    name = "patient",
    description = "Patients: merge two that are one, part them again, and let one see their own.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  leadglass patient merge --patient - --into - --reason 'one person' --data /srv/images",
      "  leadglass patient unmerge 3f2a… --reason 'two persons' --data /srv/images",
      "  leadglass patient invite --id - --data /srv/images"
    })
@SuppressWarnings("NullAway.Init")
final class PatientCommand implements Runnable {
  @Spec private CommandSpec spec;

  PatientCommand() {}

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "merge",
      mixinStandardHelpOptions = true,
      description = "Gives all studies of one patient to another; prints the merge's name.",
      footer = {
        "",
        "With - the IDs are asked for, or read as lines of standard input in this order.",
        "",
        "Example:",
        "  leadglass patient merge --patient - --into - --reason 'one person' --data /srv/images"
      })
  int merge(
      @Option(
              names = "--patient",
              required = true,
              paramLabel = "ID",
              description = "Whose studies are given away; - to be asked.")
          String patient,
      @Option(names = "--issuer", paramLabel = "I", defaultValue = "") String issuer,
      @Option(
              names = "--into",
              required = true,
              paramLabel = "ID",
              description = "Who they are given to; - to be asked.")
          String into,
      @Option(names = "--into-issuer", paramLabel = "I", defaultValue = "") String intoIssuer,
      @Option(names = "--reason", required = true, paramLabel = "WORDS") String reason,
      @Mixin DataOption data)
      throws Failure {
    String from = PatientOption.read(patient, "Patient ID to give away");
    String to = PatientOption.read(into, "Patient ID to keep");
    Map<String, String> words =
        Map.of(
            "patient", from,
            "issuer", issuer,
            "into", to,
            "into-issuer", intoIssuer,
            "reason", reason);
    Reply reply = data.ask(Request.of("patient merge", words));
    spec.commandLine().getOut().println(reply.values().get("name"));
    return 0;
  }

  @Command(
      name = "unmerge",
      mixinStandardHelpOptions = true,
      description = "Takes a merge back: every study returns to whom it was taken from.",
      footer = {
        "",
        "Example:",
        "  leadglass patient unmerge 3f2a… --reason 'two persons' --data /srv/images"
      })
  int unmerge(
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--reason", required = true, paramLabel = "WORDS") String reason,
      @Mixin DataOption data)
      throws Failure {
    data.ask(Request.of("move undo", Map.of("name", name, "reason", reason)));
    spec.commandLine().getErr().println("The patients are two again.");
    return 0;
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists merges.",
      footer = {"", "Example:", "  leadglass patient list --data /srv/images"})
  int list(
      @Option(names = "--json", description = "Print one JSON document.") boolean json,
      @Mixin DataOption data)
      throws Failure {
    StudyCommand.moves(spec.commandLine().getOut(), data, "true", json);
    return 0;
  }

  @Command(
      name = "invite",
      mixinStandardHelpOptions = true,
      description = "Gives a patient a way to their own studies; prints a link and a code.",
      footer = {
        "",
        "The link is good once, for 14 days. Send link and code in two different ways. Whoever was",
        "invited before loses their passkey.",
        "",
        "Example:",
        "  leadglass patient invite --id - --data /srv/images"
      })
  int invite(
      @Option(
              names = "--id",
              required = true,
              paramLabel = "ID",
              description = "Patient ID; - to be asked.")
          String id,
      @Option(
              names = "--issuer",
              paramLabel = "I",
              defaultValue = "",
              description = "Issuer of the Patient ID, where there is one.")
          String issuer,
      @Option(names = "--json", description = "Print one JSON document.") boolean json,
      @Mixin DataOption data)
      throws Failure {
    String patient = PatientOption.read(id, "Patient ID");
    Reply reply =
        data.ask(Request.of("patient invite", Map.of("patient", patient, "issuer", issuer)));
    Map<String, Object> values = new LinkedHashMap<>(reply.values());
    String link =
        "https://" + host(values.remove("host"), data) + "/my/open#" + values.remove("fragment");
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      values.put("link", link);
      Print.json(out, values);
      return 0;
    }
    out.println(link);
    out.println(values.get("code"));
    spec.commandLine()
        .getErr()
        .println(
            "Link and code, good once, until "
                + values.get("ends")
                + ". Never send both in one message.");
    return 0;
  }

  /// @param site host name of a further site; null for the first one
  private static String host(@Nullable Object site, DataOption data) throws Failure {
    Config config = data.settings().config();
    boolean outside = site == null && config.outside().isOpen();
    int at = outside ? config.outside().port() : config.web().port();
    List<String> names = outside ? config.outside().names() : config.web().names();
    String name = site != null ? site.toString() : names.isEmpty() ? "localhost" : names.getFirst();
    return name + (at == 443 ? "" : ":" + at);
  }

  @Command(
      name = "accounts",
      mixinStandardHelpOptions = true,
      description = "Lists ways in that patients have, without whose they are.",
      footer = {"", "Example:", "  leadglass patient accounts --data /srv/images"})
  int accounts(
      @Option(names = "--json", description = "Print one JSON document.") boolean json,
      @Mixin DataOption data)
      throws Failure {
    Reply reply = data.ask(Request.of("patient accounts", Map.of()));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Print.json(out, reply.values());
    } else {
      Tables.print(
          out,
          reply.values().get("accounts"),
          List.of("id", "by", "invited", "ends", "wrong", "last", "state"));
    }
    return 0;
  }

  @Command(
      name = "stop",
      mixinStandardHelpOptions = true,
      description = "Ends a patient's way in at once, with every session by it.",
      footer = {
        "",
        "Example:",
        "  leadglass patient stop 3f9a02c1d4e5f60718293a4b5c6d7e8f --data /srv/images"
      })
  int stop(
      @Parameters(paramLabel = "ID", description = "As patient accounts shows it.") String id,
      @Mixin DataOption data)
      throws Failure {
    data.ask(Request.of("patient stop", Map.of("id", id)));
    spec.commandLine().getErr().println("The patient can't come in any more.");
    return 0;
  }
}
