package leadglass.app.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.concurrent.atomic.AtomicReference;
import leadglass.app.outbound.OutboundDoor;
import leadglass.archive.WitnessRequest;
import org.jspecify.annotations.Nullable;

/// One question to a witness at a time (C2SP tlog-witness): bounded in time and bytes.
final class WitnessCall {
  private static final String PATH = "/witness/add-checkpoint";
  private static final String SIZE = "text/x.tlog.size";
  private static final int BYTES_MAX = 16 << 10;
  private static final int CONFLICT = 409;
  private static final int UNFIT = 422;

  private final OutboundDoor door;
  private final URI address;
  private final AtomicReference<@Nullable HttpURLConnection> current = new AtomicReference<>();

  WitnessCall(OutboundDoor door, URI witness) {
    this.door = door;
    this.address = witness.resolve(PATH);
  }

  /// What came back.
  sealed interface Answer {
    /// @param lines signature lines
    record Cosigned(String lines) implements Answer {}

    /// @param size entries that the witness has seen
    record Conflict(long size) implements Answer {}

    /// The proof shows it that something was changed.
    record Inconsistent() implements Answer {}

    record Refused(int status) implements Answer {}
  }

  Answer ask(String token, WitnessRequest request) throws IOException {
    HttpURLConnection connection;
    try {
      connection = door.open(address);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    current.set(connection);
    try {
      byte[] body = request.body();
      connection.setUseCaches(false);
      connection.setRequestMethod("POST");
      connection.setDoOutput(true);
      connection.setFixedLengthStreamingMode(body.length);
      connection.setRequestProperty("Authorization", "Bearer " + token);
      connection.setRequestProperty("Content-Type", "text/plain; charset=utf-8");
      connection.setRequestProperty("Connection", "close");
      try (OutputStream out = connection.getOutputStream()) {
        out.write(body);
      }
      return answer(connection);
    } finally {
      current.set(null);
      connection.disconnect();
    }
  }

  private static Answer answer(HttpURLConnection connection) throws IOException {
    int status = connection.getResponseCode();
    return switch (status) {
      case HttpURLConnection.HTTP_OK -> new Answer.Cosigned(body(connection.getInputStream()));
      case CONFLICT -> conflict(connection);
      case UNFIT -> new Answer.Inconsistent();
      default -> new Answer.Refused(status);
    };
  }

  private static Answer conflict(HttpURLConnection connection) throws IOException {
    String size = body(connection.getErrorStream()).strip();
    return SIZE.equals(connection.getContentType()) && size.matches("\\d{1,18}")
        ? new Answer.Conflict(Long.parseLong(size))
        : new Answer.Refused(CONFLICT);
  }

  private static String body(@Nullable InputStream in) throws IOException {
    if (in == null) {
      return "";
    }
    try (in) {
      byte[] bytes = in.readNBytes(BYTES_MAX + 1);
      if (bytes.length > BYTES_MAX) {
        throw new IOException("too long");
      }
      return new String(bytes, UTF_8);
    }
  }

  /// Whoever waits for an answer waits no more.
  void abort() {
    HttpURLConnection connection = current.get();
    if (connection != null) {
      connection.disconnect();
    }
  }
}
