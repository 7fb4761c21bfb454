package leadglass.dicom.io;

import java.io.IOException;
import java.io.OutputStream;

/// Byte order (PS3.5 §7.3).
final class Swap {
  private Swap() {}

  /// Turns each whole unit of `unitBytes` around, in place; a rest stays as it is.
  static void units(byte[] bytes, int length, int unitBytes) {
    if (unitBytes == 1) {
      return;
    }
    if (unitBytes == 2) {
      pairs(bytes, length);
      return;
    }
    for (int from = 0; from + unitBytes <= length; from += unitBytes) {
      for (int i = 0; i < unitBytes / 2; i++) {
        byte kept = bytes[from + i];
        bytes[from + i] = bytes[from + unitBytes - 1 - i];
        bytes[from + unitBytes - 1 - i] = kept;
      }
    }
  }

  /// Pixel data is nearly all that big endian data sets are made of.
  private static void pairs(byte[] bytes, int length) {
    for (int i = 1; i < length; i += 2) {
      byte kept = bytes[i];
      bytes[i] = bytes[i - 1];
      bytes[i - 1] = kept;
    }
  }

  /// Swaps what passes through it, wherever the pieces that it is given end.
  static final class Stream extends OutputStream {
    private static final int BUFFER_BYTES = 8 << 10;

    private final OutputStream out;
    private final int unitBytes;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int held;

    Stream(OutputStream out, int unitBytes) {
      this.out = out;
      this.unitBytes = unitBytes;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      int at = offset;
      int left = length;
      while (left > 0) {
        int part = Math.min(left, buffer.length - held);
        System.arraycopy(bytes, at, buffer, held, part);
        held += part;
        at += part;
        left -= part;
        if (held == buffer.length) {
          finish();
        }
      }
    }

    @Override
    public void close() throws IOException {
      finish();
    }

    /// Passes on what is held. A rest that is no whole unit stays as it is.
    void finish() throws IOException {
      units(buffer, held, unitBytes);
      out.write(buffer, 0, held);
      held = 0;
    }
  }
}
