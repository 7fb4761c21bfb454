package leadglass.net.dimse;

import java.io.IOException;
import java.io.InputStream;
import leadglass.net.ul.PduException;
import leadglass.net.ul.PduException.Reason;
import leadglass.net.ul.PdvHeader;

/// A data set, as its fragments arrive; nothing of it is held. Ends behind the last fragment.
/// Closing it does nothing: what is left is drained by whoever made it.
final class FragmentStream extends InputStream {
  private static final int DRAIN_BYTES = 64 << 10;

  private final PdvSource source;
  private final int contextId;
  private boolean last;
  private boolean inFragment;
  private boolean failed;
  private long received;

  FragmentStream(PdvSource source, int contextId) {
    this.source = source;
    this.contextId = contextId;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    java.util.Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    try {
      return readFragments(into, offset, length);
    } catch (IOException e) {
      failed = true;
      throw e;
    }
  }

  private int readFragments(byte[] into, int offset, int length) throws IOException {
    while (true) {
      if (inFragment) {
        int count = source.read(into, offset, length);
        if (count > 0) {
          received += count;
          return count;
        }
        inFragment = false;
      }
      if (last) {
        return -1;
      }
      PdvHeader header = source.next();
      if (header.contextId() != contextId || header.command()) {
        throw source.refuse(
            new PduException(Reason.UNEXPECTED_PARAMETER, "another message inside a data set"));
      }
      last = header.last();
      inFragment = true;
    }
  }

  /// Reads to the end, so that the next message can be read.
  void drain() throws IOException {
    if (last && !inFragment) {
      return;
    }
    byte[] scratch = new byte[DRAIN_BYTES];
    while (read(scratch, 0, scratch.length) >= 0) {
      // Nobody wants it.
    }
  }

  /// Whether reading failed: the association is over then.
  boolean failed() {
    return failed;
  }

  long received() {
    return received;
  }
}
