package leadglass.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import leadglass.store.catalogue.Catalogue;
import leadglass.store.keys.KeyStore;
import leadglass.store.keys.KeyStore.StudyKey;

/// Finds the key that an instance is filed under. A key is made before anything it seals is kept;
/// if nothing ever was, since the disk failed or the program ended, the key still belongs to the
/// patient of that attempt. It goes to the patient of the first instance that is kept: else erasing
/// the one would destroy the other's study. Safe for use by several threads.
final class Filers {
  private final KeyStore keys;
  private final Catalogue catalogue;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<ByteBuffer, Integer> filing = new HashMap<>(); // by name of the study's key

  Filers(KeyStore keys, Catalogue catalogue) {
    this.keys = keys;
    this.catalogue = catalogue;
  }

  /// The key of the study; [#ended] must follow.
  StudyKey begun(Filing filing) throws IOException {
    StudyKey key = keys.study(filing.site(), filing.patient(), filing.study());
    byte[] patient = keys.patient(filing.site(), filing.patient(), filing.study());
    lock.lock();
    try {
      ByteBuffer name = ByteBuffer.wrap(key.name());
      if (!Arrays.equals(key.patient(), patient)
          && !this.filing.containsKey(name)
          && catalogue.study(filing.site(), key.name()).isEmpty()) {
        keys.move(filing.site(), key.name(), patient);
        key = keys.named(filing.site(), key.name()).orElse(key);
      }
      this.filing.merge(name, 1, Integer::sum);
      return key;
    } finally {
      lock.unlock();
    }
  }

  void ended(StudyKey key) {
    lock.lock();
    try {
      filing.computeIfPresent(
          ByteBuffer.wrap(key.name()), (name, count) -> count == 1 ? null : count - 1);
    } finally {
      lock.unlock();
    }
  }
}
