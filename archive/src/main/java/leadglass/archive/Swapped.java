package leadglass.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Big endian units turned around (PS3.5 §7.3); a rest that is no whole unit stays as it is.
final class Swapped extends FilterInputStream {
  private final byte[] block;
  private final int unitBytes;
  private int at;
  private int end;

  Swapped(InputStream in, int unitBytes) {
    super(in);
    this.unitBytes = unitBytes;
    this.block = new byte[8192]; // a multiple of every unit
  }

  private boolean fill() throws IOException {
    end = in.readNBytes(block, 0, block.length);
    at = 0;
    for (int unit = 0; unit + unitBytes <= end; unit += unitBytes) {
      for (int i = 0; i < unitBytes / 2; i++) {
        byte kept = block[unit + i];
        block[unit + i] = block[unit + unitBytes - 1 - i];
        block[unit + unitBytes - 1 - i] = kept;
      }
    }
    return end > 0;
  }

  @Override
  public int read() throws IOException {
    return at < end || fill() ? block[at++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (at == end && !fill()) {
      return -1;
    }
    int part = Math.min(length, end - at);
    System.arraycopy(block, at, into, offset, part);
    at += part;
    return part;
  }

  @Override
  public long skip(long count) throws IOException {
    long left = count;
    while (left > 0 && (at < end || fill())) {
      int part = (int) Math.min(left, end - at);
      at += part;
      left -= part;
    }
    return count - left;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
