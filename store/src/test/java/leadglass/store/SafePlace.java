package leadglass.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where a campaign's backups go, and their keys.
///
/// @param folder with `copies` and `copied-keys` in it
record SafePlace(Path folder) {
  private static final String ARCHIVE = "a1b2c3d4e5f60718";

  private Path copies() {
    return folder.resolve("copies");
  }

  Path keys() {
    return folder.resolve("copied-keys");
  }

  BackupPlace to() throws IOException {
    return Backups.folder(copies());
  }

  BackupOrder order(BackupPlace to) {
    return new BackupOrder(
        to, keys(), ARCHIVE, Optional.empty(), Optional.empty(), true, Map.of(), Progress.NONE);
  }

  /// Names of the snapshots, oldest first.
  List<String> snapshots() throws IOException {
    return Files.isDirectory(copies()) ? Backups.snapshots(to()) : List.of();
  }

  /// Whether the newest copy of the keys was made with that snapshot.
  static boolean isNewest(String snapshot, Path keys) throws IOException {
    return keyStores(keys).stream()
        .allMatch(each -> each.getFileName().toString().compareTo(snapshot + ".db") <= 0);
  }

  private static List<Path> keyStores(Path keys) throws IOException {
    Path folder = keys.resolve("keys");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    return Folders.files(folder).stream().filter(each -> each.toString().endsWith(".db")).toList();
  }

  private Path hoard() {
    return folder.resolve("hoard");
  }

  /// Somebody puts copies of the keys by, which outlive any erasure.
  void hoardKeys() throws IOException {
    for (Path each : keyStores(keys())) {
      Files.createDirectories(hoard());
      Path by = hoard().resolve(each.getFileName().toString());
      if (!Files.exists(by)) {
        Files.copy(each, by);
      }
    }
  }

  /// A folder of keys as it would be if nothing but the copy that was made with a snapshot were
  /// left; empty if nobody put that by.
  Optional<Path> oldKeys(String snapshot, Path in) throws IOException {
    Path store = hoard().resolve(snapshot + ".db");
    if (!Files.exists(store)) {
      return Optional.empty();
    }
    Folders.copy(keys(), in);
    for (Path each : keyStores(in)) {
      Files.delete(each);
    }
    Files.copy(store, in.resolve("keys").resolve(snapshot + ".db"));
    return Optional.of(in);
  }

  /// @param keys usually [#keys]
  Restored restore(String snapshot, Path keys, MasterKey master, Path data) throws IOException {
    return Backups.restore(
        new RestoreOrder(to(), keys, Optional.of(snapshot), master, data, Progress.NONE));
  }
}
