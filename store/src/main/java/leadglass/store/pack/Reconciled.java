package leadglass.store.pack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leadglass.store.pack.PackLog.Position;

/// A pack that was written anew by a run that ended before it told the catalogue: finds out what
/// lies where by comparing the two.
public final class Reconciled {
  private Reconciled() {}

  /// @param from name of the old pack
  /// @param to name of the new one
  /// @throws IOException if one of them can't be read
  public static Repack.Copy of(PackLog log, String from, String to) throws IOException {
    Map<String, Long> old = new HashMap<>();
    Disk disk = log.disk();
    walk(disk, from, (frame, at) -> old.put(HexFormat.of().formatHex(frame.record()), at));
    List<Repack.Moved> moved = new ArrayList<>();
    FrameWalk fresh = new FrameWalk(disk, to);
    walk(
        disk,
        to,
        (frame, at) -> {
          Long was = old.get(HexFormat.of().formatHex(frame.record()));
          if (was != null) {
            long length = Frame.HEADER_BYTES + (long) frame.payloadBytes();
            moved.add(new Repack.Moved(was, at, length, chunks(fresh, frame, at)));
          }
        });
    long end = fresh.closeAt() < 0 ? disk.size(to) : fresh.closeAt();
    long saved = disk.size(from) - disk.size(to);
    return new Repack.Copy(from, to, new Position(to, end), List.copyOf(moved), saved);
  }

  private static Map<String, Long> chunks(FrameWalk walk, Frame frame, long at) throws IOException {
    if (frame.kind() != Frame.Kind.COMMIT) {
      return Map.of();
    }
    RecordHead head = RecordHead.decode(walk.payload(at, frame.payloadBytes()));
    return Extents.bytes(head.extents(), head.plainBytes());
  }

  private interface Visitor {
    void record(Frame frame, long at) throws IOException;
  }

  private static void walk(Disk disk, String pack, Visitor visitor) throws IOException {
    FrameWalk walk = new FrameWalk(disk, pack);
    long end = disk.size(pack);
    for (long at = PackHeader.BYTES; at < end; ) {
      Optional<Frame> frame = walk.frame(at, end);
      if (frame.isEmpty()) {
        at = walk.next(at + 1, end);
        continue;
      }
      switch (frame.get().kind()) {
        case INSTANCE, COMMIT -> visitor.record(frame.get(), at);
        case CHUNKS, AUDIT, EVENT, BATCH, CLOSE, HEAD -> {}
      }
      at += Frame.HEADER_BYTES + frame.get().payloadBytes();
    }
  }
}
