package leadglass.app.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
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
    name = "study",
    description = "Studies: give one to another patient, and take that back.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  leadglass study move --study 1.2.840.1 --to - --reason 'wrong patient' --data /srv/images",
      "  leadglass study move-back 3f2a… --reason 'was right' --data /srv/images"
    })
@SuppressWarnings("NullAway.Init")
final class StudyCommand implements Runnable {
  @Spec private CommandSpec spec;

  StudyCommand() {}

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "move",
      mixinStandardHelpOptions = true,
      description = "Gives a study to another patient; prints the move's name.",
      footer = {
        "",
        "A patient of whom studies are held is named by ID alone. For one who is new here give the",
        "name too. What leaves from then on says the new patient; the stored bytes stay as they are.",
        "",
        "Example:",
        "  leadglass study move --study 1.2.840.1 --to - --reason 'wrong patient' --data /srv/images"
      })
  int move(
      @Option(names = "--study", required = true, paramLabel = "UID") String study,
      @Option(
              names = "--to",
              required = true,
              paramLabel = "ID",
              description = "Patient ID; - to be asked for it.")
          String to,
      @Option(names = "--issuer", paramLabel = "I", defaultValue = "") String issuer,
      @Option(
              names = "--patient-name",
              paramLabel = "NAME",
              defaultValue = "",
              description = "Of a new patient, as Family^Given; - to be asked for it.")
          String name,
      @Option(names = "--birth-date", paramLabel = "YYYYMMDD", defaultValue = "") String birthDate,
      @Option(names = "--sex", paramLabel = "M|F|O", defaultValue = "") String sex,
      @Option(names = "--reason", required = true, paramLabel = "WORDS") String reason,
      @Mixin DataOption data)
      throws Failure {
    Map<String, String> words = new LinkedHashMap<>();
    words.put("study", study);
    words.put("patient", PatientOption.read(to, "Patient ID"));
    words.put("issuer", issuer);
    words.put("patient-name", PatientOption.read(name, "Patient's name"));
    words.put("birth-date", birthDate);
    words.put("sex", sex);
    words.put("reason", reason);
    Reply reply = data.ask(Request.of("study move", words));
    spec.commandLine().getOut().println(reply.values().get("name"));
    return 0;
  }

  @Command(
      name = "move-back",
      mixinStandardHelpOptions = true,
      description = "Takes a move back.",
      footer = {
        "",
        "Example:",
        "  leadglass study move-back 3f2a… --reason 'was right' --data /srv/images"
      })
  int moveBack(
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--reason", required = true, paramLabel = "WORDS") String reason,
      @Mixin DataOption data)
      throws Failure {
    data.ask(Request.of("move undo", Map.of("name", name, "reason", reason)));
    spec.commandLine().getErr().println("The study is where it was.");
    return 0;
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists moves.",
      footer = {"", "Example:", "  leadglass study list --data /srv/images"})
  int list(
      @Option(names = "--json", description = "Print one JSON document.") boolean json,
      @Mixin DataOption data)
      throws Failure {
    moves(spec.commandLine().getOut(), data, "false", json);
    return 0;
  }

  static void moves(PrintWriter out, DataOption data, String merges, boolean json) throws Failure {
    Reply reply = data.ask(Request.of("move list", Map.of("merges", merges)));
    if (json) {
      Print.json(out, reply.values());
    } else {
      Tables.print(
          out,
          reply.values().get("moves"),
          List.of("name", "state", "studies", "by", "at", "undoneBy"));
    }
  }
}
