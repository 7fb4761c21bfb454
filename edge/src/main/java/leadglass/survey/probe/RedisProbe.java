package leadglass.survey.probe;

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
import leadglass.survey.wire.Line;
import leadglass.survey.wire.Text;

/// Redis: PING. No key is read, not even counted.
final class RedisProbe implements Probe {
  private static final Decision OPEN =
      Decision.open(Level.OPEN, "answers", "takes a stranger's commands without a password");
  private static final Decision PASSWORD = Decision.closed("asks-password", "asks for a password");
  private static final Decision PROTECTED =
      Decision.closed("protected", "takes commands from its own machine only");
  private static final Decision ANYTHING =
      Decision.cantTell(
          "accepts-anything", "takes even a command that does not exist: a look-alike");
  private static final Decision OTHER =
      Decision.cantTell("not-redis", "what it answers is not Redis");
  private static final int LINE_BYTES_MAX = 512;

  @Override
  public String name() {
    return "redis";
  }

  @Override
  public String title() {
    return "Redis takes commands (PING)";
  }

  @Override
  public Set<Service> services() {
    return Set.of(Service.REDIS);
  }

  @Override
  public List<Decision> decisions() {
    return List.of(OPEN, PASSWORD, PROTECTED, ANYTHING, OTHER);
  }

  @Override
  public List<Finding> ask(Visit visit) throws IOException {
    try (Line line = visit.open()) {
      line.write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      // Protected mode's explanation is one long line; its first word is enough.
      byte[] first = new byte[7];
      try {
        line.read(first, 0, first.length);
        String word = new String(first, StandardCharsets.ISO_8859_1);
        return List.of(new Finding(name(), decision(visit, line, word)));
      } finally {
        java.util.Arrays.fill(first, (byte) 0);
      }
    }
  }

  private static Decision decision(Visit visit, Line line, String word) throws IOException {
    return switch (word) {
      case "+PONG\r\n" -> nonsenseRefused(visit, line) ? OPEN : ANYTHING;
      case "-NOAUTH" -> whole(line, PASSWORD);
      case "-DENIED" -> whole(line, PROTECTED);
      default -> OTHER;
    };
  }

  private static boolean nonsenseRefused(Visit visit, Line line) throws IOException {
    line.write((visit.unknownTitle() + "\r\n").getBytes(StandardCharsets.US_ASCII));
    try (Text answer = Text.read(line, LINE_BYTES_MAX)) {
      return answer.startsWith("-");
    }
  }

  private static Decision whole(Line line, Decision decision) throws IOException {
    try (Text _ = Text.read(line, 2 * LINE_BYTES_MAX)) {
      return decision;
    }
  }
}
