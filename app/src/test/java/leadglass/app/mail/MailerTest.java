package leadglass.app.mail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import leadglass.app.Failure;
import leadglass.app.config.MailConfig;
import leadglass.testkit.TestCertificate;
import leadglass.testkit.TestTls;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A checkpoint by e-mail, to a server over TLS and to none without.
@SuppressWarnings("NullAway.Init")
class MailerTest {
  private static final String NOTE =
      "leadglass/00\n17\nAAAA\ntime 2024-02-29T12:00:00Z\n\n\u2014 leadglass/00 "
          + "A".repeat(3000)
          + "\n";

  @TempDir private Path folder;
  private SSLContext tls;

  @BeforeEach
  void make() throws IOException, GeneralSecurityException {
    TestCertificate own = TestCertificate.selfSigned("mail", TestCertificate.Kind.EC);
    own.write(folder.resolve("key.pem"), folder.resolve("authority.pem"));
    TestCertificate.selfSigned("other", TestCertificate.Kind.EC)
        .write(folder.resolve("other-key.pem"), folder.resolve("other.pem"));
    tls = SSLContext.getInstance("TLS");
    tls.init(TestTls.keyManagers(own), null, null);
    password("archive\ngeheim\n");
  }

  private void password(String lines) throws IOException {
    Files.writeString(folder.resolve("password"), lines);
  }

  private MailConfig config(MailServer server, String authority) {
    return new MailConfig(
        "audit@example.org",
        "localhost:" + server.port(),
        "leadglass@example.org",
        Optional.of(folder.resolve("password")),
        Optional.of(folder.resolve(authority)));
  }

  private void send(MailServer server, String authority, boolean implicit) throws IOException {
    try {
      new Mailer(config(server, authority), implicit).send("pacs", NOTE, 17, 1_709_208_000_000L);
    } catch (Failure e) {
      throw new IOException(e);
    }
  }

  private static void assertThatItIsWhole(String mail) throws IOException {
    assertThat(mail)
        .contains("To: audit@example.org\n")
        .contains("From: leadglass@example.org\n")
        .contains("Subject: Audit trail checkpoint: 17 entries\n")
        .contains("Auto-Submitted: auto-generated\n")
        .contains("The archive pacs signed this checkpoint")
        .contains("made      2024-02-29T12:00:00Z")
        .contains("leadglass audit verify DIRECTORY --against leadglass-17.checkpoint");
    assertThat(mail.lines()).allMatch(line -> line.length() < 200);
    assertThat(new String(MailServer.attachment(mail), UTF_8)).isEqualTo(NOTE);
  }

  @Test
  void byStarttlsTheServerHearsNothingBeforeItHasProvedItsName() throws IOException {
    try (MailServer server = new MailServer(tls, false, true)) {
      send(server, "authority.pem", false);
      assertThatItIsWhole(server.mail());
      assertThat(server.plain()).isEqualTo("EHLO leadglass\nSTARTTLS");
      assertThat(server.heard())
          .contains("AUTH PLAIN")
          .contains("MAIL FROM:<leadglass@example.org>");
    }
  }

  @Test
  void whereTlsBeginsAtOnceNothingIsPlain() throws IOException {
    try (MailServer server = new MailServer(tls, true, false)) {
      send(server, "authority.pem", true);
      assertThatItIsWhole(server.mail());
      assertThat(server.plain()).isEmpty();
    }
  }

  @Test
  void aServerWithoutTlsGetsNoMailAndNoPassword() throws IOException {
    try (MailServer server = new MailServer(tls, false, false)) {
      assertThatThrownBy(() -> send(server, "authority.pem", false))
          .isInstanceOf(IOException.class);
      assertThat(server.plain()).doesNotContain("AUTH").doesNotContain("MAIL");
      assertThat(server.hasMail()).isFalse();
    }
  }

  @Test
  void aServerThatNobodyVouchesForGetsNoMailAndNoPassword() throws IOException {
    for (boolean implicit : new boolean[] {false, true}) {
      try (MailServer server = new MailServer(tls, implicit, true)) {
        assertThatThrownBy(() -> send(server, "other.pem", implicit))
            .isInstanceOf(IOException.class);
        assertThat(server.heard()).isEmpty();
        assertThat(server.plain()).doesNotContain("AUTH").doesNotContain("MAIL");
      }
    }
  }

  @Test
  void aWrongPasswordIsToldWithoutItAndWithoutWhatTheServerSaid() throws IOException {
    password("archive\nfalsch\n");
    try (MailServer server = new MailServer(tls, false, true)) {
      assertThatThrownBy(() -> send(server, "authority.pem", false))
          .isInstanceOf(IOException.class)
          .hasMessage("AuthenticationFailedException")
          .hasMessageNotContaining("falsch");
      assertThat(server.hasMail()).isFalse();
    }
  }

  @Test
  void itIsDueOnceADay() {
    long hour = Duration.ofHours(1).toMillis();
    long sent = 1_709_208_000_000L;
    assertThat(CheckpointMail.isDue(0, sent)).isTrue();
    assertThat(CheckpointMail.isDue(sent, sent + 23 * hour)).isFalse();
    assertThat(CheckpointMail.isDue(sent, sent + 24 * hour)).isTrue();
    assertThat(CheckpointMail.isDue(sent, sent - 23 * hour)).isFalse();
    assertThat(CheckpointMail.isDue(sent, sent - 25 * hour)).isTrue();
  }
}
