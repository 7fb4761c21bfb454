package leadglass.app.console;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Requests and replies as bytes: one line of JSON each.
final class Wire {
  private static final int LINE_BYTES_MAX = 1 << 20;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Wire() {}

  static void write(OutputStream out, Object line) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(JSON.writeValueAsBytes(line));
    bytes.write('\n');
    bytes.writeTo(out);
    out.flush();
  }

  /// @throws EOFException if the peer is gone before a whole line came
  static <T> T read(InputStream in, Class<T> type) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the console's line was cut short");
      }
      if (line.size() == LINE_BYTES_MAX) {
        throw new IOException("the console's line is longer than 1 MiB");
      }
      line.write(b);
    }
    try {
      return JSON.readValue(line.toByteArray(), type);
    } catch (JacksonException _) {
      throw new IOException("the console's line is not what was expected");
    }
  }
}
