package leadglass.survey.list;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import leadglass.survey.Counts;
import leadglass.survey.HostReport;

/// A line of the table of the 2019 report: what the systems of one country, or of one owner, come
/// to.
///
/// @param name country or owner; empty for all
/// @param examined systems that were asked
/// @param open systems that show patients, studies or images to strangers
/// @param dataSets studies that open systems list
/// @param images that open systems hold
/// @param accessible images that a stranger can have
/// @param uncounted open systems of which nothing could be counted
/// @param atLeast some counting was stopped at a cap
/// @param estimated some images are estimated
public record Totals(
    String name,
    int examined,
    int open,
    long dataSets,
    long images,
    long accessible,
    int closed,
    int other,
    int untold,
    int notAsked,
    int uncounted,
    boolean atLeast,
    boolean estimated) {

  /// All of them.
  public static Totals of(String name, Collection<Result> results) {
    List<Result> open = results.stream().filter(Result::open).toList();
    String closed = HostReport.Outcome.CLOSED.words();
    int examined = (int) results.stream().filter(Result::asked).count();
    int closedCount = (int) results.stream().filter(r -> r.outcome().equals(closed)).count();
    int untold =
        (int)
            results.stream()
                .filter(r -> r.outcome().equals(HostReport.Outcome.CANT_TELL.words()))
                .count();
    return new Totals(
        name,
        examined,
        open.size(),
        open.stream().mapToLong(each -> each.counts().studies().orElse(0)).sum(),
        open.stream().mapToLong(each -> each.counts().images().orElse(0)).sum(),
        open.stream().mapToLong(each -> each.counts().accessible().orElse(0)).sum(),
        closedCount,
        examined - open.size() - closedCount - untold,
        untold,
        results.size() - examined,
        (int) open.stream().filter(each -> !each.counts().any()).count(),
        open.stream().anyMatch(each -> each.counts().atLeast()),
        open.stream().anyMatch(each -> each.counts().source() == Counts.Source.ESTIMATE));
  }

  /// A line for each country, the most open ones first.
  public static List<Totals> byCountry(Collection<Result> results) {
    return by(results, Result::country);
  }

  /// A line for each owner, likewise.
  public static List<Totals> byOwner(Collection<Result> results) {
    return by(results, Result::owner);
  }

  private static List<Totals> by(Collection<Result> results, Function<Result, String> name) {
    Map<String, List<Result>> groups = new LinkedHashMap<>();
    for (Result each : results) {
      groups.computeIfAbsent(name.apply(each), _ -> new ArrayList<>()).add(each);
    }
    return groups.entrySet().stream()
        .map(each -> of(each.getKey(), each.getValue()))
        .sorted(Comparator.comparingInt(Totals::open).reversed().thenComparing(Totals::name))
        .toList();
  }
}
