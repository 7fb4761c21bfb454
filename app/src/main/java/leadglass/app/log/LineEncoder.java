package leadglass.app.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;

/// One JSON line an event. What a library wanted to say is dropped, because a library's message may
/// quote a request: its name, the level and the exception's class stay.
public final class LineEncoder extends EncoderBase<ILoggingEvent> {

  /// Made by the logging configuration.
  public LineEncoder() {}

  @Override
  public byte[] encode(ILoggingEvent event) {
    StringBuilder line = new StringBuilder("{\"at\":\"");
    line.append(event.getInstant()).append("\",\"level\":\"").append(event.getLevel()).append('"');
    if (event.getLoggerName().equals("leadglass")) {
      String message = event.getFormattedMessage();
      line.append(',').append(message, 1, message.length() - 1);
    } else {
      line.append(",\"event\":\"Library\",\"logger\":\"").append(event.getLoggerName()).append('"');
      IThrowableProxy thrown = event.getThrowableProxy();
      if (thrown != null) {
        line.append(",\"exception\":\"").append(thrown.getClassName()).append('"');
      }
    }
    return line.append("}\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }
}
