package leadglass.app.key;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import leadglass.archive.KeyHome.RefusedException;

/// The files that places mean.
///
/// @param data the data directory
/// @param configured where `leadglass.toml` says the key lies
/// @param former where archives that were made before places were written keep it: looked at when
///   there is none beside the data directory
public record KeyFiles(Path data, Optional<Path> configured, Path former) {

  /// The file of a place; empty if the key lies sealed.
  Optional<Path> of(KeyPlace place) {
    return switch (place) {
      case KeyPlace.Beside _ -> Optional.of(beside());
      case KeyPlace.InFile(Path path) -> Optional.of(path);
      case KeyPlace.Passphrase _, KeyPlace.Token _, KeyPlace.Service _ -> Optional.empty();
    };
  }

  private Path beside() {
    Path beside = data.resolveSibling(data.getFileName() + ".key");
    return !Files.exists(beside) && Files.exists(former) ? former : beside;
  }

  /// A service often may not write beside its data directory.
  public boolean besideCanBeMade() {
    return Files.isWritable(folder(beside()));
  }

  private static Path folder(Path file) {
    return file.resolveSibling(".").normalize();
  }

  /// A key within the data directory would be in every copy of it.
  void check(Path file) throws RefusedException {
    if (file.startsWith(data)) {
      throw new RefusedException("The master key may not lie in the data directory.");
    }
    if (!configured.equals(Optional.of(file)) && !Files.isDirectory(folder(file))) {
      throw new RefusedException(
          "There is no folder " + folder(file) + ". Is the stick or disk there?");
    }
  }

  void checkConfigured(KeyPlace place) throws RefusedException {
    Optional<Path> file = of(place);
    if (file.isPresent() && configured.isPresent() && !file.equals(configured)) {
      throw new RefusedException(
          "leadglass.toml says that the master key lies at "
              + configured.get()
              + ". Take keys.master-key-file out of it first.");
    }
  }
}
