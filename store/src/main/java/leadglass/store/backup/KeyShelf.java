package leadglass.store.backup;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import leadglass.store.BackupDone;
import leadglass.store.BackupRefusedException;
import leadglass.store.seal.SecretBytes;

/// The folder that keys go to, apart from data and backup: `keys/STAMP.db`, a copy of the key
/// store; `keys/STAMP.key`, of the master key file; `checkpoints/STAMP`.
///
/// Copies are written here at once and nowhere else before: what a deleted file leaves on a disk
/// would outlive an erasure.
final class KeyShelf {
  static final String STORE = ".db";
  static final String MASTER = ".key";
  static final String PLACE = ".place";

  private final FolderPlace place;
  private final Shelf checkpoints;

  private KeyShelf(FolderPlace place, SecretBytes root) {
    this.place = place;
    this.checkpoints = Shelf.checkpoints(place, root);
  }

  static KeyShelf claim(Path folder, String archive, SecretBytes root) throws IOException {
    FolderPlace place = new FolderPlace(folder);
    Marker.claim(place, Marker.Kind.KEYS, archive);
    return new KeyShelf(place, root);
  }

  /// One that is there already.
  static KeyShelf existing(Path folder, String archive, SecretBytes root) throws IOException {
    Optional<Marker> marker =
        Files.isDirectory(folder)
            ? Marker.find(new FolderPlace(folder), Marker.Kind.KEYS)
            : Optional.empty();
    if (marker.isEmpty()) {
      throw new BackupRefusedException("no keys of a backup lie in " + folder);
    }
    return claim(folder, archive, root);
  }

  static String path(Stamp stamp, String suffix) {
    return "keys/" + stamp.text() + suffix;
  }

  /// Of every backup that came as far as the keys, whether it came further or not.
  List<Stamp> stamps() throws IOException {
    List<Stamp> stamps = new ArrayList<>(checkpoints.stamps());
    stamps.addAll(Shelf.stamps(place, "keys", STORE));
    return stamps;
  }

  /// Copies the key store, and what there is to be copied of the master key.
  BackupDone.KeyCopy add(
      Stamp stamp, FolderPlace.Maker store, Optional<Path> masterKey, Optional<Path> keyPlace)
      throws IOException {
    String name = path(stamp, STORE);
    if (!place.putMade(name, store)) {
      throw new BackupRefusedException("another backup to the same place is running");
    }
    Optional<String> master = Optional.empty();
    if (masterKey.isPresent()) {
      master = Optional.of(path(stamp, MASTER));
      copy(masterKey.get(), master.get());
    }
    if (keyPlace.isPresent()) {
      copy(keyPlace.get(), path(stamp, PLACE));
    }
    Digests.Passed passed = Digests.of(place.read(name, 0), (bytes, offset, length) -> {});
    return new BackupDone.KeyCopy(name, HexFormat.of().formatHex(passed.sha256()), master);
  }

  private void copy(Path file, String name) throws IOException {
    if (!place.put(name, Files.size(file), () -> Files.newInputStream(file))) {
      throw new BackupRefusedException("another backup to the same place is running");
    }
  }

  long bytes(Stamp stamp) throws IOException {
    return Files.size(place.folder().resolve(path(stamp, STORE)));
  }

  void checkpoint(Stamp stamp, Checkpoint checkpoint) throws IOException {
    if (checkpoints.put(stamp, checkpoint.encode()).isEmpty()) {
      throw new BackupRefusedException("another backup to the same place is running");
    }
  }

  /// Removes older copies that may hold keys which have been destroyed since.
  ///
  /// @param destructions how many events have destroyed keys by now
  /// @return names of the key stores removed
  List<String> removeOlder(Stamp newest, int destructions) throws IOException {
    List<String> removed = new ArrayList<>();
    for (Stamp stamp : Shelf.stamps(place, "keys", STORE)) {
      if (stamp.compareTo(newest) < 0 && destructions(stamp) < destructions) {
        remove(stamp, removed);
      }
    }
    return removed;
  }

  /// Removes copies older than a snapshot, but for the newest there is.
  ///
  /// @param dryRun whether they stay
  /// @return names of the key stores removed
  List<String> removeBefore(Stamp oldest, boolean dryRun) throws IOException {
    List<Stamp> copies = Shelf.stamps(place, "keys", STORE);
    List<String> removed = new ArrayList<>();
    for (Stamp stamp : copies) {
      boolean old = stamp.compareTo(oldest) < 0 && !stamp.equals(copies.getLast());
      if (old && dryRun) {
        removed.add(path(stamp, STORE));
      } else if (old) {
        remove(stamp, removed);
      }
    }
    return removed;
  }

  private void remove(Stamp stamp, List<String> removed) throws IOException {
    var _ = removeIfThere(path(stamp, MASTER));
    var _ = removeIfThere(path(stamp, PLACE));
    if (removeIfThere(path(stamp, STORE))) {
      removed.add(path(stamp, STORE));
    }
  }

  private boolean removeIfThere(String name) throws IOException {
    try {
      return place.delete(name);
    } catch (FileSystemException _) {
      return false;
    }
  }

  /// How many the copy knew of; none if that can't be told.
  private int destructions(Stamp stamp) {
    try {
      return Checkpoint.decode(checkpoints.open(stamp).plain()).destructions();
    } catch (IOException _) {
      return 0;
    }
  }
}
