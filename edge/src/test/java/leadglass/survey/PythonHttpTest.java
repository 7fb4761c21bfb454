package leadglass.survey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Python's web server, started where the images lie: how a disc's content gets to the network.
class PythonHttpTest {
  private static final Path PROGRAM = Path.of("/usr/bin/python3");

  @TempDir Path folder;

  @Test
  void aDiscThatIsServedAsItIsIsOpen() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(PROGRAM), "python3 is not installed: skipped");
    Path disc = Files.createDirectories(folder.resolve("disc"));
    Files.writeString(disc.resolve("DICOMDIR"), "CANARY: nobody fetches it");
    Files.createDirectories(disc.resolve("IMAGES"));
    Process process =
        new ProcessBuilder(
                PROGRAM.toString(), "-m", "http.server", "--bind", "127.0.0.1", "" + free())
            .directory(disc.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    try {
      Ports.await(port);
      HostReport report = Checks.of(Declared.NOTHING, port + "/http");
      assertThat(Checks.decision(report, "web-listing"))
          .isEqualTo("lists-dicom-files,has-dicomdir");
      assertThat(report.grade()).isEqualTo(Grade.F);
      assertThat(Files.readString(folder.resolve("log")))
          .contains("HEAD /DICOMDIR")
          .doesNotContain("GET /DICOMDIR");
      VerdictMatrix.assertDocumented(
          VerdictMatrix.row("Python http.server", "over a disc with a DICOMDIR", report));
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  private int port;

  private int free() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
      return port;
    }
  }
}
