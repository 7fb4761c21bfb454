package leadglass.store.pack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/// A pack from front to back. Confined to one thread.
final class PackStream extends InputStream {
  private final Disk disk;
  private final String pack;
  private long at;

  PackStream(Disk disk, String pack) {
    this.disk = disk;
    this.pack = pack;
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
    int read = disk.read(pack, at, ByteBuffer.wrap(into, offset, length));
    at += read;
    return read == 0 ? -1 : read;
  }
}
