package leadglass.survey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.InstantSource;
import leadglass.net.association.Transport;
import leadglass.net.tls.SecureTransport;
import leadglass.testkit.TestCertificate;
import leadglass.testkit.TestTls;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Leadglass's own secure transport, as its check finds it.
class OwnTlsTest {
  @ParameterizedTest
  @EnumSource(
      value = TestCertificate.Kind.class,
      names = {"RSA", "EC"})
  void itIsClosedAndFitsTheStricterProfile(TestCertificate.Kind kind) throws Exception {
    TestCertificate own = TestCertificate.selfSigned(Stage.CANARY, kind);
    SecureTransport transport =
        SecureTransport.of(TestTls.keyManagers(own), _ -> false, InstantSource.system());
    try (ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.startVirtualThread(() -> {
        while (!listening.isClosed()) {
          try (Socket socket = listening.accept();
              Transport.Link _ = transport.secure(socket)) {
            throw new AssertionError("nobody is trusted");
          } catch (IOException _) {
            // As it should be.
          }
        }
      });
      for (String hint : new String[] {"/dicom-tls", ""}) {
        HostReport report = Checks.of(Declared.NOTHING, listening.getLocalPort() + hint);
        assertThat(Checks.decision(report, "tls")).isEqualTo("profile-modified,client-certificate");
        assertThat(report.grade()).isEqualTo(Grade.A);
        assertThat(report.toString()).doesNotContain(Stage.CANARY);
        assertThat(report.connections()).isLessThanOrEqualTo(6);
      }
    }
  }
}
