package leadglass.store.pack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/// Gathers small pieces into one write; large ones go as they are. Confined to one thread at a
/// time.
final class Staging {
  private static final int BYTES = 64 << 10;
  private static final int SMALL = 16 << 10;

  private final ByteBuffer buffer = ByteBuffer.allocate(BYTES);

  /// Writes the pieces one after the other; leaves them as they were.
  void write(List<ByteBuffer> pieces, Disk.Tail tail) throws IOException {
    buffer.clear();
    for (ByteBuffer piece : pieces) {
      if (piece.remaining() > SMALL) {
        flush(tail);
        tail.append(piece.duplicate());
      } else {
        if (piece.remaining() > buffer.remaining()) {
          flush(tail);
        }
        buffer.put(piece.duplicate());
      }
    }
    flush(tail);
  }

  private void flush(Disk.Tail tail) throws IOException {
    if (buffer.position() > 0) {
      tail.append(buffer.flip());
      buffer.clear();
    }
  }
}
