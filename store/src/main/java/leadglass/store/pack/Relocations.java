package leadglass.store.pack;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import leadglass.store.InstanceRow.Location;

/// Where records lie whose pack was written anew lately: whoever was told their place before finds
/// them all the same. Guarded by the log's lock.
final class Relocations {
  private static final int PACKS_MAX = 64;

  private final Map<String, Places> packs =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Places> eldest) {
          return size() > PACKS_MAX;
        }
      };

  /// Sorted by the old offset.
  private record Places(String to, long[] from, long[] offsets, long[] lengths) {}

  /// @param moved in the order of their old offsets
  void add(String from, String to, List<Repack.Moved> moved) {
    packs.put(
        from,
        new Places(
            to,
            moved.stream().mapToLong(Repack.Moved::from).toArray(),
            moved.stream().mapToLong(Repack.Moved::to).toArray(),
            moved.stream().mapToLong(Repack.Moved::length).toArray()));
  }

  /// Where the record of an old place lies now.
  Location now(Location at) {
    Location now = at;
    Places places = packs.get(now.pack());
    while (places != null) {
      int found = Arrays.binarySearch(places.from(), now.offset());
      if (found < 0) {
        return now; // it died
      }
      now = new Location(places.to(), places.offsets()[found], places.lengths()[found]);
      places = packs.get(now.pack());
    }
    return now;
  }
}
