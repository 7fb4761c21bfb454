package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import leadglass.archive.Question.Level;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// PS3.4 §C.2.2.2 and PS3.18 §10.6, over three studies of two patients.
class QueryTest {
  @TempDir private static Path folder;
  private static OpenArchive open;

  @BeforeAll
  static void open() throws IOException {
    open = OpenArchive.in(folder);
    study("1", "Fiction^Zoë=虚構^ゾエ", "ID-1", "20240229", "CT");
    study("2", "Fiction^Abel", "ID-2", "20240228", "MR");
    study("3", "Beispiel^Jörg", "ID-3", "20230101", "CT");
  }

  @AfterAll
  static void close() throws IOException {
    open.close();
  }

  /// Two series of two instances.
  private static void study(String number, String name, String id, String date, String modality)
      throws IOException {
    for (int series = 1; series <= 2; series++) {
      for (int instance = 1; instance <= 2; instance++) {
        open.store(
            DataSet.builder()
                .utf8()
                .uid(Tag.SOP_CLASS_UID, Samples.CT)
                .uid(
                    Tag.SOP_INSTANCE_UID, new Uid("2.25." + number + "." + series + "." + instance))
                .text(Tag.STUDY_DATE, Vr.DA, date)
                .text(Tag.MODALITY, Vr.CS, series == 1 ? modality : "SR")
                .text(Tag.PATIENT_NAME, Vr.PN, name)
                .text(Tag.PATIENT_ID, Vr.LO, id)
                .text(Tag.PATIENT_AGE, Vr.AS, "05" + number + "Y")
                .uid(Tag.STUDY_INSTANCE_UID, new Uid("2.25." + number))
                .uid(Tag.SERIES_INSTANCE_UID, new Uid("2.25." + number + "." + series))
                .text(Tag.SERIES_NUMBER, Vr.IS, "" + series)
                .text(Tag.INSTANCE_NUMBER, Vr.IS, "" + instance)
                .build());
      }
    }
  }

  private static Question question(Level level, Optional<String> study, Question.Key... keys) {
    return new Question(
        level,
        study.map(Uid::new),
        Optional.empty(),
        List.of(keys),
        Set.of(),
        false,
        0,
        100,
        Optional.empty());
  }

  private List<DataSet> rows(Caller caller, Question question) throws IOException {
    return switch (open.archive.query().search(caller, question)) {
      case Query.Answer.Rows rows -> rows.rows();
      case Query.Answer.Refused refused -> throw new AssertionError(refused.rule());
      case Query.Answer.Braked braked -> throw new AssertionError(braked.stop());
    };
  }

  private List<String> studies(Caller caller, Question.Key... keys) throws IOException {
    return rows(caller, question(Level.STUDY, Optional.empty(), keys)).stream()
        .map(row -> row.uid(Tag.STUDY_INSTANCE_UID).orElseThrow().value().substring(5))
        .toList();
  }

  @ParameterizedTest(name = "{0} = {1} finds {2}")
  @CsvSource({
    "00100010, fiction*,           1 2",
    "00100010, FICTION^ABEL,       2",
    "00100010, *joerg*,            ''",
    "00100010, beispiel^jorg,      3",
    "00100010, 虚構*,               1",
    "00100020, ID-1,               1",
    "00100020, id-1,               ''",
    "00100020, ID-?,               1 2 3",
    "00080020, 20240228-20240229,  1 2",
    "00080020, 20240229,           1",
    "00080020, -20231231,          3",
    "00080061, CT,                 1 3",
    "00080061, SR,                 1 2 3",
    "0020000D, 2.25.1\\2.25.3,     1 3",
    "0020000D, 2.25.9,             ''",
    "00101010, 052Y,               2",
    "00201208, 4,                  1 2 3",
    "00201208, 5,                  ''",
  })
  void aStudyIsFoundBy(String tag, String value, String found) throws IOException {
    Question.Key key = new Question.Key(Integer.parseUnsignedInt(tag, 16), value);
    assertThat(studies(OpenArchive.reader(), key))
        .containsExactly(found.isEmpty() ? new String[0] : found.split(" ", -1));
  }

  @Test
  void wordsTypedInAnyOrderFindAStudy() throws IOException {
    assertThat(studies(OpenArchive.reader(), new Question.Key(Question.Key.TYPED, "zoe fict")))
        .containsExactly("1");
    assertThat(studies(OpenArchive.reader(), new Question.Key(Question.Key.TYPED, "id-3")))
        .containsExactly("3");
  }

  @Test
  void keysAreAllToMatch() throws IOException {
    assertThat(
            studies(
                OpenArchive.reader(),
                new Question.Key(Tag.PATIENT_NAME, "Fiction*"),
                new Question.Key(Tag.MODALITIES_IN_STUDY, "MR")))
        .containsExactly("2");
  }

  @Test
  void aStudyTellsWhatItHas() throws IOException {
    DataSet row =
        rows(
                OpenArchive.reader(),
                question(Level.STUDY, Optional.empty(), new Question.Key(Tag.PATIENT_ID, "ID-1")))
            .getFirst();
    assertThat(row.strings(Tag.MODALITIES_IN_STUDY)).containsExactly("CT", "SR");
    assertThat(row.integer(Tag.NUMBER_OF_STUDY_RELATED_SERIES)).hasValue(2);
    assertThat(row.integer(Tag.NUMBER_OF_STUDY_RELATED_INSTANCES)).hasValue(4);
    assertThat(row.string(Tag.PATIENT_NAME)).hasValue("Fiction^Zoë=虚構^ゾエ");
    assertThat(row.contains(Tag.PATIENT_AGE)).as("not asked for").isFalse();
  }

  @Test
  void seriesAndInstancesAreListedWithinTheirStudy() throws IOException {
    Optional<String> study = Optional.of("2.25.1");
    assertThat(rows(OpenArchive.reader(), question(Level.SERIES, study))).hasSize(2);
    assertThat(
            rows(
                OpenArchive.reader(),
                question(Level.SERIES, study, new Question.Key(Tag.MODALITY, "SR"))))
        .singleElement()
        .satisfies(
            row -> assertThat(row.integer(Tag.NUMBER_OF_SERIES_RELATED_INSTANCES)).hasValue(2));
    assertThat(rows(OpenArchive.reader(), question(Level.INSTANCE, study))).hasSize(4);
    assertThat(
            rows(
                OpenArchive.reader(),
                question(Level.INSTANCE, study, new Question.Key(Tag.INSTANCE_NUMBER, "02"))))
        .hasSize(2);
  }

  @Test
  void withoutAStudySeriesAreFoundInAllAndTellWhose() throws IOException {
    List<DataSet> rows =
        rows(
            OpenArchive.reader(),
            question(Level.SERIES, Optional.empty(), new Question.Key(Tag.MODALITY, "CT")));
    assertThat(rows).hasSize(2).allMatch(row -> row.contains(Tag.PATIENT_NAME));
  }

  @Test
  void pagesByCursorMeetEveryStudyOnce() throws IOException {
    List<String> seen = new ArrayList<>();
    Optional<String> after = Optional.empty();
    do {
      Question page =
          new Question(
              Level.STUDY,
              Optional.empty(),
              Optional.empty(),
              List.of(),
              Set.of(),
              false,
              0,
              2,
              after);
      var rows = (Query.Answer.Rows) open.archive.query().search(OpenArchive.reader(), page);
      rows.rows().forEach(row -> seen.add(row.string(Tag.PATIENT_ID).orElseThrow()));
      assertThat(rows.total()).isEqualTo(3);
      after = rows.next();
    } while (after.isPresent());
    assertThat(seen).containsExactly("ID-1", "ID-2", "ID-3");
  }

  @Test
  void whoMaySeeNothingFindsNothing() throws IOException {
    for (Role role : List.of(Role.ADMINISTRATOR, Role.AUDITOR, Role.REFERRER)) {
      assertThat(studies(OpenArchive.person(role))).as(role.word()).isEmpty();
    }
    assertThat(studies(OpenArchive.device())).isEmpty();
  }

  @Test
  void theDaysListIsOfToday() throws IOException {
    assertThat(studies(OpenArchive.person(Role.TECHNOLOGIST))).containsExactly("1");
    assertThat(
            studies(
                OpenArchive.person(Role.FRONT_DESK), new Question.Key(Tag.STUDY_DATE, "20230101")))
        .isEmpty();
  }

  @ParameterizedTest(name = "{0} = {1}: {2}")
  @CsvSource({
    "00081110, x,          can't be asked for",
    "00080020, yesterday,  not a date",
    "00081032, x,          sequence",
    "0020000D, x,          not a UID",
  })
  void whatCantBeAskedIsRefusedByName(String tag, String value, String rule) throws IOException {
    Question.Key key = new Question.Key(Integer.parseUnsignedInt(tag, 16), value);
    assertThat(
            open.archive
                .query()
                .search(OpenArchive.reader(), question(Level.STUDY, Optional.empty(), key)))
        .isInstanceOfSatisfying(
            Query.Answer.Refused.class, refused -> assertThat(refused.rule()).contains(rule));
  }

  @Test
  void aSearchIsInTheTrailWithoutItsWords() throws IOException {
    studies(OpenArchive.reader(), new Question.Key(Tag.PATIENT_NAME, "Fiction*"));
    assertThat(open.trail())
        .anyMatch(entry -> entry.contains("SEARCHED") && entry.contains("mara"))
        .noneMatch(entry -> entry.contains("SEARCHED") && entry.contains("Fiction"));
  }
}
