package leadglass.server.http;

import java.io.IOException;
import java.io.OutputStream;

/// A response's body, watched.
final class PacedOutput extends OutputStream {
  private final OutputStream out;
  private final Pace pace;
  private long sent;

  PacedOutput(OutputStream out, Pace pace) {
    this.out = out;
    this.pace = pace;
  }

  long sent() {
    return sent;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int moved =
        pace.await(() -> {
          out.write(bytes, offset, length);
          return length;
        });
    sent += moved;
  }

  @Override
  public void flush() throws IOException {
    int _ =
        pace.await(() -> {
          out.flush();
          return 0;
        });
  }

  @Override
  public void close() throws IOException {
    int _ =
        pace.await(() -> {
          out.close();
          return 0;
        });
  }
}
