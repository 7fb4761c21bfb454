package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import leadglass.archive.Devices.Change;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Devices with certificates of another authority.
class ForeignCertificateTest {
  private static final Origin SCANNER = new Origin(Origin.Door.DIMSE, "192.0.2.50");
  private final Premises premises = new Premises();
  private final SecureRandom random = new SecureRandom();
  private final KeyPair pair = KeyPairs.p256(random);

  @BeforeEach
  void found() throws IOException {
    premises.founded();
  }

  private X509Certificate foreign(KeyPair key) {
    Issuer root = Issuer.root(premises.clock.instant(), random);
    return root.intermediate(premises.clock.instant(), random)
        .device(key.getPublic(), premises.clock.instant(), random);
  }

  private Change add(String aeTitle, DeviceKey key) throws IOException {
    return premises.devices().add(premises.console, aeTitle, Premises.TERMS, key);
  }

  private boolean admits(X509Certificate certificate) throws IOException {
    return premises.devices().admit(SCANNER, certificate, "CT1").isPresent();
  }

  @Test
  void exactlyTheCertificateThatWasBoundCounts() throws Exception {
    X509Certificate bound = foreign(pair);
    X509Certificate sameKey = foreign(pair);
    List<DeviceKey> ways =
        List.of(
            new DeviceKey.Foreign(Pem.certificates(bound).getBytes(StandardCharsets.US_ASCII)),
            new DeviceKey.Foreign(Pem.der(bound)),
            new DeviceKey.Fingerprint(DeviceBook.fingerprint(bound)));
    for (DeviceKey way : ways) {
      assertThat(add("CT1", way)).isInstanceOf(Change.Done.class);
      assertThat(admits(sameKey)).isFalse();
      assertThat(admits(bound)).isTrue();
      assertThat(admits(sameKey)).as("after the bound one was seen").isFalse();
      premises.reopen();
      assertThat(admits(bound)).isTrue();
      assertThat(premises.devices().list(premises.console).getFirst().endsMillis())
          .contains(bound.getNotAfter().toInstant().toEpochMilli());
      premises.devices().remove(premises.console, "CT1");
    }
  }

  @Test
  void itsEndCountsAndARevocationToo() throws Exception {
    X509Certificate bound = foreign(pair);
    add("CT1", new DeviceKey.Foreign(Pem.der(bound)));
    premises.clock.turn(Duration.ofDays(366));
    assertThat(admits(bound)).as("into quarantine").isTrue();
    premises.clock.turn(Devices.ENDED_MAX);
    assertThat(admits(bound)).isFalse();
    assertThat(add("CT1", new DeviceKey.Foreign(Pem.der(bound))))
        .isInstanceOf(Change.Refused.class);
    X509Certificate next = foreign(KeyPairs.p256(random));
    add("CT1", new DeviceKey.Fingerprint(DeviceBook.fingerprint(next)));
    premises.devices().revoke(premises.console, "CT1", "sold");
    assertThat(admits(next)).isFalse();
  }

  @Test
  void oneKeyProvesOneDeviceAndNeverComesBack() throws Exception {
    byte[] der = Pem.der(foreign(pair));
    add("CT1", new DeviceKey.Foreign(der));
    assertThat(add("CT2", new DeviceKey.Foreign(der))).isInstanceOf(Change.Refused.class);
    assertThat(premises.devices().renew(premises.console, "CT1", new DeviceKey.Foreign(der)))
        .isInstanceOf(Change.Refused.class);
    premises.devices().revoke(premises.console, "CT1", "stolen");
    assertThat(add("CT1", new DeviceKey.Foreign(der))).isInstanceOf(Change.Refused.class);
  }

  @Test
  void whatIsNoCertificateOrFingerprintIsRefused() throws Exception {
    for (DeviceKey key :
        List.of(
            new DeviceKey.Foreign(new byte[] {0x30, 0x00}),
            new DeviceKey.Foreign("hello".getBytes(StandardCharsets.US_ASCII)),
            new DeviceKey.Fingerprint("ab".repeat(31)),
            new DeviceKey.Fingerprint("zz".repeat(32)))) {
      assertThat(add("CT1", key)).isInstanceOf(Change.Refused.class);
    }
  }
}
