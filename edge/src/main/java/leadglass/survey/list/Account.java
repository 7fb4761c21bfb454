package leadglass.survey.list;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A check as a whole, as reports are made of it. It says what a stranger could see from one place
/// at one time, and nothing about anything else.
///
/// @param results the worst first
/// @param vantage where from
/// @param at when it was finished
/// @param tool with its version
/// @param probes hash of those that asked, or empty
/// @param forOthers without addresses and names of hosts
public record Account(
    List<Result> results,
    Optional<Changes> changes,
    String vantage,
    Instant at,
    String tool,
    String probes,
    boolean forOthers) {
  private static final List<String> GRADES = List.of("F", "D", "C", "?", "B", "A");

  public Account {
    results =
        forOthers
            ? List.copyOf(results)
            : results.stream()
                .sorted(
                    Comparator.comparing(Result::asked, Comparator.reverseOrder())
                        .thenComparingInt(Account::rank)
                        .thenComparing(Result::key))
                .toList();
  }

  public static Account of(
      List<Result> results,
      Optional<Changes> changes,
      String vantage,
      Instant at,
      String tool,
      String probes) {
    return new Account(results, changes, plain(vantage), at, tool, probes, false);
  }

  /// Without what could end a line.
  static String plain(String words) {
    return words.replaceAll("\\p{Cntrl}+", " ").strip();
  }

  private static int rank(Result result) {
    int at = GRADES.indexOf(result.grade());
    return at < 0 ? GRADES.size() : at;
  }

  public List<Result> asked() {
    return results.stream().filter(Result::asked).toList();
  }

  public List<Result> notAsked() {
    return results.stream().filter(each -> !each.asked()).toList();
  }

  /// The worst one; "?" if nobody was asked.
  public String grade() {
    return asked().stream().findFirst().map(Result::grade).orElse("?");
  }

  /// How many hosts have which grade, the worst first.
  public Map<String, Integer> grades() {
    Map<String, Integer> grades = new LinkedHashMap<>();
    asked().forEach(each -> grades.merge(each.grade(), 1, Integer::sum));
    return grades;
  }

  /// Each host's number, by which it goes in reports for others.
  public Map<String, Integer> numbers() {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    results.forEach(each -> numbers.putIfAbsent(each.host(), numbers.size() + 1));
    return numbers;
  }

  /// What a host is called in this report.
  public String name(Result result) {
    return forOthers || result.host().equals(result.address()) || result.address().isEmpty()
        ? result.host()
        : result.host() + " [" + result.address() + "]";
  }

  /// For whoever is not of the house.
  ///
  /// @param owners whether their names may stand there
  public Account forOthers(boolean owners) {
    return new Redaction(this, owners).account();
  }
}
