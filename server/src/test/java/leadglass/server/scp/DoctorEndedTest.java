package leadglass.server.scp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import leadglass.archive.Cause;
import leadglass.archive.DeviceKey;
import leadglass.archive.DeviceVerb;
import leadglass.archive.Devices;
import leadglass.archive.Doctor;
import leadglass.testkit.RawScu;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The commonest call of all: since this morning nothing comes in.
@Timeout(120)
class DoctorEndedTest {
  @TempDir private Path folder;

  private static RawScu.Builder asking(Ward ward) throws IOException {
    return RawScu.to(ward.clinic.server.port())
        .tls(ward.clinic.tls("CT1"))
        .calling("CT1")
        .called(Clinic.TITLE)
        .propose(RawScu.VERIFICATION, RawScu.IMPLICIT_VR_LITTLE_ENDIAN)
        .propose("1.2.840.10008.5.1.4.1.2.2.1", RawScu.IMPLICIT_VR_LITTLE_ENDIAN);
  }

  @Test
  void aCertificateThatHasEndedIsFoundUnderItsDevice() throws IOException {
    try (Ward ward = new Ward(folder)) {
      ward.clinic.enrol("CT1", Set.of(DeviceVerb.STORE, DeviceVerb.FIND), 0);
      ward.clock.move(Duration.ofDays(375));
      try (RawScu scu = asking(ward).open()) {
        scu.release();
      }
      new Consultation(ward).found("CT1", Cause.ENDED_ASKS);
      ward.clock.move(Duration.ofDays(40));
      assertThatThrownBy(() -> asking(ward).open().close()).isInstanceOf(IOException.class);
      Doctor.Case ended = new Consultation(ward).found("CT1", Cause.CERTIFICATE_ENDED);
      assertThat(ended.command()).isEqualTo("leadglass device renew CT1 --out FOLDER --data DIR");
      assertThat(ended.offered().getFirst()).startsWith("a certificate that ends ");
    }
  }

  @Test
  void aCertificateThatWasRenewedAndLeftInTheDeviceIsFoundToo() throws IOException {
    try (Ward ward = new Ward(folder)) {
      ward.clinic.enrol("CT1", Set.of(DeviceVerb.STORE), 0);
      assertThat(ward.clinic.archive.devices().renew(Clinic.CONSOLE, "CT1", new DeviceKey.Made("")))
          .isInstanceOf(Devices.Change.Done.class);
      ward.clock.move(Duration.ofDays(8));
      assertThatThrownBy(() -> asking(ward).open().close()).isInstanceOf(IOException.class);
      assertThat(new Consultation(ward).found("CT1", Cause.CERTIFICATE_REPLACED).proved())
          .isFalse();
    }
  }
}
