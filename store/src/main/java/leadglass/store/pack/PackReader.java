package leadglass.store.pack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;
import leadglass.store.pack.PackLog.Placed;
import leadglass.store.pack.PackLog.Position;

/// Reads packs from front to back, batch by batch. A pack that was closed in peace is believed, and
/// only the frames wanted are read; of any other every byte of a batch is checked. Damage to what
/// was on stable storage costs no more than itself: the frames around it are handed over.
final class PackReader {

  /// No batch is written that holds more; a pack that says otherwise is not one of ours.
  private static final long BATCH_BYTES_MAX = 64L << 20;

  /// An audit entry, the head and the end of its batch, and the header of what follows.
  private static final int AHEAD_BYTES = 2 << 10;

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
  boolean read(PackHeader pack, long from) throws IOException {
    FrameWalk walk = new FrameWalk(disk, pack.name());
    long closeAt = walk.closeAt();
    if (closeAt >= 0) {
      return new Pass(pack, closeAt, closeAt).run(from);
    }
    // The run that wrote it was cut short. What can be read may be in memory only: make it last
    // before anybody is told of it.
    disk.force(pack.name());
    long size = disk.size(pack.name());
    return new Pass(pack, size, walk.safeBytes(from, size)).run(from);
  }

  /// Reads the pack that is being appended to, as far as it was complete a moment ago.
  boolean readGrowing(PackHeader pack, long from, long end) throws IOException {
    return new Pass(pack, end, end).run(from);
  }

  /// One way through one pack.
  private final class Pass {
    private final PackHeader pack;
    private final FrameWalk walk;
    private final long end;
    private final long safe;
    private final List<Placed> frames = new ArrayList<>();
    private final CRC32C crc = new CRC32C();
    private int count;
    private long bytes;
    private long number = -1;
    private boolean gap;

    /// @param safe how much of it was on stable storage once: what is no frame there is damaged,
    ///   behind it may be the torn end of a run that was cut short
    Pass(PackHeader pack, long end, long safe) {
      this.pack = pack;
      this.walk = new FrameWalk(disk, pack.name(), AHEAD_BYTES);
      this.end = end;
      this.safe = safe;
    }

    boolean run(long from) throws IOException {
      long at = from;
      long whole = from;
      boolean more = true;
      while (more && at + Frame.HEADER_BYTES <= end && bytes <= BATCH_BYTES_MAX) {
        Optional<Frame> frame = walk.frame(at, end);
        long begin = at;
        if (frame.isPresent()) {
          at += Frame.HEADER_BYTES + frame.get().payloadBytes();
          switch (frame.get().kind()) {
            case BATCH -> {
              byte[] payload = walk.payload(begin, frame.get().payloadBytes());
              boolean believed = at <= safe || isWhole(payload);
              more = believed ? batch(payload, at) : dropped();
              whole = believed ? at : whole;
            }
            case CHUNKS, CLOSE -> {}
            case INSTANCE, COMMIT, AUDIT, EVENT, HEAD -> add(frame.get(), begin);
          }
        } else if (at < safe) {
          at = walk.next(at + 1, end);
          more = damaged(begin, at);
          whole = Math.min(at, safe);
        } else {
          break;
        }
      }
      return more && last(whole);
    }

    /// Takes note of a place where a frame was.
    private boolean damaged(long from, long to) throws IOException {
      if (to - from == Batches.FRAME_BYTES) { // nothing but the end of a batch is so short
        number = number < 0 ? number : number + 1;
        return hand(to);
      }
      gap = true;
      return true;
    }

    /// Hands over what a batch frame closes.
    private boolean batch(byte[] payload, long behind) throws IOException {
      boolean sane = payload.length == Batches.PAYLOAD_BYTES;
      boolean next = sane && (number < 0 || Batches.number(payload) == number + 1);
      if (behind <= safe && (!next || Batches.count(payload) != count)) {
        visitor.damaged(new Position(pack.name(), behind));
      }
      number = sane ? Batches.number(payload) : -1;
      gap = false;
      return hand(behind);
    }

    private boolean hand(long behind) throws IOException {
      List<Placed> all = List.copyOf(frames);
      dropped();
      return all.isEmpty() || visitor.batch(all, new Position(pack.name(), behind));
    }

    private boolean dropped() {
      frames.clear();
      crc.reset();
      count = 0;
      bytes = 0;
      return true;
    }

    /// What no batch frame covers: of a pack that was closed, the last one is gone.
    private boolean last(long whole) throws IOException {
      if (end > safe || (!gap && count == 0)) {
        unread += end - whole;
        return true;
      }
      visitor.damaged(new Position(pack.name(), whole));
      return hand(end);
    }

    private void add(Frame frame, long at) throws IOException {
      count++;
      bytes += frame.payloadBytes();
      byte[] payload = null;
      if (at >= safe) {
        payload = walk.payload(at, frame.payloadBytes());
        crc.update(walk.header(at));
        crc.update(payload);
      }
      if (wanted.contains(frame.kind())) {
        int length = frame.payloadBytes();
        int headBytes = length;
        if (frame.kind() == Frame.Kind.INSTANCE) {
          headBytes = RecordHead.headBytes(walk.payload(at, Math.min(RecordHead.BYTES, length)));
        }
        int kept = headBytes >= 0 && headBytes <= length ? headBytes : 0;
        byte[] head = payload == null ? walk.payload(at, kept) : Arrays.copyOf(payload, kept);
        frames.add(new Placed(frame, new Position(pack.name(), at), head));
      }
    }

    private boolean isWhole(byte[] payload) {
      return payload.length == Batches.PAYLOAD_BYTES
          && Batches.count(payload) == count
          && Batches.agrees(pack, payload, crc);
    }
  }
}
