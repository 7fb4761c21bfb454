package leadglass.server.scp;

import static leadglass.server.scp.Consultation.STRANGER;
import static leadglass.server.scp.Consultation.echoing;
import static leadglass.server.scp.Consultation.isRefused;
import static leadglass.server.scp.Consultation.rejection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLSocket;
import leadglass.archive.Cause;
import leadglass.archive.DeviceTerms;
import leadglass.archive.DeviceVerb;
import leadglass.archive.Doctor;
import leadglass.archive.Lanes;
import leadglass.archive.Ruling;
import leadglass.dicom.data.Uid;
import leadglass.testkit.RawPdu;
import leadglass.testkit.RawScu;
import leadglass.testkit.TestCertificate;
import leadglass.testkit.TestTls;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Each rule that refuses somebody at the devices' doors is found by the doctor, and none by the
/// one who is refused. One archive for all; each test has devices of its own.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class DoctorDoorTest {
  private static final String FIND = "1.2.840.10008.5.1.4.1.2.2.1";
  private static final String GET = "1.2.840.10008.5.1.4.1.2.2.3";
  private static final String NO_SOP_CLASS = "2.25.99";

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

  private static KeyManager[] self(TestCertificate.Kind kind) {
    return TestTls.keyManagers(TestCertificate.selfSigned("DOCTOR", kind));
  }

  @Test
  void whoeverComesWithoutTlsOrWithoutACertificateIsFoundByAddress() throws IOException {
    isRefused(doctor.plain().from(InetAddress.ofLiteral("127.0.1.1")));
    doctor.found("127.0.1.1", Cause.NO_TLS);
    isRefused(
        doctor.plain().from(InetAddress.ofLiteral("127.0.1.2")).tls(TestTls.believing(null, null)));
    doctor.found("127.0.1.2", Cause.NO_CERTIFICATE);
    isRefused(
        doctor
            .plain()
            .from(InetAddress.ofLiteral("127.0.1.3"))
            .tls(Consultation.showing(self(TestCertificate.Kind.EC))));
    assertThat(doctor.found("127.0.1.3", Cause.CERTIFICATE_UNKNOWN).offered().getFirst())
        .matches("a certificate that ends [-0-9T:Z]+, SHA-256 [0-9a-f]{64}");
    isRefused(
        doctor
            .plain()
            .from(InetAddress.ofLiteral("127.0.1.4"))
            .tls(
                TestTls.client(
                    TestCertificate.selfSigned("DOCTOR", TestCertificate.Kind.EC),
                    TestCertificate.selfSigned("OTHER", TestCertificate.Kind.EC))));
    doctor.found("127.0.1.4", Cause.ARCHIVE_NOT_BELIEVED);
  }

  @Test
  void oldCipherSuitesAreNamed() throws IOException {
    try (Socket socket = new Socket()) {
      socket.bind(new java.net.InetSocketAddress("127.0.1.5", 0));
      socket.connect(
          new java.net.InetSocketAddress(
              InetAddress.getLoopbackAddress(), ward.clinic.server.port()));
      SSLSocket secured =
          (SSLSocket)
              Consultation.showing(new KeyManager[0])
                  .getSocketFactory()
                  .createSocket(socket, "localhost", ward.clinic.server.port(), true);
      secured.setEnabledProtocols(new String[] {"TLSv1.2"});
      secured.setEnabledCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"});
      assertThatThrownBy(secured::startHandshake).isInstanceOf(IOException.class);
    }
    doctor.found("127.0.1.5", Cause.TLS_TOO_OLD);
  }

  @Test
  void whatIsWrongWithADeviceIsFoundAndAStrangersAnswerStaysOne() throws IOException {
    ward.clinic.enrol("DA1", Set.of(DeviceVerb.STORE), 0);
    ward.clinic.enrol("DA2", Set.of(DeviceVerb.STORE), 0);
    assertThat(rejection(doctor.as("DA1").calling("DA2"))).isEqualTo(STRANGER);
    Doctor.Case other = doctor.found("DA1", Cause.OTHER_TITLE);
    assertThat(other.proved()).isTrue();
    assertThat(other.calling()).isEqualTo("DA2");
    assertThat(doctor.cases("DA2")).isEmpty();

    assertThat(rejection(doctor.as("DA1").calling("<b>\"hi\"</b>"))).isEqualTo(STRANGER);
    assertThat(rejection(doctor.as("DA1").userItems(identity("ada", "wrong")))).isEqualTo(STRANGER);
    assertThat(doctor.found("DA1", Cause.USER_IDENTITY).offered())
        .contains("a user identity of type 2")
        .noneMatch(line -> line.contains("ada") || line.contains("wrong"));
    rejection(doctor.as("DA1").called("OTHERPACS"));
    assertThat(doctor.found("DA1", Cause.CALLED_TITLE).called()).isEqualTo("OTHERPACS");

    int hour = LocalTime.now(ZoneOffset.UTC).getHour();
    DeviceTerms.Hours away = new DeviceTerms.Hours((hour + 6) % 24, (hour + 7) % 24 + 1);
    DeviceTerms terms = new DeviceTerms("Ada Poe", Set.of(), Optional.of(away));
    assertThat(ward.clinic.archive.devices().set(Clinic.CONSOLE, "DA2", terms))
        .isInstanceOf(Ruling.Done.class);
    assertThat(rejection(doctor.as("DA2"))).isEqualTo(STRANGER);
    doctor.found("DA2", Cause.OUTSIDE_HOURS);

    ward.clinic.revoke("DA2");
    isRefused(doctor.as("DA2"));
    assertThat(doctor.found("DA2", Cause.REVOKED).proved()).as("no key was proved").isFalse();
  }

  /// A user identity of name and passcode (PS3.7 §D.3.3.7.1).
  private static byte[] identity(String name, String passcode) {
    ByteArrayOutputStream item = new ByteArrayOutputStream();
    byte[] primary = name.getBytes(StandardCharsets.US_ASCII);
    byte[] secondary = passcode.getBytes(StandardCharsets.US_ASCII);
    item.writeBytes(new byte[] {0x58, 0, 0, (byte) (6 + primary.length + secondary.length), 2, 0});
    item.writeBytes(new byte[] {0, (byte) primary.length});
    item.writeBytes(primary);
    item.writeBytes(new byte[] {0, (byte) secondary.length});
    item.writeBytes(secondary);
    return item.toByteArray();
  }

  @Test
  void contextsThatWereRefusedAreNamedByTheRule() throws IOException {
    ward.clinic.enrol("DB1", Set.of(DeviceVerb.STORE), 0);
    RawScu.Builder asking =
        echoing(doctor.as("DB1"))
            .propose(FIND, RawScu.EXPLICIT_VR_LITTLE_ENDIAN)
            .propose(GET, RawScu.EXPLICIT_VR_LITTLE_ENDIAN)
            .propose(WorklistScp.SOP_CLASS.value(), RawScu.EXPLICIT_VR_LITTLE_ENDIAN)
            .propose(NO_SOP_CLASS, RawScu.EXPLICIT_VR_LITTLE_ENDIAN)
            .propose(Clinic.CT.value(), "1.2.840.10008.1.2.4.103");
    try (RawScu scu = asking.open()) {
      scu.release();
    }
    assertThat(doctor.found("DB1", Cause.MAY_NOT_FIND).offered().getFirst())
        .contains("FIND", "Explicit VR Little Endian");
    doctor.found("DB1", Cause.MAY_NOT_RETRIEVE);
    doctor.found("DB1", Cause.MAY_NOT_WORKLIST);
    assertThat(doctor.found("DB1", Cause.SOP_CLASS_UNKNOWN).offered().getFirst())
        .contains(NO_SOP_CLASS);

    ward.clinic.enrol("DB2", Set.of(DeviceVerb.FIND), 0);
    try (RawScu scu =
        echoing(doctor.as("DB2"))
            .propose(Clinic.CT.value(), RawScu.EXPLICIT_VR_LITTLE_ENDIAN)
            .open()) {
      scu.release();
    }
    doctor.found("DB2", Cause.MAY_NOT_STORE);
    DeviceTerms mr = new DeviceTerms("Ada Poe", Set.of(Clinic.MR), Optional.empty());
    ward.clinic.archive.devices().set(Clinic.CONSOLE, "DB2", mr);
    try (RawScu scu =
        echoing(doctor.as("DB2"))
            .propose(Clinic.CT.value(), RawScu.EXPLICIT_VR_LITTLE_ENDIAN)
            .propose(Clinic.MR.value(), "2.25.98")
            .open()) {
      scu.release();
    }
    doctor.found("DB2", Cause.SOP_CLASS_NOT_ALLOWED);
    assertThat(doctor.found("DB2", Cause.TRANSFER_SYNTAX).offered().getFirst())
        .contains("MR Image");
  }

  @Test
  void whatWasNotStoredIsNamedWithItsSopClassAndNoValue() throws IOException {
    ward.clinic.enrol("DC1", Set.of(DeviceVerb.STORE), 0);
    String ct = Clinic.CT.value();
    try (RawScu scu = doctor.as("DC1").propose(ct, RawScu.EXPLICIT_VR_LITTLE_ENDIAN).open()) {
      String instance = Clinic.instance(41, 1, 1).value();
      assertThat(scu.store(1, ct, instance, Ward.image(41, 1)).status()).isZero();
      assertThat(scu.store(1, ct, instance, Ward.otherImage(41, 1)).status()).isEqualTo(0xC101);
      assertThat(scu.store(1, ct, "2.25.997", new byte[] {1, 2, 3}).status()).isEqualTo(0xC000);
      doctor.found("DC1", Cause.STORE_MALFORMED);
      assertThat(doctor.found("DC1", Cause.STORE_UID_TAKEN).offered())
          .contains("CT Image Storage")
          .noneMatch(line -> line.contains("Nobody") || line.contains("ID41"));
      scu.send(new byte[] {9, 0, 0, 0, 0, 4, 0, 0, 0, 0}); // no such PDU-type
      assertThat(scu.receive().type()).isEqualTo(RawPdu.ABORT);
    } catch (IOException _) {
      // It may be gone before the A-ABORT is read.
    }
    doctor.found("DC1", Cause.PROTOCOL_ERROR);
  }

  @Test
  void overALaneEachOfTheThreeThingsIsToldApartHereAndNotThere() throws IOException {
    Lanes.Lane lane = ward.lane("DL1");
    assertThat(rejection(Ward.from(lane).calling("CT9"))).isEqualTo(STRANGER);
    assertThat(doctor.found("DL1", Cause.LANE_CALLING).proved()).isFalse();
    assertThat(rejection(Ward.from(lane).called("ARCHIVE"))).isEqualTo(STRANGER);
    doctor.found("DL1", Cause.LANE_CALLED);
    try (RawScu scu =
        echoing(Ward.from(lane)).propose(FIND, RawScu.EXPLICIT_VR_LITTLE_ENDIAN).open()) {
      scu.release();
    }
    assertThat(doctor.found("DL1", Cause.LANE_ASKS).command()).doesNotContain("--may");
    try (RawScu scu = Ward.from(Ward.ELSEWHERE, lane).connect()) {
      assertThat(scu.closedByPeer()).isTrue();
    }
    assertThat(doctor.found("DL1", Cause.LANE_ADDRESS).address()).isEqualTo(Ward.ELSEWHERE);
  }

  @Test
  void aDestinationThatIsNotThereIsFound() throws IOException {
    int port;
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = gone.getLocalPort();
    }
    ward.clinic.enrol("DD1", Set.of(DeviceVerb.RETRIEVE), port);
    isNotCalled("DD1", port);
    assertThat(doctor.found("DD1", Cause.DESTINATION_UNREACHABLE).address())
        .isEqualTo("127.0.0.1:" + port);
    int ours = ward.clinic.server.port();
    ward.clinic.enrol("DD2", Set.of(DeviceVerb.RETRIEVE), ours);
    isNotCalled("DD2", ours);
    Doctor.Case other = doctor.found("DD2", Cause.DESTINATION_CERTIFICATE);
    assertThat(other.offered().getFirst()).startsWith("a certificate that ends ");
    assertThat(other.proved()).as("whoever listens there").isFalse();
  }

  private void isNotCalled(String title, int port) {
    Outgoing outgoing =
        new Outgoing(
            ward.clinic.archive,
            Clinic.TITLE,
            () -> {
              try {
                return ward.clinic.archive.authority().server(List.of());
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            },
            ward.clock,
            ward.clinic.events::add);
    assertThatThrownBy(() ->
            outgoing.open(
                ward.clinic.archive,
                title,
                new DeviceTerms.Destination("127.0.0.1", port),
                asked ->
                    asked.context(new Uid(RawScu.VERIFICATION), List.of(Clinic.IMPLICIT)).build()))
        .isInstanceOf(IOException.class);
  }
}
