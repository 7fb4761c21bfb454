package leadglass.survey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Debian's DCMTK, as open as it comes and as closed as it gets.
class DcmtkTest {
  @TempDir Path folder;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void end() {
    started.forEach(Process::destroy);
  }

  private int start(String program, String... words) throws IOException {
    Path path = Path.of("/usr/bin", program);
    Assumptions.assumeTrue(Files.isExecutable(path), () -> program + " is not installed: skipped");
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    List<String> all = new ArrayList<>(List.of(path.toString()));
    Stream.of(words).map(each -> each.replace("PORT", "" + port)).forEach(all::add);
    started.add(
        new ProcessBuilder(all)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start());
    for (int i = 0; i < 200; i++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return socket.getPort();
      } catch (IOException _) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(25));
      }
    }
    throw new IOException(program + " does not listen");
  }

  private void configured(String peers) throws IOException {
    Files.createDirectories(folder.resolve("store"));
    Files.writeString(
        folder.resolve("qr.cfg"),
        """
        NetworkTCPPort = 0
        MaxPDUSize = 16384
        MaxAssociations = 16
        HostTable BEGIN
        friend = (FRIEND, localhost, 11113)
        HostTable END
        AETable BEGIN
        PACS %s/store RW (200, 1024mb) %s
        AETable END
        """
            .formatted(folder, peers));
  }

  @Test
  void storescpAnswersAnyoneAndAcceptsStorage() throws IOException {
    int port = start("storescp", "PORT");
    HostReport report = Checks.of(Declared.NOTHING, port + "/dicom");
    assertThat(Checks.decision(report, "dicom-storage-contexts")).isEqualTo("accepts");
    assertThat(report.grade()).isEqualTo(Grade.C);
    VerdictMatrix.assertDocumented(VerdictMatrix.row("DCMTK storescp", "as it comes", report));
  }

  @Test
  void dcmqrscpOpenToAnyPeerListsStudiesToWhoeverKnowsItsTitle() throws IOException {
    configured("ANY");
    int port = start("dcmqrscp", "-c", "qr.cfg", "PORT");
    HostReport stranger = Checks.of(Declared.NOTHING, port + "/dicom");
    VerdictMatrix.assertDocumented(
        VerdictMatrix.row("DCMTK dcmqrscp", "any peer; title not told", stranger));
    Declared told =
        new Declared(java.util.Optional.of("PACS"), java.util.Optional.empty(), true, false, false);
    HostReport titled = Checks.of(told, port + "/dicom");
    assertThat(titled.grade()).isEqualTo(Grade.F);
    VerdictMatrix.assertDocumented(
        VerdictMatrix.row("DCMTK dcmqrscp", "any peer; title told", titled));
  }

  @Test
  void dcmqrscpForItsFriendsGivesStrangersNothing() throws IOException {
    configured("friend");
    int port = start("dcmqrscp", "-c", "qr.cfg", "PORT");
    HostReport report = Checks.of(Declared.NOTHING, "" + port);
    VerdictMatrix.assertDocumented(
        VerdictMatrix.row("DCMTK dcmqrscp", "named peers only; title not told", report));
  }
}
