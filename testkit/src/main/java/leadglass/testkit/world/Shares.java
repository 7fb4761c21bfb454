package leadglass.testkit.world;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// How many hosts of each kind there are: by their shares, by largest remainders; none is left out
/// if there are enough hosts.
final class Shares {
  private Shares() {}

  /// @param floors how many of some kinds there are at least
  static List<Kind> of(List<Kind> kinds, int hosts, Map<Kind, Integer> floors) {
    int whole = kinds.stream().mapToInt(Kind::share).sum();
    Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    Map<Kind, Integer> remainders = new EnumMap<>(Kind.class);
    int left = hosts;
    for (Kind kind : kinds) {
      int count = hosts * kind.share() / whole;
      counts.put(kind, count);
      remainders.put(kind, hosts * kind.share() % whole);
      left -= count;
    }
    Comparator<Kind> largest = Comparator.comparingInt(each -> remainders.getOrDefault(each, 0));
    for (Kind kind : kinds.stream().sorted(largest.reversed()).limit(left).toList()) {
      counts.merge(kind, 1, Integer::sum);
    }
    int floor = hosts >= kinds.size() ? 1 : 0;
    for (Kind kind : kinds) {
      int least = Math.min(hosts, floors.getOrDefault(kind, floor));
      while (counts.getOrDefault(kind, 0) < least) {
        Kind rich =
            kinds.stream()
                .filter(each -> each != kind)
                .max(
                    Comparator.comparingInt(
                        each -> counts.getOrDefault(each, 0) - floors.getOrDefault(each, 0)))
                .orElseThrow();
        counts.merge(rich, -1, Integer::sum);
        counts.merge(kind, 1, Integer::sum);
      }
    }
    List<Kind> all = new ArrayList<>();
    counts.forEach((kind, count) -> all.addAll(java.util.Collections.nCopies(count, kind)));
    return all;
  }
}
