package leadglass.testkit.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import leadglass.testkit.RawPdu;
import leadglass.testkit.RawScu;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class MisbehavingTest {
  private static final int MUCH_BYTES = 4 << 20;
  private static final String QUESTION = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
  private static final Map<Integer, String> NOTHING =
      Map.of(Attributes.LEVEL, "STUDY", Attributes.STUDY_UID, "2.25.47");

  @TempDir static Path folder;

  private static WorldProcess world;
  private static Stranger stranger;

  @BeforeAll
  static void start() throws IOException {
    world = WorldProcess.start(new Census(8, 60, 15, 5, 8, Set.of()), folder.resolve("world"));
    stranger = new Stranger(world);
  }

  @AfterAll
  static void end() throws IOException {
    world.close();
  }

  private static Socket asked(Kind kind, byte[] question) throws IOException {
    Socket socket = new Socket();
    socket.connect(stranger.port(kind), 5_000);
    socket.setSoTimeout(20_000);
    socket.getOutputStream().write(question);
    return socket;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(names = {"FLOODS", "CHUNKS_WITHOUT_END", "HEADERS_WITHOUT_END"})
  @DisplayName("What has no end is not over after 4 MiB")
  void withoutEnd(Kind kind) throws IOException {
    try (Socket socket = asked(kind, ascii(QUESTION))) {
      assertThat(socket.getInputStream().readNBytes(MUCH_BYTES)).hasSize(MUCH_BYTES);
    }
  }

  @Test
  @DisplayName("A list without end goes on, even after it was cancelled")
  void listWithoutEnd() throws IOException {
    try (RawScu scu = stranger.to(Kind.LISTS_ANYTHING_WITHOUT_END).open()) {
      int context = scu.context(Stranger.FIND, RawScu.IMPLICIT_VR_LITTLE_ENDIAN);
      Stranger.ask(scu, context, Stranger.FIND, DicomMessage.FIND, NOTHING);
      for (int i = 0; i < 5_000; i++) {
        assertThat(scu.receive().type()).isEqualTo(RawPdu.P_DATA_TF);
        if (i == 100) {
          Stranger.ask(scu, context, Stranger.FIND, DicomMessage.CANCEL, NOTHING);
        }
      }
    }
  }

  @Test
  @DisplayName("A host that trickles takes a second from byte to byte")
  void trickles() throws IOException {
    long start = System.nanoTime();
    try (Socket socket = asked(Kind.TRICKLES, ascii(QUESTION))) {
      assertThat(socket.getInputStream().readNBytes(2)).isEqualTo(ascii("HT"));
      assertThat(System.nanoTime() - start).isGreaterThan(900_000_000);
    }
  }

  @Test
  @DisplayName("What is sent to a host that sends back comes back")
  void sendsBack() throws IOException {
    byte[] said = RawPdu.associateRq("A", "B", java.util.List.of(), 0, new byte[0]).encode();
    try (Socket socket = asked(Kind.SENDS_BACK, said)) {
      assertThat(socket.getInputStream().readNBytes(said.length)).isEqualTo(said);
    }
  }

  @Test
  @DisplayName("PDUs are announced that are too long, of no type, or with items too long")
  void wrongPdus() throws IOException {
    byte[] said = RawPdu.associateRq("A", "B", java.util.List.of(), 0, new byte[0]).encode();
    try (Socket socket = asked(Kind.PDU_OF_4_GIB, said)) {
      assertThat(socket.getInputStream().readNBytes(6)).containsExactly(2, 0, -1, -1, -1, -1);
    }
    try (Socket socket = asked(Kind.GARBAGE_PDUS, said)) {
      assertThat(socket.getInputStream().read()).isEqualTo(0x80);
    }
    try (RawScu scu = stranger.to(Kind.WRONG_LENGTHS).connect()) {
      scu.send(said);
      RawPdu pdu = scu.receive();
      assertThat(pdu.type()).isEqualTo(RawPdu.ASSOCIATE_AC);
      assertThat((int) java.nio.ByteBuffer.wrap(pdu.body()).getShort(70))
          .isGreaterThan(pdu.body().length);
    }
  }

  @Test
  @DisplayName("A silent host and one that closes send nothing")
  void nothingSaid() throws IOException {
    try (Socket socket = asked(Kind.SILENT, ascii(QUESTION))) {
      socket.shutdownOutput();
      assertThat(socket.getInputStream().read()).isNegative();
    }
    try (Socket socket = new Socket()) {
      socket.connect(stranger.port(Kind.CLOSES_AT_ONCE), 5_000);
      assertThat(socket.getInputStream().read()).isNegative();
    }
  }

  @Test
  @DisplayName("Retrieving nothing succeeds where images are accessible, and is refused elsewhere")
  void retrieval() throws IOException {
    assertThat(retrieved(Kind.STUDY_ROOT_AND_GET)).isEqualTo(DicomMessage.SUCCESS);
    assertThat(retrieved(Kind.STUDY_ROOT_GET_REFUSED)).isEqualTo(DicomMessage.NOT_AUTHORIZED);
    try (RawScu scu = stranger.to(Kind.STUDY_ROOT).open()) {
      assertThat(scu.context(Stranger.GET, RawScu.IMPLICIT_VR_LITTLE_ENDIAN)).isNegative();
    }
  }

  private static int retrieved(Kind kind) throws IOException {
    try (RawScu scu = stranger.to(kind).open()) {
      int context = scu.context(Stranger.GET, RawScu.IMPLICIT_VR_LITTLE_ENDIAN);
      Stranger.ask(scu, context, Stranger.GET, DicomMessage.GET, NOTHING);
      return scu.reply().status();
    }
  }

  @Test
  @DisplayName("A page for every path names an address that is a trap, and so does a redirection")
  void traps() throws IOException {
    assertThat(Stranger.http(stranger.port(Kind.SINGLE_PAGE), "GET /no/such/path"))
        .startsWith("HTTP/1.1 200 ")
        .containsPattern("wadoRoot: 'http://127\\.[0-9.]+:\\d+/");
    assertThat(Stranger.http(stranger.port(Kind.DCM4CHEE_REDIRECTS), "GET /no/such/path"))
        .startsWith("HTTP/1.1 302 ")
        .containsPattern("Location: http://127\\.[0-9.]+:\\d+/");
    assertThat(Stranger.http(stranger.port(Kind.NO_CONTENT), "GET /no/such/path"))
        .startsWith("HTTP/1.1 204 ");
    assertThat(Stranger.http(stranger.port(Kind.HTTP_LISTS_ANYTHING), "GET /no/such/path"))
        .contains("\"00100010\"");
  }
}
