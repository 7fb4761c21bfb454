package leadglass.archive;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import leadglass.store.Registry;

/// All lanes, held in memory beside the registry.
///
/// Safe for use by several threads, if one at a time writes.
final class LaneBook {
  private final Documents<LaneRecord> documents;
  private final Map<String, Known> byTitle = new ConcurrentHashMap<>();

  record Known(long version, LaneRecord record) {}

  LaneBook(Registry registry) {
    this.documents = new Documents<>(registry, LaneRecord.KIND, LaneRecord.class);
    documents
        .list()
        .forEach(kept -> byTitle.put(kept.key(), new Known(kept.version(), kept.document())));
  }

  Optional<Known> find(String aeTitle) {
    return Optional.ofNullable(byTitle.get(aeTitle));
  }

  /// @return false, with nothing changed, if somebody else was faster
  boolean write(Optional<Known> old, LaneRecord record) {
    long version = old.map(Known::version).orElse(0L);
    if (!documents.put(record.aeTitle(), version, record)) {
      return false;
    }
    byTitle.put(record.aeTitle(), new Known(version + 1, record));
    return true;
  }

  void remove(String aeTitle) {
    documents.remove(aeTitle);
    byTitle.remove(aeTitle);
  }

  int count() {
    return byTitle.size();
  }

  /// In the order of their AE titles.
  List<LaneRecord> list() {
    return byTitle.values().stream()
        .map(Known::record)
        .sorted(Comparator.comparing(LaneRecord::aeTitle))
        .toList();
  }
}
