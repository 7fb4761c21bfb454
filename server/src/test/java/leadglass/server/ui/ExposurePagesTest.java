package leadglass.server.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import leadglass.archive.Exposure;
import leadglass.archive.ExposureCheck;
import leadglass.archive.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is shown of the last look at the doors, whoever looked.
class ExposurePagesTest {
  @TempDir private Path folder;

  /// Finds what it is told to.
  private static final class Told implements Exposure.Eye {
    private final TestArchive archive;
    private final Deque<String> grades = new ArrayDeque<>();
    private int asked;
    private int dropped;

    Told(TestArchive archive) {
      this.archive = archive;
    }

    @Override
    public ExposureCheck look() {
      String grade = grades.removeFirst();
      int level = grade.equals("A") ? 0 : 1;
      ExposureCheck.Finding finding =
          new ExposureCheck.Finding(
              "lane", "lane-past-its-end", "CLOSED", level, "is past its last day");
      ExposureCheck.Door door =
          new ExposureCheck.Door("Lane US3", 11_113, "dicom", false, List.of(finding));
      long now = archive.clock.millis();
      return new ExposureCheck(now, 5, "inside", grade, level, 1, 1, "", List.of(door));
    }

    @Override
    public void soon() {
      asked++;
    }

    @Override
    public Optional<String> command(String host) {
      return Optional.of("leadglass check ADDRESS --proof ticket:abc");
    }

    @Override
    public void dropped(Exposure.Drop drop) {
      dropped++;
    }
  }

  @Test
  void aDropStandsOnTheFirstPageUntilItIsAsGoodAgain() throws Exception {
    try (TestArchive archive = TestArchive.ofEveryRole(folder)) {
      Exposure exposure = archive.archive.securityEvidence().exposure();
      Told told = new Told(archive);
      told.grades.addAll(List.of("A", "B", "B", "A"));
      exposure.open(told);
      exposure.run(TestArchive.console());
      archive.clock.move(Duration.ofMinutes(1));
      exposure.run(TestArchive.console());
      exposure.run(TestArchive.console());
      assertThat(told.dropped).isEqualTo(1);

      String strip = "has become worse: exposure grade B, before A";
      try (Visitor auditor = archive.signedIn(Role.AUDITOR);
          Visitor radiologist = archive.signedIn(Role.RADIOLOGIST)) {
        assertThat(auditor.get("/audit/review").body()).contains(strip);
        assertThat(radiologist.get("/studies").body()).doesNotContain(strip);
        assertThat(auditor.get("/exposure").body())
            .contains("aria-label=\"Grade B\"", "Lane US3: is past its last day")
            .doesNotContain("ticket:abc", "Check again");
      }
      try (Visitor administrator = archive.signedIn(Role.ADMINISTRATOR)) {
        assertThat(administrator.get("/status").body()).contains(strip, "Exposure: B");
        assertThat(administrator.get("/exposure").body()).contains("ticket:abc", "Check again");
        assertThat(administrator.post("/exposure/check").status()).isEqualTo(303);
        assertThat(told.asked).isEqualTo(1);
        exposure.run(TestArchive.console());
        assertThat(administrator.get("/status").body())
            .contains("Exposure: A")
            .doesNotContain(strip);
        archive.clock.move(Duration.ofDays(9));
      }
      try (Visitor administrator = archive.signedIn(Role.ADMINISTRATOR)) {
        assertThat(administrator.get("/status").body()).contains("Exposure: A, 9 days old");
        assertThat(administrator.get("/exposure").body()).contains("class=\"card xp old\"");
      }
    }
  }
}
