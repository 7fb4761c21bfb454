package leadglass.store;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What a backup is to do.
///
/// @param to gets packs, registry and a sealed list of both
/// @param keys a folder that gets the key store and a checkpoint; never where `to` is
/// @param archive the archive's name: a place holds one archive's copies
/// @param masterKey a file to copy beside the key store; empty: whoever restores brings it
/// @param keyPlace a file that says where the master key lies, to copy beside the key store too
/// @param sameDevice whether `to` or `keys` may lie on the device of the data or of one another
/// @param files small ones of the data directory to be sealed in, by name
/// @param progress told how far it is
public record BackupOrder(
    BackupPlace to,
    Path keys,
    String archive,
    Optional<Path> masterKey,
    Optional<Path> keyPlace,
    boolean sameDevice,
    Map<String, byte[]> files,
    Progress progress) {

  public BackupOrder {
    files = Map.copyOf(files);
  }

  @Override
  public String toString() {
    return "BackupOrder[]";
  }
}
