package leadglass.survey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import leadglass.testkit.TestCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// DCMTK's `storescp` in TLS, profile after profile.
class DcmtkTlsTest {
  @TempDir Path folder;
  private Programs programs;

  @BeforeEach
  void begin() {
    programs = new Programs(folder);
    TestCertificate.selfSigned(Stage.CANARY, TestCertificate.Kind.RSA)
        .write(folder.resolve("key.pem"), folder.resolve("own.pem"));
  }

  @AfterEach
  void end() {
    programs.close();
  }

  private HostReport check(String configuration, String... words) throws IOException {
    int port = Programs.freePort();
    List<String> all = new ArrayList<>(List.of("/usr/bin/storescp", "+tls", "key.pem", "own.pem"));
    all.addAll(List.of(words));
    all.add("" + port);
    programs.start(port, all.toArray(String[]::new));
    HostReport report = Checks.of(Declared.NOTHING, port + "/dicom-tls");
    assertThat(report.toString()).doesNotContain(Stage.CANARY);
    VerdictMatrix.assertDocumented(
        VerdictMatrix.row("DCMTK storescp in TLS", configuration, report));
    return report;
  }

  @Test
  void thatDemandsACertificateIsClosed() throws IOException {
    HostReport report = check("as it comes", "+cf", "own.pem");
    assertThat(Checks.decision(report, "tls")).contains("client-certificate");
    assertThat(report.grade()).isEqualTo(Grade.A);
  }

  @Test
  void thatIgnoresCertificatesLetsAStrangerIn() throws IOException {
    HostReport report = check("certificates ignored", "-ic");
    assertThat(Checks.decision(report, "tls")).contains("no-client-certificate");
    assertThat(Checks.decision(report, "dicom-association")).isEqualTo("any-titles");
  }

  @Test
  void thatVerifiesCertificatesIfPresentLetsAStrangerIn() throws IOException {
    HostReport report = check("certificates verified if present", "-vc", "+cf", "own.pem");
    assertThat(Checks.decision(report, "tls")).contains("client-certificate-asked");
  }

  @Test
  void inTheExtendedProfileFitsTheModifiedOne() throws IOException {
    check("extended BCP 195 profile; certificates ignored", "-ic", "+pz");
  }

  @Test
  void inTheRetiredProfileOfAesFitsNone() throws IOException {
    check("retired AES profile; certificates ignored", "-ic", "+pa");
  }

  @Test
  void inTheRetiredProfileWithoutEncryptionIsExposed() throws IOException {
    HostReport report = check("retired unencrypted profile; certificates ignored", "-ic", "+pn");
    assertThat(Checks.decision(report, "tls")).contains("null-suites");
  }
}
