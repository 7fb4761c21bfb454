package leadglass.server.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import leadglass.archive.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is planned for a day, as people see and plan it.
class DayPagesTest {
  private static final String HOSTILE = "<script>canary()</script>";

  @TempDir private Path folder;

  @Test
  void aProcedureIsPlannedChangedAndCancelledOnThePage() throws Exception {
    try (TestArchive archive = TestArchive.ofEveryRole(folder);
        Visitor desk = archive.signedIn(Role.FRONT_DESK)) {
      String today = LocalDate.now(archive.clock).toString();
      assertThat(desk.get("/day").body())
          .contains("Nothing is planned for that day.")
          .contains("Plan a procedure")
          .contains("<a href=\"/day\" ");
      Visitor.Seen wrong =
          desk.post("/day/plan", "patientName", HOSTILE, "date", today, "time", "09:30");
      assertThat(wrong.status()).isEqualTo(422);
      assertThat(wrong.body())
          .contains("Patient ID is needed.")
          .contains("&lt;script")
          .doesNotContain("<script>canary");
      Visitor.Seen planned =
          desk.post(
              "/day/plan",
              "patientName",
              "Okonkwo^Adaeze",
              "patientId",
              "P-1",
              "modality",
              "ct",
              "date",
              today,
              "time",
              "09:30",
              "description",
              HOSTILE);
      assertThat(planned.status()).as(planned.body()).isEqualTo(303);
      assertThat(planned.location()).isEqualTo("/day?day=" + today);
      String page = desk.get(planned.location()).body();
      assertThat(page)
          .contains("Okonkwo, Adaeze")
          .contains("09:30")
          .contains("planned")
          .contains("&lt;script&gt;canary")
          .doesNotContain("<script>canary");
      Matcher found = Pattern.compile("/day/([0-9a-f]{32})\"").matcher(page);
      assertThat(found.find()).isTrue();
      String one = "/day/" + found.group(1);
      assertThat(desk.get(one).body()).contains("value=\"09:30\"").contains("value=\"P-1\"");
      assertThat(desk.post(one, "time", "25:00").status()).isEqualTo(422);
      assertThat(desk.post(one, "time", "11:45", "date", today).status()).isEqualTo(303);
      assertThat(desk.post("/day", "day", today, "station", "CT9").body())
          .contains("for this station or modality");
      assertThat(desk.get("/day?station=CT9").body()).contains("for this station or modality");
      try (Visitor reader = archive.signedIn(Role.RADIOLOGIST)) {
        String seen = reader.get("/day").body();
        assertThat(seen).contains("11:45").doesNotContain("Plan a procedure").doesNotContain(one);
        assertThat(reader.post(one + "/cancel").status()).isEqualTo(403);
      }
      assertThat(desk.post(one + "/cancel").location()).isEqualTo("/day");
      assertThat(desk.get("/day").body()).contains("cancelled").doesNotContain(one);
      assertThat(desk.post(one + "/cancel").status()).isEqualTo(422);
      assertThat(desk.get(one).status()).isEqualTo(404);
      assertThat(desk.get("/day?day=yesterday").body()).contains("Type the day as 2026-11-26.");
    }
  }
}
