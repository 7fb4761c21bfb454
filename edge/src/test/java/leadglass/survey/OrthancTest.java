package leadglass.survey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
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
          "HttpPort": %d, "KeepAlive": false, "DicomServerEnabled": false,
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

  /// An image of one study, without pixels: what is stored here is made up.
  private static byte[] image(int number) throws IOException {
    String instance = "2.25.1000" + number;
    ByteArrayOutputStream meta = new ByteArrayOutputStream();
    element(meta, 0x0002, 0x0002, "UI", "1.2.840.10008.5.1.4.1.1.7");
    element(meta, 0x0002, 0x0003, "UI", instance);
    element(meta, 0x0002, 0x0010, "UI", "1.2.840.10008.1.2.1");
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(new byte[128]);
    file.write("DICM".getBytes(StandardCharsets.US_ASCII));
    file.write(new byte[] {2, 0, 0, 0, 'U', 'L', 4, 0, (byte) meta.size(), 0, 0, 0});
    meta.writeTo(file);
    element(file, 0x0008, 0x0016, "UI", "1.2.840.10008.5.1.4.1.1.7");
    element(file, 0x0008, 0x0018, "UI", instance);
    element(file, 0x0010, 0x0010, "PN", "CANARY^NAME");
    element(file, 0x0010, 0x0020, "LO", "CANARY-ID");
    element(file, 0x0020, 0x000D, "UI", "2.25.77");
    element(file, 0x0020, 0x000E, "UI", "2.25.78");
    return file.toByteArray();
  }

  private static void element(
      ByteArrayOutputStream out, int group, int element, String vr, String value)
      throws IOException {
    String even = value.length() % 2 == 0 ? value : value + (vr.equals("UI") ? "\0" : " ");
    out.write(new byte[] {(byte) group, 0, (byte) element, 0});
    out.write(vr.getBytes(StandardCharsets.US_ASCII));
    out.write(new byte[] {(byte) even.length(), 0});
    out.write(even.getBytes(StandardCharsets.US_ASCII));
  }

  private static void store(int port, byte[] image) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write(
              ("POST /instances HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
                      + image.length
                      + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(image);
      byte[] answer = socket.getInputStream().readAllBytes();
      assertThat(new String(answer, StandardCharsets.US_ASCII)).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void openToAllItCountsAndGivesWhatItHas() throws IOException {
    int port = start(true);
    for (int i = 1; i <= 3; i++) {
      store(port, image(i));
    }
    HostReport report = Checks.of(Declared.NOTHING, port + "/http");
    assertThat(Checks.decision(report, "orthanc-rest")).isEqualTo("answers");
    assertThat(Checks.decision(report, "web-qido")).isEqualTo("answers");
    assertThat(Checks.decision(report, "web-wado-rs")).isEqualTo("answers");
    assertThat(report.counts())
        .isEqualTo(
            Counts.of(
                    OptionalLong.of(1),
                    OptionalLong.of(1),
                    OptionalLong.of(3),
                    Counts.Source.VENDOR)
                .allAccessible());
    assertThat(report.toString()).doesNotContain("CANARY");
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
