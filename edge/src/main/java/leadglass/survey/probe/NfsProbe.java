package leadglass.survey.probe;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import leadglass.survey.Decision;
import leadglass.survey.Finding;
import leadglass.survey.Level;
import leadglass.survey.Probe;
import leadglass.survey.Service;
import leadglass.survey.Visit;
import leadglass.survey.wire.BigEndian;
import leadglass.survey.wire.Line;
import leadglass.survey.wire.WireFault;

/// NFS: whether it answers (RFC 1813 NULL), and to whom it exports, which the mount service tells
/// (RFC 1813 §5.2.6) and whose port the port mapper tells (RFC 1833 §3). Nothing is mounted.
final class NfsProbe implements Probe {
  private static final Decision ANYONE =
      Decision.open(Level.OPEN, "exports-to-anyone", "exports a folder to any host that asks");
  private static final Decision LISTS =
      Decision.open(
          Level.EXPOSED, "lists-exports", "tells anyone what it exports, to named hosts only");
  private static final Decision NONE = Decision.closed("no-exports", "exports nothing");
  private static final Decision REFUSES =
      Decision.closed("refuses", "refuses a stranger's remote procedure calls");
  private static final Decision UNTOLD =
      Decision.cantTell(
          "exports-untold", "answers NFS calls; what it exports, and to whom, can't be asked");
  private static final Decision ANYTHING =
      Decision.cantTell(
          "accepts-anything", "has a port even for a program that does not exist: a look-alike");
  private static final Decision OTHER = Decision.cantTell("not-nfs", "what it answers is not NFS");
  private static final int PORT_MAPPER = 111;
  private static final int PROGRAMS_OF_USERS = 0x4000_0000;
  private static final int PROGRAM_PORT_MAPPER = 100_000;
  private static final int PROGRAM_NFS = 100_003;
  private static final int PROGRAM_MOUNT = 100_005;
  private static final int GETPORT = 3;
  private static final int EXPORT = 5;
  private static final int TCP = 6;
  private static final Set<String> ANY_HOST = Set.of("*", "0.0.0.0/0", "::/0", "(everyone)");

  private final int portMapper;

  NfsProbe() {
    this(PORT_MAPPER);
  }

  /// @param portMapper where it listens
  NfsProbe(int portMapper) {
    this.portMapper = portMapper;
  }

  @Override
  public String name() {
    return "nfs-exports";
  }

  @Override
  public String title() {
    return "Exports folders by NFS";
  }

  @Override
  public Set<Service> services() {
    return Set.of(Service.NFS);
  }

  @Override
  public List<Decision> decisions() {
    return List.of(ANYONE, LISTS, NONE, REFUSES, UNTOLD, ANYTHING, OTHER);
  }

  @Override
  public List<Finding> ask(Visit visit) throws IOException {
    return List.of(new Finding(name(), decision(visit)));
  }

  private Decision decision(Visit visit) throws IOException {
    try (Line line = visit.open()) {
      // A server of version 4 only says that version 3 is a mismatch, which is NFS all the same.
      Reply reply = new Call(line).make(PROGRAM_NFS, 3, 0).reply();
      if (reply == Reply.DENIED) {
        return REFUSES;
      }
    } catch (WireFault e) {
      if (e.kind() == WireFault.Kind.NOT_THE_PROTOCOL) {
        return OTHER;
      }
      throw e;
    }
    try {
      int port = port(visit, PROGRAM_MOUNT);
      Decision decision = port < 1 || port > 65_535 ? UNTOLD : exports(visit, port);
      // Transient programs, of which nobody has this one (RFC 5531 §8.4).
      int nonsense = PROGRAMS_OF_USERS + visit.random().nextInt(PROGRAMS_OF_USERS / 2);
      return decision.equals(ANYONE) && port(visit, nonsense) != 0 ? ANYTHING : decision;
    } catch (WireFault e) {
      return switch (e.kind()) {
        case LEFT_ALONE, SPENT -> throw e;
        default -> UNTOLD;
      };
    }
  }

  private int port(Visit visit, int program) throws IOException {
    try (Line line = visit.openBeside(portMapper)) {
      Call call = new Call(line).make(PROGRAM_PORT_MAPPER, 2, GETPORT, program, 3, TCP, 0);
      return call.reply() == Reply.SUCCESS ? call.int32() : 0;
    }
  }

  private static Decision exports(Visit visit, int port) throws IOException {
    try (Line line = visit.openBeside(port)) {
      Call call = new Call(line).make(PROGRAM_MOUNT, 3, EXPORT);
      switch (call.reply()) {
        case DENIED -> {
          return REFUSES;
        }
        case FAILED -> {
          return UNTOLD;
        }
        case SUCCESS -> {}
      }
      boolean any = false;
      while (call.follows()) {
        any = true;
        call.pass(Call.PATH_BYTES_MAX);
        if (anyone(call)) {
          return ANYONE;
        }
      }
      return any ? LISTS : NONE;
    }
  }

  /// Whether the groups of an export leave nobody out; none at all leaves nobody out either.
  private static boolean anyone(Call call) throws IOException {
    boolean named = false;
    boolean anyone = false;
    while (call.follows()) {
      named = true;
      anyone |= call.isAnyHost();
    }
    return anyone || !named;
  }

  private enum Reply {
    SUCCESS,
    /// The program, its version or its procedure is not there.
    FAILED,
    DENIED
  }

  /// One remote procedure call without credentials (RFC 5531), its answer read as it comes.
  private static final class Call {
    static final int PATH_BYTES_MAX = 1024;
    private static final int NAME_BYTES_MAX = 255;
    private static final int VERIFIER_BYTES_MAX = 400;
    private static final int REPLY_BYTES_MAX = 1 << 20;
    private static final int XID = 0x4C47_4331;

    private final Line line;
    private int fragment;
    private boolean last;
    private int total;

    Call(Line line) {
      this.line = line;
    }

    Call make(int program, int version, int procedure, int... arguments) throws IOException {
      int bytes = 40 + 4 * arguments.length;
      ByteBuffer out = ByteBuffer.allocate(4 + bytes).putInt(1 << 31 | bytes);
      out.putInt(XID).putInt(0).putInt(2).putInt(program).putInt(version).putInt(procedure);
      out.putLong(0).putLong(0);
      for (int each : arguments) {
        out.putInt(each);
      }
      line.write(out.array());
      return this;
    }

    Reply reply() throws IOException {
      if (int32() != XID || int32() != 1) {
        throw new WireFault(WireFault.Kind.NOT_THE_PROTOCOL);
      }
      if (int32() != 0) {
        return Reply.DENIED;
      }
      int32();
      pass(VERIFIER_BYTES_MAX);
      return int32() == 0 ? Reply.SUCCESS : Reply.FAILED;
    }

    boolean follows() throws IOException {
      return int32() != 0;
    }

    /// Passes over opaque bytes.
    void pass(int bytesMax) throws IOException {
      for (int left = padded(bytesMax); left > 0; left--) {
        next();
      }
    }

    private int padded(int bytesMax) throws IOException {
      return (length(bytesMax) + 3) / 4 * 4;
    }

    private int length(int bytesMax) throws IOException {
      int length = int32();
      if (length < 0 || length > bytesMax) {
        throw new WireFault(WireFault.Kind.NOT_THE_PROTOCOL);
      }
      return length;
    }

    boolean isAnyHost() throws IOException {
      int length = length(NAME_BYTES_MAX);
      StringBuilder name = new StringBuilder();
      for (int i = 0; i < (length + 3) / 4 * 4; i++) {
        int next = next();
        if (i < length && length <= 12) {
          name.append((char) next);
        }
      }
      return Optional.of(name.toString()).filter(ANY_HOST::contains).isPresent();
    }

    int int32() throws IOException {
      return next() << 24 | next() << 16 | next() << 8 | next();
    }

    private int next() throws IOException {
      while (fragment == 0) {
        if (last) {
          throw new WireFault(WireFault.Kind.NOT_THE_PROTOCOL);
        }
        int mark = BigEndian.int32(line);
        last = mark < 0;
        fragment = mark & 0x7FFF_FFFF;
        if (fragment > REPLY_BYTES_MAX - total || (!last && fragment == 0)) {
          throw new WireFault(WireFault.Kind.NOT_THE_PROTOCOL);
        }
        total += fragment;
      }
      fragment--;
      return line.read();
    }
  }
}
