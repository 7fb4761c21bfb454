package leadglass.server.ui.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import org.junit.jupiter.api.Test;

class ShownTest {

  @Test
  void whatSteersTheDirectionOfTextIsTakenOut() {
    assertThat(Shown.text("Doe\u202E\u2066nhoJ\u200F\u061C\u2069\uFEFF\u00AD"))
        .isEqualTo("DoenhoJ");
  }

  @Test
  void lettersOfPersianKeepTheirJoiners() {
    assertThat(Shown.text("می\u200Cخواهم")).isEqualTo("می\u200Cخواهم");
  }

  @Test
  void controlCharactersVanishAndLineEndsBecomeSpaces() {
    assertThat(Shown.text("a\u0000b\u001B[31mc\r\nd\u2028e\tf")).isEqualTo("ab[31mc  d e f");
  }

  @Test
  void longTextEndsInAnEllipsis() {
    assertThat(Shown.text("x".repeat(10_000))).isEqualTo("x".repeat(Shown.CODE_POINTS_MAX) + "…");
  }

  @Test
  void longTextIsNotCutWithinACharacter() {
    String shown = Shown.text("𠮷".repeat(10_000));
    assertThat(shown.codePointCount(0, shown.length())).isEqualTo(Shown.CODE_POINTS_MAX + 1);
  }

  @Test
  void marksThatWouldRunIntoOtherRowsAreDropped() {
    assertThat(Shown.text("Z" + "\u0335".repeat(500) + "a")).hasSize(2 + Shown.MARKS_MAX);
  }

  @Test
  void halfACharacterIsShownAsUnknown() {
    assertThat(Shown.text("a\uD83Db")).isEqualTo("a\uFFFDb");
  }

  @Test
  void aNameLeadsWithItsFamilyAndShowsOtherScriptsBeside() {
    PersonName name = PersonName.of("Yamada^Tarou=山田^太郎=やまだ^たろう");
    assertThat(name).isEqualTo(new PersonName("Yamada, Tarou", "山田 太郎"));
    assertThat(PersonName.of("Okonkwo^Adaeze^Ngozi^Dr^Jr").first())
        .isEqualTo("Okonkwo, Dr Adaeze Ngozi Jr");
  }

  @Test
  void aNameInOneOtherScriptLeads() {
    assertThat(PersonName.of("=山田^太郎")).isEqualTo(new PersonName("山田 太郎", ""));
  }

  @Test
  void aNameOfNothingButSeparatorsIsNoName() {
    assertThat(PersonName.of("^^^^=^=")).isEqualTo(new PersonName("", ""));
    assertThat(PersonName.of("").first()).isEmpty();
    assertThat(PersonName.of("^".repeat(5000) + "=".repeat(5000)).first()).isEmpty();
  }

  @Test
  void ageIsToldAtTheTimeOfTheStudy() {
    LocalDate then = LocalDate.of(2026, 11, 25);
    assertThat(Moment.age(LocalDate.of(1959, 3, 3), then)).isEqualTo("67");
    assertThat(Moment.age(LocalDate.of(2025, 12, 25), then)).isEqualTo("11 mo");
    assertThat(Moment.age(LocalDate.of(2026, 11, 20), then)).isEqualTo("5 d");
    assertThat(Moment.age(LocalDate.of(2027, 1, 1), then)).isEmpty();
    assertThat(Moment.age(LocalDate.of(1700, 1, 1), then)).isEmpty();
  }

  @Test
  void datesAndTimesThatAreNoneAreNotShown() {
    assertThat(Moment.date("20261331")).isEmpty();
    assertThat(Moment.date("20260230")).isEmpty();
    assertThat(Moment.date("1999.12.31")).contains(LocalDate.of(1999, 12, 31));
    assertThat(Moment.time("2561")).isEmpty();
    assertThat(Moment.time("094215.123456")).isEqualTo("09:42");
  }

  @Test
  void aStudyWithNothingInItIsStillALine() {
    StudyRow row = StudyRow.of(DataSet.EMPTY, Samples.TODAY);
    assertThat(row.called()).isEqualTo("No name");
    assertThat(row.uid()).isEmpty();
    assertThat(row.images()).isEqualTo(-1);
  }

  @Test
  void aStudyIsNamedForItsPatientOnlyWhereItIsShown() {
    StudyRow row = StudyRow.of(Samples.studyOf("Okonkwo^Adaeze"), Samples.TODAY);
    assertThat(row.person()).isEqualTo("F 67");
    assertThat(row.day()).isEqualTo("Today");
    assertThat(row.toString()).doesNotContain("Okonkwo");
  }

  @Test
  void aSeriesWithoutNumberComesLast() {
    DataSet odd =
        DataSet.builder()
            .uid(Tag.SERIES_INSTANCE_UID, new Uid("1.2"))
            .text(Tag.SERIES_NUMBER, Vr.IS, "-1")
            .build();
    assertThat(SeriesRow.of(odd).order()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void bytesAreToldInUnitsAPersonReads() {
    assertThat(Amount.bytes(0)).isEqualTo("0 bytes");
    assertThat(Amount.bytes(1536)).isEqualTo("1.5 KiB");
    assertThat(Amount.bytes(Long.MAX_VALUE)).isEqualTo("8,192 PiB");
    assertThat(Amount.of(1, "image")).isEqualTo("1 image");
    assertThat(Amount.of(1204, "image")).isEqualTo("1,204 images");
  }
}
