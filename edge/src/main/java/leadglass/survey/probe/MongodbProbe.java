package leadglass.survey.probe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import leadglass.survey.Decision;
import leadglass.survey.Finding;
import leadglass.survey.Level;
import leadglass.survey.Probe;
import leadglass.survey.Service;
import leadglass.survey.Visit;
import leadglass.survey.wire.Line;
import leadglass.survey.wire.WireFault;

/// MongoDB: listDatabases with names only, of which "ok" and "code" are read and all else is passed
/// over. Servers before 3.6 know OP_QUERY only.
final class MongodbProbe implements Probe {
  private static final Decision OPEN =
      Decision.open(Level.OPEN, "lists-databases", "lists its databases to a stranger");
  private static final Decision REFUSES =
      Decision.closed("asks-sign-in", "asks a stranger to sign in");
  private static final Decision FAILS =
      Decision.cantTell("fails", "fails when asked for its databases");
  private static final Decision ANYTHING =
      Decision.cantTell(
          "accepts-anything", "takes even a command that does not exist: a look-alike");
  private static final Decision OTHER =
      Decision.cantTell("not-mongodb", "what it answers is not MongoDB");
  private static final String LIST = "listDatabases";
  private static final int OP_REPLY = 1;
  private static final int OP_QUERY = 2004;
  private static final int OP_MSG = 2013;
  private static final int UNAUTHORIZED = 13;
  private static final int AUTHENTICATION_FAILED = 18;
  private static final int HEADER_BYTES = 16;
  private static final int MESSAGE_BYTES_MAX = 2 << 20;

  @Override
  public String name() {
    return "mongodb";
  }

  @Override
  public String title() {
    return "MongoDB lists databases";
  }

  @Override
  public Set<Service> services() {
    return Set.of(Service.MONGODB);
  }

  @Override
  public List<Decision> decisions() {
    return List.of(OPEN, REFUSES, FAILS, ANYTHING, OTHER);
  }

  @Override
  public List<Finding> ask(Visit visit) throws IOException {
    int operation = OP_MSG;
    Decision decision;
    try {
      decision = asked(visit, operation, LIST);
    } catch (WireFault e) {
      if (e.kind() != WireFault.Kind.ENDED && e.kind() != WireFault.Kind.RESET) {
        throw e;
      }
      operation = OP_QUERY;
      decision = asked(visit, operation, LIST);
    }
    if (decision.equals(OPEN) && asked(visit, operation, visit.unknownTitle()).equals(OPEN)) {
      decision = ANYTHING;
    }
    return List.of(new Finding(name(), decision));
  }

  private static Decision asked(Visit visit, int operation, String command) throws IOException {
    try (Line line = visit.open()) {
      line.write(operation == OP_MSG ? message(command) : query(command));
      int length = int32(line);
      line.skip(8);
      int answered = int32(line);
      int before =
          switch (answered) {
            case OP_MSG -> 5;
            case OP_REPLY -> 20;
            default -> -1;
          };
      if (before < 0 || length < HEADER_BYTES + before + 5 || length > MESSAGE_BYTES_MAX) {
        return OTHER;
      }
      line.skip(before);
      return new Bson(line, length - HEADER_BYTES - before).decision();
    }
  }

  private static byte[] message(String command) {
    return framed(OP_MSG, bytes(0, 0, 0, 0, 0), document(command, true));
  }

  private static byte[] query(String command) {
    ByteBuffer head = ByteBuffer.allocate(23).order(ByteOrder.LITTLE_ENDIAN);
    head.putInt(0).put("admin.$cmd\0".getBytes(StandardCharsets.US_ASCII)).putInt(0).putInt(-1);
    return framed(OP_QUERY, head.array(), document(command, false));
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static byte[] document(String command, boolean database) {
    ByteBuffer out = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN).position(4);
    out.put((byte) 0x10).put((command + "\0").getBytes(StandardCharsets.US_ASCII)).putInt(1);
    out.put((byte) 0x08).put("nameOnly\0".getBytes(StandardCharsets.US_ASCII)).put((byte) 1);
    if (database) {
      out.put((byte) 0x02).put("$db\0".getBytes(StandardCharsets.US_ASCII));
      out.putInt(6).put("admin\0".getBytes(StandardCharsets.US_ASCII));
    }
    out.put((byte) 0).putInt(0, out.position());
    byte[] document = new byte[out.position()];
    out.flip().get(document);
    return document;
  }

  private static byte[] framed(int operation, byte[] head, byte[] document) {
    int length = HEADER_BYTES + head.length + document.length;
    ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    return out.putInt(length).putInt(1).putInt(0).putInt(operation).put(head).put(document).array();
  }

  private static int int32(Line line) throws IOException {
    return Integer.reverseBytes(leadglass.survey.wire.BigEndian.int32(line));
  }

  /// A document's own elements, in the order in which they come. What is nested is skipped by its
  /// length.
  private static final class Bson {
    private static final int NAME_BYTES_MAX = 128;

    private final Line line;
    private long left;
    private Optional<Boolean> ok = Optional.empty();
    private int code;

    Bson(Line line, int bytes) {
      this.line = line;
      this.left = bytes;
    }

    Decision decision() throws IOException {
      int length = number32();
      if (length - 4 > left) {
        return OTHER;
      }
      left = length - 4L;
      for (int type = next(); type != 0; type = next()) {
        element(type);
      }
      if (ok.isEmpty()) {
        return OTHER;
      }
      boolean refused = code == UNAUTHORIZED || code == AUTHENTICATION_FAILED;
      return ok.get() ? OPEN : refused ? REFUSES : FAILS;
    }

    private void element(int type) throws IOException {
      String name = name();
      if (name.equals("ok")) {
        ok = Optional.of(truth(type));
      } else if (name.equals("code") && type == 0x10) {
        code = number32();
      } else {
        pass(length(type));
      }
    }

    private boolean truth(int type) throws IOException {
      long bits = 0;
      long bytes = length(type);
      if (bytes > 8) {
        throw new WireFault(WireFault.Kind.NOT_THE_PROTOCOL);
      }
      for (long i = 0; i < bytes; i++) {
        bits |= next();
      }
      return bits != 0;
    }

    private long length(int type) throws IOException {
      return switch (type) {
        case 0x06, 0x0A -> 0;
        case 0x08 -> 1;
        case 0x10 -> 4;
        case 0x01, 0x09, 0x11, 0x12 -> 8;
        case 0x07 -> 12;
        case 0x13 -> 16;
        case 0x02, 0x0D, 0x0E -> number32();
        case 0x03, 0x04 -> number32() - 4L;
        case 0x05 -> number32() + 1L;
        default -> -1;
      };
    }

    private void pass(long bytes) throws IOException {
      if (bytes < 0 || bytes > left) {
        throw new WireFault(WireFault.Kind.NOT_THE_PROTOCOL);
      }
      left -= bytes;
      line.skip(bytes);
    }

    /// A name if it is short: the two that matter are.
    private String name() throws IOException {
      StringBuilder name = new StringBuilder();
      for (int next = next(); next != 0; next = next()) {
        if (name.length() == NAME_BYTES_MAX) {
          throw new WireFault(WireFault.Kind.NOT_THE_PROTOCOL);
        }
        name.append((char) next);
      }
      return name.length() <= 4 ? name.toString() : "";
    }

    private int next() throws IOException {
      if (left-- <= 0) {
        throw new WireFault(WireFault.Kind.NOT_THE_PROTOCOL);
      }
      return line.read();
    }

    private int number32() throws IOException {
      return next() | next() << 8 | next() << 16 | next() << 24;
    }
  }
}
