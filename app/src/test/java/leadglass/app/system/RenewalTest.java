package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import leadglass.archive.Archive;
import leadglass.archive.Authority;
import leadglass.server.DoorEvent;
import leadglass.server.Doors;
import leadglass.server.http.WebSettings;
import leadglass.server.scp.DicomSettings;
import leadglass.store.MasterKey;
import leadglass.store.Stores;
import leadglass.testkit.TestCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Certificates that end, or are replaced, while the doors stand open.
class RenewalTest {
  @TempDir private Path folder;
  private final Hands clock = new Hands();
  private final Queue<Object> events = new ConcurrentLinkedQueue<>();

  private static final class Hands extends Clock {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Instant instant() {
      return now.get();
    }
  }

  /// Believes anything: the certificate is only looked at.
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

  private static BigInteger shown(int port) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Anybody()}, new SecureRandom());
      try (SSLSocket socket =
          (SSLSocket)
              context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
        socket.setSoTimeout(20_000);
        socket.startHandshake();
        X509Certificate leaf = (X509Certificate) socket.getSession().getPeerCertificates()[0];
        return leaf.getSerialNumber();
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<BigInteger> shown(Doors doors) {
    return Stream.of(doors.httpsPort(), doors.dicomPort(), doors.outsidePort().orElseThrow())
        .map(RenewalTest::shown)
        .toList();
  }

  private Doors open(Archive archive, Optional<Doors.Given> given) throws IOException {
    WebSettings web = WebSettings.of("127.0.0.1", 0, List.of(), 8);
    DicomSettings dicom =
        new DicomSettings(
            "LEADGLASS", "127.0.0.1", 0, 8, Duration.ofSeconds(30), Duration.ofMinutes(1));
    WebSettings outside = WebSettings.of("127.0.0.1", 0, List.of("localhost"), 8);
    Doors.Settings settings =
        new Doors.Settings(
            web,
            dicom,
            "",
            Optional.empty(),
            List.of(),
            Optional.of(new Doors.Outward(outside, given)));
    return Doors.open(settings, archive, clock, events::add);
  }

  private Archive archive() throws IOException {
    Premises premises = Premises.in(folder.resolve("premises"));
    MasterKey master = MasterKey.open(premises.key(), false);
    return Archive.open(
        Stores.open(premises.data(), master, clock, _ -> {}), master, clock, _ -> {});
  }

  private List<Object> told() {
    return events.stream().filter(DoorEvent.class::isInstance).toList();
  }

  @Test
  void aServerThatRunsForAYearDoesNotEndWithItsCertificate() throws IOException {
    try (Archive archive = archive();
        Doors doors = open(archive, Optional.empty())) {
      List<BigInteger> first = shown(doors);
      String printed = doors.fingerprint();
      doors.renewCertificates();
      assertThat(shown(doors)).isEqualTo(first);
      assertThat(told()).isEmpty();
      clock.now.updateAndGet(now -> now.plus(Duration.ofDays(370)));
      doors.renewCertificates();
      assertThat(shown(doors)).doesNotContainAnyElementsOf(first).doesNotHaveDuplicates();
      assertThat(doors.fingerprint()).isNotEqualTo(printed);
      assertThat(told())
          .containsExactlyInAnyOrder(
              new DoorEvent.CertificatesRenewed(DoorEvent.Door.PAGES),
              new DoorEvent.CertificatesRenewed(DoorEvent.Door.DEVICES),
              new DoorEvent.CertificatesRenewed(DoorEvent.Door.OUTSIDE));
    }
  }

  @Test
  void aCertificateOfSomebodyElseIsTakenWhenItIsWhole() throws IOException {
    Path certificate = folder.resolve("cert.pem");
    Path key = folder.resolve("key.pem");
    TestCertificate first = TestCertificate.selfSigned("first", TestCertificate.Kind.EC);
    first.write(key, certificate);
    Doors.Given given =
        () -> {
          try {
            return Authority.given(Files.readAllBytes(certificate), Files.readAllBytes(key));
          } catch (IllegalArgumentException e) {
            throw new IOException(e);
          }
        };
    try (Archive archive = archive();
        Doors doors = open(archive, Optional.of(given))) {
      int port = doors.outsidePort().orElseThrow();
      assertThat(shown(port)).isEqualTo(first.chain()[0].getSerialNumber());
      TestCertificate second = TestCertificate.selfSigned("second", TestCertificate.Kind.EC);
      second.write(folder.resolve("other.key"), certificate); // the key is not there yet
      doors.renewCertificates();
      assertThat(shown(port)).isEqualTo(first.chain()[0].getSerialNumber());
      assertThat(told())
          .containsExactly(new DoorEvent.CertificatesFailed(DoorEvent.Door.OUTSIDE, "IOException"));
      second.write(key, certificate);
      doors.renewCertificates();
      assertThat(shown(port)).isEqualTo(second.chain()[0].getSerialNumber());
    }
  }
}
