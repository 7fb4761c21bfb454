package leadglass.server.scp;

import static leadglass.server.scp.Consultation.STRANGER;
import static leadglass.server.scp.Consultation.echoing;
import static leadglass.server.scp.Consultation.isRefused;
import static leadglass.server.scp.Consultation.rejection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.KeyManager;
import leadglass.archive.Archive;
import leadglass.archive.Authority;
import leadglass.archive.Cause;
import leadglass.archive.DeviceKey;
import leadglass.archive.DeviceTerms;
import leadglass.archive.DeviceVerb;
import leadglass.archive.Devices;
import leadglass.archive.Doctor;
import leadglass.archive.Role;
import leadglass.archive.SetUp;
import leadglass.archive.Tenants;
import leadglass.testkit.RawScu;
import leadglass.testkit.TestCertificate;
import leadglass.testkit.TestTls;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Who was a stranger to the door, for a reason that the doctor knows: a handshake that came to
/// nothing, a certificate that counts not, a network or a site that is not theirs. One archive for
/// all.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class DoctorStrangerTest {
  private static final DeviceTerms TERMS = new DeviceTerms("Ada Poe", Set.of(), Optional.empty());
  private static final String CERTIFICATE =
      "a certificate that ends [-0-9T:Z]+, SHA-256 [0-9a-f]{64}";
  private static final int TRIES_MAX = 100;

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

  /// What a peer hears of a handshake that failed. It may be gone before that is read.
  private static String alert(RawScu.Builder asking) {
    for (int i = 0; i < TRIES_MAX; i++) {
      try {
        asking.open().close();
      } catch (IOException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("alert")) {
          return message;
        }
      }
    }
    throw new AssertionError("no alert came");
  }

  private void enrol(String title, TestCertificate shown) throws IOException {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(shown.certificate().getEncoded());
      DeviceKey key = new DeviceKey.Fingerprint(HexFormat.of().formatHex(hash));
      assertThat(ward.clinic.archive.devices().add(Clinic.CONSOLE, title, TERMS, key))
          .isInstanceOf(Devices.Change.Done.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aHandshakeThatBreaksOffIsFoundByAddress() throws IOException {
    try (RawScu scu = doctor.plain().from(InetAddress.ofLiteral("127.0.2.1")).connect()) {
      scu.send(new byte[] {22, 3, 1, 0, 4, 1}); // a record that would have a ClientHello
    }
    Doctor.Case broken = doctor.found("127.0.2.1", Cause.TLS_FAILED);
    assertThat(broken.device()).isEmpty();
    assertThat(broken.proved()).isFalse();
    assertThat(broken.offered()).isEmpty();
    assertThat(broken.command()).isEqualTo("leadglass dicom echo --as FOLDER HOST:PORT");
  }

  @Test
  void aWeakKeyAndOneThatHasNotBegunAreToldApartHereAndNotThere() throws IOException {
    TestCertificate weak = TestCertificate.selfSigned("DOCTOR", TestCertificate.Kind.RSA_1024);
    Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
    TestCertificate early =
        TestCertificate.make(
            "DOCTOR", TestCertificate.Kind.EC, null, tomorrow, tomorrow.plus(Duration.ofDays(1)));
    KeyManager[] weakKeys = TestTls.keyManagers(weak);
    KeyManager[] earlyKeys = TestTls.keyManagers(early);
    KeyManager[] unknown =
        TestTls.keyManagers(TestCertificate.selfSigned("DOCTOR", TestCertificate.Kind.EC));

    String answer = alert(doctor.from("127.0.2.2", unknown));
    assertThat(alert(doctor.from("127.0.2.3", weakKeys))).isEqualTo(answer);
    Doctor.Case stranger = doctor.found("127.0.2.3", Cause.CERTIFICATE_WEAK);
    assertThat(stranger.device()).isEmpty();
    assertThat(stranger.offered()).singleElement().asString().matches(CERTIFICATE);
    assertThat(stranger.command()).startsWith("leadglass device renew AETITLE ");

    enrol("DW1", weak);
    enrol("DW2", early);
    assertThat(alert(doctor.from("127.0.2.4", weakKeys))).isEqualTo(answer);
    assertThat(alert(doctor.from("127.0.2.5", earlyKeys))).isEqualTo(answer);
    Doctor.Case device = doctor.found("DW1", Cause.CERTIFICATE_WEAK);
    assertThat(device.proved()).as("no key was proved").isFalse();
    assertThat(device.command()).isEqualTo("leadglass device renew DW1 --out FOLDER --data DIR");
    Doctor.Case notYet = doctor.found("DW2", Cause.CERTIFICATE_NOT_YET);
    assertThat(notYet.proved()).as("no key was proved").isFalse();
    assertThat(notYet.address()).isEqualTo("127.0.2.5");
    assertThat(notYet.offered()).singleElement().asString().matches(CERTIFICATE);
    assertThat(notYet.command()).isEqualTo("leadglass device renew DW2 --out FOLDER --data DIR");
  }

  @Test
  void fromOutsideTheHouseNotAByteIsReadAndTheAddressIsFound() throws IOException {
    InetAddress outside = InetAddress.ofLiteral("127.0.2.6");
    try (DicomServer server =
            DicomServer.start(
                new DicomSettings(Clinic.TITLE, "127.0.0.1", 0, 16, Clinic.SOON, Clinic.SOON),
                from -> !from.equals(outside),
                ward.clinic.archive.authority().server(List.of()),
                ward.clinic.archive,
                ward.clock,
                ward.clinic.events::add);
        RawScu scu = Consultation.plain(server).from(outside).connect()) {
      assertThat(scu.closedByPeer()).isTrue();
    }
    Doctor.Case far = doctor.found("127.0.2.6", Cause.NOT_NEAR);
    assertThat(far.device()).isEmpty();
    assertThat(far.proved()).isFalse();
    assertThat(far.claims()).isEmpty();
    assertThat(far.command()).isEqualTo("leadglass status --data DIR");
  }

  private static KeyManager[] enrolled(Archive site, String title) throws IOException {
    Devices.Change.Done done =
        (Devices.Change.Done)
            site.devices().add(Clinic.CONSOLE, title, TERMS, new DeviceKey.Made(""));
    return Clinic.keys(
        Authority.given(
            done.certificate().getBytes(StandardCharsets.US_ASCII),
            done.key().getBytes(StandardCharsets.US_ASCII)));
  }

  private Archive north() throws IOException {
    Archive house = ward.clinic.archive;
    assertThat(
            house
                .tenants()
                .add(
                    Clinic.CONSOLE,
                    new Tenants.Site("north", "North Imaging", "north.example", "NORTH"),
                    List.of(
                        new SetUp.Person(
                            "ada", "violet harbour 71 lamps".toCharArray(), Role.ADMINISTRATOR))))
        .isInstanceOf(Tenants.Added.Done.class);
    return house.tenants().named("north").orElseThrow();
  }

  @Test
  void aDeviceOfAnotherSiteIsFoundAtItsOwnUnderItsTitleAndAtThatOneByAddress() throws IOException {
    Consultation north = new Consultation(ward, north());
    ward.clinic.enrol("DO1", Set.of(DeviceVerb.STORE), 0);
    RawScu.Builder asking = doctor.as("DO1").from(InetAddress.ofLiteral("127.0.2.7"));
    assertThat(rejection(asking.called("NORTH"))).isEqualTo(STRANGER);

    Doctor.Case own = doctor.found("DO1", Cause.OTHER_SITE);
    assertThat(own.proved()).isTrue();
    assertThat(own.address()).isEqualTo("127.0.2.7");
    assertThat(own.called()).isEqualTo("NORTH");
    assertThat(own.offered()).singleElement().asString().matches(CERTIFICATE);
    assertThat(own.command()).isEqualTo("leadglass site list --data DIR");
    Doctor.Case there = north.found("127.0.2.7", Cause.OTHER_SITE);
    assertThat(there.device()).isEmpty();
    assertThat(there.proved()).isFalse();

    KeyManager[] theirs = enrolled(north.site(), "DO2");
    assertThat(rejection(doctor.from("127.0.2.8", theirs).calling("DO2"))).isEqualTo(STRANGER);
    assertThat(north.found("DO2", Cause.OTHER_SITE).proved()).isTrue();
    assertThat(doctor.found("127.0.2.8", Cause.OTHER_SITE).device()).isEmpty();
    isRefused(doctor.from("127.0.2.8", theirs).calling("DO2").called("NORTH").ownPduBytesMax(4));
    assertThat(north.found("DO2", Cause.MALFORMED_REQUEST).proved()).isTrue();
  }

  @Test
  void aRequestThatIsNoneIsFoundUnderTheDeviceWhateverItCallsItself() throws IOException {
    ward.clinic.enrol("DM1", Set.of(DeviceVerb.STORE), 0);
    assertThat(rejection(doctor.as("DM1").calling("DM\\1"))).isEqualTo(STRANGER);
    isRefused(doctor.as("DM1").ownPduBytesMax(4));
    Doctor.Case malformed = doctor.found("DM1", Cause.MALFORMED_REQUEST);
    assertThat(malformed.proved()).isTrue();
    assertThat(malformed.command()).isEqualTo("leadglass dicom echo --as FOLDER HOST:PORT");
    assertThat(doctor.cases("DM1"))
        .anySatisfy(each -> assertThat(each.offered()).contains("maximum length 4"))
        .anySatisfy(each -> assertThat(each.calling()).isEqualTo("DM\\1"));
    try (RawScu scu = echoing(doctor.as("DM1")).open()) {
      scu.release();
    }
  }
}
