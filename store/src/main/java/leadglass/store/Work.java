package leadglass.store;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import leadglass.store.InstanceRow.Location;
import leadglass.store.backup.BackupSource.Rolled;
import leadglass.store.keys.KeyStore.StudyKey;
import leadglass.store.pack.LifeEvent;
import leadglass.store.pack.Logged;
import leadglass.store.pack.PackLog.Position;
import leadglass.store.pack.RecordHead.Extent;
import leadglass.store.pack.Records.Kept;
import org.jspecify.annotations.Nullable;

/// What one caller wants written, and the answer it waits for.
///
/// @param frames the first keeps the instance, if there is one
/// @param instance what to tell the catalogue; null when there is none
/// @param event what key store and indexes must obey; null when there is none
/// @param done with the place of the first frame once it is kept and found
/// @param rolled not null when nothing is to be written but the pack appended to is to be closed:
///   done with what the catalogue holds of everything before
record Work(
    List<List<ByteBuffer>> frames,
    @Nullable Instance instance,
    @Nullable LifeEvent event,
    CompletableFuture<Location> done,
    @Nullable CompletableFuture<Rolled> rolled) {

  Work(
      List<List<ByteBuffer>> frames,
      @Nullable Instance instance,
      @Nullable LifeEvent event,
      CompletableFuture<Location> done) {
    this(frames, instance, event, done, null);
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
    return new Work(List.of(), null, null, new CompletableFuture<>());
  }

  static Work of(List<List<ByteBuffer>> frames, Instance instance) {
    return new Work(frames, instance, null, new CompletableFuture<>());
  }

  static Work of(List<List<ByteBuffer>> frames, LifeEvent event) {
    return new Work(frames, null, event, new CompletableFuture<>());
  }

  /// Audit entries alone.
  static Work of(List<List<ByteBuffer>> frames) {
    return new Work(frames, null, null, new CompletableFuture<>());
  }

  /// Whether there is nothing to tell key store and indexes.
  boolean isAuditAlone() {
    return instance == null && event == null;
  }

  /// What the log tells once the first frame lies at a place; not of [#isAuditAlone()].
  Logged at(Location place) {
    if (instance != null) {
      return instance.at(place);
    }
    return Objects.requireNonNull(event);
  }

  boolean isEnd() {
    return frames.isEmpty() && rolled == null;
  }

  /// Closes the pack appended to.
  static Work roll(CompletableFuture<Rolled> rolled) {
    return new Work(List.of(), null, null, new CompletableFuture<>(), rolled);
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
