package leadglass.server.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Map;
import leadglass.archive.Question;
import leadglass.dicom.data.Tag;
import leadglass.server.ui.page.Filters;
import org.junit.jupiter.api.Test;

class FindingTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 25);

  private static Question asked(Map<String, String> form) {
    return Finding.of(form).question(TODAY);
  }

  @Test
  void anEmptyFormAsksForEverythingNewestFirst() {
    Question question = asked(Map.of());
    assertThat(question.keys()).isEmpty();
    assertThat(question.after()).isEmpty();
    assertThat(question.limit()).isEqualTo(50);
  }

  @Test
  void typedWordsDaysAndModalityBecomeKeys() {
    Question question = asked(Map.of("q", " oko ", "when", "week", "modality", "CT"));
    assertThat(question.keys())
        .containsExactly(
            new Question.Key(Question.Key.TYPED, "oko"),
            new Question.Key(Tag.STUDY_DATE, "20261119-20261125"),
            new Question.Key(Tag.MODALITIES_IN_STUDY, "CT"));
  }

  @Test
  void todayIsOneDay() {
    assertThat(asked(Map.of("when", "today")).keys())
        .containsExactly(new Question.Key(Tag.STUDY_DATE, "20261125"));
  }

  @Test
  void aRangeMayBeOpenOnEitherSide() {
    assertThat(asked(Map.of("when", "range", "from", "2026-11-01")).keys())
        .containsExactly(new Question.Key(Tag.STUDY_DATE, "20261101-"));
    assertThat(asked(Map.of("when", "range", "to", "2026-11-01")).keys())
        .containsExactly(new Question.Key(Tag.STUDY_DATE, "-20261101"));
    assertThat(asked(Map.of("when", "range")).keys()).isEmpty();
  }

  @Test
  void theNextPageIsAskedForByCursor() {
    assertThat(asked(Map.of("after", "abc")).after()).contains("abc");
    assertThat(asked(Map.of("after", "")).after()).isEmpty();
  }

  @Test
  void aSingleLatinLetterIsNotSearchedForButAChineseOneIs() {
    assertThat(Finding.of(Map.of("q", "o")).objection()).isNotEmpty();
    assertThat(Finding.of(Map.of("q", "王")).objection()).isEmpty();
    assertThat(Finding.of(Map.of("q", "ok")).objection()).isEmpty();
  }

  @Test
  void aDateThatIsNoneIsToldAndNotAskedFor() {
    assertThat(Finding.of(Map.of("when", "range", "from", "2026-02-30")).objection()).isNotEmpty();
    assertThat(Finding.of(Map.of("when", "range", "to", "\"><b>")).objection()).isNotEmpty();
    assertThat(Finding.of(Map.of("when", "any", "to", "\"><b>")).objection()).isEmpty();
  }

  @Test
  void valuesThatNoFormOfOursSendsAreNotTaken() {
    Filters filters =
        Finding.of(Map.of("when", "ever", "modality", "<b>", "q", "x".repeat(5000))).filters();
    assertThat(filters.when()).isEqualTo(Filters.When.ANY);
    assertThat(filters.modality()).isEmpty();
    assertThat(filters.typed()).hasSize(64);
    assertThat(filters.toString()).doesNotContain("x");
  }
}
