package leadglass.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The items of the rule as the rule has them, written down apart from the table.
class SecurityRuleTest {
  private static final Clause.Kind S = Clause.Kind.STANDARD;
  private static final Clause.Kind R = Clause.Kind.REQUIRED;
  private static final Clause.Kind A = Clause.Kind.ADDRESSABLE;

  private final Map<String, Clause.Kind> rule = new LinkedHashMap<>();

  private void standard(String citation, String below, Clause.Kind... kinds) {
    rule.put(citation + (kinds.length == 0 ? "" : below.isEmpty() ? "" : "(i)"), S);
    for (int i = 0; i < kinds.length; i++) {
      rule.put(citation + below + "(" + (char) ('A' + i) + ")", kinds[i]);
    }
  }

  private void safeguard(String citation, Clause.Kind... kinds) {
    String[] numbers = {"i", "ii", "iii", "iv"};
    rule.put(citation + "(1)", S);
    for (int i = 0; i < kinds.length; i++) {
      rule.put(citation + "(2)(" + numbers[i] + ")", kinds[i]);
    }
  }

  private Map<String, Clause.Kind> rule() {
    standard("164.308(a)(1)", "(ii)", R, R, R, R);
    standard("164.308(a)(2)", "");
    standard("164.308(a)(3)", "(ii)", A, A, A);
    standard("164.308(a)(4)", "(ii)", R, A, A);
    standard("164.308(a)(5)", "(ii)", A, A, A, A);
    rule.put("164.308(a)(6)(i)", S);
    rule.put("164.308(a)(6)(ii)", R);
    standard("164.308(a)(7)", "(ii)", R, R, R, A, A);
    standard("164.308(a)(8)", "");
    rule.put("164.308(b)(1)", S);
    rule.put("164.308(b)(2)", S);
    rule.put("164.308(b)(3)", R);
    safeguard("164.310(a)", A, A, A, A);
    rule.put("164.310(b)", S);
    rule.put("164.310(c)", S);
    safeguard("164.310(d)", R, R, A, A);
    safeguard("164.312(a)", R, R, A, A);
    rule.put("164.312(b)", S);
    rule.put("164.312(c)(1)", S);
    rule.put("164.312(c)(2)", A);
    rule.put("164.312(d)", S);
    safeguard("164.312(e)", A, A);
    return rule;
  }

  @Test
  void everyItemOfTheThreeSectionsIsThereOnceInTheRulesOrderAndOfItsKind() {
    List<String> citations = SecurityRule.clauses().stream().map(Clause::citation).toList();
    assertThat(citations).doesNotHaveDuplicates().containsExactlyElementsOf(rule().keySet());
    assertThat(citations).hasSize(55);
    assertThat(SecurityRule.clauses())
        .allSatisfy(each -> assertThat(each.kind()).isEqualTo(rule.get(each.citation())));
  }

  @Test
  void everyItemIsOfOneSectionAndIsNamedAndSomethingSpeaksToIt() {
    Map<String, List<Finding>> topics = Report.topics(SampleFacts.good());
    List<String> spoken = new ArrayList<>();
    for (Clause clause : SecurityRule.clauses()) {
      assertThat(SecurityRule.SECTIONS.stream().filter(each -> each.has(clause))).hasSize(1);
      assertThat(clause.standard()).isNotBlank();
      assertThat(topics).containsKeys(clause.topics().toArray(String[]::new));
      spoken.addAll(clause.topics());
    }
    assertThat(spoken).containsAll(topics.keySet());
  }
}
