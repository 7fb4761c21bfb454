package leadglass.archive;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leadglass.store.Registry;
import leadglass.store.SiteId;

/// The registry as one site has it: its own records, under kinds of its own. Nothing of another
/// site can be found through it, whatever the key.
///
/// Copies of the key store are the whole archive's: each site knows of them, and what a site says
/// of one counts for that site.
final class SiteRegistry implements Registry {
  private final Registry whole;
  private final String suffix;

  SiteRegistry(Registry whole, SiteId site) {
    this.whole = whole;
    this.suffix = "@" + site.value();
  }

  private static boolean isShared(String kind) {
    return kind.equals(BackupRecord.KeyCopy.KIND);
  }

  private Entry ours(String kind, Entry entry) {
    return new Entry(kind, entry.key(), entry.version(), entry.document());
  }

  @Override
  public Optional<Entry> find(String kind, String key) {
    Optional<Entry> own = whole.find(kind + suffix, key).map(entry -> ours(kind, entry));
    return own.isPresent() || !isShared(kind) ? own : whole.find(kind, key);
  }

  @Override
  public List<Entry> list(String kind) {
    Map<String, Entry> all = new LinkedHashMap<>();
    if (isShared(kind)) {
      whole.list(kind).forEach(entry -> all.put(entry.key(), entry));
    }
    whole.list(kind + suffix).forEach(entry -> all.put(entry.key(), ours(kind, entry)));
    return new ArrayList<>(all.values());
  }

  @Override
  public boolean put(String kind, String key, long expectedVersion, byte[] document) {
    boolean first =
        isShared(kind)
            && expectedVersion > 0
            && whole.find(kind + suffix, key).isEmpty()
            && whole.find(kind, key).filter(e -> e.version() == expectedVersion).isPresent();
    return whole.put(kind + suffix, key, first ? 0 : expectedVersion, document);
  }

  @Override
  public void remove(String kind, String key) {
    whole.remove(kind + suffix, key);
  }
}
