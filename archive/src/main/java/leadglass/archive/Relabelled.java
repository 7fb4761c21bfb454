package leadglass.archive;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import leadglass.dicom.io.CheapSkip;

/// A data set put together as a [Relabelling] says. Owns the stored bytes' stream.
///
/// Confined to one thread.
final class Relabelled extends InputStream implements CheapSkip {
  private final InputStream stored;
  private final Iterator<Relabelling.Segment> segments;
  private InputStream current = InputStream.nullInputStream();
  private boolean fromStored;
  private long left;
  private long at;

  /// @param stored from its first byte
  Relabelled(InputStream stored, List<Relabelling.Segment> segments) {
    this.stored = stored;
    this.segments = segments.iterator();
  }

  /// Whether there is a byte left, at which it stands then.
  private boolean stands() throws IOException {
    while (left == 0) {
      if (!segments.hasNext()) {
        return false;
      }
      Relabelling.Segment next = segments.next();
      left = next.length();
      switch (next) {
        case Relabelling.Segment.Made(var bytes) -> {
          current = new ByteArrayInputStream(bytes);
          fromStored = false;
        }
        case Relabelling.Segment.Stored(var offset, var _) -> {
          stored.skipNBytes(offset - at);
          at = offset;
          current = stored;
          fromStored = true;
        }
      }
    }
    return true;
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
    if (!stands()) {
      return -1;
    }
    int read = current.read(into, offset, (int) Math.min(length, left));
    if (read < 0) {
      throw new EOFException("a data set is shorter than it was when it came");
    }
    passed(read);
    return read;
  }

  @SuppressWarnings("ReferenceEquality") // which of the streams it is, not what it is like
  private void passed(long count) {
    left -= count;
    at += fromStored ? count : 0;
  }

  @Override
  public long skip(long count) throws IOException {
    if (count <= 0 || !stands()) {
      return 0;
    }
    long skipped = current.skip(Math.min(count, left));
    passed(skipped);
    return skipped;
  }

  @Override
  public void close() throws IOException {
    stored.close();
  }
}
