package leadglass.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import leadglass.archive.SecurityFacts;
import org.junit.jupiter.api.Test;

/// What a report says of an archive.
class ReportTest {

  /// What nothing inside can know, whatever else is well.
  private static final Set<String> UNKNOWN =
      Set.of(
          "164.308(a)(1)(ii)(C)",
          "164.308(a)(5)(i)",
          "164.308(a)(5)(ii)(A)",
          "164.308(a)(5)(ii)(B)",
          "164.308(a)(7)(ii)(B)",
          "164.308(a)(8)",
          "164.308(b)(1)",
          "164.308(b)(2)",
          "164.308(b)(3)",
          "164.310(a)(1)",
          "164.310(b)",
          "164.310(c)",
          "164.310(d)(2)(i)",
          "164.312(a)(2)(iv)",
          "164.312(e)(1)",
          "164.312(e)(2)(ii)");

  private static Report.Row row(Report report, String citation) {
    return report.rows().stream()
        .filter(each -> each.clause().citation().equals(citation))
        .findFirst()
        .orElseThrow();
  }

  private static List<State> states(Report report, String citation) {
    return row(report, citation).findings().stream().map(Finding::state).toList();
  }

  @Test
  void whatNobodyInsideCanKnowIsNeverSupportedHoweverWellAllElseIs() {
    Report report = Report.of(SampleFacts.good());
    for (Report.Row row : report.rows()) {
      boolean unknown =
          row.findings().stream()
              .anyMatch(each -> each.state() == State.ATTACH || each.state() == State.NOT_KNOWN);
      assertThat(row.state() == State.SUPPORTED).as(row.clause().citation()).isEqualTo(!unknown);
      if (UNKNOWN.contains(row.clause().citation())) {
        assertThat(row.state()).isIn(State.ATTACH, State.NOT_KNOWN);
      }
    }
    assertThat(report.open()).isEmpty();
  }

  @Test
  void theLastExposureCheckIsToldAsItWasAndAnOldOneIsNotKnown() {
    assertThat(exposure(SampleFacts.good(), "A", 1).state()).isEqualTo(State.SUPPORTED);
    assertThat(exposure(SampleFacts.good(), "A", 9).state()).isEqualTo(State.NOT_KNOWN);
    assertThat(exposure(SampleFacts.good(), "?", 1).state()).isEqualTo(State.NOT_KNOWN);
    assertThat(exposure(SampleFacts.good(), "B", 1).state()).isEqualTo(State.OPEN);
    assertThat(exposure(SampleFacts.good(), "F", 1).grave()).isTrue();
    ReportFacts never = SampleFacts.exposed(SampleFacts.good(), Optional.empty());
    assertThat(Report.topics(never).get("exposure"))
        .first()
        .matches(each -> each.state() == State.NOT_KNOWN)
        .matches(each -> each.says().startsWith("Last exposure check: not known."));
  }

  private static Finding exposure(ReportFacts facts, String grade, int days) {
    long at = SampleFacts.NOW - days * SampleFacts.DAY;
    ReportFacts with =
        SampleFacts.exposed(facts, Optional.of(new SecurityFacts.Exposed(grade, at, "inside")));
    return Report.topics(with).getOrDefault("exposure", List.of()).getFirst();
  }

  @Test
  void aBackupTurnsItsItemFromOpenToSupported() {
    Report before = Report.of(SampleFacts.unsaved(SampleFacts.good()));
    Report after = Report.of(SampleFacts.good());
    String item = "164.308(a)(7)(ii)(A)";
    assertThat(row(before, item).state()).isEqualTo(State.OPEN);
    assertThat(before.open().getFirst().says()).contains("There is no backup yet.");
    assertThat(row(after, item).state()).isEqualTo(State.SUPPORTED);
    assertThat(states(before, "164.308(a)(7)(ii)(D)")).contains(State.OPEN);
    assertThat(states(after, "164.308(a)(7)(ii)(D)")).containsOnly(State.SUPPORTED);
  }

  @Test
  void everythingThatIsAmissIsOpenAndTheWorstStandsFirst() {
    Report report = Report.of(SampleFacts.bad());
    List<Boolean> grave = report.open().stream().map(Finding::grave).toList();
    assertThat(grave.indexOf(false)).isEqualTo(grave.lastIndexOf(true) + 1).isPositive();
    assertThat(report.open()).allMatch(each -> !each.todo().isEmpty()).hasSizeGreaterThan(20);
    for (String item :
        List.of(
            "164.308(a)(1)(i)",
            "164.308(a)(1)(ii)(D)",
            "164.308(a)(2)",
            "164.308(a)(3)(i)",
            "164.308(a)(4)(ii)(B)",
            "164.308(a)(7)(i)",
            "164.310(d)(2)(iv)",
            "164.312(a)(2)(ii)",
            "164.312(b)",
            "164.312(c)(1)",
            "164.312(d)",
            "164.312(e)(1)")) {
      assertThat(row(report, item).state()).as(item).isEqualTo(State.OPEN);
    }
    assertThat(report.threats())
        .filteredOn(each -> each.threat().startsWith("The machine or its disk"))
        .singleElement()
        .matches(each -> each.level().equals("high until done"));
  }

  @Test
  void whereNothingIsKnownOfTheWholeArchiveNothingOfItIsSupported() {
    ReportFacts facts = SampleFacts.good();
    Report report =
        Report.of(SampleFacts.with(facts, SampleFacts.without(facts.security(), Optional.empty())));
    assertThat(states(report, "164.308(a)(7)(ii)(A)")).containsOnly(State.NOT_KNOWN);
    assertThat(states(report, "164.312(c)(2)")).containsOnly(State.NOT_KNOWN);
  }

  @Test
  void entriesThatStayOnTheMachineAreOpenAndWhereNothingRunsNotKnown() {
    ReportFacts facts = SampleFacts.good();
    ReportFacts stopped =
        new ReportFacts(
            facts.security(), "0.1.0", false, Optional.empty(), false, 0, Optional.empty());
    assertThat(forwarding(stopped)).isEqualTo(State.OPEN);
    assertThat(forwarding(stopped.set(true))).isEqualTo(State.NOT_KNOWN);
    assertThat(forwarding(facts)).isEqualTo(State.SUPPORTED);
  }

  private static State forwarding(ReportFacts facts) {
    return Report.topics(facts).getOrDefault("forwarding", List.of()).getFirst().state();
  }
}
