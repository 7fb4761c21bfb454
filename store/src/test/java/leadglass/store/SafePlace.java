package leadglass.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Where a campaign's backups go, and their keys.
///
/// @param folder with `copies` and `copied-keys` in it
record SafePlace(Path folder) {
  private static final String ARCHIVE = "a1b2c3d4e5f60718";

  private Path copies() {
    return folder.resolve("copies");
  }

  private Path keys() {
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
  boolean isOfNewestKeys(String snapshot) throws IOException {
    try (Stream<Path> all = Files.list(keys().resolve("keys"))) {
      return all.map(each -> each.getFileName().toString())
          .filter(each -> each.endsWith(".db"))
          .allMatch(each -> each.compareTo(snapshot + ".db") <= 0);
    }
  }

  Restored restore(String snapshot, MasterKey master, Path data) throws IOException {
    return Backups.restore(
        new RestoreOrder(to(), keys(), Optional.of(snapshot), master, data, Progress.NONE));
  }
}
