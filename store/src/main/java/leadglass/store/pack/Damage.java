package leadglass.store.pack;

import java.util.Optional;
import leadglass.store.SiteId;

/// A place in a pack where something is not what was written. Names and places only, no values.
///
/// @param pack its name, 32 hex digits
/// @param offset where the damage begins, as near as it can be told
/// @param hit what is damaged
/// @param site whose it is, if it can be told
/// @param study name of the study's key in hex, if it can be told
/// @param record id of the record, event or audit key in hex, if it can be told
public record Damage(
    String pack,
    long offset,
    Hit hit,
    Optional<SiteId> site,
    Optional<String> study,
    Optional<String> record) {

  /// What was hit.
  public enum Hit {
    /// The pack's header.
    HEADER,
    /// Something that can't be told any more: no frame is where one was.
    FRAME,
    /// An instance up to 1 MiB.
    INSTANCE,
    /// Chunks of a larger instance.
    CHUNKS,
    /// What keeps a larger instance.
    COMMIT,
    /// An audit entry.
    AUDIT,
    /// An event.
    EVENT,
    /// The end of a batch, or something in a batch whose keys are gone.
    BATCH,
    /// The end of the pack.
    CLOSE,
    /// The key of a record can't be read.
    KEY,
    /// The disk does not give it.
    UNREADABLE,
    /// Something the catalogue knows of is not in the pack.
    MISSING
  }

  static Damage of(String pack, long offset, Hit hit) {
    return new Damage(pack, offset, hit, Optional.empty(), Optional.empty(), Optional.empty());
  }
}
