package leadglass.archive;

import static leadglass.archive.Ward.rule;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import leadglass.archive.Retention.Rule;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Vr;
import leadglass.store.StudyName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionTest {
  private static final Rule TEN = new Rule(List.of(), 10, 0, 0);
  private static final Rule MINORS = new Rule(List.of(), 10, 18, 10);
  private final Ward ward = new Ward();

  private Retention retention() {
    return ward.rules.retention();
  }

  private String until(StudyName study) {
    return retention()
        .until(ward.lifecycle.study(Ward.SITE, study).orElseThrow())
        .map(LocalDate::toString)
        .orElse("");
  }

  private void set(Rule... rules) throws IOException {
    assertThat(rule(retention().set(Ward.ADMINISTRATOR, List.of(rules)))).isEmpty();
  }

  private StudyName study(String number, String date, String birth, String age, String modality) {
    return ward.file(
        "2.25." + number,
        more -> {
          more.text(Tag.STUDY_DATE, Vr.DA, date)
              .text(Tag.PATIENT_BIRTH_DATE, Vr.DA, birth)
              .text(Tag.MODALITY, Vr.CS, modality);
          if (!age.isEmpty()) {
            more.text(Tag.PATIENT_AGE, Vr.AS, age);
          }
        });
  }

  @Test
  void withoutRulesNothingIsKept() {
    assertThat(until(ward.file("2.25.1"))).isEmpty();
  }

  @ParameterizedTest(name = "made {0}, born {1}, age {2}: {3}")
  @CsvSource({
    "20260301, 19700101, '',   2036-03-01",
    "20260301, 20100415, '',   2038-04-15",
    "20260301, 20080301, '',   2036-03-01",
    "20260301, 20080302, '',   2036-03-02",
    "20260301, '',       '',   2054-03-01",
    "20260301, '',       050Y, 2036-03-01",
    "20260301, '',       008Y, 2046-03-01",
    "20260301, '',       018M, 2053-03-01",
    "20160229, 19700101, '',   2026-02-28",
    "20990101, 19700101, '',   2036-03-02",
    "notadate, 19700101, '',   2036-03-02",
  })
  void aStudyIsKeptUntil(String date, String birth, String age, String until) throws IOException {
    set(MINORS);
    assertThat(until(study("1", date, birth, age, "CT"))).isEqualTo(until);
  }

  @Test
  void aRuleOfAModalityConcernsItAloneAndTheLongestCounts() throws IOException {
    set(new Rule(List.of("MG"), 20, 0, 0), new Rule(List.of("CT", "MR"), 5, 0, 0), TEN);
    assertThat(until(study("1", "20260301", "19700101", "", "MG"))).isEqualTo("2046-03-01");
    assertThat(until(study("2", "20260301", "19700101", "", "CT"))).isEqualTo("2036-03-01");
  }

  @Test
  void retentionOnlyEverExtends() throws IOException {
    set(TEN);
    StudyName before = ward.file("2.25.1");
    ward.live(Duration.ofDays(10));
    set(new Rule(List.of(), 2, 0, 0));
    ward.live(Duration.ofDays(10)); // the rules before count for two days more
    StudyName after = ward.file("2.25.2");
    assertThat(until(before)).isEqualTo("2036-03-01");
    assertThat(until(after)).isEqualTo("2028-03-01");
    set(new Rule(List.of(), 30, 0, 0));
    assertThat(until(before)).isEqualTo("2056-03-01");
    assertThat(until(after)).isEqualTo("2056-03-01");
    set();
    ward.rules = ward.open();
    assertThat(until(before)).isEqualTo("2056-03-01");
    assertThat(retention().versions(Ward.ADMINISTRATOR)).hasSize(4);
  }

  @Test
  void aClockThatFellBehindDoesNotEndTheRulesForWhatCameSince() throws IOException {
    set(TEN);
    ward.live(Duration.ofDays(30));
    StudyName study = ward.file("2.25.1");
    ward.clock.turn(Duration.ofDays(-3653));
    set();
    assertThat(until(study)).isEqualTo("2036-03-01");
  }

  @Test
  void onlyAnAdministratorSetsRulesAndOnlyOnesThatMeanSomething() throws IOException {
    assertThat(rule(retention().set(Ward.TECHNOLOGIST, List.of(TEN)))).isEqualTo("not there");
    assertThat(retention().versions(Ward.WITNESS)).isEmpty();
    for (Rule wrong :
        List.of(
            new Rule(List.of("ct"), 10, 0, 0),
            new Rule(List.of(), -1, 0, 0),
            new Rule(List.of(), 201, 0, 0),
            new Rule(List.of(), 10, 0, 5),
            new Rule(List.of(), 10, 99, 5))) {
      assertThat(rule(retention().set(Ward.ADMINISTRATOR, List.of(wrong)))).contains("A rule has");
    }
  }

  @Test
  void everyPresetIsARuleAndNamesItsSource() throws IOException {
    assertThat(Retention.presets())
        .extracting(Retention.Preset::country)
        .containsExactly("AU", "DE", "FR", "SE", "UK", "US");
    for (Retention.Preset preset : Retention.presets()) {
      assertThat(preset.source()).isNotBlank();
      assertThat(rule(retention().set(Ward.CONSOLE, preset.rules()))).isEmpty();
    }
    assertThat(retention().versions(Ward.CONSOLE).getFirst().rules().getFirst().words())
        .isEqualTo("all: 7 years; patients under 18: at least until they are 25");
    assertThat(ward.written.getFirst()).contains("POLICY", "retention version 1", "7 years");
    assertThat(Optional.of(Retention.presets().getFirst().words())).isPresent();
  }
}
