package leadglass.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What a restore did. The indexes are made when the store is opened.
///
/// @param archive its name
/// @param snapshot that was restored
/// @param atMillis when it was made
/// @param held what the store holds now, if nothing is damaged
/// @param packs copied
/// @param bytes of these
/// @param damaged packs that are not what was written; what can be read of them is there
/// @param missing packs that are not in the place
/// @param eventsReplayed that happened after the snapshot was made
/// @param newest the newest checkpoint kept with the keys
/// @param newestRegistry a copy of the registry newer than the one restored: who was disabled since
///   must stay so
public record Restored(
    String archive,
    String snapshot,
    long atMillis,
    BackupDone.Held held,
    long packs,
    long bytes,
    List<String> damaged,
    List<String> missing,
    int eventsReplayed,
    Optional<Newest> newest,
    Optional<Path> newestRegistry) {

  /// What the archive held by the newest checkpoint.
  ///
  /// @param snapshotThere whether the snapshot it vouches for is in the place restored from, and is
  ///   what it was; true as well if that one went to another place
  public record Newest(String name, long atMillis, BackupDone.Held held, boolean snapshotThere) {}
}
