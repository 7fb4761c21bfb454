package leadglass.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leadglass.archive.Question;
import leadglass.archive.Question.Level;
import leadglass.dicom.data.Tag;
import leadglass.server.http.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuestionParserTest {

  private static Question parse(Level level, String query) throws ProblemException {
    List<Map.Entry<String, String>> parameters = new ArrayList<>();
    for (String each : query.split("&", -1)) {
      int equals = each.indexOf('=');
      if (equals > 0) {
        parameters.add(Map.entry(each.substring(0, equals), each.substring(equals + 1)));
      }
    }
    return QuestionParser.parse(level, Optional.empty(), Optional.empty(), parameters);
  }

  private static Question question(String query) throws ProblemException {
    return parse(Level.STUDY, query);
  }

  @Test
  void attributesAreNamedByKeywordOrTag() throws ProblemException {
    assertThat(question("PatientName=*doe*&00100020=P1&StudyDate=20260101-&0020000d=").keys())
        .containsExactly(
            new Question.Key(Tag.PATIENT_NAME, "*doe*"),
            new Question.Key(Tag.PATIENT_ID, "P1"),
            new Question.Key(Tag.STUDY_DATE, "20260101-"),
            new Question.Key(Tag.STUDY_INSTANCE_UID, ""));
  }

  @Test
  void whatIsMatchedIsReturned() throws ProblemException {
    assertThat(question("StudyDescription=x").include()).contains(Tag.STUDY_DESCRIPTION);
  }

  @Test
  void includefieldMayBeRepeatedAndListed() throws ProblemException {
    Question question =
        question("includefield=00081030,PatientAge&includefield=StudyID&includefield=");
    assertThat(question.include())
        .containsExactlyInAnyOrder(Tag.STUDY_DESCRIPTION, Tag.PATIENT_AGE, Tag.STUDY_ID);
    assertThat(question.includeAll()).isFalse();
    assertThat(question("includefield=all").includeAll()).isTrue();
  }

  @Test
  void listsOfUidsAreJoined() throws ProblemException {
    assertThat(question("StudyInstanceUID=1.2,1.3&StudyInstanceUID=1.4").keys())
        .containsExactly(new Question.Key(Tag.STUDY_INSTANCE_UID, "1.2,1.3\\1.4"));
  }

  @Test
  void pagesHaveBounds() throws ProblemException {
    assertThat(question("limit=5&offset=7").limit()).isEqualTo(5);
    assertThat(question("limit=5&offset=7").offset()).isEqualTo(7);
    assertThat(question("limit=1000000").limit()).isEqualTo(Question.ROWS_MAX);
    assertThat(question("").limit()).isEqualTo(QuestionParser.STUDIES_DEFAULT);
    assertThat(parse(Level.SERIES, "").limit()).isEqualTo(Question.ROWS_MAX);
    assertThat(question("after=abc").after()).contains("abc");
  }

  @Test
  void waysOfMatchingAreAskedFor() throws ProblemException {
    assertThat(question("fuzzymatching=false&charset=UTF-8").ways()).isEqualTo(Question.Ways.USUAL);
    assertThat(question("fuzzymatching=true").ways().fuzzyNames()).isTrue();
    assertThat(question("emptyvaluematching=true").ways().emptyValues()).isTrue();
    assertThat(question("multiplevaluematching=true").ways().multipleValues()).isTrue();
  }

  @Test
  void keysInASequenceAreOfOneItem() throws ProblemException {
    assertThat(question("ProcedureCodeSequence.CodeValue=x&00081032.00080102=y").keys())
        .containsExactly(
            new Question.Key(
                0x00081032,
                "",
                List.of(
                    new Question.Key(Tag.CODE_VALUE, "x"),
                    new Question.Key(Tag.CODING_SCHEME_DESIGNATOR, "y"))));
    assertThat(question("ReferencedStudySequence.ReferencedSOPInstanceUID=1.2").keys()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NoSuchThing=secret | NoSuchThing",
        "00100099=secret | 00100099",
        "00000002=secret | 00000002",
        "1234=secret | of that name",
        "Doe^Jane=secret | of that name",
        "RequestAttributesSequence.NoSuchThing=secret | RequestAttributesSequence.NoSuchThing",
        "00400275.00400099=secret | 00400275.00400099",
        "00400275.=secret | 00400275. is not known",
        "FFFFFFFF=secret | FFFFFFFF",
        "00400275.00400275.00400275.00400275.00400275.00400275.00400275.00400275.00400009=secret | too deep",
        "PatientID=1&PatientID=secret | PatientID occurs twice",
        "limit=secret | limit",
        "limit=0 | limit",
        "limit=-1 | limit",
        "limit=99999999999 | limit",
        "offset=secret | offset",
        "offset=1000001 | offset",
        "fuzzymatching=secret | fuzzymatching",
        "emptyvaluematching=secret | emptyvaluematching",
        "charset=secret | charset",
        "after= | after",
      })
  void whatIsNotKnownIsRefusedByNameAndNeverByValue(String query, String named) {
    assertThatThrownBy(() -> question(query))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem().status()).isEqualTo(400);
              assertThat(e.problem().detail()).contains(named).doesNotContain("secret", "Doe");
            });
  }

  @Test
  void cursorsAreForStudies() {
    assertThatThrownBy(() -> parse(Level.SERIES, "after=abc")).isInstanceOf(ProblemException.class);
  }
}
