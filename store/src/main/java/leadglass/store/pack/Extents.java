package leadglass.store.pack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import leadglass.store.pack.RecordHead.Extent;
import leadglass.store.seal.Chunks;

/// Reckons with extents: all frames of a data set but its last are full.
final class Extents {
  private Extents() {}

  /// Bytes of all frames.
  static long total(List<Extent> extents, long plainBytes) {
    long bytes = Chunks.sealedBytes(plainBytes);
    for (Extent each : extents) {
      bytes += (long) each.frames() * Frame.HEADER_BYTES;
    }
    return bytes;
  }

  /// Bytes of the frames in each pack.
  static Map<String, Long> bytes(List<Extent> extents, long plainBytes) {
    Map<String, Long> bytes = new LinkedHashMap<>();
    long left = total(extents, plainBytes);
    for (Extent each : extents) {
      long here = Math.min(left, each.frames() * ChunkPlaces.FRAME_BYTES);
      bytes.merge(each.pack(), here, Long::sum);
      left -= here;
    }
    return bytes;
  }

  /// The same with those made one that lie one behind the other.
  static List<Extent> joined(List<Extent> extents) {
    List<Extent> joined = new ArrayList<>();
    for (Extent each : extents) {
      Extent last = joined.isEmpty() ? null : joined.getLast();
      if (last != null
          && last.pack().equals(each.pack())
          && last.offset() + last.frames() * ChunkPlaces.FRAME_BYTES == each.offset()) {
        joined.set(
            joined.size() - 1,
            new Extent(last.pack(), last.offset(), last.frames() + each.frames()));
      } else {
        joined.add(each);
      }
    }
    return joined;
  }
}
