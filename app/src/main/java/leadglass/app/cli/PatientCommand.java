package leadglass.app.cli;

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
    name = "patient",
    description = "Patients: merge two that are one, and part them again.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  leadglass patient merge --patient - --into - --reason 'one person' --data /srv/images",
      "  leadglass patient unmerge 3f2a… --reason 'two persons' --data /srv/images"
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
}
