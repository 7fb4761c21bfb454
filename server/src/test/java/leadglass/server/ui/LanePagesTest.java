package leadglass.server.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import leadglass.archive.Caller;
import leadglass.archive.Lanes;
import leadglass.archive.Origin;
import leadglass.archive.Role;
import leadglass.archive.StoreOutcome;
import leadglass.archive.StoreRequest;
import leadglass.dicom.data.TransferSyntax;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What people see of lanes, and of what came over them. No lane's door is open here.
@SuppressWarnings("NullAway.Init")
class LanePagesTest {
  /// Of a Part 10 header as TestArchive writes it, with its preamble.
  private static final String TODAY = "20261125";

  private TestArchive archive;

  @BeforeEach
  void open(@TempDir Path folder) throws IOException {
    archive = TestArchive.ofEveryRole(folder);
  }

  @AfterEach
  void close() throws IOException {
    archive.close();
  }

  private LocalDate day(int fromNow) {
    return LocalDate.ofInstant(archive.clock.instant(), ZoneOffset.UTC).plusDays(fromNow);
  }

  private Lanes.Lane lane() {
    return archive.archive.lanes().list(TestArchive.console()).getFirst();
  }

  private String added(Visitor visitor, int days) throws Exception {
    return visitor
        .post(
            "/devices/lane",
            "device",
            "US3",
            "owner",
            "Ada Poe",
            "from",
            "127.0.0.2",
            "listen",
            "",
            "until",
            day(days).toString())
        .body();
  }

  private void sent(int number) throws IOException {
    Caller device =
        archive
            .archive
            .lanes()
            .admit(
                "US3",
                new Origin(Origin.Door.DIMSE, "127.0.0.2"),
                InetAddress.ofLiteral("127.0.0.2"),
                "US3",
                lane().called())
            .orElseThrow();
    byte[] file = TestArchive.file(number, TODAY, "Nobody^Nora");
    leadglass.dicom.io.PartTen part;
    try {
      part = leadglass.dicom.io.PartTen.read(new ByteArrayInputStream(file));
    } catch (leadglass.dicom.io.DicomException e) {
      throw new IOException(e);
    }
    StoreRequest request =
        new StoreRequest(
            TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN.uid(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertThat(archive.archive.ingest().store(device, request, part.dataSet()))
        .isInstanceOf(StoreOutcome.Stored.class);
  }

  @Test
  void anAdministratorAddsALaneChangesItAndEndsIt() throws Exception {
    try (Visitor visitor = archive.signedIn(Role.ADMINISTRATOR)) {
      assertThat(visitor.get("/devices").body())
          .contains("/devices/lane")
          .doesNotContain("open lane");
      assertThat(added(visitor, 400)).contains("within 12 months");
      assertThat(added(visitor, 60)).contains(lane().called(), "127.0.0.1", "127.0.0.2");
      assertThat(visitor.get("/devices").body())
          .contains(lane().called(), "1 open lane", "not encrypted");
      assertThat(visitor.get("/status").body()).contains("Open lanes");
      assertThat(visitor.get("/devices/lane/end?device=US3").body()).contains(day(60).toString());
      String later = day(90).toString();
      assertThat(
              visitor
                  .post("/devices/lane/end", "device", "US3", "owner", "Bo Lund", "until", later)
                  .location())
          .isEqualTo("/devices");
      assertThat(lane().lastDay()).isEqualTo(day(90));
      assertThat(lane().owner()).isEqualTo("Bo Lund");
      assertThat(visitor.post("/devices/revoke?device=US3", "reason", "sold").location())
          .isEqualTo("/devices");
      assertThat(visitor.get("/devices").body()).contains(": sold").doesNotContain("1 open lane");
    }
  }

  @Test
  void whatCameOverALaneSaysSoUntilATechnologistConfirms() throws Exception {
    try (Visitor administrator = archive.signedIn(Role.ADMINISTRATOR)) {
      added(administrator, 60);
    }
    sent(7);
    String study = "/studies/" + TestArchive.study(7).value();
    try (Visitor radiologist = archive.signedIn(Role.RADIOLOGIST)) {
      assertThat(radiologist.get("/studies").body())
          .contains("unverified network", "1 open lane")
          .doesNotContain(lane().called());
      assertThat(radiologist.get(study).body()).contains("unverified network", study + "/confirm");
    }
    try (Visitor desk = archive.signedIn(Role.FRONT_DESK)) {
      assertThat(desk.get(study).body())
          .contains("unverified network")
          .doesNotContain(study + "/confirm");
      assertThat(desk.post(study + "/confirm").status()).isEqualTo(403);
    }
    try (Visitor technologist = archive.signedIn(Role.TECHNOLOGIST)) {
      assertThat(technologist.get("/quarantine").body())
          .contains("From an unverified network", study + "/confirm", "US3");
      assertThat(technologist.post(study + "/confirm").location()).isEqualTo("/quarantine");
      assertThat(technologist.get("/quarantine").body()).doesNotContain("unverified network");
      assertThat(technologist.get("/studies").body()).doesNotContain("unverified network");
      assertThat(technologist.post(study + "/confirm").status()).isEqualTo(404);
    }
  }

  @Test
  void aLanePastItsLastDayIsARedLineForEverybodyOfTheHouse() throws Exception {
    try (Visitor administrator = archive.signedIn(Role.ADMINISTRATOR)) {
      added(administrator, 5);
      assertThat(administrator.get("/status").body()).contains("1 lane ends within 6 days.");
    }
    archive.clock.move(Duration.ofDays(6));
    sent(8);
    try (Visitor radiologist = archive.signedIn(Role.RADIOLOGIST)) {
      assertThat(radiologist.get("/studies").body())
          .contains("1 lane past its last day")
          .doesNotContain("1 open lane");
      assertThat(radiologist.get("/quarantine").body())
          .contains("lane ended", "unverified network");
    }
    archive.clock.move(Duration.ofDays(14));
    try (Visitor radiologist = archive.signedIn(Role.RADIOLOGIST)) {
      assertThat(radiologist.get("/studies").body()).doesNotContain("past its last day");
    }
  }
}
