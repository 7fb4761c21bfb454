package leadglass.store.catalogue;

import java.util.Map;

/// Where a record lies once its pack was written anew.
///
/// @param from its offset in the old pack
/// @param to its offset in the new one
/// @param length of it there
/// @param chunks bytes of its chunks in which packs, when they lie outside of it
public record Moved(long from, long to, long length, Map<String, Long> chunks) {

  /// One whose chunks lie in it.
  public Moved(long from, long to, long length) {
    this(from, to, length, Map.of());
  }
}
