package leadglass.app.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import leadglass.app.Failure;
import leadglass.app.console.ConsoleCall;
import leadglass.app.console.Reply;
import leadglass.app.console.Request;
import leadglass.archive.StepField;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "worklist",
    description = "Planned procedures, which modalities ask for.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  leadglass worklist list --data /srv/images",
      "  leadglass worklist import tomorrow.csv --data /srv/images",
      "  leadglass worklist cancel 3f2a… --data /srv/images"
    })
@SuppressWarnings("NullAway.Init")
final class WorklistCommand implements Runnable {
  private static final List<String> COLUMNS =
      List.of("id", "date", "time", "station", "modality", "patientName", "patientId", "status");

  @Spec private CommandSpec spec;

  WorklistCommand() {}

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = "Plans a procedure; prints its ID.",
      footer = {
        "",
        "The patient's name and ID are asked for, or read as two lines of standard input, so that",
        "they stand in no list of processes. Further names for --set: issuerOfPatientId, birthDate,",
        "sex, accessionNumber, referringPhysician, requestingPhysician, performingPhysician,",
        "requestedProcedure, requestedProcedureId, codeValue, codeScheme, codeMeaning,",
        "studyInstanceUid, stepId.",
        "",
        "Example:",
        "  leadglass worklist add --date 2026-11-27 --time 09:30 --modality CT --station CT1 \\",
        "    --description 'Head without contrast' --data /srv/images"
      })
  int add(
      @Option(names = "--date", required = true, paramLabel = "DATE") String date,
      @Option(names = "--time", required = true, paramLabel = "TIME") String time,
      @Option(names = "--modality", required = true, paramLabel = "M") String modality,
      @Option(names = "--station", defaultValue = "", paramLabel = "AET") String station,
      @Option(names = "--description", required = true, paramLabel = "WORDS") String description,
      @Option(names = "--set", paramLabel = "NAME=VALUE") Map<String, String> others,
      @Mixin DataOption data)
      throws Failure {
    Map<String, String> words = checked(others);
    words.put(StepField.DATE.word(), date);
    words.put(StepField.TIME.word(), time);
    words.put(StepField.MODALITY.word(), modality);
    words.put(StepField.STATION.word(), station);
    words.put(StepField.DESCRIPTION.word(), description);
    words.put(StepField.PATIENT_NAME.word(), PatientOption.read("-", "patient's name"));
    words.put(StepField.PATIENT_ID.word(), PatientOption.read("-", "Patient ID"));
    Reply reply = data.ask(Request.of("worklist add", words));
    spec.commandLine().getOut().println(reply.values().get("id"));
    return 0;
  }

  private static Map<String, String> checked(
      @org.jspecify.annotations.Nullable Map<String, String> others) throws Failure {
    Map<String, String> words = new LinkedHashMap<>();
    if (others != null) {
      for (Map.Entry<String, String> each : others.entrySet()) {
        if (StepField.of(each.getKey()).isEmpty()) {
          throw new Failure(
              Failure.USAGE,
              "--set has a name that is none of an entry's",
              "leadglass worklist add --help lists them");
        }
        words.put(each.getKey(), each.getValue());
      }
    }
    return words;
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists what is planned for a day, today by default.",
      footer = {
        "",
        "Example:",
        "  leadglass worklist list --day 2026-11-27 --station CT1 --data /srv/images --json"
      })
  int list(
      @Option(names = "--day", defaultValue = "", paramLabel = "DATE", description = "Or all.")
          String day,
      @Option(names = "--station", defaultValue = "", paramLabel = "AET") String station,
      @Option(names = "--modality", defaultValue = "", paramLabel = "M") String modality,
      @Option(names = "--json", description = "Print one JSON document.") boolean json,
      @Mixin DataOption data)
      throws Failure {
    Reply reply =
        data.ask(
            Request.of(
                "worklist list", Map.of("day", day, "station", station, "modality", modality)));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Print.json(out, reply.values());
    } else {
      Tables.print(out, reply.values().get("steps"), COLUMNS);
    }
    return 0;
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows an entry.",
      footer = {"", "Example:", "  leadglass worklist show 3f2a… --data /srv/images --json"})
  int show(
      @Parameters(paramLabel = "ID") String id,
      @Option(names = "--json", description = "Print one JSON document.") boolean json,
      @Mixin DataOption data)
      throws Failure {
    Reply reply = data.ask(Request.of("worklist show", Map.of("id", id)));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Print.json(out, reply.values());
    } else {
      reply.values().forEach((name, value) -> out.printf("%-22s%s%n", name, value));
    }
    return 0;
  }

  @Command(
      name = "change",
      mixinStandardHelpOptions = true,
      description = "Changes an entry that was not begun.",
      footer = {
        "",
        "Example:",
        "  leadglass worklist change 3f2a… --set time=10:00 --set station=CT2 --data /srv/images"
      })
  int change(
      @Parameters(paramLabel = "ID") String id,
      @Option(names = "--set", required = true, paramLabel = "NAME=VALUE")
          Map<String, String> changes,
      @Mixin DataOption data)
      throws Failure {
    Map<String, String> words = checked(changes);
    words.put("id", id);
    data.ask(Request.of("worklist change", words));
    spec.commandLine().getErr().println("The entry is changed.");
    return 0;
  }

  @Command(
      name = "cancel",
      mixinStandardHelpOptions = true,
      description = "Cancels an entry that was not begun.",
      footer = {"", "Example:", "  leadglass worklist cancel 3f2a… --data /srv/images"})
  int cancel(@Parameters(paramLabel = "ID") String id, @Mixin DataOption data) throws Failure {
    data.ask(Request.of("worklist cancel", Map.of("id", id)));
    spec.commandLine().getErr().println("The entry is cancelled.");
    return 0;
  }

  @Command(
      name = "import",
      mixinStandardHelpOptions = true,
      description = "Plans what a CSV file lists; says which lines were refused and why.",
      footer = {
        "",
        "The first line names the columns: patientName, patientId, modality, date, time and",
        "description are needed; leadglass worklist add --help has the others. A line that is",
        "refused stops nothing, and the exit code is 1 then.",
        "",
        "Example:",
        "  leadglass worklist import tomorrow.csv --data /srv/images"
      })
  int imports(
      @Parameters(paramLabel = "FILE") Path file,
      @Option(names = "--json", description = "Print one JSON document.") boolean json,
      @Option(names = "--quiet", description = "No progress bar.") boolean quiet,
      @Mixin DataOption data)
      throws Failure {
    Reply reply = sent(file, data, !quiet && !json);
    PrintWriter out = spec.commandLine().getOut();
    List<?> refused = reply.values().get("refused") instanceof List<?> lines ? lines : List.of();
    if (json) {
      Print.json(out, reply.values());
    } else {
      for (Object each : refused) {
        if (each instanceof Map<?, ?> row) {
          out.println("FAIL  line " + row.get("line") + ": " + row.get("rule"));
        }
      }
      out.println(reply.values().get("added") + " planned, " + refused.size() + " refused.");
    }
    return refused.isEmpty() ? 0 : 1;
  }

  private static Reply sent(Path file, DataOption data, boolean shown) throws Failure {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException _) {
      throw new Failure(Failure.USAGE, file + " can't be read", "name a CSV file");
    }
    try (HowFarBar bar = new HowFarBar(shown);
        ConsoleCall call = data.call();
        InputStream in = new java.io.ByteArrayInputStream(bytes)) {
      Request request = data.to(new Request("worklist import", Map.of(), bytes.length));
      return DataOption.checked(call.ask(request, in, bar));
    } catch (IOException _) {
      throw new Failure(
          Failure.FAILED, "the running archive ended before it answered", "look at its log lines");
    }
  }
}
