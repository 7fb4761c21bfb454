package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import leadglass.archive.Role;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the console asks the trail, of an archive that runs and of one that does not.
class AuditQuestionsTest {
  private static final Made.Patient PATIENT = new Made.Patient("", "Audit^Line", "=AL-1");
  private static final String STUDY = "2.25.1";

  @TempDir private Path folder;
  private Premises premises;

  @BeforeEach
  void fill() throws IOException {
    premises = Premises.in(folder);
    Path images = Files.createDirectories(folder.resolve("images"));
    Files.write(images.resolve("one.dcm"), new Made(PATIENT, STUDY, "2.25.2", "2.25.3", 2).file());
    assertThat(run("import", images).exit()).isZero();
    try (OpenArchive archive = new OpenArchive(premises)) {
      int status =
          archive
              .web
              .send(
                  archive
                      .web
                      .request("/dicomweb/studies/" + STUDY)
                      .header("Authorization", "Bearer " + archive.token(Role.RADIOLOGIST))
                      .header("Accept", "multipart/related; type=\"application/dicom\""))
              .statusCode();
      assertThat(status).isEqualTo(200);
      assertThat(told("audit", "disclosures", "--patient", "=AL-1"))
          .contains("program radiologist/");
      archive.running.archive().states();
    }
  }

  private Command run(Object... words) {
    return Command.run(
        Stream.concat(Stream.of(words), Stream.of("--data", premises.data())).toArray());
  }

  private String told(Object... words) {
    Command done = run(words);
    assertThat(done.exit()).as(done.err()).isZero();
    return done.out();
  }

  @Test
  void whoWasGivenImagesIsToldInWordsAsCsvAndAsJson() {
    assertThat(told("audit", "disclosures", "--patient", "=AL-1"))
        .contains("program radiologist/", "images of study 2.25.1, 1 frames", "(presumed)");
    List<String> csv =
        told("audit", "disclosures", "--patient", "=AL-1", "--format", "csv").lines().toList();
    assertThat(csv).hasSize(2);
    assertThat(csv.getFirst()).startsWith("date,recipient,kind,study,what,instances,frames,bytes");
    assertThat(csv.getLast()).contains("program", STUDY, "images,1,1,");
    assertThat(told("audit", "disclosures", "--patient", "=AL-1", "--format", "json"))
        .contains("\"recipient\":\"program radiologist/");
    assertThat(told("audit", "disclosures", "--patient", "AL-2"))
        .contains("Nothing of this patient");
    assertThat(run("audit", "disclosures", "--patient", " ").exit()).isEqualTo(2);
  }

  @Test
  void aSpanOfTimeTellsWhoseImagesWentOutAndNoCellIsAFormula() {
    Object[] asked = {"audit", "breach", "--from", "2020-01-01", "--to", "2099-01-01"};
    List<String> csv = told(asked).lines().toList();
    assertThat(csv).hasSize(2);
    assertThat(csv.getLast()).contains("'=AL-1", "not proven", ",no,", "program radiologist/");
    assertThat(run("audit", "breach", "--from", "soon", "--to", "2099-01-01").exit()).isEqualTo(2);
    assertThat(
            told(
                    "audit",
                    "breach",
                    "--from",
                    "2020-01-01",
                    "--to",
                    "2099-01-01",
                    "--caller",
                    "nobody")
                .lines())
        .hasSize(1);
  }

  @Test
  void howItWasIsToldWithTheVersionThatRanAndWhatWasDone() {
    String now = Instant.now().toString();
    assertThat(told("audit", "state", "--at", now)).contains("As of ", "version ");
    assertThat(told("audit", "state", "--at", "2020-01-01", "--json")).contains("\"since\":[]");
  }
}
