package leadglass.survey.list;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What changed since an earlier run.
///
/// @param added hosts that were not in it
/// @param gone hosts that are not in this one
/// @param closed open then, told not to be now
/// @param opened open now, not then
public record Changes(
    List<String> added, List<String> gone, List<String> closed, List<String> opened) {

  public static Changes between(Collection<Result> earlier, Collection<Result> now) {
    Map<String, Result> before = byKey(earlier);
    Map<String, Result> after = byKey(now);
    return new Changes(
        after.keySet().stream().filter(key -> !before.containsKey(key)).sorted().toList(),
        before.keySet().stream().filter(key -> !after.containsKey(key)).sorted().toList(),
        after.values().stream()
            .filter(each -> !each.open() && each.asked() && !each.untold())
            .map(Result::key)
            .filter(key -> wasOpen(before, key))
            .sorted()
            .toList(),
        after.values().stream()
            .filter(Result::open)
            .map(Result::key)
            .filter(key -> before.containsKey(key) && !wasOpen(before, key))
            .sorted()
            .toList());
  }

  private static boolean wasOpen(Map<String, Result> before, String key) {
    Result then = before.get(key);
    return then != null && then.open();
  }

  private static Map<String, Result> byKey(Collection<Result> results) {
    Map<String, Result> byKey = new HashMap<>();
    results.forEach(each -> byKey.put(each.key(), each));
    return byKey;
  }
}
