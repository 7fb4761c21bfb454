package leadglass.app.console;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/// The bytes that follow a [Request], and not one more.
final class BodyStream extends InputStream {
  private final InputStream in;
  private long left;

  BodyStream(InputStream in, long length) {
    this.in = in;
    this.left = Math.max(0, length);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (left == 0) {
      return -1;
    }
    int read = in.read(into, offset, (int) Math.min(length, left));
    if (read < 0) {
      throw new EOFException("the console's body was cut short");
    }
    left -= read;
    return read;
  }

  /// Leaves the next request's first byte in front.
  void drain() throws IOException {
    skipNBytes(left);
  }
}
