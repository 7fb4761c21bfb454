package leadglass.survey.probe;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
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

/// PostgreSQL: the start of a session as somebody who does not exist, in a database that does not
/// either. "trust" shows before the server looks whether they do; no password is tried.
final class PostgresqlProbe implements Probe {
  private static final Decision TRUST =
      Decision.open(Level.OPEN, "trust", "lets a stranger in as any user, without a password");
  private static final Decision PASSWORD =
      Decision.closed("asks-password", "asks a stranger for a password or another proof");
  private static final Decision REFUSES =
      Decision.closed("refuses", "has no rule that lets this address in");
  private static final Decision BUSY = Decision.cantTell("busy", "has no room for the moment");
  private static final Decision FAILS =
      Decision.cantTell("fails", "ends before it says whether it wants a proof");
  private static final Decision OTHER =
      Decision.cantTell("not-postgresql", "what it answers is not PostgreSQL");
  private static final int PROTOCOL_3 = 3 << 16;
  private static final int SSL_REQUEST = 80877103;
  private static final int MESSAGE_BYTES_MAX = 16 << 10;

  @Override
  public String name() {
    return "postgresql";
  }

  @Override
  public String title() {
    return "PostgreSQL lets anyone in (trust)";
  }

  @Override
  public Set<Service> services() {
    return Set.of(Service.POSTGRESQL);
  }

  @Override
  public List<Decision> decisions() {
    return List.of(TRUST, PASSWORD, REFUSES, BUSY, FAILS, OTHER);
  }

  @Override
  public List<Finding> ask(Visit visit) throws IOException {
    Decision clear;
    try (Line line = visit.open()) {
      clear = started(visit, line);
    }
    // Rules may be for TLS only.
    return List.of(new Finding(name(), clear.equals(REFUSES) ? inTls(visit) : clear));
  }

  private static Decision inTls(Visit visit) throws IOException {
    try (Line line = visit.open()) {
      line.write(request(SSL_REQUEST, ""));
      if (line.read() != 'S') {
        return REFUSES;
      }
      line.secure();
      return started(visit, line);
    } catch (WireFault e) {
      return switch (e.kind()) {
        case TLS_CLIENT_CERTIFICATE -> PASSWORD;
        case LEFT_ALONE, SPENT -> throw e;
        default -> FAILS;
      };
    }
  }

  private static byte[] request(int code, String parameters) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] words = parameters.getBytes(StandardCharsets.US_ASCII);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(8 + words.length);
      out.writeInt(code);
      out.write(words);
    } catch (IOException e) {
      throw new AssertionError("memory takes it", e);
    }
    return bytes.toByteArray();
  }

  private static Decision started(Visit visit, Line line) throws IOException {
    String nobody = visit.unknownTitle();
    line.write(request(PROTOCOL_3, "user\0" + nobody + "\0database\0" + nobody + "\0\0"));
    int type = line.read();
    int length = BigEndian.int32(line);
    if (length < 4 || length > MESSAGE_BYTES_MAX) {
      return OTHER;
    }
    if (type == 'v') {
      line.skip(length - 4);
      type = line.read();
      length = BigEndian.int32(line);
    }
    return switch (type) {
      case 'R' -> length < 8 ? OTHER : BigEndian.int32(line) == 0 ? TRUST : PASSWORD;
      case 'E' -> length > MESSAGE_BYTES_MAX ? OTHER : error(line, length - 4);
      default -> OTHER;
    };
  }

  /// An ErrorResponse's fields are a letter and a text each; C is the SQLSTATE.
  private static Decision error(Line line, int bytes) throws IOException {
    int left = bytes;
    while (left > 1) {
      int field = line.read();
      left--;
      if (field == 'C' && left >= 5) {
        StringBuilder state = new StringBuilder(5);
        for (int i = 0; i < 5; i++) {
          state.append((char) line.read());
        }
        return decision(state.toString());
      }
      int next = -1;
      while (next != 0 && left > 0) {
        next = line.read();
        left--;
      }
    }
    return OTHER;
  }

  private static Decision decision(String state) {
    return switch (state) {
      case "28000", "28P01" -> REFUSES;
      case "53300", "57P03", "53400", "57P02" -> BUSY;
      default -> FAILS;
    };
  }
}
