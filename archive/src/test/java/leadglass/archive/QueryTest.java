package leadglass.archive;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import leadglass.archive.Question.Level;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Element;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// PS3.4 §C.2.2.2 and PS3.18 §10.6, over five studies of four patients.
class QueryTest {
  @TempDir private static Path folder;
  private static OpenArchive open;

  @BeforeAll
  static void open() throws IOException {
    open = OpenArchive.in(folder);
    study("1", "Fiction^Zoë=虚構^ゾエ", "ID-1", "20240229", "CT");
    study("2", "Fiction^Abel", "ID-2", "20240228", "MR");
    study("3", "Beispiel^Jörg", "ID-3", "20230101", "CT");
    procedures();
  }

  /// A second study of a patient, with two codes in a sequence, a time and no description.
  private static void procedures() throws IOException {
    open.store(
        DataSet.builder()
            .utf8()
            .uid(Tag.SOP_CLASS_UID, Samples.CT)
            .uid(Tag.SOP_INSTANCE_UID, new Uid("2.25.4.1.1"))
            .text(Tag.STUDY_DATE, Vr.DA, "20220707")
            .text(Tag.STUDY_TIME, Vr.TM, "0930")
            .text(0x0008002A, Vr.DT, "20220707093000-0500")
            .text(Tag.MODALITY, Vr.CS, "US")
            .sequence(0x00081032, List.of(code("CHEST", "99X"), code("HEAD", "99Y")))
            .text(Tag.PATIENT_NAME, Vr.PN, "Weißmann^Ute")
            .text(Tag.PATIENT_ID, Vr.LO, "ID-4")
            .text(0x00102180, Vr.SH, "baker")
            .uid(Tag.STUDY_INSTANCE_UID, new Uid("2.25.4"))
            .uid(Tag.SERIES_INSTANCE_UID, new Uid("2.25.4.1"))
            .build());
    open.store(
        DataSet.builder()
            .uid(Tag.SOP_CLASS_UID, Samples.CT)
            .uid(Tag.SOP_INSTANCE_UID, new Uid("2.25.5.1.1"))
            .text(Tag.STUDY_DATE, Vr.DA, "20220708")
            .text(Tag.STUDY_TIME, Vr.TM, "1200")
            .text(Tag.STUDY_DESCRIPTION, Vr.LO, "second")
            .text(Tag.MODALITY, Vr.CS, "US")
            .text(Tag.PATIENT_NAME, Vr.PN, "Weissmann^Ute")
            .text(Tag.PATIENT_ID, Vr.LO, "ID-4")
            .uid(Tag.STUDY_INSTANCE_UID, new Uid("2.25.5"))
            .uid(Tag.SERIES_INSTANCE_UID, new Uid("2.25.5.1"))
            .build());
  }

  private static DataSet code(String value, String scheme) {
    return DataSet.builder()
        .text(Tag.CODE_VALUE, Vr.SH, value)
        .text(Tag.CODING_SCHEME_DESIGNATOR, Vr.SH, scheme)
        .build();
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

  private static Question of(Level level, Question.Ways ways, Question.Key... keys) {
    return new Question(
        level,
        Optional.empty(),
        Optional.empty(),
        List.of(keys),
        Set.of(),
        false,
        0,
        100,
        Optional.empty(),
        ways);
  }

  private List<String> found(Question.Ways ways, Question.Key... keys) throws IOException {
    return rows(OpenArchive.reader(), of(Level.STUDY, ways, keys)).stream()
        .map(row -> row.uid(Tag.STUDY_INSTANCE_UID).orElseThrow().value().substring(5))
        .toList();
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
    "00100020, ID-?,               1 2 3 5 4",
    "00080020, 20240228-20240229,  1 2",
    "00080020, 20240229,           1",
    "00080020, -20231231,          3 5 4",
    "00080020, 2022.07.07,         4",
    "00080061, CT,                 1 3",
    "00080061, SR,                 1 2 3",
    "0020000D, 2.25.1\\2.25.3,     1 3",
    "0020000D, 2.25.9,             ''",
    "00101010, 052Y,               2",
    "00102180, b*k*,               4",
    "00102180, *,                  1 2 3 5 4",
    "00100010, fiction^zoe=虚構*,   1",
    "00100010, fiction^zoe=xx,     ''",
    "00100010, WEISSMANN^UTE^*,    5 4",
    "00080030, 0900-1000,          4",
    "00201208, 4,                  1 2 3",
    "00201208, 5,                  ''",
  })
  void aStudyIsFoundBy(String tag, String value, String found) throws IOException {
    Question.Key key = new Question.Key(Integer.parseUnsignedInt(tag, 16), value);
    assertThat(studies(OpenArchive.reader(), key))
        .containsExactly(found.isEmpty() ? new String[0] : found.split(" ", -1));
  }

  @Test
  void aPatientIsListedOnceWithWhatThereIsOfThem() throws IOException {
    List<DataSet> rows =
        rows(
            OpenArchive.reader(),
            of(
                Level.PATIENT,
                Question.Ways.USUAL,
                new Question.Key(Tag.PATIENT_ID, "ID-4"),
                new Question.Key(Tag.NUMBER_OF_PATIENT_RELATED_STUDIES, ""),
                new Question.Key(Tag.NUMBER_OF_PATIENT_RELATED_INSTANCES, "")));
    assertThat(rows).hasSize(1);
    assertThat(rows.getFirst().integer(Tag.NUMBER_OF_PATIENT_RELATED_STUDIES)).hasValue(2);
    assertThat(rows.getFirst().integer(Tag.NUMBER_OF_PATIENT_RELATED_INSTANCES)).hasValue(2);
    assertThat(rows.getFirst().contains(Tag.STUDY_INSTANCE_UID)).isFalse();
    assertThat(
            rows(OpenArchive.reader(), of(Level.PATIENT, Question.Ways.USUAL)).stream()
                .map(row -> row.string(Tag.PATIENT_ID).orElseThrow()))
        .containsExactly("ID-1", "ID-2", "ID-3", "ID-4");
    assertThat(
            rows(
                OpenArchive.reader(),
                of(
                    Level.PATIENT,
                    Question.Ways.USUAL,
                    new Question.Key(Tag.NUMBER_OF_PATIENT_RELATED_SERIES, "2"))))
        .hasSize(4);
  }

  @Test
  void keysOfASequenceMatchWithinOneItem() throws IOException {
    Question.Key chest = new Question.Key(Tag.CODE_VALUE, "CHEST");
    Question.Key scheme = new Question.Key(Tag.CODING_SCHEME_DESIGNATOR, "99Y");
    Question.Ways usual = Question.Ways.USUAL;
    assertThat(found(usual, new Question.Key(0x00081032, "", List.of(chest)))).containsExactly("4");
    assertThat(found(usual, new Question.Key(0x00081032, "", List.of(chest, scheme)))).isEmpty();
    assertThat(
            found(
                usual,
                new Question.Key(
                    0x00081032, "", List.of(new Question.Key(Tag.CODE_VALUE, "HE*"), scheme))))
        .containsExactly("4");
    assertThat(
            found(
                usual,
                new Question.Key(0x00081032, "", List.of(new Question.Key(Tag.CODE_VALUE, "")))))
        .as("universal")
        .hasSize(5);
  }

  @Test
  void aRangeOfDaysAndOneOfHoursAreOneRangeWhereThatIsAgreed() throws IOException {
    Question.Key days = new Question.Key(Tag.STUDY_DATE, "20220707-20220708");
    Question.Key hours = new Question.Key(Tag.STUDY_TIME, "1000-1800");
    assertThat(found(Question.Ways.USUAL, days, hours)).containsExactly("5");
    hours = new Question.Key(Tag.STUDY_TIME, "0900-1000");
    assertThat(found(Question.Ways.USUAL, days, hours)).containsExactly("4");
    Question.Ways combined = new Question.Ways(true, false, false, false);
    assertThat(found(combined, days, hours)).containsExactly("4");
    hours = new Question.Key(Tag.STUDY_TIME, "0900-1300");
    assertThat(found(combined, days, hours)).containsExactly("5", "4");
    hours = new Question.Key(Tag.STUDY_TIME, "1000-0100");
    assertThat(found(combined, days, hours)).isEmpty();
    days = new Question.Key(Tag.STUDY_DATE, "20220707-20220709");
    assertThat(found(combined, days, hours)).as("over midnight").containsExactly("5");
    assertThat(found(combined, days, new Question.Key(Tag.STUDY_TIME, "0930")))
        .as("no range, so apart")
        .containsExactly("4");
  }

  @Test
  void fuzzyNamesMatchByWordsInAnyOrder() throws IOException {
    Question.Ways fuzzy = new Question.Ways(false, true, false, false);
    assertThat(found(fuzzy, new Question.Key(Tag.PATIENT_NAME, "ute weissm"))).hasSize(2);
    assertThat(found(fuzzy, new Question.Key(Tag.PATIENT_NAME, "JORG^beispiel")))
        .containsExactly("3");
    assertThat(found(fuzzy, new Question.Key(Tag.PATIENT_NAME, "eispiel"))).isEmpty();
    assertThat(found(fuzzy, new Question.Key(Tag.PATIENT_NAME, "虚構"))).containsExactly("1");
    assertThat(found(Question.Ways.USUAL, new Question.Key(Tag.PATIENT_NAME, "ute weissm")))
        .isEmpty();
  }

  @Test
  void whatHasNoValueIsFoundWhereThatIsAgreed() throws IOException {
    Question.Ways empty = new Question.Ways(false, false, true, false);
    assertThat(found(empty, new Question.Key(Tag.STUDY_DESCRIPTION, "\"\"")))
        .containsExactly("1", "2", "3", "4");
    assertThat(found(empty, new Question.Key(0x00102180, "\"\"")))
        .containsExactly("1", "2", "3", "5");
    assertThat(found(empty, new Question.Key(0x00081032, "\"\""))).hasSize(4);
    assertThat(found(Question.Ways.USUAL, new Question.Key(Tag.STUDY_DESCRIPTION, "\"\"")))
        .as("literally")
        .isEmpty();
  }

  @Test
  void oneOfSeveralValuesIsEnoughWhereThatIsAgreed() throws IOException {
    Question.Ways several = new Question.Ways(false, false, false, true);
    assertThat(found(several, new Question.Key(Tag.MODALITIES_IN_STUDY, "MR\\US")))
        .containsExactly("2", "5", "4");
    assertThat(found(several, new Question.Key(Tag.PATIENT_ID, "ID-1\\*3")))
        .containsExactly("1", "3");
    assertThat(found(several, new Question.Key(0x00102180, "x\\baker"))).containsExactly("4");
    assertThat(found(several, new Question.Key(0x00102180, "x\\"))).hasSize(5);
    assertThat(found(Question.Ways.USUAL, new Question.Key(Tag.MODALITIES_IN_STUDY, "MR\\US")))
        .isEmpty();
  }

  @Test
  void whatIsHandedOverIsWhatASearchFinds() throws IOException {
    List<DataSet> rows = new ArrayList<>();
    Query.Taker taker =
        new Query.Taker() {
          @Override
          public boolean wants() {
            return rows.isEmpty();
          }

          @Override
          public void take(List<DataSet> found) {
            rows.addAll(found);
          }
        };
    Question question = question(Level.INSTANCE, Optional.of("2.25.1"));
    int before = open.trail().size();
    assertThat(open.archive.query().stream(OpenArchive.reader(), question, taker))
        .isEqualTo(new Query.Streamed.Done(true));
    assertThat(rows).hasSize(4);
    assertThat(open.trail()).hasSize(before + 1);
    assertThat(
            open.archive.query().stream(
                OpenArchive.reader(),
                question(Level.STUDY, Optional.empty(), new Question.Key(Tag.STUDY_DATE, "x")),
                taker))
        .isInstanceOfSatisfying(
            Query.Streamed.Refused.class,
            refused -> assertThat(refused.tag()).isEqualTo(Tag.STUDY_DATE));
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
  void instancesAreFoundByTheirNames() throws IOException {
    assertThat(
            rows(
                    OpenArchive.reader(),
                    question(
                        Level.INSTANCE,
                        Optional.empty(),
                        new Question.Key(Tag.SOP_INSTANCE_UID, "2.25.3.1.2,2.25.1.2.1,2.25.9.9")))
                .stream()
                .map(row -> row.string(Tag.SOP_INSTANCE_UID).orElseThrow()))
        .containsExactly("2.25.1.2.1", "2.25.3.1.2");
    assertThat(
            rows(
                OpenArchive.reader(),
                question(
                    Level.INSTANCE,
                    Optional.of("2.25.2"),
                    new Question.Key(Tag.SOP_INSTANCE_UID, "2.25.1.2.1"))))
        .isEmpty();
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
      assertThat(rows.total()).isEqualTo(5);
      after = rows.next();
    } while (after.isPresent());
    assertThat(seen).containsExactly("ID-1", "ID-2", "ID-3", "ID-4", "ID-4");
  }

  @Test
  void textThatCameAsUnknownIsFoundAndShownAsWhatItIs(@TempDir Path another) throws IOException {
    try (OpenArchive unknown = OpenArchive.in(another)) {
      unknown.store(
          DataSet.builder()
              .text(Tag.SPECIFIC_CHARACTER_SET, Vr.CS, "ISO_IR 100")
              .uid(Tag.SOP_CLASS_UID, Samples.CT)
              .uid(Tag.SOP_INSTANCE_UID, new Uid("2.25.6.1.1"))
              .add(new Element.Value(Tag.PATIENT_NAME, Vr.UN, "Grün ".getBytes(ISO_8859_1)))
              .add(new Element.Value(Tag.PATIENT_ID, Vr.UN, "ID-6".getBytes(ISO_8859_1)))
              .uid(Tag.STUDY_INSTANCE_UID, new Uid("2.25.6"))
              .uid(Tag.SERIES_INSTANCE_UID, new Uid("2.25.6.1"))
              .build());
      var answer =
          unknown
              .archive
              .query()
              .search(
                  OpenArchive.reader(),
                  question(
                      Level.STUDY, Optional.empty(), new Question.Key(Tag.PATIENT_NAME, "gru*")));
      assertThat(((Query.Answer.Rows) answer).rows())
          .singleElement()
          .satisfies(row -> assertThat(row.string(Tag.PATIENT_NAME)).contains("Grün"))
          .satisfies(
              row -> assertThat(row.element(Tag.PATIENT_ID).orElseThrow().vr()).isEqualTo(Vr.LO));
    }
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
    "0020000E, 2.25.1.1,   below",
    "00201200, 1,          can't be asked for",
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
