package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import leadglass.archive.Archive;
import leadglass.archive.DeviceKey;
import leadglass.archive.DeviceTerms;
import leadglass.archive.DeviceVerb;
import leadglass.archive.Devices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The worklist as the console plans it and another program asks for it: DCMTK's `findscu -W` over
/// TLS, where it is installed.
class WorklistToolsTest {
  private static final String SCANNER = "SCAN1";
  private static final Pattern TIME = Pattern.compile("\\(0040,0003\\) TM \\[(\\d+)");
  private static final long WAIT_SECONDS = 120;

  @TempDir private Path folder;

  private static Optional<Path> findscu() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .map(directory -> Path.of(directory, "findscu"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private String done(Premises premises, int exit, Object... words) {
    Object[] all = Stream.concat(Stream.of(words), Stream.of("--data", premises.data())).toArray();
    Command command = Command.run(all);
    assertThat(command.exit()).as(command.err() + command.out()).isEqualTo(exit);
    assertThat(command.err()).doesNotContain("Fiction").doesNotContain("CANARY");
    return command.out();
  }

  @Test
  void whatTheConsolePlansIsFoundByAScanner() throws Exception {
    try (OpenArchive open = new OpenArchive(Premises.in(folder))) {
      Premises premises = open.premises;
      String today = open.running.archive().worklist().today().toString();
      String later = LocalDate.parse(today).plusDays(2).toString();
      Path file = folder.resolve("plan.csv");
      Files.writeString(
          file,
          """
          patientName,patientId,modality,station,date,time,description
          Fiction^Änne,CANARY-1,CT,SCAN1,%s,09:30,"Head, without contrast"
          Fiction^Bo,CANARY-2,CT,SCAN1,%s,10:30,Chest
          Fiction^Cy,CANARY-3,MR,MR1,%s,11:30,Knee
          Fiction^Di,CANARY-4,CT,SCAN1,%s,25:00,Nothing
          """
              .formatted(today, later, today, today));
      assertThat(done(premises, 1, "worklist", "import", file, "--quiet"))
          .contains("FAIL  line 5: Time: a time such as 09:30.")
          .contains("3 planned, 1 refused.");
      String listed = done(premises, 0, "worklist", "list", "--json");
      assertThat(listed).contains("Fiction^Änne").contains("Fiction^Cy").doesNotContain("Bo");
      String id =
          YearClinic.found(
              "([0-9a-f]{32})", done(premises, 0, "worklist", "list", "--station", "SCAN1"));
      done(premises, 0, "worklist", "change", id, "--set", "time=09:45");
      assertThat(done(premises, 0, "worklist", "show", id)).contains("09:45");
      done(premises, 2, "worklist", "change", id, "--set", "nothing=x");
      done(premises, 1, "worklist", "cancel", "0".repeat(32));

      assumeTrue(findscu().isPresent(), "no findscu: install DCMTK");
      enrol(open.running.archive());
      int port = open.running.doors().dicomPort();
      String every = find(port, "ScheduledProcedureStepSequence[0].Modality=CT");
      assertThat(times(every)).containsExactly("0945", "1030");
      assertThat(every).contains("CANARY-1").doesNotContain("CANARY-3");
      String day = "ScheduledProcedureStepSequence[0].ScheduledProcedureStepStartDate=";
      assertThat(times(find(port, day + today.replace("-", "")))).containsExactly("0945");
      assertThat(times(find(port, day + later.replace("-", "") + "-"))).containsExactly("1030");
      assertThat(times(find(port, "ScheduledProcedureStepSequence[0].Modality=MR"))).isEmpty();
      assertThat(find(port, "QueryRetrieveLevel=STUDY")).contains("DataSetDoesNotMatchSOPClass");
      done(premises, 0, "worklist", "cancel", id);
      assertThat(times(find(port, "ScheduledProcedureStepSequence[0].Modality=CT")))
          .containsExactly("1030");
    }
  }

  private static List<String> times(String said) {
    int answers = said.indexOf("Find Response");
    return answers < 0
        ? List.of()
        : TIME.matcher(said.substring(answers)).results().map(each -> each.group(1)).toList();
  }

  private void enrol(Archive archive) throws IOException {
    DeviceTerms terms =
        new DeviceTerms(
            "Ada Poe",
            Set.of(),
            Optional.empty(),
            Set.of(DeviceVerb.WORKLIST),
            Optional.empty(),
            Optional.empty());
    Devices.Change change =
        archive.devices().add(Premises.CONSOLE, SCANNER, terms, new DeviceKey.Made(""));
    if (!(change instanceof Devices.Change.Done done)) {
      throw new IOException("not enrolled");
    }
    Files.writeString(folder.resolve("key.pem"), done.key());
    Files.writeString(folder.resolve("cert.pem"), done.certificate());
    Files.writeString(folder.resolve("ca.pem"), done.ca());
  }

  private String find(int port, String key) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                findscu().orElseThrow().toString(),
                "-v",
                "-W",
                "+tls",
                folder.resolve("key.pem").toString(),
                folder.resolve("cert.pem").toString(),
                "+cf",
                folder.resolve("ca.pem").toString(),
                "-aet",
                SCANNER,
                "-aec",
                Premises.AE_TITLE,
                "-k",
                "PatientID",
                "-k",
                "ScheduledProcedureStepSequence[0].ScheduledProcedureStepStartTime",
                "-k",
                key,
                "localhost",
                Integer.toString(port)));
    Path said = folder.resolve("findscu.txt");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    try {
      assertThat(process.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(said);
  }
}
