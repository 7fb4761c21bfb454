package leadglass.store;

import static leadglass.store.Samples.bytes;
import static leadglass.store.Samples.filing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import leadglass.store.StudySearch.Condition;
import leadglass.store.StudySearch.Field;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a search finds, and in what order.
class StudySearchTest {
  @TempDir Path folder;
  private Store store;
  private SiteId site;

  @BeforeEach
  void open() throws IOException {
    store = new StoreFolder(folder).open();
    site = store.createSite();
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  private void study(int number, StudyTerms terms) throws IOException {
    Samples.file(store, filing(site, number, 1, 1, terms), bytes(number, 10));
  }

  private static StudyTerms terms(
      List<String> names, String id, String date, String time, String modality) {
    return new StudyTerms(
        names,
        id,
        "Hospital",
        "19650429",
        "F",
        date,
        time,
        "A" + id,
        "S1",
        "CT Abdomen w/o contrast",
        List.of("Weiß^Rita"),
        List.of(modality));
  }

  private void threeStudies() throws IOException {
    study(1, terms(List.of("Müller^Ute"), "1001", "20260101", "0930", "CT"));
    study(2, terms(List.of("Muller-Lüdenscheidt^Otto", "山田^太郎"), "1002", "20260315", "", "MR"));
    study(3, terms(List.of("O'Neil^Ann^^Dr"), "x1001", "20250704", "101112.123456", "CT"));
  }

  /// Numbers of the studies found, newest first.
  private List<Integer> found(Condition... conditions) {
    Store.StudyPage page = store.studies(Samples.all(site, conditions));
    assertThat(page.total()).isEqualTo(page.rows().size());
    return page.rows().stream().map(StudySearchTest::number).toList();
  }

  private static int number(StudyRow row) {
    String[] parts = row.study().value().split("\\.", -1);
    return Integer.parseInt(parts[parts.length - 1]);
  }

  @Test
  void everyConditionFindsWhatItSays() throws IOException {
    threeStudies();

    assertThat(found()).containsExactly(2, 1, 3);
    assertThat(found(new Condition.AnyUid(List.of("1.2.826.0.1.99.1", "1.2.826.0.1.99.3", "9"))))
        .containsExactly(1, 3);
    assertThat(found(new Condition.Equal(Field.PATIENT_NAME, "MULLER^UTE^^^"))).containsExactly(1);
    assertThat(found(new Condition.Equal(Field.PATIENT_ID, "1001"))).containsExactly(1);
    assertThat(found(new Condition.Equal(Field.PATIENT_ID, "X1001"))).isEmpty();
    assertThat(found(new Condition.Equal(Field.MODALITY, "CT"))).containsExactly(1, 3);
    assertThat(found(new Condition.Equal(Field.STUDY_DATE, "20260315"))).containsExactly(2);
    assertThat(found(new Condition.Equal(Field.REFERRER, "weiss^rita"))).hasSize(3);
    assertThat(found(new Condition.Equal(Field.ACCESSION_NUMBER, ""))).hasSize(3);
    assertThat(
            found(
                new Condition.Equal(Field.MODALITY, "CT"),
                new Condition.Equal(Field.PATIENT_ID, "1002")))
        .isEmpty();
  }

  @Test
  void wildcardsFindByBeginningMiddleAndEnd() throws IOException {
    threeStudies();

    assertThat(found(new Condition.Wildcard(Field.PATIENT_NAME, "mül*"))).containsExactly(2, 1);
    assertThat(found(new Condition.Wildcard(Field.PATIENT_NAME, "*denscheidt*")))
        .containsExactly(2);
    assertThat(found(new Condition.Wildcard(Field.PATIENT_NAME, "*^ann*"))).containsExactly(3);
    assertThat(found(new Condition.Wildcard(Field.PATIENT_NAME, "*太*"))).containsExactly(2);
    assertThat(found(new Condition.Wildcard(Field.PATIENT_ID, "*1001"))).containsExactly(1, 3);
    assertThat(found(new Condition.Wildcard(Field.PATIENT_ID, "?001"))).containsExactly(1);
    assertThat(found(new Condition.Wildcard(Field.PATIENT_ID, "X*"))).isEmpty();
    assertThat(found(new Condition.Wildcard(Field.PATIENT_ID, "*0*2"))).containsExactly(2);
    assertThat(found(new Condition.Wildcard(Field.STUDY_TIME, "*"))).hasSize(3);
    assertThat(found(new Condition.Wildcard(Field.STUDY_TIME, "?*"))).containsExactly(1, 3);
    assertThat(found(new Condition.Wildcard(Field.STUDY_DATE, "2026*"))).containsExactly(2, 1);
    assertThat(found(new Condition.Wildcard(Field.DESCRIPTION, "*domen w*"))).hasSize(3);
    assertThat(found(new Condition.Wildcard(Field.DESCRIPTION, "*mendo*"))).isEmpty();
  }

  @Test
  void aPatternWhoseRunsAllOccurInAnotherOrderDoesNotMatch() throws IOException {
    study(1, terms(List.of("Anderson^Berta"), "1", "20260101", "", "CT"));

    assertThat(found(new Condition.Wildcard(Field.PATIENT_NAME, "*berta*anderson*"))).isEmpty();
    assertThat(found(new Condition.Wildcard(Field.PATIENT_NAME, "*anders*berta*")))
        .containsExactly(1);
  }

  @Test
  void rangesIncludeBothEndsAndAShorterEndStandsForAllItBegins() throws IOException {
    threeStudies();

    assertThat(found(new Condition.Range(Field.STUDY_DATE, "20260101", "20260315")))
        .containsExactly(2, 1);
    assertThat(found(new Condition.Range(Field.STUDY_DATE, "20260102", ""))).containsExactly(2);
    assertThat(found(new Condition.Range(Field.STUDY_DATE, "", "20251231"))).containsExactly(3);
    assertThat(found(new Condition.Range(Field.STUDY_DATE, "20260401", "20260301"))).isEmpty();
    assertThat(found(new Condition.Range(Field.STUDY_TIME, "0930", "0930"))).containsExactly(1);
    assertThat(found(new Condition.Range(Field.STUDY_TIME, "1011", "1011"))).containsExactly(3);
    assertThat(found(new Condition.Range(Field.STUDY_TIME, "09", "101112"))).containsExactly(1, 3);
    assertThat(found(new Condition.Range(Field.BIRTH_DATE, "19650429", "19650429"))).hasSize(3);
    assertThat(found(new Condition.Range(Field.PATIENT_ID, "1001", "1002"))).containsExactly(2, 1);
  }

  @Test
  void oneOfSeveralConditionsIsEnoughAndAMissingValueCanBeAskedFor() throws IOException {
    threeStudies();

    assertThat(
            found(
                new Condition.Any(
                    List.of(
                        new Condition.Equal(Field.MODALITY, "MR"),
                        new Condition.Wildcard(Field.PATIENT_ID, "x*")))))
        .containsExactly(2, 3);
    assertThat(found(new Condition.Any(List.of()))).isEmpty();
    assertThat(found(new Condition.Absent(Field.STUDY_TIME))).containsExactly(2);
    assertThat(found(new Condition.Absent(Field.PATIENT_NAME))).isEmpty();
  }

  @Test
  void typedWordsFindInAnyOrderByTheirBeginnings() throws IOException {
    threeStudies();

    assertThat(found(new Condition.Typed("ute mull"))).containsExactly(1);
    assertThat(found(new Condition.Typed("LÜDEN"))).containsExactly(2);
    assertThat(found(new Condition.Typed("abdo neil"))).containsExactly(3);
    assertThat(found(new Condition.Typed("a1002"))).containsExactly(2);
    assertThat(found(new Condition.Typed("weiss"))).hasSize(3);
    assertThat(found(new Condition.Typed("denscheidt"))).isEmpty();
    assertThat(found(new Condition.Typed(" , "))).hasSize(3);
    assertThat(found(new Condition.Typed("a ".repeat(100)))).isEmpty();
  }

  @Test
  void aNewModalityIsFoundAndNothingElseOfTheStudyChanges() throws IOException {
    threeStudies();
    StudyTerms later = terms(List.of("Somebody^Else"), "1001", "20240101", "", "PT");
    Samples.file(store, filing(site, 1, 2, 1, later), bytes(1, 10));

    assertThat(found(new Condition.Equal(Field.MODALITY, "PT"))).containsExactly(1);
    assertThat(found(new Condition.Equal(Field.MODALITY, "CT"))).containsExactly(1, 3);
    assertThat(found(new Condition.Wildcard(Field.PATIENT_NAME, "Some*"))).isEmpty();
    assertThat(found()).containsExactly(2, 1, 3);
    assertThat(store.study(site, Samples.studyUid(1)).orElseThrow().modalities())
        .containsExactly("CT", "PT");
  }

  @Test
  void anotherSiteSeesNothing() throws IOException {
    threeStudies();
    SiteId other = store.createSite();

    assertThat(store.studies(Samples.all(other)).rows()).isEmpty();
    assertThat(store.studies(Samples.all(other)).total()).isZero();
  }

  @Test
  void pagesByOffsetAndByCursorAreTheSameAndInOrder() throws IOException {
    Random random = new Random(4);
    int studies = 57;
    for (int i = 0; i < studies; i++) {
      String date = i % 7 == 0 ? "" : "202601" + (10 + random.nextInt(5));
      String time = i % 5 == 0 ? "" : "1" + random.nextInt(10) + "30";
      study(i, terms(List.of("N^" + i), "" + i, date, time, "CT"));
      if (i % 10 == 0) {
        found(); // makes a segment of its own
      }
    }
    List<StudyRow> all = store.studies(Samples.all(site)).rows();
    assertThat(all).hasSize(studies);

    List<Integer> byOffset = new ArrayList<>();
    for (int offset = 0; offset < studies; offset += 10) {
      StudySearch search = new StudySearch(site, List.of(), offset, 10, Optional.empty());
      store.studies(search).rows().forEach(row -> byOffset.add(number(row)));
    }
    List<Integer> byCursor = new ArrayList<>();
    Optional<String> after = Optional.empty();
    for (int page = 0; page < 6; page++) {
      Store.StudyPage found = store.studies(new StudySearch(site, List.of(), 0, 10, after));
      assertThat(found.total()).isEqualTo(studies);
      found.rows().forEach(row -> byCursor.add(number(row)));
      after = Optional.of(found.rows().getLast().cursor());
    }
    List<Integer> expected = all.stream().map(StudySearchTest::number).toList();
    assertThat(byOffset).isEqualTo(expected);
    assertThat(byCursor).isEqualTo(expected);
    StudySearch behind = new StudySearch(site, List.of(), 0, 10, after);
    assertThat(store.studies(behind).rows()).isEmpty();
    // The same date and time: who came last stands first; without a date: at the end.
    assertThat(expected.subList(studies - 9, studies)).allMatch(i -> i % 7 == 0);
  }

  @Test
  void aCursorTellsNothingAndAnotherSitesIsRefused() throws IOException {
    threeStudies();
    SiteId other = store.createSite();
    String cursor = store.study(site, Samples.studyUid(1)).orElseThrow().cursor();

    assertThat(cursor).doesNotContain("20260101").hasSizeLessThan(100);
    for (String bad : List.of(cursor.substring(1), "x", "", "é", "A".repeat(10_000))) {
      assertThatThrownBy(
              () -> store.studies(new StudySearch(site, List.of(), 0, 1, Optional.of(bad))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining("20260101");
    }
    assertThatThrownBy(
            () -> store.studies(new StudySearch(other, List.of(), 0, 1, Optional.of(cursor))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hostileTermsAreHeldAndFoundByTheirBeginnings() throws IOException {
    String endless = "Z".repeat(100_000);
    study(1, terms(List.of(endless + "^\uD800"), endless, endless, endless, ""));
    study(2, terms(List.of(), "", "", "", ""));

    assertThat(found(new Condition.Wildcard(Field.PATIENT_NAME, "zzzz*"))).containsExactly(1);
    assertThat(found(new Condition.Equal(Field.PATIENT_ID, endless))).containsExactly(1);
    assertThat(found(new Condition.Wildcard(Field.PATIENT_NAME, "*a".repeat(100)))).isEmpty();
    assertThat(found()).containsExactly(2, 1);
  }
}
