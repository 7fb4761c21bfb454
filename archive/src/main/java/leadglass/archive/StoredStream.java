package leadglass.archive;

import java.io.IOException;
import java.io.InputStream;
import leadglass.dicom.io.CheapSkip;
import leadglass.store.StoredBytes;

/// Part of a stored data set as a stream that owns it. Skipping far does not unseal what is
/// skipped.
final class StoredStream extends InputStream implements CheapSkip {
  private static final int READ_RATHER_BYTES = 64 << 10;

  private final StoredBytes bytes;
  private final long end;
  private final Delivered delivered;
  private long at;
  private long count;
  private InputStream current;

  /// @param delivered told how much is read
  StoredStream(StoredBytes bytes, long offset, long length, Delivered delivered)
      throws IOException {
    this.bytes = bytes;
    this.delivered = delivered;
    this.at = offset;
    this.end = offset + length;
    try {
      this.current = bytes.read(offset, length);
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int read = current.read(into, offset, length);
    at += Math.max(0, read);
    count += Math.max(0, read);
    return read;
  }

  @Override
  public long skip(long count) throws IOException {
    long far = Math.min(count, end - at);
    if (far <= READ_RATHER_BYTES) {
      long skipped = current.skip(Math.max(0, far));
      at += skipped;
      return skipped;
    }
    current.close();
    at += far;
    current = bytes.read(at, end - at);
    return far;
  }

  @Override
  public void close() throws IOException {
    delivered.bytes(count);
    delivered.touch();
    count = 0;
    try (bytes) {
      current.close();
    }
  }
}
