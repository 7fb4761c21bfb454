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

/// Debian's nginx: a folder of images that it lists, and the same folder when it does not.
class NginxTest {
  private static final Path PROGRAM = Path.of("/usr/sbin/nginx");

  @TempDir Path folder;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void end() throws InterruptedException {
    for (Process each : started) {
      each.destroy();
      each.waitFor();
    }
  }

  private int start(String server) throws IOException {
    Assumptions.assumeTrue(Files.isExecutable(PROGRAM), "nginx is not installed: skipped");
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path images = Files.createDirectories(folder.resolve("www/dicom"));
    Files.writeString(images.resolve("CANARY-NAME.dcm"), "not an image: nobody fetches it");
    Path configuration = folder.resolve("nginx.conf");
    Files.writeString(
        configuration,
        """
        daemon off; master_process off; pid FOLDER/pid; error_log FOLDER/error.log;
        events {}
        http {
          access_log off; client_body_temp_path FOLDER/t1; proxy_temp_path FOLDER/t2;
          fastcgi_temp_path FOLDER/t3; uwsgi_temp_path FOLDER/t4; scgi_temp_path FOLDER/t5;
          server { listen 127.0.0.1:PORT; root FOLDER/www; SERVER }
        }
        """
            .replace("FOLDER", folder.toString())
            .replace("PORT", "" + port)
            .replace("SERVER", server));
    started.add(
        new ProcessBuilder(PROGRAM.toString(), "-c", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start());
    Ports.await(port);
    return port;
  }

  @Test
  void aFolderOfImagesThatIsListedIsOpen() throws IOException {
    HostReport report = Checks.of(Declared.NOTHING, start("autoindex on;") + "/http");
    assertThat(report.grade()).isEqualTo(Grade.F);
    assertThat(report.product()).contains(Product.NGINX);
    assertThat(report.toString()).doesNotContain("CANARY");
    VerdictMatrix.assertDocumented(
        VerdictMatrix.row("nginx", "autoindex over a folder with a .dcm", report));
  }

  @Test
  void theSameFolderUnlistedIsOnlyNoted() throws IOException {
    HostReport report = Checks.of(Declared.NOTHING, start("") + "/http");
    assertThat(report.grade()).isEqualTo(Grade.B);
    VerdictMatrix.assertDocumented(VerdictMatrix.row("nginx", "as it comes", report));
  }

  @Test
  void withoutItsVersionNothingIsLeftToSay() throws IOException {
    HostReport report = Checks.of(Declared.NOTHING, start("server_tokens off;") + "/http");
    assertThat(report.grade()).isEqualTo(Grade.A);
    VerdictMatrix.assertDocumented(VerdictMatrix.row("nginx", "server_tokens off", report));
  }
}
