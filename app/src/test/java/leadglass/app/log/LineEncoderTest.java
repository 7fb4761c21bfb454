package leadglass.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LineEncoderTest {
  private static String line(String logger, String message, @Nullable Throwable thrown) {
    LoggerContext context = new LoggerContext();
    LoggingEvent event =
        new LoggingEvent("", context.getLogger(logger), Level.WARN, message, thrown, null);
    return new String(new LineEncoder().encode(event), StandardCharsets.UTF_8);
  }

  @Test
  void aLibrarysMessageIsDropped() {
    String line =
        line("org.eclipse.jetty", "bad request CANARY^NAME", new IllegalStateException("CANARY"));
    assertThat(line)
        .doesNotContain("CANARY")
        .contains("\"logger\":\"org.eclipse.jetty\"")
        .contains("\"exception\":\"java.lang.IllegalStateException\"");
  }

  @Test
  void ourEventsAreOneObjectALine() {
    String line = line("leadglass", "{\"event\":\"Opened\"}", null);
    assertThat(line).startsWith("{\"at\":\"").endsWith("\"event\":\"Opened\"}\n");
    assertThat(line.lines()).hasSize(1);
  }
}
