package leadglass.dicom.io;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/// One frame's bytes in an encoded data set: extents to be put one behind the other.
///
/// @param bitsBefore bits of the first byte that belong to the frame before, the lowest ones:
///   frames of single bits follow each other without padding (PS3.5 §8.1.1)
/// @param bits of the frame
/// @param swapBytes how many bytes are to be turned around together to make it little endian; 1 if
///   it is
public record Frame(List<Extent> extents, int bitsBefore, long bits, int swapBytes) {

  /// @param offset of the first byte in the data set
  /// @param length in bytes
  public record Extent(long offset, long length) {}

  public Frame {
    extents = List.copyOf(extents);
  }

  /// In little endian.
  public Frame(List<Extent> extents, int bitsBefore, long bits) {
    this(extents, bitsBefore, bits, 1);
  }

  /// Bytes that it takes once it stands alone.
  public long bytes() {
    return (bits + 7) / 8;
  }

  /// Takes the bytes of the extents and passes the frame on in little endian, so that its first bit
  /// is the lowest of its first byte; bits and bytes behind its last are zero and left out. Close
  /// it to have all passed on; `out` stays open.
  public OutputStream aligned(OutputStream out) {
    OutputStream aligned = new Aligned(out, bitsBefore, bits);
    return swapBytes == 1 ? aligned : new Swap.Stream(aligned, swapBytes);
  }

  private static final class Aligned extends OutputStream {
    private final OutputStream out;
    private final int shift;
    private long left;
    private int held = -1;

    Aligned(OutputStream out, int shift, long bits) {
      this.out = out;
      this.shift = shift;
      this.left = bits;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (shift == 0) {
        int whole = (int) Math.min(length, left / 8);
        out.write(bytes, offset, whole);
        left -= 8L * whole;
        if (whole < length) {
          write(bytes[offset + whole]);
        }
        return;
      }
      for (int i = 0; i < length; i++) {
        write(bytes[offset + i]);
      }
    }

    @Override
    public void write(int b) throws IOException {
      int next = b & 0xFF;
      if (shift == 0) {
        put(next);
        return;
      }
      if (held >= 0) {
        put((held >>> shift) | (next << (8 - shift)));
      }
      held = next;
      // The last byte of all may hold the rest of the frame alone.
      if (left > 0 && left <= 8 - shift) {
        put(held >>> shift);
      }
    }

    private void put(int b) throws IOException {
      if (left <= 0) {
        return;
      }
      out.write(left >= 8 ? b : b & (1 << left) - 1);
      left -= 8;
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }
  }
}
