package leadglass.store.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import leadglass.store.catalogue.Totals;
import leadglass.store.pack.PackLog;
import leadglass.store.seal.SecretBytes;

/// What a backup reads from.
public interface BackupSource {

  /// Everything up to a moment.
  ///
  /// @param totals of all that was kept before
  /// @param lastNumber that a pack had then
  record Rolled(Totals totals, long lastNumber) {}

  /// Closes the pack appended to, and copies the key store before anything else happens to what is
  /// held: a key is never older than what it opens, and no event is known to the keys alone.
  ///
  /// @param keys a file that is not there; synced when this returns
  Rolled roll(Path keys) throws IOException;

  PackLog log();

  /// Writes a copy of the registry to a file that is not there, synced.
  void copyRegistry(Path to) throws IOException;

  /// The key that everything of the whole archive is derived from.
  SecretBytes root();

  /// How many of some EVENT frames destroyed keys.
  int destructions(List<byte[]> events);

  /// The data directory.
  Path folder();

  /// A folder for files that are gone afterwards.
  Path scratch() throws IOException;
}
