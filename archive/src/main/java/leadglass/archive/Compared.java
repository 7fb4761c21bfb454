package leadglass.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/// A stream that is compared with another while it is read.
final class Compared extends FilterInputStream {
  private final InputStream other;
  private boolean same = true;

  /// @param other whose failure is a disk's, and travels unchecked
  Compared(InputStream in, InputStream other) {
    super(in);
    this.other = other;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int read = super.read(into, offset, length);
    if (read > 0 && same) {
      byte[] expected = others(read);
      same = Arrays.equals(expected, 0, expected.length, into, offset, offset + read);
    }
    return read;
  }

  private byte[] others(int count) {
    try {
      return other.readNBytes(count);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whether both had the same bytes; asked once this one was read to its end.
  boolean same() {
    return same && others(1).length == 0;
  }

  /// Reads: what is skipped is compared too.
  @Override
  public long skip(long count) throws IOException {
    byte[] passed = new byte[Math.clamp(count, 0, 8192)];
    return Math.max(0, read(passed, 0, passed.length));
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
