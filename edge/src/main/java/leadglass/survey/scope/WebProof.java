package leadglass.survey.scope;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import leadglass.survey.wire.Line;
import leadglass.survey.wire.Meter;
import leadglass.survey.wire.Wire;

/// The challenge, served by the very address. One connection, one answer, no redirect.
final class WebProof {
  static final String PATH = "/.well-known/leadglass-check";
  private static final int ANSWER_BYTES_MAX = 8 << 10;
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private WebProof() {}

  /// Whether it is there now.
  ///
  /// @param port 80, but in tests
  static boolean shown(Challenge challenge, int port) {
    Wire wire = new Wire(challenge.address(), null, PATIENCE, PATIENCE, new Meter());
    try (Line line = wire.open(port, false, PATIENCE.multipliedBy(2), ANSWER_BYTES_MAX)) {
      line.write(request(challenge).getBytes(StandardCharsets.US_ASCII));
      return isAnswer(answer(line), challenge.word());
    } catch (IOException _) {
      return false;
    }
  }

  private static String request(Challenge challenge) {
    String authority = challenge.url().substring("http://".length()).replace(PATH, "");
    return "GET "
        + PATH
        + " HTTP/1.1\r\nHost: "
        + authority
        + "\r\nUser-Agent: Leadglass-check (proof of control)\r\nConnection: close\r\n\r\n";
  }

  private static String answer(Line line) throws IOException {
    ByteArrayOutputStream gathered = new ByteArrayOutputStream();
    for (int octet = line.readOrEnd();
        octet >= 0 && gathered.size() < ANSWER_BYTES_MAX;
        octet = line.readOrEnd()) {
      gathered.write(octet);
    }
    return gathered.toString(StandardCharsets.ISO_8859_1);
  }

  private static boolean isAnswer(String answer, String word) {
    int head = answer.indexOf("\r\n\r\n");
    // A body in chunks has its lengths around it.
    return head > 0
        && answer.matches("(?s)HTTP/1\\.[01] 200[ \r].*")
        && answer.substring(head).lines().map(String::strip).anyMatch(word::equals);
  }
}
