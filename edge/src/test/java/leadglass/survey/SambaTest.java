package leadglass.survey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Debian's Samba, which has to be root.
class SambaTest {
  @TempDir Path folder;
  private Programs programs;

  @BeforeEach
  void begin() throws IOException {
    Assumptions.assumeTrue(
        System.getProperty("user.name").equals("root"), "Samba needs root: skipped");
    programs = new Programs(folder);
    Path files = Files.createDirectories(folder.resolve("files"));
    Files.writeString(files.resolve(Stage.CANARY), Stage.CANARY);
    for (Path each : new Path[] {folder, files}) {
      Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @AfterEach
  void end() {
    if (programs != null) {
      programs.close();
    }
  }

  private HostReport check(String configuration, String global, String share) throws IOException {
    int port = Programs.freePort();
    StringBuilder own = new StringBuilder();
    for (String each :
        new String[] {
          "lock directory",
          "state directory",
          "cache directory",
          "private dir",
          "pid directory",
          "ncalrpc dir",
          "binddns dir"
        }) {
      Path place = Files.createDirectories(folder.resolve(each.replace(" ", "-")));
      Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxr-xr-x"));
      own.append("  ").append(each).append(" = ").append(place).append('\n');
    }
    Files.writeString(
        folder.resolve("smb.conf"),
        """
        [global]
          smb ports = %d
          interfaces = lo
          bind interfaces only = yes
          disable spoolss = yes
          load printers = no
          log level = 0
        %s%s
        [%s]
          path = %s
          comment = of %s
        %s
        """
            .formatted(
                port, own, global, Stage.CANARY, folder.resolve("files"), Stage.CANARY, share));
    programs.start(
        port,
        "/usr/sbin/smbd",
        "--foreground",
        "--debug-stdout",
        "--configfile=" + folder.resolve("smb.conf"));
    HostReport report = Checks.of(Limits.USUAL, Declared.NOTHING, port + "/smb");
    assertThat(report.toString()).doesNotContain(Stage.CANARY);
    VerdictMatrix.assertDocumented(VerdictMatrix.row("Samba", configuration, report));
    return report;
  }

  @Test
  void aShareForGuestsIsOpen() throws IOException {
    HostReport report = check("a share for guests", "", "  guest ok = yes\n");
    assertThat(Checks.decision(report, "smb-shares")).startsWith("open-share");
    assertThat(report.grade()).isEqualTo(Grade.F);
  }

  @Test
  void aShareForNamedUsersIsListed() throws IOException {
    HostReport report = check("a share for named users", "", "");
    assertThat(Checks.decision(report, "smb-shares")).startsWith("lists-shares");
  }

  @Test
  void noShareIsListedWhereNobodyMayAsk() throws IOException {
    HostReport report =
        check(
            "named users, anonymous restricted, signing mandatory",
            "  restrict anonymous = 2\n  server signing = mandatory\n",
            "");
    assertThat(report.worst().number()).isLessThanOrEqualTo(1);
  }

  @Test
  void theLastVersionAloneIsSpokenToo() throws IOException {
    HostReport report =
        check(
            "a share for guests, SMB 3.1.1 only",
            "  server min protocol = SMB3_11\n",
            "  guest ok = yes\n");
    assertThat(Checks.decision(report, "smb-shares")).startsWith("open-share");
  }

  @Test
  void theFirstVersionIsFound() throws IOException {
    HostReport report = check("SMB 1 let in", "  server min protocol = NT1\n", "");
    assertThat(Checks.decision(report, "smb-shares")).endsWith("smb-1");
  }
}
