package leadglass.survey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Debian's Orthanc with its DICOMweb plugin, open and closed.
class OrthancTest {
  private static final Path PROGRAM = Path.of("/usr/sbin/Orthanc");
  private static final Path PLUGIN = Path.of("/usr/share/orthanc/plugins/libOrthancDicomWeb.so");

  @TempDir Path folder;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void end() throws InterruptedException {
    for (Process each : started) {
      each.destroyForcibly().waitFor();
    }
  }

  private int start(boolean open) throws IOException {
    Assumptions.assumeTrue(
        Files.isExecutable(PROGRAM) && Files.exists(PLUGIN),
        "orthanc with orthanc-dicomweb is not installed: skipped");
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path configuration = folder.resolve("orthanc.json");
    Files.writeString(
        configuration,
        """
        {
          "StorageDirectory": "%s/store", "IndexDirectory": "%s/store",
          "HttpPort": %d, "DicomServerEnabled": false,
          "RemoteAccessAllowed": true, "AuthenticationEnabled": %s,
          "RegisteredUsers": {"nobody": "%s"},
          "Plugins": ["%s"], "DicomWeb": {"Enable": true, "EnableWado": true}
        }
        """
            .formatted(folder, folder, port, !open, "a-password-of-this-test", PLUGIN));
    started.add(
        new ProcessBuilder(PROGRAM.toString(), configuration.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start());
    Ports.await(port);
    return port;
  }

  @Test
  void openToAllItCountsAndGivesWhatItHas() throws IOException {
    HostReport report = Checks.of(Declared.NOTHING, start(true) + "/http");
    assertThat(Checks.decision(report, "orthanc-rest")).isEqualTo("answers");
    assertThat(report.counts().studies()).hasValue(0);
    assertThat(report.counts().accessible()).hasValue(0);
    assertThat(report.grade()).isEqualTo(Grade.F);
    assertThat(report.product()).contains(Product.ORTHANC);
    VerdictMatrix.assertDocumented(
        VerdictMatrix.row("Orthanc (DICOMweb)", "no authentication", report));
  }

  @Test
  void withUsersItRefusesStrangersEverything() throws IOException {
    HostReport report = Checks.of(Declared.NOTHING, start(false) + "/http");
    assertThat(Checks.decision(report, "orthanc-rest")).isEqualTo("refuses");
    assertThat(report.worst()).isEqualTo(Level.NOTE);
    assertThat(report.product()).contains(Product.ORTHANC);
    VerdictMatrix.assertDocumented(
        VerdictMatrix.row("Orthanc (DICOMweb)", "users; HTTP on loopback", report));
  }
}
