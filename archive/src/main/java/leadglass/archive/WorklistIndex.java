package leadglass.archive;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/// Every entry of a worklist in memory, by day and time and by study: what is asked all day long is
/// read from here, what is changed goes into the registry first.
///
/// Safe for use by several threads, if one at a time changes it.
final class WorklistIndex {
  /// Behind every character that an order has.
  private static final String END = "~";

  private final Map<String, Held> byId = new ConcurrentHashMap<>();
  private final ConcurrentSkipListMap<String, Held> byDay = new ConcurrentSkipListMap<>();
  private final Map<String, List<String>> byStudy = new ConcurrentHashMap<>();

  /// An entry and the version it is kept at.
  record Held(ScheduledStep step, long version) {
    @Override
    public String toString() {
      return "Held[" + version + "]";
    }
  }

  int size() {
    return byId.size();
  }

  Optional<Held> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  void put(Held held) {
    remove(held.step().id());
    byId.put(held.step().id(), held);
    byDay.put(held.step().order(), held);
    byStudy.merge(
        held.step().value(StepField.STUDY),
        List.of(held.step().id()),
        (old, one) -> java.util.stream.Stream.concat(old.stream(), one.stream()).toList());
  }

  void remove(String id) {
    Held old = byId.remove(id);
    if (old != null) {
      byDay.remove(old.step().order());
      byStudy.computeIfPresent(
          old.step().value(StepField.STUDY),
          (_, ids) -> {
            List<String> left = ids.stream().filter(each -> !each.equals(id)).toList();
            return left.isEmpty() ? null : left;
          });
    }
  }

  List<ScheduledStep> ofStudy(String study) {
    return byStudy.getOrDefault(study, List.of()).stream()
        .flatMap(id -> find(id).stream())
        .map(Held::step)
        .toList();
  }

  /// Those of some days, in order.
  ///
  /// @param from first day, as `20261126`; empty for the first there is
  /// @param to last day; empty for the last
  /// @param after order of the last one seen before; empty to begin
  Collection<Held> days(String from, String to, String after) {
    String last = to.isEmpty() ? END : to + END;
    if (after.compareTo(from) > 0) {
      return after.compareTo(last) >= 0
          ? List.of()
          : byDay.subMap(after, false, last, true).values();
    }
    return from.compareTo(last) > 0 ? List.of() : byDay.subMap(from, last).values();
  }

  Collection<Held> all() {
    return byId.values();
  }
}
