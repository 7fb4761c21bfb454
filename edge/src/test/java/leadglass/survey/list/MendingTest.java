package leadglass.survey.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Stream;
import leadglass.survey.Decision;
import leadglass.survey.Probe;
import leadglass.survey.Probes;
import leadglass.survey.Product;
import leadglass.survey.Service;
import leadglass.survey.Verdict;
import leadglass.survey.list.Mending.Fix;
import org.junit.jupiter.api.Test;

/// Whoever is told that a door is open is told how to close it.
class MendingTest {
  private static Optional<Fix> fix(
      Probe probe, Decision decision, Service service, Optional<Product> product) {
    return Mending.of(
        probe.name(), decision.id(), service.word(), decision.level().number(), product);
  }

  @Test
  void everyOpenDecisionOfEveryProbeHasStepsOfItsOwn() {
    for (Probe probe : Probes.own().all()) {
      for (Decision decision : probe.decisions()) {
        for (Service service : probe.services()) {
          if (decision.verdict() == Verdict.OPEN) {
            assertThat(fix(probe, decision, service, Optional.empty()))
                .as("%s %s: a row in mending.tsv", probe.name(), decision.id())
                .hasValueSatisfying(fix -> {
                  assertThat(fix.steps()).isNotEmpty();
                  assertThat(fix.isFallback()).isFalse();
                });
          }
        }
      }
    }
  }

  @Test
  void aProductThatIsKnownHasItsOwnOptionsAndOthersHaveNoneOfThem() {
    Fix orthanc =
        Mending.of("dicom-echo", "answers", "dicom", 2, Optional.of(Product.ORTHANC)).orElseThrow();
    assertThat(orthanc.steps())
        .anySatisfy(step -> assertThat(step).contains("\"DicomAlwaysAllowFind\""))
        .noneSatisfy(step -> assertThat(step).contains("dcmqrscp"));
    Fix unknown =
        Mending.of("dicom-echo", "answers", "dicom", 2, Optional.of(Product.OVIYAM)).orElseThrow();
    assertThat(unknown)
        .isEqualTo(Mending.of("dicom-echo", "answers", "dicom", 2, Optional.empty()).orElseThrow());
    assertThat(unknown.steps()).noneSatisfy(step -> assertThat(step).contains("orthanc.json"));
  }

  @Test
  void aProbeThatTheTableDoesNotKnowGetsWhatHelpsWithItsServiceOrWithAnything() {
    assertThat(Mending.of("new", "open", "redis", 4, Optional.empty()).orElseThrow().steps())
        .anySatisfy(step -> assertThat(step).contains("requirepass"));
    Fix any = Mending.of("new", "open", "unknown", 4, Optional.empty()).orElseThrow();
    assertThat(any.isFallback()).isTrue();
    assertThat(any.steps()).anySatisfy(step -> assertThat(step).contains("VPN"));
    assertThat(Mending.of("dicom-echo", "fails", "dicom", 0, Optional.empty())).isEmpty();
  }

  @Test
  void theTableNamesProductsThatThereAreAndHasWordsForEveryFix() {
    assertThat(Stream.of(Product.values()).map(Enum::name)).containsAll(Mending.products());
    for (String id : Mending.ids()) {
      for (Product product : Product.values()) {
        Fix fix = Mending.fix(id, Optional.of(product));
        assertThat(fix.title()).as(id).isNotBlank();
        assertThat(fix.steps()).as(id + " " + product).isNotEmpty();
      }
    }
  }
}
