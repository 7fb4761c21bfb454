package leadglass.survey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import leadglass.survey.scope.Ruling;
import leadglass.survey.scope.Scope;
import leadglass.testkit.TestCertificate;
import leadglass.testkit.TestTls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// TLS as no current library speaks it, and certificates as nobody should show them.
class TlsProbeTest {
  private static final String HTTP = "HTTP/1.1 200 OK\r\n\r\n";

  /// A server that picks a suite from a hello by rules of its own, and shows a certificate.
  private static Stage.Part old(int version, int suite, byte[] certificate) {
    return (in, out) -> {
      byte[] header = in.readNBytes(5);
      if (header.length < 5 || header[0] != 22) {
        return;
      }
      byte[] hello = in.readNBytes((header[3] & 0xFF) << 8 | (header[4] & 0xFF));
      int offered = (hello[4] & 0xFF) << 8 | (hello[5] & 0xFF);
      if (offered < version || !offers(hello, suite)) {
        out.write(new byte[] {21, 3, 1, 0, 2, 2, 40});
        return;
      }
      out.write(flight(version, suite, certificate));
    };
  }

  private static boolean offers(byte[] hello, int suite) {
    int suites = 39 + hello[38];
    int bytes = (hello[suites] & 0xFF) << 8 | (hello[suites + 1] & 0xFF);
    for (int i = suites + 2; i < suites + 2 + bytes; i += 2) {
      if (((hello[i] & 0xFF) << 8 | (hello[i + 1] & 0xFF)) == suite) {
        return true;
      }
    }
    return false;
  }

  private static byte[] flight(int version, int suite, byte[] certificate) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] hello = new byte[38];
    hello[0] = (byte) (version >> 8);
    hello[1] = (byte) version;
    hello[35] = (byte) (suite >> 8);
    hello[36] = (byte) suite;
    handshake(all, 2, hello);
    int length = certificate.length;
    byte[] list = new byte[length + 6];
    list[1] = (byte) ((length + 3) >> 8);
    list[2] = (byte) (length + 3);
    list[4] = (byte) (length >> 8);
    list[5] = (byte) length;
    System.arraycopy(certificate, 0, list, 6, length);
    handshake(all, 11, list);
    handshake(all, 14, new byte[0]);
    // In records of 100 bytes, as it may.
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    byte[] bytes = all.toByteArray();
    for (int i = 0; i < bytes.length; i += 100) {
      byte[] part = Arrays.copyOfRange(bytes, i, Math.min(bytes.length, i + 100));
      records.writeBytes(new byte[] {22, 3, 1, 0, (byte) part.length});
      records.writeBytes(part);
    }
    return records.toByteArray();
  }

  private static void handshake(ByteArrayOutputStream out, int type, byte[] body) {
    out.writeBytes(new byte[] {(byte) type, 0, (byte) (body.length >> 8), (byte) body.length});
    out.writeBytes(body);
  }

  private static byte[] certificate() throws CertificateEncodingException {
    Instant now = Instant.now();
    return TestCertificate.make(
            Stage.CANARY,
            TestCertificate.Kind.RSA_1024,
            null,
            now.minus(Duration.ofDays(9)),
            now.minus(Duration.ofDays(1)))
        .certificate()
        .getEncoded();
  }

  @ParameterizedTest
  @CsvSource({
    "0300, 0005, 'ssl-3,rc4-suites,no-forward-secrecy,profile-none'",
    "0301, 0003, 'below-1.2,export-suites,no-forward-secrecy,profile-none'",
    "0302, 000A, 'below-1.2,des-suites,no-forward-secrecy,profile-none'",
    "0303, 0001, 'null-suites,no-forward-secrecy,profile-none'",
    "0303, 0034, 'anonymous-suites,no-forward-secrecy,profile-none'",
    "0303, C013, 'cbc-only,profile-none'",
    "0303, C02F, 'profile-modified'"
  })
  void whatAnOldServerChoosesIsWhatItIs(String version, String suite, String decisions)
      throws Exception {
    Stage.Part part =
        old(Integer.parseInt(version, 16), Integer.parseInt(suite, 16), certificate());
    try (Stage stage = new Stage(part)) {
      HostReport report = Checks.of(Declared.NOTHING, stage.port() + "/dicom-tls");
      // Its certificate is read in clear, though no handshake comes about.
      assertThat(Checks.decision(report, "tls")).isEqualTo(decisions + ",expired,weak-certificate");
      assertThat(report.toString()).doesNotContain(Stage.CANARY);
      assertThat(report.connections()).isLessThanOrEqualTo(12);
    }
  }

  private static HostReport https(TestCertificate own, Optional<String> name) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(TestTls.keyManagers(own), null, null);
    try (SSLServerSocket listening =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.startVirtualThread(() -> {
        while (!listening.isClosed()) {
          try (SSLSocket socket = (SSLSocket) listening.accept()) {
            socket.startHandshake();
            Stage.line(socket.getInputStream());
            socket.getOutputStream().write(HTTP.getBytes(StandardCharsets.US_ASCII));
          } catch (IOException _) {
            // An old hello.
          }
        }
      });
      Ruling ruling = Scope.named(InetAddress.getLoopbackAddress(), name, Optional.empty());
      Door door = Door.parse(listening.getLocalPort() + "/https").orElseThrow();
      Target target =
          new Target(
              "a", ((Ruling.Allowed) ruling).approved(), java.util.List.of(door), "", "", "");
      HostReport report = Checks.of(target);
      assertThat(report.toString()).doesNotContain(Stage.CANARY);
      return report;
    }
  }

  private static TestCertificate lasting(Duration before, Duration after) {
    Instant now = Instant.now();
    return TestCertificate.make(
        Stage.CANARY, TestCertificate.Kind.RSA, null, now.minus(before), now.plus(after));
  }

  @Test
  void aCertificateIsReadByItsDatesAndItsKey() throws Exception {
    Duration year = Duration.ofDays(365);
    Duration week = Duration.ofDays(7);
    assertThat(Checks.decision(https(lasting(year, year), Optional.empty()), "tls"))
        .isEqualTo("current");
    assertThat(Checks.decision(https(lasting(year, week), Optional.empty()), "tls"))
        .isEqualTo("current,ends-soon");
    assertThat(Checks.decision(https(lasting(week, week), Optional.empty()), "tls"))
        .as("one that never lives long")
        .isEqualTo("current");
    assertThat(Checks.decision(https(lasting(year, week.negated()), Optional.empty()), "tls"))
        .isEqualTo("current,expired");
    assertThat(Checks.decision(https(lasting(week.negated(), year), Optional.empty()), "tls"))
        .isEqualTo("current,not-yet-valid");
    TestCertificate weak = TestCertificate.selfSigned(Stage.CANARY, TestCertificate.Kind.RSA_1024);
    assertThat(Checks.decision(https(weak, Optional.empty()), "tls"))
        .isEqualTo("current,weak-certificate");
  }

  @Test
  void aCertificateIsForTheNameThatWasAskedFor() throws Exception {
    TestCertificate own = lasting(Duration.ofDays(9), Duration.ofDays(99));
    HostReport right = https(own, Optional.of("localhost"));
    assertThat(Checks.decision(right, "tls")).isEqualTo("current");
    HostReport wrong = https(own, Optional.of("pacs.example"));
    assertThat(Checks.decision(wrong, "tls")).isEqualTo("current,other-name");
    assertThat(wrong.worst()).isEqualTo(Level.NOTE);
  }

  @Test
  void aServerThatIsUpToDateSeesFourConnections() throws Exception {
    HostReport report = https(lasting(Duration.ofDays(9), Duration.ofDays(99)), Optional.empty());
    long web =
        report.doors().getFirst().findings().stream()
            .filter(each -> !each.probe().equals("tls"))
            .count();
    // And one that recognised it; probes of the web come on top.
    assertThat(web > 0 || report.connections() == 5).isTrue();
  }

  /// What a server may send instead of a flight, in hexadecimal.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "160303ffff02ffffff0303",
        "1603030000",
        "16030300040200ffff",
        "160303002c0200002803030000000000000000000000000000000000000000000000000000000000000000ff002f00",
        "160303000402000002" + "160303000403030000",
        "1503",
        "16030300050b00000000",
        "8080010301"
      })
  void noFlightIsTakenThatIsNone(String hexadecimal) throws IOException {
    byte[] bytes = java.util.HexFormat.of().parseHex(hexadecimal);
    try (Stage stage = new Stage((in, out) -> answered(in, out, bytes))) {
      HostReport report = Checks.of(Declared.NOTHING, stage.port() + "/https");
      assertThat(report.worst().number()).isLessThanOrEqualTo(1);
      assertThat(report.grade()).isEqualTo(Grade.UNKNOWN);
    }
  }

  private static void answered(InputStream in, OutputStream out, byte[] bytes) throws IOException {
    in.read();
    out.write(bytes);
  }

  @Test
  void recordsWithoutEndAreLeft() throws IOException {
    byte[] flight = flight(0x0303, 0xC02F, new byte[3]);
    byte[] record = new byte[16 << 10];
    record[0] = 22;
    record[1] = 3;
    record[2] = 3;
    record[3] = 0x3F;
    record[4] = (byte) (record.length - 5 - 0x3F00);
    Stage.Part part =
        (in, out) -> {
          in.read();
          out.write(flight, 0, 60);
          for (int i = 0; i < 10_000; i++) {
            out.write(record);
          }
        };
    try (Stage stage = new Stage(part)) {
      HostReport report = Checks.of(Declared.NOTHING, stage.port() + "/https");
      assertThat(report.bytesReceived()).isLessThan(16 << 20);
      assertThat(report.took()).isLessThan(Duration.ofSeconds(40));
    }
  }

  @Test
  void aHandshakeThatComesByteByByteIsBounded() throws IOException {
    Limits hasty =
        new Limits(
            Duration.ofSeconds(1),
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ZERO,
            400,
            1 << 20,
            10,
            1000);
    Stage.Part part =
        (in, out) -> {
          in.read();
          out.write(new byte[] {22, 3, 3, 0x40, 0, 2, 0, 0x3F, (byte) 0xFC});
          for (int i = 0; i < 600; i++) {
            out.write(0);
            out.flush();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
          }
        };
    try (Stage stage = new Stage(part)) {
      HostReport report = Checks.of(hasty, Declared.NOTHING, stage.port() + "/https");
      assertThat(report.took()).isLessThan(Duration.ofSeconds(15));
      assertThat(report.grade()).isEqualTo(Grade.UNKNOWN);
    }
  }
}
