package leadglass.store.pack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// Finds the frames of one pack, also behind what is damaged.
final class FrameWalk {
  private static final int WINDOW_BYTES = 64 << 10;

  private final Disk disk;
  private final String pack;
  private final ByteBuffer ahead;
  private long aheadAt;

  FrameWalk(Disk disk, String pack) {
    this(disk, pack, 0);
  }

  /// For whoever goes from frame to frame: small ones lie close together, and one reading brings
  /// several.
  ///
  /// @param aheadBytes to read where a header is asked for; nothing of them may change any more
  FrameWalk(Disk disk, String pack, int aheadBytes) {
    this.disk = disk;
    this.pack = pack;
    this.ahead = ByteBuffer.allocate(aheadBytes).limit(0);
  }

  /// Where the frame lies that says that the pack was closed in peace; -1 if it was not.
  long closeAt() throws IOException {
    long at = disk.size(pack) - Frame.HEADER_BYTES;
    boolean closed =
        at >= PackHeader.BYTES
            && Frame.take(header(at)).filter(f -> f.kind() == Frame.Kind.CLOSE).isPresent();
    return closed ? at : -1;
  }

  ByteBuffer header(long at) throws IOException {
    if (ahead.capacity() >= Frame.HEADER_BYTES) {
      if (!isAhead(at, Frame.HEADER_BYTES)) {
        ahead.limit(0); // nothing is, if reading fails
        int bytes = disk.read(pack, at, ahead.duplicate().clear());
        aheadAt = at;
        ahead.limit(bytes);
      }
      int from = (int) (at - aheadAt);
      return ahead.slice(from, Math.min(Frame.HEADER_BYTES, ahead.limit() - from));
    }
    ByteBuffer header = ByteBuffer.allocate(Frame.HEADER_BYTES);
    disk.read(pack, at, header);
    return header.flip();
  }

  private boolean isAhead(long at, int length) {
    return at >= aheadAt && at + length <= aheadAt + ahead.limit();
  }

  /// The frame that begins there and ends no later than `end`.
  Optional<Frame> frame(long at, long end) throws IOException {
    if (at + Frame.HEADER_BYTES > end) {
      return Optional.empty();
    }
    return Frame.take(header(at))
        .filter(frame -> at + Frame.HEADER_BYTES + frame.payloadBytes() <= end);
  }

  byte[] payload(long at, int length) throws IOException {
    return read(at + Frame.HEADER_BYTES, length);
  }

  byte[] read(long at, int length) throws IOException {
    if (isAhead(at, length)) {
      byte[] bytes = new byte[length];
      ahead.get((int) (at - aheadAt), bytes);
      return bytes;
    }
    ByteBuffer into = ByteBuffer.allocate(length);
    if (disk.read(pack, at, into) < length) {
      throw new IOException("a pack became shorter");
    }
    return into.array();
  }

  /// Where the next frame begins, at `from` or behind; `end` if there is none. What is sealed looks
  /// like a header with its checksum once in 2^64 places.
  long next(long from, long end) throws IOException {
    ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES);
    for (long start = from; start + Frame.HEADER_BYTES <= end; ) {
      window.clear().limit((int) Math.min(WINDOW_BYTES, end - start));
      disk.read(pack, start, window);
      window.flip();
      int last = window.limit() - Frame.HEADER_BYTES;
      for (int i = 0; i <= last; i++) {
        if (window.getInt(i) == Frame.MAGIC && frame(start + i, end).isPresent()) {
          return start + i;
        }
      }
      if (last < 0) {
        break;
      }
      start += last + 1L;
    }
    return end;
  }

  /// How much of the pack was on stable storage, by what its batches say. Reads headers only.
  long safeBytes(long from, long end) throws IOException {
    long safe = from;
    long at = from;
    while (at + Frame.HEADER_BYTES <= end) {
      Optional<Frame> frame = frame(at, end);
      if (frame.isPresent()) {
        boolean batch = frame.get().kind() == Frame.Kind.BATCH;
        safe =
            batch && frame.get().safeBytes() <= at ? Math.max(safe, frame.get().safeBytes()) : safe;
        at += Frame.HEADER_BYTES + frame.get().payloadBytes();
      } else {
        at = next(at + 1, end);
      }
    }
    return safe;
  }
}
