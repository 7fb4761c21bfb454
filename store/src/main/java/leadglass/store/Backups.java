package leadglass.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import leadglass.store.backup.FolderPlace;
import leadglass.store.backup.RestoreRun;
import leadglass.store.registry.SqlRegistry;

/// Places of backups, and the way back from them.
public final class Backups {
  private Backups() {}

  /// A folder, made if it is not there.
  public static BackupPlace folder(Path folder) throws IOException {
    return new FolderPlace(folder);
  }

  /// Names of the snapshots in a place, oldest first.
  public static List<String> snapshots(BackupPlace place) throws IOException {
    return RestoreRun.snapshots(place);
  }

  /// The name of the archive whose copies lie in a place; empty if there are none.
  public static Optional<String> archive(BackupPlace place) throws IOException {
    return RestoreRun.archive(place);
  }

  /// The newest copy of the master key file in a folder of keys, if one was put there.
  public static Optional<Path> masterKey(Path keys) throws IOException {
    return RestoreRun.masterKey(keys);
  }

  /// The newest copy of what says where the master key lies, if there is one.
  public static Optional<Path> keyPlace(Path keys) throws IOException {
    return RestoreRun.keyPlace(keys);
  }

  /// Brings a data directory back. Afterwards it can be opened; see [#isUnfinished].
  ///
  /// @throws BackupRefusedException if it can't be done as asked
  /// @throws WrongKeyException if the master key is not the archive's
  public static Restored restore(RestoreOrder order) throws IOException {
    return RestoreRun.run(order, order.master().key());
  }

  /// A registry that somebody else wrote, to be read.
  public interface RegistryCopy extends AutoCloseable {
    Registry registry();

    @Override
    void close() throws IOException;
  }

  /// Opens a copy of a registry of the archive in a data directory.
  public static RegistryCopy registry(Path file, Path data, MasterKey master) throws IOException {
    SqlRegistry registry =
        SqlRegistry.open(file, RestoreRun.root(data, master.key()), master.key(), () -> {});
    return new RegistryCopy() {
      @Override
      public Registry registry() {
        return registry;
      }

      @Override
      public void close() throws IOException {
        registry.close();
      }
    };
  }

  /// A copy of the key store.
  ///
  /// @param file where it lies
  /// @param sha256 hexadecimal; empty if nothing tells
  public record KeyPlace(String file, long atMillis, String sha256) {}

  /// Copies of the key store that a restore found, for whoever must know of each.
  public static List<KeyPlace> keyPlaces(Path data) throws IOException {
    return RestoreRun.keyPlaces(data);
  }

  /// The newer copy of the registry that a restore left, if there is one.
  public static Optional<Path> newerRegistry(Path data) {
    return Optional.of(RestoreRun.newerRegistry(data)).filter(Files::exists);
  }

  /// Where a restore leaves what must be seen to before anybody uses the archive, until
  /// [#finished].
  public static Path unfinished(Path data) {
    return data.resolve(RestoreRun.UNFINISHED);
  }

  /// Whether a data directory was restored and nobody has seen to it yet.
  public static boolean isUnfinished(Path data) {
    return Files.isDirectory(unfinished(data));
  }

  /// Everything has been seen to.
  public static void finished(Path data) throws IOException {
    RestoreRun.finished(data);
  }
}
