package leadglass.survey.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import leadglass.survey.Decision;
import leadglass.survey.Finding;
import leadglass.survey.Level;
import leadglass.survey.Probe;
import leadglass.survey.Service;
import leadglass.survey.Visit;
import leadglass.survey.wire.Line;
import leadglass.survey.wire.Text;
import leadglass.survey.wire.WireFault;

/// FTP as the protocol's own "anonymous" (RFC 1635). Nothing is listed.
final class FtpProbe implements Probe {
  private static final Decision OPEN =
      Decision.open(Level.OPEN, "anonymous", "lets anyone in as \"anonymous\"");
  private static final Decision REFUSES =
      Decision.closed("refuses", "does not let \"anonymous\" in");
  private static final Decision TLS_FIRST =
      Decision.closed("asks-tls", "takes no name before TLS, and strangers' names not even then");
  private static final Decision BUSY = Decision.cantTell("busy", "has no room for the moment");
  private static final Decision OTHER = Decision.cantTell("not-ftp", "what it answers is not FTP");
  private static final Decision VERSION =
      Decision.note("version", "tells its version to whoever connects");
  private static final int LINE_BYTES_MAX = 2048;
  private static final int LINES_MAX = 100;

  @Override
  public String name() {
    return "ftp-anonymous";
  }

  @Override
  public String title() {
    return "Lets anyone in by FTP (anonymous)";
  }

  @Override
  public Set<Service> services() {
    return Set.of(Service.FTP);
  }

  @Override
  public List<Decision> decisions() {
    return List.of(OPEN, REFUSES, TLS_FIRST, BUSY, OTHER, VERSION);
  }

  @Override
  public List<Finding> ask(Visit visit) throws IOException {
    try (Line line = visit.open()) {
      Reply greeting = Reply.read(line);
      if (greeting.code() != 220) {
        return found(busy(greeting.code()) ? BUSY : OTHER);
      }
      List<Finding> findings = new ArrayList<>(found(signedIn(line)));
      if (greeting.version() && !findings.getFirst().decision().equals(OTHER)) {
        findings.add(new Finding(name(), VERSION));
      }
      return findings;
    }
  }

  private List<Finding> found(Decision decision) {
    return List.of(new Finding(name(), decision));
  }

  private static Decision signedIn(Line line) throws IOException {
    int code = said(line, "USER anonymous");
    if (code == 331) {
      code = said(line, "PASS leadglass-check@");
    }
    if (code == 230) {
      line.write("QUIT\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    return switch (code) {
      case 230 -> OPEN;
      case 421 -> BUSY;
      // A command that every FTP server knows: this is mail, or something else.
      case 500, 502, 503 -> OTHER;
      case 522, 534 -> TLS_FIRST;
      default -> code >= 300 && code < 600 ? REFUSES : OTHER;
    };
  }

  private static boolean busy(int code) {
    return code == 120 || code == 421;
  }

  private static int said(Line line, String command) throws IOException {
    line.write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
    return Reply.read(line).code();
  }

  /// A reply (RFC 959 §4.2).
  ///
  /// @param code 0 if it is none
  private record Reply(int code, boolean version) {
    static Reply read(Line line) throws IOException {
      int code = 0;
      boolean version = false;
      for (int i = 0; i < LINES_MAX; i++) {
        try (Text text = Text.read(line, LINE_BYTES_MAX)) {
          int own = code(text);
          code = i == 0 ? own : code;
          version |= text.hasVersion();
          if (code == 0 || (own == code && text.at(3) != '-')) {
            return new Reply(code, version);
          }
        }
      }
      throw new WireFault(WireFault.Kind.NOT_THE_PROTOCOL);
    }

    private static int code(Text text) {
      int code = 0;
      for (int i = 0; i < 3; i++) {
        int digit = text.at(i) - '0';
        if (digit < 0 || digit > 9) {
          return 0;
        }
        code = code * 10 + digit;
      }
      return code;
    }
  }
}
