package leadglass.archive;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leadglass.store.Registry;

/// A registry that forgets everything at its end; passes the contract of the real one.
final class MemoryRegistry implements Registry {
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  @Override
  public synchronized Optional<Entry> find(String kind, String key) {
    return Optional.ofNullable(entries.get(kind + "/" + key));
  }

  @Override
  public synchronized List<Entry> list(String kind) {
    return entries.values().stream().filter(entry -> entry.kind().equals(kind)).toList();
  }

  @Override
  public synchronized boolean put(String kind, String key, long expectedVersion, byte[] document) {
    Entry old = entries.get(kind + "/" + key);
    long version = old == null ? 0 : old.version();
    if (version != expectedVersion) {
      return false;
    }
    entries.put(kind + "/" + key, new Entry(kind, key, version + 1, document.clone()));
    return true;
  }

  @Override
  public synchronized void remove(String kind, String key) {
    entries.remove(kind + "/" + key);
  }

  synchronized int size() {
    return entries.size();
  }
}
