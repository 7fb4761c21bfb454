package leadglass.survey.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import leadglass.survey.Decision;
import leadglass.survey.Finding;
import leadglass.survey.Level;
import leadglass.survey.Probe;
import leadglass.survey.Service;
import leadglass.survey.Visit;
import leadglass.survey.wire.Line;

/// HL7 v2 over MLLP. A listener books what it is sent, so it is sent something only where that was
/// asked for: an application management query (NMQ^N01, HL7 v2.5.1 §14.3.1), which is about no
/// patient, for debugging only, and from nobody that it knows.
final class MllpListener implements Probe {
  private static final Decision NOT_SENT =
      Decision.cantTell(
          "not-sent",
          "takes connections; whether it takes a stranger's messages was not tried (--hl7-probe)");
  private static final Decision TAKES =
      Decision.open(Level.EXPOSED, "takes-messages", "takes a stranger's messages");
  private static final Decision ANSWERS =
      Decision.open(
          Level.EXPOSED,
          "answers",
          "reads a stranger's messages: it failed on this one, which asks for little");
  private static final Decision REJECTS =
      Decision.note("rejects", "reads a stranger's messages and rejected this one");
  private static final Decision OTHER = Decision.cantTell("not-hl7", "what it answers is not HL7");
  private static final int START = 0x0B;
  private static final int END = 0x1C;
  private static final int MESSAGE_BYTES_MAX = 8 << 10;
  private static final int CONTROL_ID_BOUND = 1_000_000_000;

  @Override
  public String name() {
    return "hl7-mllp";
  }

  @Override
  public String title() {
    return "Takes HL7 messages";
  }

  @Override
  public Set<Service> services() {
    return Set.of(Service.HL7);
  }

  @Override
  public List<Decision> decisions() {
    return List.of(NOT_SENT, TAKES, ANSWERS, REJECTS, OTHER);
  }

  @Override
  public List<Finding> ask(Visit visit) throws IOException {
    if (!visit.declared().hl7Probe()) {
      return List.of(new Finding(name(), NOT_SENT));
    }
    try (Line line = visit.open()) {
      line.write(message(visit).getBytes(StandardCharsets.US_ASCII));
      return List.of(new Finding(name(), decision(line)));
    }
  }

  private static String message(Visit visit) {
    String now =
        DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withZone(ZoneOffset.UTC).format(visit.now());
    return "\u000bMSH|^~\\&|LEADGLASS_CHECK||||%s+0000||NMQ^N01^NMQ_N01|LGC%d|D|2.5.1\rNCK|%s+0000\r\u001c\r"
        .formatted(now, visit.random().nextInt(CONTROL_ID_BOUND), now);
  }

  /// MSA-1 of the answer (table 0008).
  private static Decision decision(Line line) throws IOException {
    if (line.read() != START) {
      return OTHER;
    }
    // MSH at the beginning, then the segment that starts with MSA after a carriage return.
    for (char each : new char[] {'M', 'S', 'H'}) {
      if (line.read() != each) {
        return OTHER;
      }
    }
    int matched = -1;
    for (int i = 0; i < MESSAGE_BYTES_MAX; i++) {
      int next = line.read();
      if (next == '\r') {
        matched = 0;
      } else if (next == END) {
        return OTHER;
      } else if (matched >= 0) {
        matched = next == "MSA|".charAt(matched) ? matched + 1 : -1;
      }
      if (matched == 4) {
        return acknowledgment(line.read(), line.read());
      }
    }
    return OTHER;
  }

  private static Decision acknowledgment(int mode, int code) {
    if (mode != 'A' && mode != 'C') {
      return OTHER;
    }
    return switch (code) {
      case 'A' -> TAKES;
      case 'E' -> ANSWERS;
      case 'R' -> REJECTS;
      default -> OTHER;
    };
  }
}
