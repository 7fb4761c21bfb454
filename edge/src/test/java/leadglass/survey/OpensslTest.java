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

/// OpenSSL's `s_server` as a web server in TLS, as good and as bad as Debian's lets it be.
class OpensslTest {
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

  private HostReport check(String service, String configuration, String... words)
      throws IOException {
    int port = Programs.freePort();
    List<String> all = new ArrayList<>(List.of("/usr/bin/openssl", "s_server", "-quiet", "-www"));
    all.addAll(List.of("-accept", "127.0.0.1:" + port, "-key", "key.pem", "-cert", "own.pem"));
    all.addAll(List.of(words));
    programs.start(port, all.toArray(String[]::new));
    HostReport report = Checks.of(Declared.NOTHING, port + service);
    assertThat(report.toString()).doesNotContain(Stage.CANARY);
    VerdictMatrix.assertDocumented(VerdictMatrix.row("OpenSSL s_server", configuration, report));
    return report;
  }

  @Test
  void asItComesItIsGood() throws IOException {
    HostReport report = check("/https", "as it comes");
    assertThat(Checks.decision(report, "tls")).isEqualTo("current");
  }

  @Test
  void oldVersionsAreFoundEvenWhereNothingElseIsSpoken() throws IOException {
    HostReport report = check("/https", "TLS 1.0 only", "-tls1", "-cipher", "DEFAULT:@SECLEVEL=0");
    assertThat(Checks.decision(report, "tls")).startsWith("below-1.2");
    assertThat(report.grade()).isEqualTo(Grade.C);
  }

  @Test
  void oldVersionsAreFoundAtADoorOfWhichNothingIsSaid() throws IOException {
    HostReport report =
        check(
            "",
            "TLS 1.1 and 1.2, not said to be TLS",
            "-no_tls1",
            "-cipher",
            "DEFAULT:@SECLEVEL=0");
    assertThat(Checks.decision(report, "tls")).startsWith("below-1.2");
  }

  @Test
  void weakSuitesAreFound() throws IOException {
    HostReport report =
        check(
            "/https",
            "NULL and anonymous suites",
            "-tls1_2",
            "-cipher",
            "ALL:COMPLEMENTOFALL:@SECLEVEL=0");
    assertThat(Checks.decision(report, "tls")).startsWith("null-suites,anonymous-suites");
    assertThat(report.grade()).isEqualTo(Grade.C);
  }

  @Test
  void noForwardSecrecyIsFoundThoughNoHandshakeComesAbout() throws IOException {
    HostReport report =
        check(
            "/dicom-tls", "TLS_RSA_WITH_AES_128_CBC_SHA only", "-tls1_2", "-cipher", "AES128-SHA");
    assertThat(Checks.decision(report, "tls")).startsWith("no-forward-secrecy,profile-none");
  }

  @Test
  void aDemandedClientCertificateClosesTheDoorInBothVersions() throws IOException {
    for (String version : List.of("-tls1_2", "-tls1_3")) {
      HostReport report =
          check(
              "/https",
              "client certificate demanded, " + version,
              version,
              "-Verify",
              "1",
              "-verify_return_error");
      assertThat(Checks.decision(report, "tls")).contains("client-certificate");
      assertThat(report.grade()).isEqualTo(Grade.A);
    }
  }
}
