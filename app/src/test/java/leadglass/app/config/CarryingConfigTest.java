package leadglass.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where checkpoints are carried, as the file says it.
class CarryingConfigTest {
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
  void aWitnessAndAMailServerAreRead() throws Exception {
    Config config =
        ConfigFile.read(
            file(
                """
                [audit]
                witness = "https://south.example:8443/"
                witness-authority-file = "/a"
                witness-token-file = "/t"
                mail = "audit@example.org"
                [mail]
                server = "[::1]:465"
                from = "leadglass@example.org"
                password-file = "/p"
                authority-file = "/m"
                """));
    WitnessConfig witness = config.witness();
    assertThat(witness.uri()).hasToString("https://south.example:8443");
    assertThat(witness.authority()).contains(Path.of("/a"));
    assertThat(witness.token()).contains(Path.of("/t"));
    MailConfig mail = config.mail();
    assertThat(mail)
        .isEqualTo(
            new MailConfig(
                "audit@example.org",
                "[::1]:465",
                "leadglass@example.org",
                Optional.of(Path.of("/p")),
                Optional.of(Path.of("/m"))));
    assertThat(mail.host()).isEqualTo("::1");
    assertThat(mail.isImplicit()).isTrue();
  }

  @Test
  void aWitnessIsReachedOverTlsAloneAndByAToken() throws IOException {
    String token = "audit.witness-token-file = \"/t\"\n";
    for (String wrong :
        List.of(
            "http://south.example:8443",
            "south.example:8443",
            "https://user:word@south.example",
            "https://south.example:99999",
            "https://south.example/path",
            "https://south.example?x=y",
            "https://")) {
      assertThat(problems("audit.witness = \"" + wrong + "\"\n" + token)).as(wrong).hasSize(1);
    }
    assertThat(problems("audit.witness = \"https://south.example\"\n")).hasSize(1);
    assertThat(problems(token)).hasSize(1);
  }

  @Test
  void aMailHasOneAddressAServerAndASender() throws IOException {
    String whole =
        """
        audit.mail = "audit@example.org"
        mail.server = "mail.example.org:587"
        mail.from = "leadglass@example.org"
        """;
    assertThat(problems(whole)).isEmpty();
    for (String wrong :
        List.of("a@b, c@d", "a@b\\r\\nBcc: c@d", "Ada <a@b>", "a", "@b", "a@", "a b@c")) {
      assertThat(problems(whole.replace("audit@example.org", wrong))).as(wrong).hasSize(1);
      assertThat(problems(whole.replace("leadglass@example.org", wrong))).as(wrong).hasSize(1);
    }
    for (String wrong :
        List.of("mail.example.org", "mail.example.org:0", "smtp://mail:25", ":25")) {
      assertThat(problems(whole.replace("mail.example.org:587", wrong))).as(wrong).hasSize(1);
    }
    assertThat(problems("mail.server = \"mail.example.org:587\"\n")).hasSize(1);
    assertThat(problems("audit.mail = \"audit@example.org\"\n")).hasSize(2);
  }
}
