package leadglass.testkit.world;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import leadglass.testkit.RawPdu;
import leadglass.testkit.RawScu;

/// Who knows of a world what its files say, and goes to see.
record Stranger(WorldProcess world) {
  static final String FIND = Manners.STUDY_ROOT + Manners.FIND;
  static final String GET = Manners.STUDY_ROOT + "3";
  static final String RANDOM_TITLE = "K7QX2MWD4TZR";

  /// A row of a query, or its end.
  record Row(int status, Map<Integer, String> attributes) {}

  /// The ports of a host.
  List<InetSocketAddress> ports(String host) throws IOException {
    String row =
        Files.readAllLines(world.targets()).stream()
            .filter(each -> each.startsWith(host + ","))
            .findFirst()
            .orElseThrow();
    return Arrays.stream(row.split(",", -1)[1].split(" ", -1))
        .map(each -> new InetSocketAddress(host, Integer.parseInt(each.split("/", -1)[0])))
        .toList();
  }

  InetSocketAddress port(Kind kind) throws IOException {
    return ports(host(kind)).getFirst();
  }

  String host(Kind kind) throws IOException {
    return truth(kind).host();
  }

  TruthLine truth(Kind kind) throws IOException {
    return world.truth().stream().filter(each -> each.kind() == kind).findFirst().orElseThrow();
  }

  RawScu.Builder to(Kind kind) throws IOException {
    return RawScu.to(port(kind))
        .called(RANDOM_TITLE)
        .timeout(Duration.ofSeconds(20))
        .propose(RawScu.VERIFICATION, RawScu.IMPLICIT_VR_LITTLE_ENDIAN)
        .propose(FIND, RawScu.IMPLICIT_VR_LITTLE_ENDIAN)
        .propose(GET, RawScu.IMPLICIT_VR_LITTLE_ENDIAN);
  }

  /// All answers to a query, the last of which is not pending.
  static List<Row> find(RawScu scu, Map<Integer, String> keys) throws IOException {
    int context = scu.context(FIND, RawScu.IMPLICIT_VR_LITTLE_ENDIAN);
    ask(scu, context, FIND, 0x0020, keys);
    List<Row> rows = new ArrayList<>();
    ByteArrayOutputStream command = new ByteArrayOutputStream();
    ByteArrayOutputStream set = new ByteArrayOutputStream();
    while (true) {
      ByteBuffer body = ByteBuffer.wrap(scu.receive().body());
      while (body.hasRemaining()) {
        int length = body.getInt() - 2;
        body.get();
        boolean ofCommand = (body.get() & 1) != 0;
        (ofCommand ? command : set).write(body.array(), body.position(), length);
        body.position(body.position() + length);
        int status = status(command.toByteArray());
        if (status != 0xFF00) {
          rows.add(new Row(status, Map.of()));
          return rows;
        }
        if (!ofCommand) {
          rows.add(new Row(status, Attributes.decode(set.toByteArray(), false)));
          command.reset();
          set.reset();
        }
      }
    }
  }

  /// The last element of the answers without a comment is the status.
  private static int status(byte[] command) {
    for (int at = 0; at + 8 <= command.length; at += 8 + (command[at + 4] & 0xFF)) {
      if (command[at + 2] == 0 && command[at + 3] == 0x09) {
        return (command[at + 8] & 0xFF) | (command[at + 9] & 0xFF) << 8;
      }
    }
    throw new IllegalStateException("an answer without a status");
  }

  static void ask(RawScu scu, int context, String sopClass, int field, Map<Integer, String> keys)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] command =
        RawPdu.command(
            0x0002, sopClass, 0x0100, field, 0x0110, scu.nextMessageId(), 0x0700, 0, 0x0800, 1);
    RawPdu.fragments(out, context, true, command, 16 << 10);
    RawPdu.fragments(out, context, false, Attributes.encode(keys, false), 16 << 10);
    scu.send(out.toByteArray());
  }

  /// The whole answer to a request of HTTP/1.0.
  static String http(InetSocketAddress address, String request) throws IOException {
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write((request + " HTTP/1.0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
