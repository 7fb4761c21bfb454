package leadglass.store.pack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;
import leadglass.store.pack.PackLog.Placed;
import leadglass.store.pack.PackLog.Position;

/// Reads packs from front to back, batch by batch. A pack that was closed in peace is believed, and
/// only the frames wanted are read; of any other every byte of a batch is checked.
final class PackReader {

  /// No batch is written that holds more; a pack that says otherwise is not one of ours.
  private static final long BATCH_BYTES_MAX = 64L << 20;

  private final Disk disk;
  private final Set<Frame.Kind> wanted;
  private final PackLog.BatchVisitor visitor;
  private long unread;

  PackReader(Disk disk, Set<Frame.Kind> wanted, PackLog.BatchVisitor visitor) {
    this.disk = disk;
    this.wanted = wanted;
    this.visitor = visitor;
  }

  /// Bytes behind the last whole batch of each pack read.
  long unread() {
    return unread;
  }

  /// Reads a pack that is not appended to any more.
  boolean read(String pack, long from) throws IOException {
    long size = disk.size(pack);
    ByteBuffer last = ByteBuffer.allocate(Frame.HEADER_BYTES);
    long closeAt = size - Frame.HEADER_BYTES;
    disk.read(pack, Math.max(0, closeAt), last);
    boolean closed = Frame.take(last.flip()).filter(f -> f.kind() == Frame.Kind.CLOSE).isPresent();
    if (!closed) {
      // The run that wrote it was cut short. What can be read may be in memory only: make it last
      // before anybody is told of it.
      disk.force(pack);
    }
    return new Pass(pack, closed ? closeAt : size, !closed).run(from);
  }

  /// Reads the pack that is being appended to, as far as it was complete a moment ago.
  boolean readGrowing(String pack, long from, long end) throws IOException {
    return new Pass(pack, end, false).run(from);
  }

  /// One way through one pack.
  private final class Pass {
    private final String pack;
    private final long end;
    private final boolean verify;
    private final List<Placed> frames = new ArrayList<>();
    private final CRC32C crc = new CRC32C();
    private int count;
    private long bytes;

    Pass(String pack, long end, boolean verify) {
      this.pack = pack;
      this.end = end;
      this.verify = verify;
    }

    boolean run(long from) throws IOException {
      long at = from;
      long whole = from;
      while (at + Frame.HEADER_BYTES <= end) {
        ByteBuffer header = ByteBuffer.allocate(Frame.HEADER_BYTES);
        disk.read(pack, at, header);
        Optional<Frame> frame = Frame.take(header.flip());
        if (frame.isEmpty() || at + Frame.HEADER_BYTES + frame.get().payloadBytes() > end) {
          break;
        }
        Position where = new Position(pack, at);
        at += Frame.HEADER_BYTES + frame.get().payloadBytes();
        if (frame.get().kind() == Frame.Kind.BATCH) {
          if (isWhole(frame.get(), where)) {
            whole = at;
            if (!frames.isEmpty() && !visitor.batch(List.copyOf(frames), new Position(pack, at))) {
              return false;
            }
          }
          clear();
        } else if (frame.get().kind() != Frame.Kind.CHUNKS) {
          bytes += frame.get().payloadBytes();
          if (bytes > BATCH_BYTES_MAX) {
            break;
          }
          add(frame.get(), where, header.array());
        }
      }
      unread += end - whole;
      return true;
    }

    private void clear() {
      frames.clear();
      crc.reset();
      count = 0;
      bytes = 0;
    }

    private void add(Frame frame, Position where, byte[] header) throws IOException {
      count++;
      byte[] payload = null;
      if (verify) {
        payload = payload(where, frame.payloadBytes());
        crc.update(header);
        crc.update(payload);
      }
      if (wanted.contains(frame.kind())) {
        int headBytes = frame.payloadBytes();
        if (frame.kind() == Frame.Kind.INSTANCE) {
          headBytes = RecordHead.headBytes(payload(where, Math.min(RecordHead.BYTES, headBytes)));
        }
        boolean sane = headBytes >= 0 && headBytes <= frame.payloadBytes();
        byte[] head =
            payload == null
                ? payload(where, sane ? headBytes : 0)
                : Arrays.copyOf(payload, sane ? headBytes : 0);
        frames.add(new Placed(frame, where, head));
      }
    }

    private byte[] payload(Position where, int length) throws IOException {
      ByteBuffer into = ByteBuffer.allocate(length);
      if (disk.read(pack, where.offset() + Frame.HEADER_BYTES, into) < length) {
        throw new IOException("a pack became shorter");
      }
      return into.array();
    }

    private boolean isWhole(Frame batch, Position where) throws IOException {
      if (batch.payloadBytes() != 16) {
        return false;
      }
      ByteBuffer payload = ByteBuffer.wrap(payload(where, 16));
      return payload.getInt(8) == count && (!verify || payload.getInt(12) == (int) crc.getValue());
    }
  }
}
