package leadglass.survey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Debian's rsync, vsftpd and Redis, each open and closed.
class DaemonsTest {
  @TempDir Path folder;
  private Programs programs;

  @BeforeEach
  void begin() throws IOException {
    programs = new Programs(folder);
    Files.createDirectories(folder.resolve("files"));
    Files.writeString(folder.resolve("files").resolve(Stage.CANARY + ".txt"), Stage.CANARY);
  }

  @AfterEach
  void end() {
    programs.close();
  }

  private static HostReport checked(String software, String configuration, String door)
      throws IOException {
    HostReport report = Checks.of(Limits.USUAL, Declared.NOTHING, door);
    assertThat(report.toString()).doesNotContain(Stage.CANARY);
    VerdictMatrix.assertDocumented(VerdictMatrix.row(software, configuration, report));
    return report;
  }

  private HostReport rsync(String configuration, String module) throws IOException {
    int port = Programs.freePort();
    Files.writeString(
        folder.resolve("rsyncd.conf"),
        """
        use chroot = no
        motd file = motd
        [%s]
          path = %s
          comment = of patients
        %s
        """
            .formatted(Stage.CANARY, folder.resolve("files"), module));
    programs.start(
        port,
        "/usr/bin/rsync",
        "--daemon",
        "--no-detach",
        "--config=rsyncd.conf",
        "--address=127.0.0.1",
        "--port=" + port);
    return checked("rsync", configuration, "" + port);
  }

  @Test
  void rsyncWithAModuleForAnyoneIsOpen() throws IOException {
    assertThat(rsync("a module for anyone", "").grade()).isEqualTo(Grade.F);
  }

  @Test
  void rsyncWithAPasswordTellsItsModules() throws IOException {
    Path secrets = Files.writeString(folder.resolve("secrets"), "backup:" + Stage.CANARY + "\n");
    Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rw-------"));
    String module = "  auth users = backup\n  secrets file = " + secrets + "\n";
    assertThat(rsync("a module with a password", module).grade()).isEqualTo(Grade.C);
    programs.close();
    assertThat(rsync("a module with a password, not listed", module + "  list = no\n").grade())
        .isEqualTo(Grade.A);
  }

  private HostReport ftp(String configuration, String local, String anonymous) throws IOException {
    int port = Programs.freePort();
    Path empty = Files.createDirectories(folder.resolve("empty"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
    Path settings = Files.createTempFile("vsftpd", ".conf");
    Files.writeString(
        settings,
        """
        listen=YES
        listen_address=127.0.0.1
        listen_port=%d
        background=NO
        seccomp_sandbox=NO
        run_as_launching_user=YES
        local_enable=%s
        anonymous_enable=%s
        anon_root=%s
        secure_chroot_dir=%s
        """
            .formatted(port, local, anonymous, folder.resolve("files"), empty));
    try {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.setPosixFilePermissions(
          folder.resolve("files"), PosixFilePermissions.fromString("r-xr-xr-x"));
      programs.start(port, "/usr/sbin/vsftpd", settings.toString());
      return checked("vsftpd", configuration, "" + port);
    } finally {
      Files.delete(settings);
      Files.setPosixFilePermissions(
          folder.resolve("files"), PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test
  void anonymousFtpIsOpen() throws IOException {
    assertThat(ftp("anonymous on", "NO", "YES").grade()).isEqualTo(Grade.F);
  }

  @Test
  void ftpForNamedUsersIsNot() throws IOException {
    assertThat(ftp("anonymous off", "YES", "NO").grade()).isEqualTo(Grade.B);
  }

  private HostReport redis(String configuration, String... more) throws IOException {
    int port = Programs.freePort();
    java.util.List<String> words =
        new java.util.ArrayList<>(java.util.List.of("/usr/bin/redis-server", "--port", "" + port));
    words.addAll(java.util.List.of("--bind", "127.0.0.1", "--save", "", "--dir", "" + folder));
    words.addAll(java.util.List.of(more));
    programs.start(port, words.toArray(String[]::new));
    return checked("Redis", configuration, port + "/redis");
  }

  @Test
  void redisAsItComesIsOpen() throws IOException {
    assertThat(redis("as it comes").grade()).isEqualTo(Grade.F);
  }

  @Test
  void redisWithAPasswordIsClosed() throws IOException {
    assertThat(redis("with a password", "--requirepass", Stage.CANARY).grade()).isEqualTo(Grade.A);
  }
}
