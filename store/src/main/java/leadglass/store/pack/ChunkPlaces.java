package leadglass.store.pack;

import java.io.IOException;
import java.util.List;
import leadglass.store.pack.PackLog.Position;
import leadglass.store.pack.RecordHead.Extent;
import leadglass.store.seal.Chunks;

/// Where each chunk of a record lies.
sealed interface ChunkPlaces {

  /// Bytes of a frame of as many chunks as one holds.
  long FRAME_BYTES = Frame.HEADER_BYTES + (long) Reception.FRAME_CHUNKS * Chunks.SEALED_BYTES;

  /// The first byte of a chunk.
  Position of(long number);

  /// Chunks one behind the other.
  record Gathered(String pack, long start) implements ChunkPlaces {
    @Override
    public Position of(long number) {
      return new Position(pack, start + number * Chunks.SEALED_BYTES);
    }
  }

  /// Chunks in frames of [Reception#FRAME_CHUNKS], the frames in extents.
  ///
  /// @param before how many frames lie in front of each extent
  record Spread(List<Extent> extents, long[] before) implements ChunkPlaces {
    @Override
    public Position of(long number) {
      long frame = number / Reception.FRAME_CHUNKS;
      int found = java.util.Arrays.binarySearch(before, frame);
      int index = found >= 0 ? found : -found - 2;
      Extent extent = extents.get(index);
      long offset =
          extent.offset()
              + (frame - before[index]) * FRAME_BYTES
              + Frame.HEADER_BYTES
              + number % Reception.FRAME_CHUNKS * Chunks.SEALED_BYTES;
      return new Position(extent.pack(), offset);
    }
  }

  /// @throws IOException if the extents hold another number of chunks than the data set has
  static ChunkPlaces spread(List<Extent> extents, long plainBytes) throws IOException {
    long[] before = new long[extents.size()];
    long frames = 0;
    for (int i = 0; i < before.length; i++) {
      before[i] = frames;
      if (extents.get(i).frames() < 1) {
        throw new IOException("a record that is not what it should be");
      }
      frames += extents.get(i).frames();
    }
    long expected =
        (Chunks.count(plainBytes) + Reception.FRAME_CHUNKS - 1) / Reception.FRAME_CHUNKS;
    if (frames != expected) {
      throw new IOException("a record that is not what it should be");
    }
    return new Spread(extents, before);
  }
}
