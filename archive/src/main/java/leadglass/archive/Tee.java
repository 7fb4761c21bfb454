package leadglass.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import leadglass.store.Incoming;
import leadglass.store.Store;

/// Passes a data set on to the store while it is read. A failing peer is checked, a failing disk is
/// not, so that nobody takes one for the other.
final class Tee extends InputStream {
  private final InputStream peer;
  private final Incoming incoming;

  Tee(InputStream peer, Incoming incoming) {
    this.peer = peer;
    this.incoming = incoming;
  }

  /// The volume filled up.
  static final class FullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FullException() {
      super("no room", null, false, false);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int read = peer.read(into, offset, length);
    if (read > 0) {
      try {
        incoming.write(into, offset, read);
      } catch (Store.OutOfSpaceException _) {
        throw new FullException();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return read;
  }
}
