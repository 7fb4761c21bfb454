package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import leadglass.archive.Act;
import leadglass.archive.AuditEntry;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `leadglass report security` as a script sees it.
@SuppressWarnings("NullAway.Init")
class ReportCommandsTest {
  private static final Made.Patient PATIENT = new Made.Patient("", "Report^Line", "RL-1");

  @TempDir private Path folder;
  private Premises premises;

  @BeforeEach
  void fill() throws IOException {
    premises = Premises.in(folder);
    Path images = Files.createDirectories(folder.resolve("images"));
    Files.write(
        images.resolve("one.dcm"), new Made(PATIENT, "2.25.1", "2.25.2", "2.25.3", 2).file());
    assertThat(run("import", images).exit()).isZero();
  }

  private Command run(Object... words) {
    return Command.run(
        Stream.concat(Stream.of(words), Stream.of("--data", premises.data())).toArray());
  }

  private JsonNode report() {
    Command done = run("report", "security", "--json");
    assertThat(done.exit()).as(done.err()).isZero();
    return JsonMapper.builder().build().readTree(done.out());
  }

  private static String state(JsonNode report, String citation) {
    for (JsonNode row : report.get("rows")) {
      if (row.at("/clause/citation").asString().equals(citation)) {
        return row.get("state").asString();
      }
    }
    throw new AssertionError(citation);
  }

  private static String text(Path pdf) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf.toFile())) {
      return new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
    }
  }

  @Test
  void aNewFileOfEitherKindIsWrittenForItsOwnerAloneAndNeverOverAnother() throws IOException {
    for (String name : new String[] {"r.html", "r.pdf"}) {
      Path file = folder.resolve(name);
      Command done = run("report", "security", "--out", file);
      assertThat(done.exit()).as(done.err()).isZero();
      assertThat(done.out()).contains("open risks.");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      Command again = run("report", "security", "--out", file);
      assertThat(again.exit()).isEqualTo(2);
      assertThat(again.err()).contains("is there already");
    }
    assertThat(text(folder.resolve("r.pdf"))).contains("Test Imaging").contains("CT1");
    assertThat(Files.readString(folder.resolve("r.html")))
        .contains("Test Imaging")
        .contains("CT1")
        .doesNotContain("RL-1")
        .doesNotContain("Report^Line");
    assertThat(run("report", "security", "--out", folder.resolve("r.doc")).exit()).isEqualTo(2);
    assertThat(
            premises.audit().stream()
                .filter(each -> each.act() == Act.LOG_USED)
                .map(AuditEntry::detail))
        .containsExactly("security report made", "security report made");
  }

  @Test
  void theInsurersHasTwoPagesAndNothingOfTheHouse() throws IOException {
    Path file = folder.resolve("insurer.pdf");
    Command done = run("report", "security", "--for", "insurer", "--out", file);
    assertThat(done.exit()).as(done.err()).isZero();
    try (PDDocument document = Loader.loadPDF(file.toFile())) {
      assertThat(document.getNumberOfPages()).isLessThanOrEqualTo(2);
    }
    assertThat(text(file))
        .contains("There is no backup yet.")
        .doesNotContain("CT1")
        .doesNotContain("Test Imaging")
        .doesNotContain(folder.toString())
        .doesNotContainPattern("\\d+\\.\\d+\\.\\d+\\.\\d+");
  }

  @Test
  void aBackupIsSeenAtOnceAndARunningArchiveTellsTheSame() throws IOException {
    String item = "164.308(a)(7)(ii)(A)";
    assertThat(state(report(), item)).isEqualTo("OPEN");
    Path keys = folder.resolve("keys");
    Command backup =
        run("backup", folder.resolve("copy"), "--keys", keys, "--same-device", "--json");
    assertThat(backup.exit()).as(backup.err()).isZero();
    JsonNode stopped = report();
    assertThat(stopped.get("open").toString())
        .contains("The only backup shares a device")
        .doesNotContain("There is no backup yet.");
    try (OpenArchive _ = new OpenArchive(premises)) {
      JsonNode running = report();
      for (JsonNode row : stopped.get("rows")) {
        String citation = row.at("/clause/citation").asString();
        assertThat(state(running, citation)).isEqualTo(state(stopped, citation));
      }
      assertThat(stopped.toString()).contains("No door is open at the moment.");
      assertThat(running.toString()).doesNotContain("No door is open at the moment.");
    }
  }
}
