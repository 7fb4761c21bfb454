package leadglass.store.keys;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import leadglass.store.SiteId;
import leadglass.store.keys.KeyStore.StudyKey;
import org.jspecify.annotations.Nullable;

/// Study keys that were read or made a short while ago. What was read before a change is not
/// remembered after it.
final class KnownKeys {
  private static final int STUDIES_MAX = 4096;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Known, List<Held>> byHash = new Latest<>();
  private final Map<Known, StudyKey> byName = new Latest<>();
  private long changes;

  /// A key, and whether its study is put aside.
  record Held(StudyKey key, boolean aside) {}

  private record Known(SiteId site, ByteBuffer id) {
    static Known of(SiteId site, byte[] id) {
      return new Known(site, ByteBuffer.wrap(id));
    }
  }

  private static final class Latest<T> extends LinkedHashMap<Known, T> {
    private static final long serialVersionUID = 1L;

    Latest() {
      super(64, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Known, T> eldest) {
      return size() > STUDIES_MAX;
    }
  }

  /// To be asked before the file is, and given to [#remember].
  long changes() {
    lock.lock();
    try {
      return changes;
    } finally {
      lock.unlock();
    }
  }

  /// The keys of a hash, the one in use first.
  @Nullable List<Held> ofHash(SiteId site, byte[] hash) {
    lock.lock();
    try {
      return byHash.get(Known.of(site, hash));
    } finally {
      lock.unlock();
    }
  }

  Optional<StudyKey> named(SiteId site, byte[] name) {
    lock.lock();
    try {
      return Optional.ofNullable(byName.get(Known.of(site, name)));
    } finally {
      lock.unlock();
    }
  }

  void remember(SiteId site, byte[] hash, List<Held> keys, long changesBefore) {
    lock.lock();
    try {
      if (changes == changesBefore) {
        byHash.put(Known.of(site, hash), List.copyOf(keys));
      }
    } finally {
      lock.unlock();
    }
  }

  void remember(SiteId site, StudyKey key, long changesBefore) {
    lock.lock();
    try {
      if (changes == changesBefore) {
        byName.put(Known.of(site, key.name()), key);
      }
    } finally {
      lock.unlock();
    }
  }

  /// A study got a key.
  ///
  /// @param others the keys its hash had before
  void made(SiteId site, StudyKey key, List<Held> others) {
    List<Held> all = new ArrayList<>();
    all.add(new Held(key, false));
    all.addAll(others);
    lock.lock();
    try {
      changes++;
      byHash.put(Known.of(site, key.study()), List.copyOf(all));
      byName.put(Known.of(site, key.name()), key);
    } finally {
      lock.unlock();
    }
  }

  /// Something happened to a key that was there.
  void forget() {
    lock.lock();
    try {
      changes++;
      byHash.clear();
      byName.clear();
    } finally {
      lock.unlock();
    }
  }
}
