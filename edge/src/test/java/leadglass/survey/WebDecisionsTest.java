package leadglass.survey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// What holds of all probes of web doors.
class WebDecisionsTest {
  private static List<Probe> probes() {
    return Probes.own().all().stream()
        .filter(each -> each.services().stream().anyMatch(Service::isWeb))
        .filter(each -> each.order() >= 50 && each.order() <= 90)
        .toList();
  }

  @Test
  void theFrontIsAskedFirst() {
    assertThat(probes()).hasSizeGreaterThanOrEqualTo(12);
    assertThat(probes().getFirst().name()).isEqualTo("web-front");
  }

  @Test
  void idsDifferAndWordsAreSentencesWithoutAStop() {
    for (Probe probe : probes()) {
      assertThat(probe.decisions().stream().map(Decision::id))
          .as(probe.name())
          .doesNotHaveDuplicates()
          .allMatch(each -> each.matches("[a-z][a-z-]*"));
      assertThat(probe.decisions().stream().map(Decision::words))
          .doesNotHaveDuplicates()
          .allMatch(each -> each.matches("[a-z].*[^.]"));
      assertThat(probe.decisions()).anyMatch(each -> each.verdict() == Verdict.CLOSED);
    }
  }
}
