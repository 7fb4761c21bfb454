package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import leadglass.archive.DeviceKey;
import leadglass.archive.DeviceTerms;
import leadglass.archive.DeviceVerb;
import leadglass.archive.Devices;
import leadglass.archive.Role;
import leadglass.testkit.RawFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Other people's programs that retrieve: DCMTK's `getscu` and `movescu`, which speak no TLS,
/// behind stunnel, and `storescp`, which does, as the destination.
class RetrieveToolsTest {
  private static final String STUDY = "2.25.770";
  private static final int INSTANCES = 6;
  private static final List<String> PROGRAMS = List.of("stunnel", "getscu", "movescu", "storescp");

  @TempDir private Path folder;

  @BeforeEach
  void needsThePrograms() {
    List<String> missing = PROGRAMS.stream().filter(each -> Tool.find(each).isEmpty()).toList();
    assumeTrue(missing.isEmpty(), "not installed: " + missing + " (dcmtk, stunnel4)");
  }

  private static Path program(String name) {
    return Tool.find(name).orElseThrow();
  }

  /// Enrols a device that may retrieve; its files are where [Premises#device] looks for them.
  ///
  /// @param destination port; 0 for none
  private static Path enrol(OpenArchive archive, String title, int destination) throws IOException {
    DeviceTerms terms =
        new DeviceTerms(
            "Ada Poe",
            Set.of(),
            Optional.empty(),
            Set.of(DeviceVerb.RETRIEVE),
            destination == 0
                ? Optional.empty()
                : Optional.of(new DeviceTerms.Destination("127.0.0.1", destination)),
            Optional.empty());
    Devices.Change.Done done =
        (Devices.Change.Done)
            archive
                .running
                .archive()
                .devices()
                .add(Premises.CONSOLE, title, terms, new DeviceKey.Made(""));
    Path files = Files.createDirectories(archive.premises.folder().resolve("devices/" + title));
    Files.writeString(files.resolve("key.pem"), done.key());
    Files.writeString(files.resolve("cert.pem"), done.certificate());
    Files.writeString(files.resolve("ca.pem"), done.ca());
    return files;
  }

  private static Map<String, byte[]> store(OpenArchive archive) throws IOException {
    Map<String, byte[]> stored = new LinkedHashMap<>();
    for (int i = 0; i < INSTANCES; i++) {
      Made made =
          new Made(
              new Made.Patient("ISO_IR 192", "Nobody^Érika", "ID77"),
              STUDY,
              STUDY + "." + i % 2,
              STUDY + "." + i % 2 + "." + i,
              40 + i);
      assertThat(archive.web.stow(archive.token(Role.TECHNOLOGIST), made.file()).statusCode())
          .isEqualTo(200);
      stored.put(made.instance(), made.dataSet());
    }
    return stored;
  }

  /// A tunnel under the certificate of a device.
  private Tool tunnel(Path files, int port) throws IOException {
    Path configuration = folder.resolve("stunnel.conf");
    Files.writeString(
        configuration,
        """
        foreground = yes
        pid =
        debug = info
        [dicom]
        client = yes
        accept = 127.0.0.1:0
        connect = 127.0.0.1:PORT
        key = FILES/key.pem
        cert = FILES/cert.pem
        CAfile = FILES/ca.pem
        verifyChain = yes
        checkHost = localhost
        """
            .replace("PORT", Integer.toString(port))
            .replace("FILES", files.toString()));
    return Tool.start(
        folder.resolve("stunnel.log"),
        List.of(program("stunnel").toString(), configuration.toString()));
  }

  private static int port(Tool tunnel) throws IOException {
    return Integer.parseInt(tunnel.await("bound to 127\\.0\\.0\\.1:(\\d+)").group(1));
  }

  private static void isWhole(Map<String, byte[]> stored, Path came) throws IOException {
    Map<String, RawFile> found = new LinkedHashMap<>();
    try (Stream<Path> files = Files.list(came)) {
      for (Path each : files.toList()) {
        RawFile file = RawFile.of(Files.readAllBytes(each));
        found.put(file.sopInstance(), file);
      }
    }
    assertThat(found.keySet()).isEqualTo(stored.keySet());
    found.forEach((uid, file) -> assertThat(file.dataSet()).as(uid).isEqualTo(stored.get(uid)));
  }

  @Test
  void getscuGetsWhatWasSentByteForByte() throws Exception {
    try (OpenArchive archive = new OpenArchive(Premises.in(folder.resolve("archive")))) {
      Map<String, byte[]> stored = store(archive);
      Path files = enrol(archive, "READ1", 0);
      Path came = Files.createDirectories(folder.resolve("came"));
      try (Tool tunnel = tunnel(files, archive.running.doors().dicomPort());
          Tool getscu =
              Tool.start(
                  folder.resolve("getscu.log"),
                  List.of(
                      program("getscu").toString(),
                      "-v",
                      "-S",
                      "+B",
                      "-od",
                      came.toString(),
                      "-aet",
                      "READ1",
                      "-aec",
                      Premises.AE_TITLE,
                      "-k",
                      "0008,0052=STUDY",
                      "-k",
                      "0020,000D=" + STUDY,
                      "127.0.0.1",
                      Integer.toString(port(tunnel))))) {
        assertThat(getscu.end()).contains("Final status report from last C-GET message");
        assertThat(getscu.exit()).isZero();
      }
      isWhole(stored, came);
    }
  }

  @Test
  void movescuHasStorescpSentWhatWasSentByteForByte() throws Exception {
    try (OpenArchive archive = new OpenArchive(Premises.in(folder.resolve("archive")))) {
      Map<String, byte[]> stored = store(archive);
      Path files = enrol(archive, "READ1", 0);
      int port = freePort();
      Path receiver = enrol(archive, "READ2", port);
      Path came = Files.createDirectories(folder.resolve("came"));
      try (Tool storescp = storescp(receiver, port, came);
          Tool tunnel = tunnel(files, archive.running.doors().dicomPort());
          Tool movescu = movescu(port(tunnel), "READ2")) {
        assertThat(movescu.end()).as(storescp.said()).contains("Received Final Move Response");
        assertThat(movescu.exit()).isZero();
      }
      isWhole(stored, came);
    }
  }

  @Test
  void movescuIsToldThatADestinationIsNone() throws Exception {
    try (OpenArchive archive = new OpenArchive(Premises.in(folder.resolve("archive")))) {
      store(archive);
      Path files = enrol(archive, "READ1", 0);
      try (Tool tunnel = tunnel(files, archive.running.doors().dicomPort());
          Tool movescu = movescu(port(tunnel), "NOBODY")) {
        assertThat(movescu.end()).contains("0xa801").contains("unknown or not a destination");
        assertThat(movescu.exit()).isNotZero();
      }
    }
  }

  private Tool movescu(int port, String destination) throws IOException {
    return Tool.start(
        folder.resolve("movescu.log"),
        List.of(
            program("movescu").toString(),
            "-d",
            "-S",
            "-aet",
            "READ1",
            "-aec",
            Premises.AE_TITLE,
            "-aem",
            destination,
            "-k",
            "0008,0052=STUDY",
            "-k",
            "0020,000D=" + STUDY,
            "127.0.0.1",
            Integer.toString(port)));
  }

  private Tool storescp(Path files, int port, Path came) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(program("storescp").toString());
    command.addAll(
        List.of(
            "-v",
            "+B",
            "-od",
            came.toString(),
            "-aet",
            "READ2",
            "+tls",
            files.resolve("key.pem").toString(),
            files.resolve("cert.pem").toString(),
            "+cf",
            files.resolve("ca.pem").toString(),
            Integer.toString(port)));
    Tool storescp = Tool.start(folder.resolve("storescp.log"), command);
    Tool.awaitListening(port);
    return storescp;
  }

  /// DCMTK does not say which port it was given, so it is given one.
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
