package leadglass.server.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import leadglass.archive.Act;
import leadglass.archive.Caller;
import leadglass.archive.Origin;
import leadglass.archive.Role;
import leadglass.archive.StoreOutcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A technologist who needs a patient that is not of today, and a referrer who was given one.
class EmergencyPagesTest {
  private static final String LONG_AGO = "20190301";
  private static final Caller.Person READER =
      new Caller.Person(
          "radiologist",
          Role.RADIOLOGIST,
          Set.of(Role.RADIOLOGIST),
          new Origin(Origin.Door.DICOMWEB, "127.0.0.1"));

  private TestArchive archive;

  @BeforeEach
  void open(@TempDir Path folder) throws IOException {
    archive = TestArchive.ofEveryRole(folder);
    for (int study = 1; study <= 2; study++) {
      assertThat(archive.store(READER, study, LONG_AGO, "Nobody^Number" + study))
          .isInstanceOf(StoreOutcome.Stored.class);
    }
  }

  @AfterEach
  void close() throws IOException {
    archive.close();
  }

  private static String page(int study) {
    return "/studies/" + TestArchive.study(study).value();
  }

  @Test
  void anEmergencyIsOpenedToldAndReviewed() throws Exception {
    Visitor technologist = archive.signedIn(Role.TECHNOLOGIST);
    assertThat(technologist.get(page(1)).status()).isEqualTo(404);
    assertThat(
            technologist.post("/emergency", "id", "P-9", "born", "", "reason", "bleeding").body())
        .contains("Nothing is held of a patient");
    assertThat(
            technologist.post("/emergency", "id", "P-1", "born", "", "reason", "bleeding").status())
        .isEqualTo(303);

    assertThat(technologist.get("/emergency").body())
        .contains("P-1", TestArchive.study(1).value())
        .doesNotContain(TestArchive.study(2).value());
    assertThat(technologist.get(page(1)).status()).isEqualTo(200);
    assertThat(technologist.get(page(2)).status()).isEqualTo(404);

    assertThat(archive.signedIn(Role.ADMINISTRATOR).get("/status").body())
        .contains("1 emergency access is to be reviewed");
    Visitor auditor = archive.signedIn(Role.AUDITOR);
    String list = auditor.get("/emergencies").body();
    assertThat(list).contains("technologist", "P-1", "bleeding");
    Matcher review = Pattern.compile("/emergencies/[0-9a-f]{32}/review").matcher(list);
    assertThat(review.find()).isTrue();
    assertThat(auditor.get(review.group()).body()).contains("bleeding");
    assertThat(auditor.post(review.group(), "reason", "").status()).isEqualTo(422);
    assertThat(auditor.post(review.group(), "reason", "asked; it was so").status()).isEqualTo(303);
    assertThat(auditor.get("/emergencies").body()).contains("by auditor: asked; it was so");
    assertThat(archive.trail(Act.EMERGENCY)).hasSize(2);
  }

  @Test
  void whoTreatsNobodyHasNoEmergency() throws Exception {
    for (Role role : Set.of(Role.ADMINISTRATOR, Role.FRONT_DESK, Role.WITNESS, Role.AUDITOR)) {
      Visitor other = archive.signedIn(role);
      assertThat(other.get("/emergency").status()).isEqualTo(403);
      assertThat(other.post("/emergency", "id", "P-1", "born", "", "reason", "bleeding").status())
          .isEqualTo(403);
    }
  }

  @Test
  void aReferrerSeesWhatTheyWereGiven() throws Exception {
    Visitor reader = archive.signedIn(Role.RADIOLOGIST);
    Visitor referrer = archive.signedIn(Role.REFERRER);
    assertThat(referrer.get(page(1)).status()).isEqualTo(404);

    assertThat(reader.get(page(1) + "/referrers").body()).contains("Nobody yet", "referrer");
    assertThat(reader.post(page(1) + "/referrers", "referrer", "radiologist").status())
        .isEqualTo(422);
    assertThat(reader.post(page(1) + "/referrers", "referrer", "referrer").status()).isEqualTo(303);

    assertThat(referrer.get(page(1)).status()).isEqualTo(200);
    assertThat(referrer.get(page(2)).status()).isEqualTo(404);
    assertThat(referrer.get("/studies?when=all").body()).contains("P-1").doesNotContain("P-2");

    assertThat(reader.post(page(1) + "/referrers/remove", "referrer", "referrer").status())
        .isEqualTo(303);
    assertThat(referrer.get(page(1)).status()).isEqualTo(404);
  }

  @Test
  void anAdministratorConfirmsANumber() throws Exception {
    Visitor administrator = archive.signedIn(Role.ADMINISTRATOR);
    assertThat(
            administrator
                .post("/referrers", "referrer", "nobody", "scheme", "NPI", "code", "1")
                .status())
        .isEqualTo(422);
    administrator.post("/referrers", "referrer", "referrer", "scheme", "NPI", "code", "12345");
    assertThat(administrator.get("/referrers").body()).contains("NPI", "12345");
    administrator.post(
        "/referrers/remove", "referrer", "referrer", "scheme", "NPI", "code", "12345");
    assertThat(administrator.get("/referrers").body()).contains("None confirmed");
  }
}
