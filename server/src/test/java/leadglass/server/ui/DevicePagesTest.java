package leadglass.server.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import leadglass.archive.Cause;
import leadglass.archive.Devices;
import leadglass.archive.Doctor;
import leadglass.archive.EnrolmentCode;
import leadglass.archive.EnrolmentRequest;
import leadglass.archive.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class DevicePagesTest {
  private static final Pattern CODE = Pattern.compile("([0-9A-Z]{4}-){7}[0-9A-Z]{4}");

  private TestArchive archive;

  @BeforeEach
  void open(@TempDir Path folder) throws IOException {
    archive = TestArchive.ofEveryRole(folder);
  }

  @AfterEach
  void close() throws IOException {
    archive.close();
  }

  private Devices.Device shown() {
    return archive.archive.devices().list(TestArchive.console()).getFirst();
  }

  @Test
  void aDeviceIsRevokedForAReasonAndNotWithoutOne() throws Exception {
    archive.device("CT 1&2");
    try (Visitor visitor = archive.signedIn(Role.ADMINISTRATOR)) {
      String list = visitor.get("/devices").body();
      assertThat(list)
          .contains("/devices/revoke?device=CT+1%262", "/devices/renew?device=CT+1%262", "Ada Poe");
      String address = "/devices/revoke?device=CT+1%262";
      assertThat(visitor.get(address).body()).contains("Revoke CT 1&amp;2?");
      assertThat(visitor.post(address, "reason", " ").status()).isEqualTo(422);
      assertThat(shown().state()).isEqualTo(Devices.State.VALID);
      assertThat(visitor.post(address, "reason", "sold").location()).isEqualTo("/devices");
      assertThat(shown().state()).isEqualTo(Devices.State.REVOKED);
      assertThat(visitor.get("/devices").body()).contains("revoked ", ": sold");
      assertThat(visitor.get(address).status()).as("not twice").isEqualTo(404);
    }
  }

  @Test
  void aDeviceIsAddedByACodeThatIsShownOnce() throws Exception {
    try (Visitor visitor = archive.signedIn(Role.ADMINISTRATOR)) {
      assertThat(visitor.post("/devices/add", "device", "CT1", "owner", "").status())
          .isEqualTo(422);
      String page = visitor.post("/devices/add", "device", "CT1", "owner", "Ada Poe").body();
      Matcher code = CODE.matcher(page);
      assertThat(code.find()).isTrue();
      assertThat(EnrolmentCode.read(code.group())).isPresent();
      assertThat(visitor.get("/devices").body())
          .contains("Waited for", "CT1")
          .doesNotContain(code.group());
    }
  }

  @Test
  void aRequestThatIsPastedGetsItsCertificate() throws Exception {
    archive.device("CT1");
    String csr = EnrolmentRequest.fresh().request();
    try (Visitor visitor = archive.signedIn(Role.ADMINISTRATOR)) {
      Visitor.Seen renewed = visitor.post("/devices/renew", "device", "CT1", "csr", csr);
      assertThat(renewed.body()).startsWith("-----BEGIN CERTIFICATE-----");
      assertThat(shown().formerEndsMillis()).hasSize(1);
      assertThat(visitor.get("/devices").body()).contains("the one before to");
      Visitor.Seen again = visitor.post("/devices/renew", "device", "CT1", "csr", csr);
      assertThat(again.status()).isEqualTo(422);
      assertThat(again.body()).contains("Make a new one.");
      assertThat(visitor.get("/devices/renew?device=CT1").body()).contains("For <b>");
    }
  }

  @Test
  void whoDoesNotAdministerCanDoNothingAboutDevices() throws Exception {
    archive.device("CT1");
    try (Visitor visitor = archive.signedIn(Role.RADIOLOGIST)) {
      assertThat(visitor.post("/devices/revoke?device=CT1", "reason", "sold").status())
          .isEqualTo(403);
      assertThat(visitor.post("/devices/add", "device", "X", "owner", "Y").status()).isEqualTo(403);
    }
    assertThat(shown().state()).isEqualTo(Devices.State.VALID);
  }

  @Test
  void whyADeviceWasRefusedIsShownInWordsAndWhatItClaimsIsHarmless() throws Exception {
    archive.device("CT 1&2");
    Doctor doctor = archive.archive.doctor();
    doctor.met(
        new Doctor.Met(
            Cause.OTHER_TITLE,
            "192.168.7.20",
            "CT 1&2",
            true,
            "<script>",
            "LEADGLASS",
            List.of("a \"b\" <c>")));
    doctor.met(
        new Doctor.Met(Cause.NO_TLS, "192.168.7.66", "", false, "\u001b[31mX", "", List.of()));
    try (Visitor visitor = archive.signedIn(Role.ADMINISTRATOR)) {
      assertThat(visitor.get("/devices").body()).contains("href=\"/devices/doctor\"");
      String all = visitor.get("/devices/doctor").body();
      assertThat(all)
          .contains("/devices/doctor?device=CT+1%262", "/devices/doctor?device=192.168.7.66")
          .contains(Cause.NO_TLS.rule(), "leadglass device add AETITLE --lane")
          .doesNotContain("<script>\u201d", "<c>", "\u001b");
      String one = visitor.get("/devices/doctor?device=CT+1%262").body();
      assertThat(one)
          .contains(Cause.OTHER_TITLE.rule(), "&lt;script")
          .doesNotContain("192.168.7.66");
      assertThat(visitor.get("/devices/doctor?device=%3Cb%3ENOBODY").body())
          .contains("Nothing was refused")
          .doesNotContain("NOBODY");
    }
    try (Visitor visitor = archive.signedIn(Role.RADIOLOGIST)) {
      assertThat(visitor.get("/devices/doctor").status()).isEqualTo(403);
    }
  }
}
