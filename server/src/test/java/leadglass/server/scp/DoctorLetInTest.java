package leadglass.server.scp;

import static leadglass.server.scp.Consultation.echoing;
import static leadglass.server.scp.Consultation.rejection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import leadglass.archive.Cause;
import leadglass.archive.DeviceVerb;
import leadglass.archive.Doctor;
import leadglass.testkit.RawPdu;
import leadglass.testkit.RawScu;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// How it went on with those who were let in, and with those who said nothing. One archive for all.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class DoctorLetInTest {
  private static final Duration BRIEF = Duration.ofMillis(750);

  /// Who may stay is looked at four times in it; nobody is silent for so long here.
  private static final Duration LONGER = Duration.ofSeconds(4);

  /// Rejected-transient, presentation service provider, local-limit-exceeded (PS3.8 Table 9-21).
  private static final byte[] LATER = {0, 2, 3, 2};

  /// Of 16, one device has half.
  private static final int SHARE = 8;

  private static final String TRY = "leadglass dicom echo --as FOLDER HOST:PORT";

  @TempDir private static Path folder;

  private Ward ward;
  private Consultation doctor;

  @BeforeAll
  void open() throws IOException {
    ward = new Ward(folder);
    doctor = new Consultation(ward);
  }

  @AfterAll
  void close() throws IOException {
    ward.close();
  }

  private void enrol(String title) throws IOException {
    ward.clinic.enrol(title, Set.of(DeviceVerb.STORE), 0);
  }

  /// One with less patience than the ward's.
  private DicomServer waiting(Duration idle) throws IOException {
    return DicomServer.start(
        new DicomSettings(Clinic.TITLE, "127.0.0.1", 0, 16, BRIEF.multipliedBy(2), idle),
        _ -> true,
        ward.clinic.archive.authority().server(List.of()),
        ward.clinic.archive,
        ward.clock,
        ward.clinic.events::add);
  }

  @Test
  void oneThatHasItsShareOpenIsTurnedAwayForNow() throws IOException {
    enrol("DT1");
    List<RawScu> open = new ArrayList<>();
    try {
      for (int i = 0; i < SHARE; i++) {
        open.add(echoing(doctor.as("DT1")).open());
      }
      assertThat(rejection(doctor.as("DT1"))).isEqualTo(LATER);
    } finally {
      for (RawScu each : open) {
        each.release();
        each.close();
      }
    }
    Doctor.Case crowded = doctor.found("DT1", Cause.TOO_MANY);
    assertThat(crowded.proved()).isTrue();
    assertThat(crowded.calling()).isEqualTo("DT1");
    assertThat(crowded.offered()).contains("1 presentation contexts");
    assertThat(crowded.command()).isEqualTo("leadglass status --data DIR");
    assertThat(doctor.cases("DT1")).as("releasing is no trouble").hasSize(1);
  }

  @Test
  void whoeverDoesNotEndAnAssociationIsToldApart() throws IOException {
    for (String title : List.of("DS1", "DS2", "DS3", "DS4")) {
      enrol(title);
    }
    try (DicomServer hasty = waiting(BRIEF);
        DicomServer patient = waiting(LONGER);
        RawScu told = echoing(doctor.as("DS1", patient)).open();
        RawScu mute = doctor.as("DS2", hasty).connect();
        RawScu idle = echoing(doctor.as("DS3", hasty)).open()) {
      ward.clinic.revoke("DS1");
      echoing(doctor.as("DS4", hasty)).open().close();

      Doctor.Case lost = doctor.found("DS4", Cause.LOST);
      assertThat(lost.proved()).isTrue();
      assertThat(lost.command()).isEqualTo(TRY);

      assertThat(mute.closedByPeer()).isTrue();
      Doctor.Case silent = doctor.found("DS2", Cause.SILENT);
      assertThat(silent.proved()).as("by its certificate").isTrue();
      assertThat(silent.claims()).as("it asked for nothing").isEmpty();
      assertThat(silent.command()).isEqualTo(TRY);

      assertThat(idle.receive().type()).isEqualTo(RawPdu.RELEASE_RQ);
      Doctor.Case unmoved = doctor.found("DS3", Cause.SILENT);
      assertThat(unmoved.proved()).isTrue();
      assertThat(unmoved.called()).isEqualTo(Clinic.TITLE);

      assertThat(told.receive().type()).isEqualTo(RawPdu.ABORT);
      Doctor.Case dismissed = doctor.found("DS1", Cause.DISMISSED);
      assertThat(dismissed.proved()).isTrue();
      assertThat(dismissed.offered()).contains("1 presentation contexts");
      assertThat(dismissed.command()).isEqualTo("leadglass device show DS1 --data DIR");
    }
  }

  @Test
  void whoeverSaysTooLittleForAHandshakeIsFoundByAddress() throws IOException {
    String address = "127.0.3.1";
    try (RawScu scu = doctor.plain().from(InetAddress.ofLiteral(address)).connect()) {
      scu.socket().setSoTimeout(100);
      while (!isClosed(scu)) {
        ward.clock.move(Duration.ofSeconds(11));
      }
    }
    Doctor.Case silent = doctor.found(address, Cause.SILENT);
    assertThat(silent.device()).isEmpty();
    assertThat(silent.proved()).isFalse();
    assertThat(silent.command()).isEqualTo(TRY);
  }

  /// After one more byte of a record that never becomes whole.
  private static boolean isClosed(RawScu scu) {
    try {
      scu.send(new byte[] {22});
      return scu.closedByPeer();
    } catch (SocketTimeoutException _) {
      return false;
    } catch (IOException _) {
      return true;
    }
  }
}
