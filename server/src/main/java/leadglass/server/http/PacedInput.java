package leadglass.server.http;

import java.io.IOException;
import java.io.InputStream;

/// A request's body, watched.
final class PacedInput extends InputStream {
  private final InputStream in;
  private final Pace pace;
  private long received;

  PacedInput(InputStream in, Pace pace) {
    this.in = in;
    this.pace = pace;
  }

  long received() {
    return received;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = pace.await(() -> in.read(bytes, offset, length));
    received += Math.max(0, read);
    return read;
  }

  @Override
  public void close() {
    // The server decides what becomes of the rest.
  }
}
