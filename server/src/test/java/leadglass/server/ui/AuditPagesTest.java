package leadglass.server.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import leadglass.archive.Act;
import leadglass.archive.Caller;
import leadglass.archive.Look;
import leadglass.archive.Origin;
import leadglass.archive.Retrieve;
import leadglass.archive.Role;
import leadglass.archive.StoreOutcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An auditor who reads the trail, asks it, and signs a week off.
class AuditPagesTest {
  private static final Caller.Person READER =
      new Caller.Person(
          "radiologist",
          Role.RADIOLOGIST,
          Set.of(Role.RADIOLOGIST),
          new Origin(Origin.Door.DICOMWEB, "127.0.0.1"));
  private static final List<String> PAGES =
      List.of(
          "/audit",
          "/audit/chart",
          "/audit/review",
          "/audit/disclosures",
          "/audit/deliveries",
          "/audit/state");

  private TestArchive archive;

  @BeforeEach
  void open(@TempDir Path folder) throws IOException {
    archive = TestArchive.ofEveryRole(folder);
    for (int study = 1; study <= 2; study++) {
      assertThat(archive.store(READER, study, "20261125", "Nobody^Number" + study))
          .isInstanceOf(StoreOutcome.Stored.class);
    }
    look(1); // at 4 o'clock in the morning
  }

  private void look(int study) throws IOException {
    Retrieve.Answer answer =
        archive
            .archive
            .retrieve()
            .open(
                READER, Look.IMAGES, TestArchive.study(study), Optional.empty(), Optional.empty());
    assertThat(answer).isInstanceOf(Retrieve.Answer.Given.class);
  }

  @AfterEach
  void close() throws IOException {
    archive.close();
  }

  @Test
  void anAuditorFiltersByPatientStudyAndPersonAndNoPatientIsInAnAddress() throws Exception {
    Visitor auditor = archive.signedIn(Role.AUDITOR);
    String all = auditor.get("/audit").body();
    assertThat(all).contains("P-1", "P-2", "images given out", "/audit?who=radiologist");
    Matcher address = Pattern.compile("(?:href|action)=\"([^\"]*)\"").matcher(all);
    while (address.find()) {
      assertThat(address.group(1)).doesNotContain("P-1", TestArchive.study(1).value());
    }
    assertThat(auditor.post("/audit", "id", "P-1").body()).contains("P-1").doesNotContain("P-2");
    assertThat(auditor.post("/audit", "study", TestArchive.study(2).value()).body())
        .contains("P-2")
        .doesNotContain("P-1");
    assertThat(auditor.get("/audit?who=radiologist").body())
        .contains("images given out")
        .doesNotContain("this log read:");
    assertThat(auditor.post("/audit", "what", "log-used", "who", "auditor").body())
        .contains("this log read: timeline of one patient")
        .doesNotContain("P-1");
    assertThat(auditor.post("/audit", "from", "yesterday").status()).isEqualTo(422);
    assertThat(auditor.post("/audit", "to", "2026-11-25", "who", "radiologist").body())
        .contains("No entry matches");
  }

  @Test
  void aFileOfWhatIsFilteredHoldsNothingASpreadsheetWouldRun() throws Exception {
    archive.store(READER, 3, "20261125", "Nobody^Number3");
    Visitor auditor = archive.signedIn(Role.AUDITOR);
    String file = auditor.post("/audit.csv", "id", "P-1").body();
    assertThat(file)
        .startsWith("\"entry\",\"time\"")
        .contains("P-1", "retrieved")
        .doesNotContain("P-2");
    assertThat(archive.trail(Act.LOG_USED))
        .anyMatch(entry -> "timeline of one patient exported".equals(entry.detail()));
    assertThat(Csv.line("=1+1", "+1", "-1", "@A", "a\"b", -1, "\tx", ""))
        .isEqualTo("\"'=1+1\",\"'+1\",\"'-1\",\"'@A\",\"a\"\"b\",\"-1\",\"'\tx\",\"\"\r\n");
  }

  @Test
  void disclosuresDeliveriesAndTheStateOfAMomentAreTold() throws Exception {
    archive.clock.move(Duration.ofMinutes(20));
    Visitor auditor = archive.signedIn(Role.AUDITOR);
    assertThat(auditor.post("/audit/disclosures", "id", "P-1").body())
        .contains("Nobody was given this patient");
    assertThat(auditor.post("/audit/disclosures", "id", "P-1", "uses", "too").body())
        .contains("radiologist, radiologist", "1 row");
    assertThat(auditor.post("/audit/disclosures", "id", "").status()).isEqualTo(422);
    assertThat(auditor.post("/audit/disclosures.csv", "id", "P-1", "uses", "too").body())
        .contains("a use within the site", TestArchive.study(1).value());
    String[] day = {"from", "2026-11-25", "to", "2026-11-26"};
    assertThat(auditor.post("/audit/deliveries", day).body())
        .contains("1 delivery of 1 patient", "display not proven; prefetch possible", "P-1");
    assertThat(auditor.post("/audit/deliveries.csv", day).body())
        .contains("\"frames\",\"bytes\"", "\"display not proven\",\"possible\"");
    assertThat(auditor.post("/audit/deliveries", "from", "2026-11-25").status()).isEqualTo(422);
    assertThat(auditor.post("/audit/deliveries", "from", "2026-01-01", "to", "2026-11-25").body())
        .contains("31 days at most");
    assertThat(auditor.post("/audit/state", "at", "2026-11-25T06:00").body())
        .containsAnyOf("As written down at", "Nothing was written down");
    assertThat(auditor.post("/audit/state", "at", "").status()).isEqualTo(422);
  }

  @Test
  void aWeekIsReviewedAndSignedOff() throws Exception {
    Visitor auditor = archive.signedIn(Role.AUDITOR);
    assertThat(auditor.get("/audit/review/2026-W48").body())
        .contains("At night", "person radiologist", "Goes on")
        .doesNotContain("Sign this week off");
    assertThat(auditor.get("/audit/review/2026-W99").status()).isEqualTo(404);
    archive.clock.move(Duration.ofDays(7));
    auditor = archive.signedIn(Role.AUDITOR);
    assertThat(auditor.get("/audit/review").body())
        .contains("1 week not signed off by an auditor.", "2026-W48", "Not signed off.");
    String week = "/audit/review/2026-W48";
    assertThat(auditor.get(week).body()).contains("Sign this week off");
    assertThat(auditor.post(week, "reason", "").status()).isEqualTo(422);
    assertThat(auditor.post(week, "reason", "on call").status()).isEqualTo(303);
    assertThat(auditor.get("/audit/review").body())
        .contains("Signed off by auditor", "on call")
        .doesNotContain("Not signed off.", "not signed off by an auditor");
    assertThat(auditor.post(week, "reason", "again").status()).isEqualTo(404);
    assertThat(archive.trail(Act.REVIEWED)).hasSize(1);
    assertThat(archive.signedIn(Role.WITNESS).get("/reviews").body()).contains("None.");
  }

  @Test
  void theChartCountsAndHasATable() throws Exception {
    assertThat(archive.signedIn(Role.AUDITOR).get("/audit/chart").body())
        .contains("<svg class=\"chart\"", "25 Nov 2026", "person radiologist", "1 look between");
  }

  @Test
  void nobodyElseReadsTheTrail() throws Exception {
    for (Role role : Role.values()) {
      Visitor visitor = archive.signedIn(role);
      for (String page : PAGES) {
        assertThat(visitor.get(page).status())
            .as(role + " " + page)
            .isEqualTo(role == Role.AUDITOR ? 200 : 403);
      }
    }
  }
}
