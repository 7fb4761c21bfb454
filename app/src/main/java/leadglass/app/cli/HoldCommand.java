package leadglass.app.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import leadglass.app.Failure;
import leadglass.app.console.Reply;
import leadglass.app.console.Request;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "hold",
    description = "Legal holds: what lies under one is not deleted, moved or erased.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  leadglass hold set --study 1.2.840.1 --reason 'file 12/7' --data /srv/images",
      "  leadglass hold set --patient - --reason 'file 12/7' --data /srv/images",
      "  leadglass hold list --data /srv/images"
    })
@SuppressWarnings("NullAway.Init")
final class HoldCommand implements Runnable {
  @Spec private CommandSpec spec;

  HoldCommand() {}

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /// A study or a patient.
  static final class Whom {
    @Option(names = "--study", paramLabel = "UID", description = "Study Instance UID.")
    private String study = "";

    @ArgGroup(exclusive = false)
    private Patient patient = new Patient();

    /// Whom a command is about, in words for the console.
    Map<String, String> words() throws Failure {
      Map<String, String> words = new LinkedHashMap<>();
      words.put("study", study);
      words.put("issuer", patient.issuer);
      words.put("patient", study.isEmpty() ? PatientOption.read(patient.id, "Patient ID") : "");
      return words;
    }
  }

  /// By ID and who gave it out.
  static final class Patient {
    @Option(
        names = "--patient",
        required = true,
        paramLabel = "ID",
        description =
            "Patient ID; - to be asked for it, so that it stands in no list of processes.")
    private String id = "-";

    @Option(names = "--issuer", paramLabel = "I", description = "Issuer of Patient ID, if any.")
    private String issuer = "";
  }

  @Command(
      name = "set",
      mixinStandardHelpOptions = true,
      description = "Puts a hold on a study or a patient; prints its name.",
      footer = {
        "",
        "The reason outlives the patient, so it must not name them: a file number will do.",
        "",
        "Example:",
        "  leadglass hold set --patient - --reason 'file 12/7' --data /srv/images"
      })
  int set(
      @ArgGroup(multiplicity = "1") Whom whom,
      @Option(names = "--reason", required = true, paramLabel = "WORDS") String reason,
      @Mixin DataOption data)
      throws Failure {
    Map<String, String> words = whom.words();
    words.put("reason", reason);
    Reply reply = data.ask(Request.of("hold set", words));
    spec.commandLine().getOut().println(reply.values().get("name"));
    return 0;
  }

  @Command(
      name = "release",
      mixinStandardHelpOptions = true,
      description = "Ends a hold.",
      footer = {
        "",
        "Example:",
        "  leadglass hold release 3f2a… --reason 'settled' --data /srv/images"
      })
  int release(
      @Parameters(paramLabel = "NAME") String name,
      @Option(names = "--reason", required = true, paramLabel = "WORDS") String reason,
      @Mixin DataOption data)
      throws Failure {
    data.ask(Request.of("hold release", Map.of("name", name, "reason", reason)));
    spec.commandLine().getErr().println("The hold is released.");
    return 0;
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists holds, those that ended too.",
      footer = {"", "Example:", "  leadglass hold list --data /srv/images --json"})
  int list(
      @Option(names = "--json", description = "Print one JSON document.") boolean json,
      @Mixin DataOption data)
      throws Failure {
    Reply reply = data.ask(Request.of("hold list", Map.of()));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Print.json(out, reply.values());
    } else {
      Tables.print(
          out,
          reply.values().get("holds"),
          List.of("name", "on", "subject", "reason", "by", "set", "releasedBy"));
    }
    return 0;
  }
}
