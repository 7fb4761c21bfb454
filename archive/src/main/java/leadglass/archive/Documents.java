package leadglass.archive;

import java.util.List;
import java.util.Optional;
import leadglass.store.Registry;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// One kind of record in the registry, read and written as JSON.
///
/// Safe for use by several threads.
final class Documents<T> {
  private final Registry registry;
  private final String kind;
  private final Class<T> type;
  private final JsonMapper json = JsonMapper.builder().build();

  Documents(Registry registry, String kind, Class<T> type) {
    this.registry = registry;
    this.kind = kind;
    this.type = type;
  }

  /// A document and the version it was read at.
  record Kept<T>(String key, long version, T document) {
    @Override
    public String toString() {
      return "Kept[version " + version + "]";
    }
  }

  Optional<Kept<T>> find(String key) {
    return registry.find(kind, key).map(this::read);
  }

  List<Kept<T>> list() {
    return registry.list(kind).stream().map(this::read).toList();
  }

  /// @param version it must still be at; 0: not there yet
  /// @return false, with nothing changed, if somebody else was faster
  boolean put(String key, long version, T document) {
    return registry.put(kind, key, version, json.writeValueAsBytes(document));
  }

  void remove(String key) {
    registry.remove(kind, key);
  }

  private Kept<T> read(Registry.Entry entry) {
    T document;
    try {
      document = json.readValue(entry.document(), type);
    } catch (JacksonException _) {
      // Without its cause: the parser quotes what it stumbled over.
      throw new IllegalStateException("a registry record of kind " + kind + " can't be read");
    }
    return new Kept<>(entry.key(), entry.version(), document);
  }
}
