package leadglass.server.ui.page;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import leadglass.archive.PackCare;
import leadglass.archive.People;
import leadglass.archive.Role;
import leadglass.archive.SetUp;
import leadglass.archive.Status;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;

/// One of every page, filled with one text wherever text from outside can stand.
final class Samples {
  static final LocalDate TODAY = LocalDate.of(2026, 11, 25);
  static final Uid STUDY = new Uid("1.2.3.4");

  private Samples() {}

  static Shell shell(String text, boolean signedIn) {
    return new Shell(
        text,
        text,
        signedIn
            ? Optional.of(
                new Shell.Who(text, Hat.of(Role.RADIOLOGIST), List.of(Hat.of(Role.ADMINISTRATOR))))
            : Optional.empty(),
        List.of(
            new Shell.Entry("/studies", "Worklist", "#i-list", "w"),
            new Shell.Entry("/upload", "Upload", "#i-upload", "u")),
        true,
        text,
        Theme.AUTO,
        "/static/0");
  }

  static DataSet studyOf(String text) {
    return DataSet.builder()
        .utf8()
        .uid(Tag.STUDY_INSTANCE_UID, STUDY)
        .text(Tag.STUDY_DATE, Vr.DA, "20261125")
        .text(Tag.STUDY_TIME, Vr.TM, "094200")
        .text(Tag.MODALITIES_IN_STUDY, Vr.CS, "CT", "PT")
        .text(Tag.PATIENT_NAME, Vr.PN, text)
        .text(Tag.PATIENT_ID, Vr.LO, text)
        .text(Tag.PATIENT_SEX, Vr.CS, "F")
        .text(Tag.PATIENT_BIRTH_DATE, Vr.DA, "19590303")
        .text(Tag.STUDY_DESCRIPTION, Vr.LO, text)
        .text(Tag.ACCESSION_NUMBER, Vr.LO, text)
        .text(Tag.REFERRING_PHYSICIAN_NAME, Vr.PN, text)
        .text(Tag.NUMBER_OF_STUDY_RELATED_SERIES, Vr.IS, "2")
        .text(Tag.NUMBER_OF_STUDY_RELATED_INSTANCES, Vr.IS, "312")
        .build();
  }

  static DataSet seriesOf(String text) {
    return DataSet.builder()
        .utf8()
        .uid(Tag.SERIES_INSTANCE_UID, new Uid("1.2.3.4.5"))
        .text(Tag.MODALITY, Vr.CS, "CT")
        .text(Tag.SERIES_DESCRIPTION, Vr.LO, text)
        .text(Tag.SERIES_NUMBER, Vr.IS, "201")
        .text(Tag.NUMBER_OF_SERIES_RELATED_INSTANCES, Vr.IS, "160")
        .build();
  }

  static Worklist worklist(List<StudyRow> rows, Filters filters, String error) {
    return new Worklist(
        filters, rows, rows.size(), Optional.of("cursor"), true, true, true, false, error);
  }

  static Filters filters(String text) {
    return new Filters(text, Filters.When.RANGE, text, text, "CT");
  }

  static SetUpConfirm confirm(String text, String error) {
    List<String> sheet = new ArrayList<>();
    for (int i = 0; i < 17; i++) {
      sheet.add("K7QF");
    }
    return SetUpConfirm.of(
        new SetUp.Step.Drafted(
            new People.Enrolment(
                text,
                "otpauth://totp/Site:admin?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Site",
                List.of("7F3K-21QM", "8G4L-32RN")),
            sheet,
            3),
        error);
  }

  static Status status(boolean bad) {
    return new Status(
        true,
        Optional.of("Site"),
        1204,
        41_300,
        9L << 30,
        80L << 30,
        !bad,
        bad,
        bad,
        3,
        2,
        new PackCare.State(12, bad ? 1 : 0, 0, bad ? 2 : 0));
  }

  /// One of every page there is.
  static List<Page> pages(String text) {
    StudyRow row = StudyRow.of(studyOf(text), TODAY);
    return List.of(
        new Notice("Notice", "", List.of(text), List.of(new Notice.Link("/", "Worklist"))),
        new SignIn(text, text),
        new SetUpCode("4F:19:C2", text),
        new SetUpAccount(text, text, true, 12, text),
        confirm(text, text),
        new Trust(true, "4F:19:C2", "AA:BB"),
        new Trust(false, "4F:19:C2", "AA:BB"),
        worklist(List.of(row), filters(text), text),
        worklist(List.of(), Filters.NONE, ""),
        new Study(row, List.of(SeriesRow.of(seriesOf(text))), true, true),
        new Upload(),
        StatusPage.of(status(true), ZoneOffset.UTC),
        StatusPage.of(status(false), ZoneOffset.UTC),
        new PeoplePage(List.of(new PeoplePage.Row(text, text, true, text))),
        new DevicesPage(List.of(new DevicesPage.Row(text, StatusPage.Level.BAD, text))),
        new DevicesPage(List.of()));
  }
}
