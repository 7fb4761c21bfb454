package leadglass.server.scp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import leadglass.archive.DeviceVerb;
import leadglass.archive.Devices;
import leadglass.archive.Quarantine;
import leadglass.testkit.RawScu;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A device whose certificate has ended and that nobody renewed: what it sends is not lost for 30
/// days, and it is given nothing.
class EndedCertificateTest {
  private static final int USER_REJECTION = 1;

  @TempDir private Path folder;

  /// The server is not what is tested here.
  private static final class Anybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  private static SSLContext shown(Ward ward, String title) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          Clinic.keys(ward.clinic.identity(title)), new TrustManager[] {new Anybody()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RawScu open(Ward ward, String title) throws IOException {
    RawScu.Builder asking =
        RawScu.to(ward.clinic.server.port())
            .tls(shown(ward, title))
            .calling(title)
            .called(Clinic.TITLE)
            .propose(Clinic.CT.value(), RawScu.EXPLICIT_VR_LITTLE_ENDIAN)
            .propose(RawScu.VERIFICATION, RawScu.IMPLICIT_VR_LITTLE_ENDIAN);
    Scp.verbs()
        .keySet()
        .forEach(each -> asking.propose(each.value(), RawScu.EXPLICIT_VR_LITTLE_ENDIAN));
    return asking.open();
  }

  private static void isRefused(Ward ward, String title) {
    assertThatThrownBy(() -> open(ward, title).close()).isInstanceOf(IOException.class);
  }

  private static Devices.Device shownAs(Ward ward, String title) {
    return ward.clinic.archive.devices().list(Clinic.CONSOLE).stream()
        .filter(each -> each.aeTitle().equals(title))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void forThirtyDaysItStoresIntoQuarantineAndAsksNothing() throws IOException {
    try (Ward ward = new Ward(folder)) {
      Set<DeviceVerb> all = Set.of(DeviceVerb.STORE, DeviceVerb.FIND, DeviceVerb.RETRIEVE);
      ward.clinic.enrol("CT1", all, 0);
      ward.clinic.enrol("CT2", all, 0);
      ward.clinic.enrol("READ1", Set.of(DeviceVerb.FIND), 0);
      ward.clinic.fill(1, 1, 1);
      ward.clock.move(Duration.ofDays(375));
      assertThat(shownAs(ward, "CT1").state()).isEqualTo(Devices.State.ENDED);
      assertThat(shownAs(ward, "CT1").takenUntilMillis()).isPresent();
      try (RawScu scu = open(ward, "CT1")) {
        List<Integer> answers =
            new TreeMap<>(scu.answers()).values().stream().map(RawScu.Answer::result).toList();
        assertThat(answers.subList(0, 2)).containsOnly(0);
        assertThat(answers.subList(2, answers.size())).containsOnly(USER_REJECTION);
        assertThat(scu.echo().status()).isZero();
        assertThat(
                scu.store(1, Clinic.CT.value(), Clinic.instance(2, 1, 1).value(), Ward.image(2, 1))
                    .status())
            .isZero();
        assertThat(
                scu.store(
                        1,
                        Clinic.CT.value(),
                        Clinic.instance(1, 1, 1).value(),
                        Ward.otherImage(1, 1))
                    .status())
            .isZero();
        scu.release();
      }
      assertThat(ward.apart(2).getFirst().why()).isEqualTo(Quarantine.Why.EXPIRED);
      assertThat(ward.apart(2).getFirst().unproved()).isFalse();
      assertThat(ward.apart(1).getFirst().why()).isEqualTo(Quarantine.Why.CONFLICT);
      assertThat(ward.unverified()).isEmpty();
      try (RawScu scu = open(ward, "READ1")) {
        assertThat(scu.answers().values().stream().filter(each -> each.result() == 0)).hasSize(1);
      }

      ward.clinic.revoke("CT2");
      isRefused(ward, "CT2");
      ward.clock.move(Duration.ofDays(21));
      assertThat(shownAs(ward, "CT1").takenUntilMillis()).isEmpty();
      isRefused(ward, "CT1");
    }
  }
}
