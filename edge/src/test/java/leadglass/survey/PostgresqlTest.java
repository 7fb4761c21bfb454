package leadglass.survey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import leadglass.testkit.TestCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Debian's PostgreSQL, which won't run as root: then as its own user.
class PostgresqlTest {
  private Path folder = Path.of("not-made");
  private Path binaries = Path.of("");
  private Programs programs = new Programs(folder);
  private boolean root;

  @BeforeEach
  void begin() throws IOException, InterruptedException {
    Path versions = Path.of("/usr/lib/postgresql");
    Assumptions.assumeTrue(Files.isDirectory(versions), "PostgreSQL is not installed: skipped");
    try (Stream<Path> all = Files.list(versions)) {
      Optional<Path> newest = all.max(Comparator.comparing(Path::toString));
      binaries = newest.orElseThrow().resolve("bin");
    }
    Assumptions.assumeTrue(
        Files.isExecutable(binaries.resolve("initdb")), "PostgreSQL is not installed: skipped");
    root = System.getProperty("user.name").equals("root");
    folder = Files.createTempDirectory("check-postgresql");
    programs = new Programs(folder);
    if (root) {
      var user =
          folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postgres");
      Files.getFileAttributeView(folder, PosixFileAttributeView.class).setOwner(user);
    }
    programs.run(as(binaries.resolve("initdb").toString(), "-N", "-A", "trust", "-D", "" + data()));
  }

  private Path data() {
    return folder.resolve("data");
  }

  private String[] as(String... words) {
    Stream<String> before =
        root ? Stream.of("/usr/sbin/runuser", "-u", "postgres", "--") : Stream.of();
    return Stream.concat(before, Stream.of(words)).toArray(String[]::new);
  }

  @AfterEach
  void end() throws IOException {
    programs.close();
    if (folder.isAbsolute()) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }

  private HostReport check(String configuration, String rules, String... more) throws IOException {
    Path hba = folder.resolve("rules.conf");
    Files.writeString(hba, rules + "\n");
    int port = Programs.freePort();
    List<String> words =
        Stream.concat(
                Stream.of(
                    binaries.resolve("postgres").toString(),
                    "-D",
                    "" + data(),
                    "-p",
                    "" + port,
                    "-h",
                    "127.0.0.1",
                    "-k",
                    "" + folder,
                    "-c",
                    "hba_file=" + hba,
                    "-F"),
                Stream.of(more))
            .toList();
    programs.start(port, as(words.toArray(String[]::new)));
    HostReport report = ready(port);
    VerdictMatrix.assertDocumented(VerdictMatrix.row("PostgreSQL", configuration, report));
    return report;
  }

  /// It listens a moment before it is ready.
  private static HostReport ready(int port) {
    HostReport report = Checks.of(Declared.NOTHING, port + "/postgresql");
    for (int i = 0; i < 50 && Checks.decision(report, "postgresql").equals("busy"); i++) {
      report = Checks.of(Declared.NOTHING, port + "/postgresql");
    }
    return report;
  }

  @Test
  void trustIsOpenAndNothingElseIs() throws IOException {
    assertThat(check("trust", "host all all 127.0.0.1/32 trust").grade()).isEqualTo(Grade.F);
    programs.close();
    HostReport scram = check("scram-sha-256", "host all all 127.0.0.1/32 scram-sha-256");
    assertThat(Checks.decision(scram, "postgresql")).isEqualTo("asks-password");
    programs.close();
    HostReport nobody = check("no rule for the address", "host all all 192.0.2.1/32 trust");
    assertThat(Checks.decision(nobody, "postgresql")).isEqualTo("refuses");
  }

  @Test
  void trustInTlsAloneIsFound() throws IOException {
    Path key = folder.resolve("key.pem");
    TestCertificate.selfSigned(Stage.CANARY, TestCertificate.Kind.RSA)
        .write(key, folder.resolve("own.pem"));
    if (root) {
      for (Path each : List.of(key, folder.resolve("own.pem"))) {
        Files.setOwner(each, Files.getOwner(folder));
      }
    }
    Files.setPosixFilePermissions(
        key, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
    HostReport report =
        check(
            "trust, in TLS only",
            "hostssl all all 127.0.0.1/32 trust",
            "-c",
            "ssl=on",
            "-c",
            "ssl_key_file=" + key,
            "-c",
            "ssl_cert_file=" + folder.resolve("own.pem"));
    assertThat(report.grade()).isEqualTo(Grade.F);
  }
}
