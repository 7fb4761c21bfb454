package leadglass.store;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import leadglass.store.InstanceRow.Location;
import leadglass.store.backup.BackupSource.Rolled;
import leadglass.store.keys.KeyStore.StudyKey;
import leadglass.store.pack.PackLog.Position;
import leadglass.store.pack.RecordHead.Extent;
import leadglass.store.pack.Records.Kept;
import org.jspecify.annotations.Nullable;

/// What one caller wants written, and the answer it waits for.
///
/// @param frames the first keeps the instance, if there is one
/// @param instance what to tell the catalogue; null when there are audit entries alone
/// @param done with the place of the first frame once it is kept and found
/// @param rolled not null when nothing is to be written but the pack appended to is to be closed:
///   done with what the catalogue holds of everything before
record Work(
    List<List<ByteBuffer>> frames,
    @Nullable Instance instance,
    CompletableFuture<Location> done,
    @Nullable CompletableFuture<Rolled> rolled) {

  Work(
      List<List<ByteBuffer>> frames,
      @Nullable Instance instance,
      CompletableFuture<Location> done) {
    this(frames, instance, done, null);
  }

  /// An instance whose place is not known yet.
  record Instance(
      Filing filing, StudyKey study, long dataSetBytes, byte[] record, List<Extent> extents) {
    Kept at(Location place) {
      return new Kept(filing, study, dataSetBytes, place, record, extents);
    }
  }

  /// What comes last: nothing.
  static Work end() {
    return new Work(List.of(), null, new CompletableFuture<>());
  }

  boolean isEnd() {
    return frames.isEmpty() && rolled == null;
  }

  /// Closes the pack appended to.
  static Work roll(CompletableFuture<Rolled> rolled) {
    return new Work(List.of(), null, new CompletableFuture<>(), rolled);
  }

  long bytes() {
    long bytes = 0;
    for (List<ByteBuffer> frame : frames) {
      bytes += length(frame);
    }
    return bytes;
  }

  Location place(Position first) {
    return new Location(first.pack(), first.offset(), length(frames.getFirst()));
  }

  private static long length(List<ByteBuffer> pieces) {
    long bytes = 0;
    for (ByteBuffer piece : pieces) {
      bytes += piece.remaining();
    }
    return bytes;
  }
}
