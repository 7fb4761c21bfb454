package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import leadglass.app.config.Config;
import leadglass.app.config.MailConfig;
import leadglass.app.mail.MailEvent;
import leadglass.app.mail.MailServer;
import leadglass.testkit.TestCertificate;
import leadglass.testkit.TestTls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The signed head of the trail on its way to a person, by e-mail or on a stick.
@SuppressWarnings("NullAway.Init")
class CheckpointMailTest {
  @TempDir private Path folder;
  private Premises premises;
  private MailServer server;

  @BeforeEach
  void open() throws IOException, GeneralSecurityException {
    premises = Premises.in(Files.createDirectory(folder.resolve("premises")));
    TestCertificate own = TestCertificate.selfSigned("mail", TestCertificate.Kind.EC);
    own.write(folder.resolve("key.pem"), folder.resolve("authority.pem"));
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(TestTls.keyManagers(own), null, null);
    server = new MailServer(tls, false, true);
    Files.writeString(folder.resolve("password"), "archive\ngeheim\n");
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  private int verified(byte[] checkpoint) throws IOException {
    Path file = Files.write(folder.resolve("kept"), checkpoint);
    return Command.run("audit", "verify", premises.data(), "--against", file).exit();
  }

  @Test
  void aCommandSendsOneAtOnceAndTheTrailIsCheckedAgainstWhatHangsOnTheMail() throws IOException {
    Files.writeString(
        premises.data().resolve("leadglass.toml"),
        """
        audit.mail = "audit@example.org"
        mail.server = "localhost:%d"
        mail.from = "leadglass@example.org"
        mail.password-file = "%s"
        mail.authority-file = "%s"
        """
            .formatted(server.port(), folder.resolve("password"), folder.resolve("authority.pem")),
        StandardOpenOption.APPEND);
    Command sent = Command.run("audit", "checkpoint", "--mail", "--data", premises.data());
    assertThat(sent.exit()).as(sent.err()).isZero();
    assertThat(sent.err()).contains("audit@example.org");
    assertThat(verified(MailServer.attachment(server.mail()))).isZero();
  }

  @Test
  void aCommandPrintsOneAndWritesItIntoANewFile() throws IOException {
    Command printed = Command.run("audit", "checkpoint", "--data", premises.data());
    assertThat(printed.exit()).isZero();
    assertThat(verified(printed.out().getBytes(java.nio.charset.StandardCharsets.UTF_8))).isZero();
    Path file = folder.resolve("checkpoint");
    for (int exit : new int[] {0, 2}) {
      assertThat(
              Command.run("audit", "checkpoint", "--out", file, "--data", premises.data()).exit())
          .isEqualTo(exit);
    }
    assertThat(verified(Files.readAllBytes(file))).isZero();
    Command none = Command.run("audit", "checkpoint", "--mail", "--data", premises.data());
    assertThat(none.exit()).isEqualTo(3);
    assertThat(none.err()).contains("audit.mail");
  }

  @Test
  void anArchiveThatRunsSendsItAndNotAgainAfterARestartOnTheSameDay() throws IOException {
    MailConfig config =
        new MailConfig(
            "audit@example.org",
            "localhost:" + server.port(),
            "leadglass@example.org",
            Optional.of(folder.resolve("password")),
            Optional.of(folder.resolve("authority.pem")));
    long entries;
    try (OpenArchive archive = sending(config)) {
      entries = archive.awaited(MailEvent.CheckpointMailed.class).entries();
      String mail = server.mail();
      assertThat(mail).contains("checkpoint: " + entries + " entries");
    }
    assertThat(premises.data().resolve("trail/mailed")).exists();
    try (OpenArchive archive = sending(config)) {
      assertThat(Command.run("status", "--data", archive.premises.data()).out())
          .containsPattern("mail to      audit@example.org, sent \\S+ \\(ok\\)");
    }
    assertThat(server.hasMail()).isFalse();
    assertThat(entries).isPositive();
  }

  private OpenArchive sending(MailConfig config) throws IOException {
    return new OpenArchive(
        premises,
        usual ->
            new Config(
                usual.keyFile(),
                usual.kms(),
                usual.s3(),
                usual.brakes(),
                usual.oidc(),
                usual.web(),
                usual.outside(),
                usual.dimse(),
                usual.audit(),
                usual.witness(),
                config));
  }
}
