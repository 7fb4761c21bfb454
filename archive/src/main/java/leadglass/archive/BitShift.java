package leadglass.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A frame of single bits that begins within a byte (PS3.5 §8.1.1), moved so that its first bit is
/// the lowest of its first byte; bits behind its last are zero.
final class BitShift extends FilterInputStream {
  private final int shift;
  private long bitsLeft;
  private int held = -1;

  BitShift(InputStream in, int bitsBefore, long bits) {
    super(in);
    this.shift = bitsBefore;
    this.bitsLeft = bits;
  }

  @Override
  public int read() throws IOException {
    if (bitsLeft <= 0) {
      return -1;
    }
    if (held < 0) {
      held = in.read();
    }
    int next = in.read();
    int both = Math.max(held, 0) | Math.max(next, 0) << 8;
    held = next;
    int value = both >>> shift & 0xFF;
    int kept = bitsLeft >= 8 ? value : value & (1 << bitsLeft) - 1;
    bitsLeft -= 8;
    return kept;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = 0;
    while (count < length) {
      int value = read();
      if (value < 0) {
        break;
      }
      into[offset + count++] = (byte) value;
    }
    return count == 0 && length > 0 ? -1 : count;
  }

  @Override
  public long skip(long count) throws IOException {
    long skipped = 0;
    while (skipped < count && read() >= 0) {
      skipped++;
    }
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
