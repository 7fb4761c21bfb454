package leadglass.server.scp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import leadglass.archive.Question;
import leadglass.archive.Question.Level;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Element;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import leadglass.server.scp.Identifier.Wanted;
import org.junit.jupiter.api.Test;

/// PS3.4 §C.4.1.1.3.1: from identifier to question.
class IdentifierTest {
  private static final QueryTerms RELATIONAL = QueryTerms.of(new byte[] {1});
  private static final QueryTerms NOTHING = QueryTerms.of(new byte[0]);
  private static final int CODES = 0x00081032;

  private static Identifier read(QueryTerms terms, DataSet.Builder keys) {
    return switch (Identifier.read(QueryModel.STUDY_ROOT, terms, keys.build())) {
      case Identifier.Read.Asked(Identifier identifier) -> identifier;
      case Identifier.Read.Wrong(var status) -> throw new AssertionError(status);
    };
  }

  private static DataSet.Builder level(String level) {
    return DataSet.builder().text(Tag.QUERY_RETRIEVE_LEVEL, Vr.CS, level);
  }

  @Test
  void everyElementIsAKeyAndIsWanted() {
    Identifier identifier =
        read(
            NOTHING,
            level("STUDY")
                .text(Tag.STUDY_DATE, Vr.DA, "20240101-")
                .text(Tag.PATIENT_NAME, Vr.PN, "Doe*")
                .text(Tag.STUDY_INSTANCE_UID, Vr.UI, "1.2", "1.3")
                .text(Tag.STUDY_DESCRIPTION, Vr.LO));
    Question question = identifier.question();
    assertThat(question.level()).isEqualTo(Level.STUDY);
    assertThat(question.keys())
        .containsExactly(
            new Question.Key(Tag.STUDY_DATE, "20240101-"),
            new Question.Key(Tag.STUDY_DESCRIPTION, ""),
            new Question.Key(Tag.PATIENT_NAME, "Doe*"),
            new Question.Key(Tag.STUDY_INSTANCE_UID, "1.2\\1.3"));
    assertThat(identifier.wanted())
        .extracting(Wanted::tag)
        .containsExactly(
            Tag.STUDY_DATE, Tag.STUDY_DESCRIPTION, Tag.PATIENT_NAME, Tag.STUDY_INSTANCE_UID);
    assertThat(identifier.unsupported()).isFalse();
    assertThat(question.ways()).isEqualTo(Question.Ways.USUAL);
  }

  @Test
  void aStudyAndSeriesThatAreNamedAreWhereToLook() {
    Question question =
        read(
                NOTHING,
                level("IMAGE")
                    .text(Tag.STUDY_INSTANCE_UID, Vr.UI, "1.2")
                    .text(Tag.SERIES_INSTANCE_UID, Vr.UI, "1.2.3")
                    .text(Tag.SOP_INSTANCE_UID, Vr.UI, "1.2.3.4"))
            .question();
    assertThat(question.study()).contains(new Uid("1.2"));
    assertThat(question.series()).contains(new Uid("1.2.3"));
    assertThat(question.keys()).containsExactly(new Question.Key(Tag.SOP_INSTANCE_UID, "1.2.3.4"));
    assertThat(question.include())
        .contains(Tag.STUDY_INSTANCE_UID, Tag.SERIES_INSTANCE_UID, Tag.SOP_INSTANCE_UID);
  }

  @Test
  void aListOfStudiesStaysAKeyOfARelationalQuery() {
    Question question =
        read(
                RELATIONAL,
                level("SERIES")
                    .text(Tag.STUDY_INSTANCE_UID, Vr.UI, "1.2", "1.3")
                    .text(Tag.SERIES_INSTANCE_UID, Vr.UI, "1.2.3"))
            .question();
    assertThat(question.study()).isEmpty();
    assertThat(question.series()).isEmpty();
    assertThat(question.keys()).hasSize(2);
  }

  @Test
  void theItemOfASequenceHasKeysOfItsOwn() {
    DataSet item =
        DataSet.builder()
            .text(Tag.CODE_VALUE, Vr.SH, "C1")
            .text(Tag.CODING_SCHEME_DESIGNATOR, Vr.SH)
            .build();
    Identifier identifier = read(NOTHING, level("STUDY").sequence(CODES, List.of(item)));
    assertThat(identifier.question().keys())
        .containsExactly(
            new Question.Key(
                CODES,
                "",
                List.of(
                    new Question.Key(Tag.CODE_VALUE, "C1"),
                    new Question.Key(Tag.CODING_SCHEME_DESIGNATOR, ""))));
    assertThat(identifier.wanted())
        .containsExactly(
            new Wanted(
                CODES,
                List.of(
                    new Wanted(Tag.CODE_VALUE, List.of()),
                    new Wanted(Tag.CODING_SCHEME_DESIGNATOR, List.of()))));
    assertThat(read(NOTHING, level("STUDY").sequence(CODES, List.of())).question().keys())
        .containsExactly(new Question.Key(CODES, ""));
  }

  @Test
  void whatCantBeAskedForIsLeftOutAndRemembered() {
    for (DataSet.Builder keys :
        List.of(
            level("STUDY").text(0x00180050, Vr.DS),
            level("STUDY").text(Tag.MODALITY, Vr.CS, "CT"),
            level("STUDY").text(0x00111001, Vr.LO, "x"),
            level("STUDY").text(Tag.NUMBER_OF_PATIENT_RELATED_STUDIES, Vr.IS),
            level("STUDY").add(new Element.Value(-1, Vr.LO, "typed ".getBytes(US_ASCII))))) {
      Identifier identifier = read(NOTHING, keys);
      assertThat(identifier.unsupported()).isTrue();
      assertThat(identifier.question().keys()).isEmpty();
      assertThat(identifier.wanted()).isEmpty();
    }
    Identifier identifier =
        read(
            NOTHING,
            level("STUDY")
                .sequence(
                    CODES,
                    List.of(
                        DataSet.builder()
                            .add(new Element.Value(0x00111010, Vr.OB, new byte[] {1, 2}))
                            .build())));
    assertThat(identifier.unsupported()).as("a value that can't be compared").isTrue();
  }

  @Test
  void whatIsAgreedOnIsAskedFor() {
    byte[] all = {1, 1, 1, 1, 1, 1, 1};
    assertThat(QueryTerms.of(all))
        .isEqualTo(new QueryTerms(true, new Question.Ways(true, true, true, true)));
    assertThat(QueryTerms.of(new byte[] {0, 2}))
        .as("no field has a value but 0 and 1")
        .isEqualTo(new QueryTerms(false, Question.Ways.USUAL));
    assertThat(QueryTerms.answer("")).isEmpty();
    assertThat(QueryTerms.answer("01".repeat(40))).contains("01010100000101");
    assertThat(QueryTerms.answer("0001")).contains("0001");
  }

  @Test
  void itTellsNoValue() {
    Identifier identifier = read(NOTHING, level("STUDY").text(Tag.PATIENT_NAME, Vr.PN, "Doe"));
    assertThat(identifier.toString()).doesNotContain("Doe");
    assertThat(identifier.question().keys().toString()).doesNotContain("Doe");
  }
}
