package leadglass.store.backup;

import java.io.IOException;
import java.nio.file.Path;
import leadglass.store.keys.KeyStore;
import leadglass.store.seal.SecretBytes;

/// The key store of a data directory that is being restored.
final class Keyring {
  private Keyring() {}

  /// @throws leadglass.store.WrongKeyException if `master` is not the archive's
  static SecretBytes root(Path file, SecretBytes master) throws IOException {
    try (KeyStore _ = KeyStore.open(file, master)) {
      return master;
    }
  }
}
