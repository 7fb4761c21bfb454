package leadglass.app.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A report of how a site is protected, before it has a form.
///
/// @param open what is to be done, the worst first
/// @param rows the items of the Security Rule, in its order
/// @param answers what insurers ask
/// @param threats the draft risk analysis
public record Report(
    Head head, List<Finding> open, List<Row> rows, List<Answer> answers, List<Threat> threats) {
  public Report {
    open = List.copyOf(open);
    rows = List.copyOf(rows);
    answers = List.copyOf(answers);
    threats = List.copyOf(threats);
  }

  /// What stands on every page.
  public record Head(String site, long atMillis, String version) {
    static final String VANTAGE = "seen from inside, by the archive itself";
    static final String NO_ADVICE = "not legal advice";

    String line() {
      return String.join(" · ", Days.moment(atMillis), VANTAGE, "Leadglass " + version, NO_ADVICE);
    }
  }

  /// An item of the rule, as bad as the worst of what was found.
  public record Row(Clause clause, State state, List<Finding> findings) {
    public Row {
      findings = List.copyOf(findings);
    }
  }

  /// What an insurer asks, and what was found.
  public record Answer(String question, State state, List<Finding> findings) {
    public Answer {
      findings = List.copyOf(findings);
    }
  }

  public static Report of(ReportFacts facts) {
    Map<String, List<Finding>> topics = topics(facts);
    List<Row> rows =
        SecurityRule.clauses().stream()
            .map(clause -> {
              List<Finding> found = found(topics, clause.topics());
              return new Row(clause, worst(found), found);
            })
            .toList();
    List<Answer> answers =
        Tables.rows("insurer.tsv", 2).stream()
            .map(row -> {
              List<Finding> found = found(topics, Tables.words(row.get(1)));
              return new Answer(row.getFirst(), worst(found), found);
            })
            .toList();
    List<Threat> threats =
        Tables.rows("threats.tsv", 3).stream()
            .map(row ->
                Threat.of(row.getFirst(), row.get(1), found(topics, Tables.words(row.get(2)))))
            .toList();
    Head head = new Head(facts.security().site(), facts.security().atMillis(), facts.version());
    return new Report(head, open(topics), rows, answers, threats);
  }

  /// What was found on every topic.
  static Map<String, List<Finding>> topics(ReportFacts facts) {
    Map<String, List<Finding>> all = new LinkedHashMap<>();
    all.putAll(new KeepingTopics(facts.security()).all());
    all.putAll(new RecordTopics(facts).all());
    all.putAll(new PeopleTopics(facts.security()).all());
    for (List<String> row : Tables.rows("unknowns.tsv", 4)) {
      State state = row.get(1).equals("attach") ? State.ATTACH : State.NOT_KNOWN;
      all.put(row.getFirst(), List.of(new Finding(state, false, row.get(2), row.get(3))));
    }
    return all;
  }

  private static List<Finding> found(Map<String, List<Finding>> topics, List<String> wanted) {
    List<Finding> found = new ArrayList<>();
    for (String topic : wanted) {
      List<Finding> each = topics.get(topic);
      if (each == null || each.isEmpty()) {
        throw new IllegalStateException("nobody speaks to " + topic);
      }
      found.addAll(each);
    }
    return List.copyOf(found);
  }

  private static State worst(List<Finding> findings) {
    return findings.stream().map(Finding::state).reduce(State.SUPPORTED, State::worse);
  }

  /// Each once; "concerns" sums up what others say.
  private static List<Finding> open(Map<String, List<Finding>> topics) {
    return topics.entrySet().stream()
        .filter(each -> !each.getKey().equals("concerns"))
        .flatMap(each -> each.getValue().stream())
        .filter(each -> each.state() == State.OPEN)
        .distinct()
        .sorted(Comparator.comparing((Finding each) -> !each.grave()))
        .toList();
  }
}
