package leadglass.archive;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import leadglass.archive.Certificate.KeyBackup;
import leadglass.store.Registry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Copies of the key store that were made: documents that backing up writes. A key that was
/// destroyed here is still in those made before.
final class KeyBackups {
  private static final String TICKED = "ticked";

  private final Documents<JsonNode> documents;

  KeyBackups(Registry registry) {
    this.documents = new Documents<>(registry, "key-backup", JsonNode.class);
  }

  /// Keys of all documents there are now.
  List<String> all() {
    return documents.list().stream().map(Documents.Kept::key).toList();
  }

  KeyBackup find(String key) {
    return documents
        .find(key)
        .map(kept -> read(key, kept.document()))
        // What nobody knows of any more may still lie somewhere.
        .orElse(new KeyBackup(key, "unknown", "unknown", "", "unknown", "", Optional.empty()));
  }

  private static KeyBackup read(String key, JsonNode document) {
    return new KeyBackup(
        key,
        document.path("place").asString(""),
        date(document.path("date")),
        document.path("digest").asString(""),
        document.path("state").asString("unknown"),
        document.path("tickedBy").asString(""),
        document.has("ticked") ? Optional.of(document.path("ticked").asLong()) : Optional.empty());
  }

  private static String date(JsonNode date) {
    try {
      return date.isNumber()
          ? Instant.ofEpochMilli(date.asLong()).toString()
          : date.asString("unknown");
    } catch (DateTimeException _) {
      return "unknown";
    }
  }

  /// Somebody says that a copy is gone.
  ///
  /// @return false, with nothing changed, if there is none of that key or it is gone already
  boolean tick(String key, String by, long at) {
    Documents.Kept<JsonNode> kept = documents.find(key).orElse(null);
    if (kept == null || !(kept.document() instanceof ObjectNode old) || read(key, old).gone()) {
      return false;
    }
    ObjectNode document = old.deepCopy();
    document.put("state", TICKED).put("tickedBy", by).put("ticked", at);
    return documents.put(key, kept.version(), document);
  }
}
