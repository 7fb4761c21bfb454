package leadglass.server.scp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import leadglass.archive.Cause;
import leadglass.archive.DeviceTerms;
import leadglass.archive.DeviceVerb;
import leadglass.archive.Doctor;
import leadglass.archive.Ruling;
import leadglass.dicom.data.Uid;
import leadglass.net.association.Proposal;
import leadglass.net.association.RequestedAssociation;
import leadglass.net.association.RetrieveScu;
import leadglass.net.dimse.Services;
import leadglass.net.dimse.Status;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Why a C-MOVE did not come to its destination, found under the destination. One archive for all.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class DoctorDestinationTest {
  private static final Uid MOVE = RetrieveModel.STUDY_ROOT.move();

  @TempDir private static Path folder;

  private Ward ward;
  private Consultation doctor;

  @BeforeAll
  void open() throws IOException {
    ward = new Ward(folder);
    doctor = new Consultation(ward);
    ward.clinic.reader("READ1");
    ward.clinic.fill(1, 1, 1);
  }

  @AfterAll
  void close() throws IOException {
    ward.close();
  }

  private int moved(String destination) throws IOException {
    Proposal proposal =
        Proposal.of(Clinic.TITLE, "READ1").context(MOVE, List.of(Clinic.EXPLICIT)).build();
    try (RequestedAssociation association =
        ward.clinic.associate(
            "READ1", ward.clinic.server.port(), proposal, Services.none(), "peer")) {
      return RetrieveScu.move(
              association,
              MOVE,
              destination,
              Pulled.keys("STUDY", Clinic.study(1)),
              Clinic.SOON,
              _ -> true)
          .status();
    }
  }

  @Test
  void anAddressThatNoDeviceCanHaveIsFound() throws IOException {
    ward.clinic.reader("DD1");
    // Where clouds tell machines their secrets.
    DeviceTerms terms =
        new DeviceTerms(
            "Ada Poe",
            Set.of(),
            Optional.empty(),
            Set.of(DeviceVerb.RETRIEVE),
            DeviceTerms.Destination.parse("169.254.169.254:104"),
            Optional.empty());
    assertThat(ward.clinic.archive.devices().set(Clinic.CONSOLE, "DD1", terms))
        .isInstanceOf(Ruling.Done.class);

    assertThat(moved("DD1")).isEqualTo(0xA702);

    Doctor.Case forbidden = doctor.found("DD1", Cause.DESTINATION_ADDRESS);
    assertThat(forbidden.address()).isEqualTo("169.254.169.254:104");
    assertThat(forbidden.proved()).as("it is this device's own enrolment").isTrue();
    assertThat(forbidden.offered()).isEmpty();
    assertThat(forbidden.command())
        .isEqualTo("leadglass device set DD1 --destination HOST:PORT --data DIR");
    assertThat(doctor.cases("READ1")).as("who asked did nothing wrong").isEmpty();
  }

  @Test
  void aDestinationThatRefusesUsIsFoundWithItsAnswer() throws Exception {
    try (Workstation workstation =
        new Workstation(List.of(Clinic.EXPLICIT), _ -> Status.success())) {
      ward.clinic.enrol("DD2", Set.of(DeviceVerb.RETRIEVE), workstation.port());
      workstation.listen(ward.clinic.identity("DD2"), false);

      assertThat(moved("DD2")).isEqualTo(0xA702);

      Doctor.Case refused = doctor.found("DD2", Cause.DESTINATION_REFUSED);
      assertThat(refused.address()).isEqualTo("127.0.0.1:" + workstation.port());
      assertThat(refused.proved()).as("it showed its certificate").isTrue();
      assertThat(refused.offered()).containsExactly("it answered calling ae title not recognized");
      assertThat(refused.command()).isEqualTo("leadglass device show DD2 --data DIR");
    }
  }
}
