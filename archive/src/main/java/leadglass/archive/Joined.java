package leadglass.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import leadglass.dicom.io.Frame;

/// Extents of a data set one behind the other, each opened when the one before is used up.
final class Joined extends InputStream {
  private final Held held;
  private final Iterator<Frame.Extent> rest;
  private InputStream current = InputStream.nullInputStream();

  Joined(Held held, List<Frame.Extent> extents) {
    this.held = held;
    this.rest = extents.iterator();
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
    int read = current.read(into, offset, length);
    while (read < 0 && rest.hasNext()) {
      current.close();
      Frame.Extent next = rest.next();
      current = held.part(next.offset(), next.length());
      read = current.read(into, offset, length);
    }
    return read;
  }

  @Override
  public void close() throws IOException {
    current.close();
  }
}
