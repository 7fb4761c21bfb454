package leadglass.store.pack;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Who reads which packs, so that none is removed under a reader. Guarded by the log's lock.
final class Holds {
  private final Map<String, Integer> counts = new HashMap<>();
  private final Set<String> doomed = new HashSet<>();

  void hold(String pack) {
    counts.merge(pack, 1, Integer::sum);
  }

  /// @return whether the pack must be removed now
  boolean release(String pack) {
    Integer left = counts.computeIfPresent(pack, (_, count) -> count == 1 ? null : count - 1);
    return left == null && doomed.remove(pack);
  }

  /// The pack must be removed.
  ///
  /// @return whether it may be now; else the last release will say so
  boolean doom(String pack) {
    boolean free = !counts.containsKey(pack);
    if (!free) {
      doomed.add(pack);
    }
    return free;
  }

  /// Whether its file is there still.
  boolean isDoomed(String pack) {
    return doomed.contains(pack);
  }
}
