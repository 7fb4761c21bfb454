package leadglass.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("leadglass.toml"), text);
  }

  private List<String> problems(String text) throws IOException {
    Path file = file(text);
    ConfigException refused =
        catchThrowableOfType(ConfigException.class, () -> ConfigFile.read(file));
    return refused == null ? List.of() : refused.problems();
  }

  @Test
  void whatIsNotSaidIsTheDefault() throws Exception {
    assertThat(ConfigFile.read(file(""))).isEqualTo(Config.defaults());
  }

  @Test
  void everySettingIsRead() throws Exception {
    Config config =
        ConfigFile.read(
            file(
                """
                [keys]
                master-key-file = "/media/key/k"
                [backup.s3]
                endpoint = "https://s3.example"
                region = "north-1"
                path-style = false
                credentials-file = "/c"
                lock-days = 7
                [web]
                listen = "192.0.2.1"
                port = 1
                names = ["a.example"]
                requests-max = 2
                [dimse]
                ae-title = "ME"
                listen = "::1"
                port = 3
                associations-max = 4
                artim-seconds = 5
                idle-seconds = 6
                private-sop-classes = ["1.2.3"]
                """));
    assertThat(config.keyFile()).contains(Path.of("/media/key/k"));
    assertThat(config.s3())
        .isEqualTo(
            new S3Config("https://s3.example", "north-1", false, Optional.of(Path.of("/c")), 7));
    assertThat(config.web()).isEqualTo(new WebConfig("192.0.2.1", 1, List.of("a.example"), 2));
    assertThat(config.dimse())
        .isEqualTo(
            new DimseConfig(
                "ME", "::1", 3, 4, Duration.ofSeconds(5), Duration.ofSeconds(6), List.of("1.2.3")));
  }

  @Test
  void anUnknownKeyIsRefusedAndTheNearestNamed() throws IOException {
    assertThat(problems("[web]\nprot = 1\n"))
        .containsExactly("web.prot: no such setting; did you mean web.port?");
  }

  @Test
  void allProblemsAreToldAtOnce() throws IOException {
    assertThat(problems("[web]\nport = 70000\nlisten = \"here\"\n[dimse]\nassociations-max = 0\n"))
        .hasSize(3);
  }

  @Test
  void noSettingTurnsProtectionOff() throws IOException {
    for (String key : List.of("web.tls", "web.authentication", "dimse.plaintext", "dimse.tls")) {
      String[] parts = key.split("\\.", 2);
      assertThat(problems("[" + parts[0] + "]\n" + parts[1] + " = false\n")).as(key).hasSize(1);
    }
  }

  @Test
  void aWrongTypeIsToldWithWhatIsWanted() throws IOException {
    assertThat(problems("[web]\nport = \"8443\"\n")).containsExactly("web.port: a whole number");
    assertThat(problems("[web]\nnames = \"a\"\n")).singleElement().asString().contains("a list");
  }

  @Test
  void whatIsNoTomlIsRefused() throws IOException {
    assertThat(problems("[web\n")).singleElement().asString().contains("not TOML");
  }

  @Test
  void aServerOfBucketsOfOnesOwnIsReachedByPathAndOverTlsUnlessItIsThisMachine() throws Exception {
    S3Config own = ConfigFile.read(file("backup.s3.endpoint = \"http://127.0.0.1:9000\"")).s3();
    assertThat(own.pathStyle()).isTrue();
    assertThat(own.uri()).hasToString("http://127.0.0.1:9000");
    S3Config aws = ConfigFile.read(file("backup.s3.region = \"eu-central-1\"")).s3();
    assertThat(aws.pathStyle()).isFalse();
    assertThat(aws.uri()).hasToString("https://s3.eu-central-1.amazonaws.com");
    for (String wrong :
        List.of(
            "endpoint = \"http://192.0.2.1\"",
            "endpoint = \"https://user@s3.example\"",
            "endpoint = \"https://s3.example/path\"",
            "region = \"a.evil.example/\"",
            "path-style = 1",
            "lock-days = 0")) {
      assertThat(problems("[backup.s3]\n" + wrong + "\n")).as(wrong).hasSize(1);
    }
  }

  @Test
  void aFlagWinsOverTheFile() {
    Config config =
        Config.defaults()
            .with(Optional.of(1), Optional.of(2), Optional.of("::1"), List.of("b.example"));
    assertThat(config.web().port()).isEqualTo(1);
    assertThat(config.dimse().port()).isEqualTo(2);
    assertThat(config.web().listen()).isEqualTo("::1");
    assertThat(config.dimse().listen()).isEqualTo("::1");
    assertThat(config.web().names()).containsExactly("b.example");
  }

  @Test
  void identityProvidersAreReadOneATable() throws Exception {
    Config config =
        ConfigFile.read(
            file(
                """
                [oidc.hospital]
                label = "Hospital account"
                issuer = "https://id.hospital.example/realms/staff"
                client-id = "leadglass"
                client-secret-file = "/etc/leadglass/secret"
                hosts = ["keys.hospital.example"]
                mfa-amr = ["otp"]
                [oidc.hospital.roles]
                radiologist = ["Radiology.Doctors"]
                """));
    OidcConfig oidc = config.oidc().getFirst();
    assertThat(oidc.name()).isEqualTo("hospital");
    assertThat(oidc.secretFile()).contains(Path.of("/etc/leadglass/secret"));
    assertThat(oidc.askedHosts())
        .containsExactlyInAnyOrder("id.hospital.example", "keys.hospital.example");
    assertThat(oidc.scopes()).containsExactly("openid", "profile");
    assertThat(oidc.roles()).containsEntry("radiologist", List.of("Radiology.Doctors"));
  }

  @Test
  void tokensForTheBrowserAreNoneForDevices() throws Exception {
    String provider =
        """
        [oidc.hospital]
        issuer = "https://id.hospital.example"
        client-id = "leadglass"
        roles.radiologist = ["R"]
        dimse-audience = "leadglass\
        """;
    assertThat(problems(provider + "\"\n"))
        .singleElement()
        .asString()
        .startsWith("oidc.hospital.dimse-audience");
    Config config = ConfigFile.read(file(provider + "-dicom\"\n"));
    assertThat(config.oidc().getFirst().dimseAudience()).isEqualTo("leadglass-dicom");
  }

  @Test
  void aPrivateSopClassIsNotTheStandards() throws Exception {
    for (String wrong : List.of("1.2.840.10008.5.1.4.1.1.2", "1.02.3", "x")) {
      assertThat(problems("[dimse]\nprivate-sop-classes = [\"" + wrong + "\"]\n"))
          .singleElement()
          .asString()
          .startsWith("dimse.private-sop-classes");
    }
  }

  @Test
  void whatIsWrongWithAProviderIsToldAtOnce() throws Exception {
    assertThat(
            problems(
                """
                [oidc.Hospital]
                issuer = "http://id.hospital.example"
                scopes = ["profile"]
                client-secret = "never here"
                """))
        .hasSize(6)
        .anyMatch(problem -> problem.startsWith("oidc.Hospital: a name"))
        .anyMatch(problem -> problem.startsWith("oidc.Hospital.issuer: https"))
        .anyMatch(problem -> problem.startsWith("oidc.Hospital.scopes: openid"))
        .anyMatch(problem -> problem.startsWith("oidc.Hospital.client-id"))
        .anyMatch(problem -> problem.startsWith("oidc.Hospital.roles: at least"))
        .contains(
            "oidc.Hospital.client-secret: no such setting;"
                + " did you mean oidc.Hospital.client-secret-file?");
  }
}
