package leadglass.server.ui.page;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import leadglass.archive.DeviceTerms;
import leadglass.archive.Devices;
import leadglass.archive.Duty;
import leadglass.archive.KeyCustody;
import leadglass.archive.LaneTerms;
import leadglass.archive.Lanes;
import leadglass.archive.Origin;
import leadglass.archive.Outside;
import leadglass.archive.PackCare;
import leadglass.archive.People;
import leadglass.archive.Quarantine;
import leadglass.archive.Role;
import leadglass.archive.Safekeeping;
import leadglass.archive.SetUp;
import leadglass.archive.SiteRules;
import leadglass.archive.Status;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;

/// One of every page, filled with one text wherever text from outside can stand.
final class Samples {
  static final LocalDate TODAY = LocalDate.of(2026, 11, 25);
  static final String NAME = "0".repeat(32);
  static final Uid STUDY = new Uid("1.2.3.4");

  private Samples() {}

  static Shell shell(String text, boolean signedIn) {
    return new Shell(
        text,
        List.of(new Shell.Strip(true, text, "/status/copies"), new Shell.Strip(false, text, "")),
        Optional.of(new Shell.Chip(text, "/devices")),
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
        filters,
        rows,
        Set.of(STUDY),
        rows.size(),
        Optional.of("cursor"),
        true,
        true,
        true,
        false,
        false,
        error);
  }

  static Filters filters(String text) {
    return new Filters(text, Filters.When.RANGE, text, text, "CT");
  }

  static OwnAccountPage ownAccount(String text, boolean good) {
    List<OwnAccountPage.Row> rows =
        List.of(new OwnAccountPage.Row(NAME, text, text, text, text, good, !good));
    return new OwnAccountPage(
        rows,
        true,
        good,
        good,
        good ? 9 : 1,
        good ? 1 : 2,
        good,
        !good,
        !good,
        good
            ? List.of()
            : List.of(new OwnAccountPage.Task(text, text, "/account/recovery/stop", text)),
        text);
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
    long hour = 3_600_000;
    Safekeeping.Last copies =
        bad
            ? new Safekeeping.Last(
                Optional.empty(), false, Optional.of(hour), Optional.of(hour), false, 2 * hour)
            : new Safekeeping.Last(
                Optional.of(hour), false, Optional.empty(), Optional.of(hour), true, 2 * hour);
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
        bad ? new Devices.Summary(2, 1, 2, 1, 1) : new Devices.Summary(2, 0, 0, 0, 0),
        bad
            ? new Lanes.Summary(2, 1, Optional.of(hour), 1, 1, 1)
            : new Lanes.Summary(0, 0, Optional.empty(), 0, 0, 0),
        new PackCare.State(12, bad ? 1 : 0, 0, bad ? 2 : 0),
        copies,
        bad
            ? Optional.of(new Outside.Seen(Map.of(Origin.Door.PAGE, 2L), 0, hour))
            : Optional.empty(),
        bad ? List.of(new Duty.Block("Device CT1: owner left", "type this")) : List.of(),
        Optional.of(ExposureSamples.standing("Web", bad)));
  }

  private static KeyCustody.State keys(String text) {
    return new KeyCustody.State(
        text,
        true,
        List.of(new KeyCustody.Place(text, true, 0, text)),
        Optional.of(text),
        Optional.of(0L),
        Optional.of(0L),
        List.of(new KeyCustody.SheetSet(text, 0, text, true)));
  }

  private static KeyCustody.State keysOfNobody() {
    return new KeyCustody.State(
        "passphrase",
        false,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  private static Safekeeping.Copies copies(String text) {
    Safekeeping.Rehearsed bad = new Safekeeping.Rehearsed(0, text, false, List.of(text));
    return new Safekeeping.Copies(
        List.of(
            new Safekeeping.Backup("s", 0, text, 3, 9L << 30, 1204, true, true, Optional.of(bad)),
            new Safekeeping.Backup("t", 0, text, 3, 9, 1, false, false, Optional.empty())),
        List.of(new Safekeeping.KeyCopy(text, 0, text, "present")));
  }

  /// One of every page there is.
  static List<Page> pages(String text) {
    List<Page> all = new ArrayList<>(everyday(text));
    all.addAll(corrections(text));
    all.addAll(decisions(text));
    all.addAll(quarantine(text));
    all.addAll(ShareSamples.pages(text));
    all.addAll(DaySamples.pages(text));
    all.addAll(ExposureSamples.pages(text));
    all.addAll(patients(text));
    return all;
  }

  private static List<Page> corrections(String text) {
    StudyRow row = StudyRow.of(studyOf(text), TODAY);
    PatientCard card = PatientCard.of(text, studyOf(text), 3);
    return List.of(
        new Deleting(row, "1.2.3.4", "/correct", text, Deleting.Why.OTHER, text, text),
        new DeletedStudies(
            Slice.of(
                List.of(
                    new DeletedStudies.Row(NAME, "1.2", row, text, text, text, text, text, text)),
                "/deleted",
                ""),
            text),
        new DeletedStudies(Slice.of(List.of(), "/deleted", text), ""),
        new Moving(
            row,
            "1.2.3.4",
            "/correct",
            new Moving.Typed(text, text, text, text, text, text, text),
            true,
            text),
        new Merging(text, text, text, text, text, text),
        new Comparing(
            "Compare",
            "/moves",
            card,
            PatientCard.of(text, studyOf(""), 0),
            List.of(text),
            "/merge",
            List.of(new Comparing.Field("from", text)),
            text,
            "/merge"),
        new MovesPage(
            Slice.of(
                List.of(
                    new MovesPage.Row(NAME, true, "1.2", row, 2, text, text, text, true),
                    new MovesPage.Row(NAME, false, "", row, 1, text, text, text, false)),
                "/moves",
                "")),
        new MovesPage(Slice.of(List.of(), "/moves", "")),
        new Reasoned("Why", "/moves", List.of(text), "/moves/x/undo", text, text, text, text));
  }

  private static List<Page> quarantine(String text) {
    StudyRow row = StudyRow.of(studyOf(text), TODAY);
    StudyRow hidden = StudyRow.listed(DataSet.EMPTY, TODAY);
    List<Page> all = new ArrayList<>();
    for (Deciding.Choice choice : Deciding.Choice.values()) {
      for (boolean conflict : List.of(true, false)) {
        List<Deciding.Line> lines =
            List.of(
                new Deciding.Line("Patient", text, text, false),
                new Deciding.Line("Exam", text, "", true));
        String picture = conflict ? "/quarantine/x/picture" : "";
        Quarantine.Why why = conflict ? Quarantine.Why.CONFLICT : Quarantine.Why.EXPIRED;
        all.add(
            new Deciding(NAME, why, conflict, text, lines, picture, picture, choice, text, text));
      }
    }
    all.addAll(
        List.of(
            new QuarantinePage(
                Slice.of(
                    List.of(
                        new QuarantinePage.Row(
                            NAME, Quarantine.Why.CONFLICT, true, row, "1.2", text, text),
                        new QuarantinePage.Row(
                            NAME, Quarantine.Why.LATE, false, hidden, "1.2", text, text)),
                    "/quarantine",
                    ""),
                List.of(new QuarantinePage.Unconfirmed(row, "1.2", text, text)),
                true),
            new QuarantinePage(Slice.of(List.of(), "/quarantine", text), List.of(), false),
            new ConflictRule(SiteRules.Conflicts.QUARANTINE, text, text),
            new ConflictRule(SiteRules.Conflicts.REFUSE, "", ""),
            new Correcting(text, true, List.of(row), text),
            new Correcting(text, true, List.of(), ""),
            new Correcting("", false, List.of(), "")));
    return all;
  }

  private static List<Page> decisions(String text) {
    Named named = new Named(text, text, text);
    ErasuresPage.Row erasure =
        new ErasuresPage.Row(NAME, text, text, text, text, StatusPage.Level.WARN, text, text, true);
    ErasurePage.Fact fact = new ErasurePage.Fact(text, text);
    List<Page> all = new ArrayList<>();
    for (ErasurePage.Step step : ErasurePage.Step.values()) {
      all.add(
          new ErasurePage(
              NAME, StatusPage.Level.WARN, text, List.of(fact), step, true, named, text));
    }
    all.addAll(
        List.of(
            new Erasing(named, text, text, 7, text),
            new ErasuresPage(
                List.of(erasure), Slice.of(List.of(erasure), "/erasures", ""), true, text),
            new ErasuresPage(List.of(), Slice.of(List.of(), "/erasures", ""), false, ""),
            new CertificatePage(
                NAME,
                false,
                text,
                List.of(fact),
                List.of(new CertificatePage.Copy(text, text, text, text, false, text)),
                true),
            new CertificatePage(NAME, true, text, List.of(fact), List.of(), false),
            new EmergencyPage(
                List.of(new EmergencyPage.Open(text, text, List.of("2.25.1"))),
                text,
                text,
                text,
                text,
                text),
            new EmergencyPage(List.of(), "", "", "", "", ""),
            new EmergenciesPage(
                Slice.of(
                    List.of(
                        new EmergenciesPage.Row(NAME, text, text, text, text, text),
                        new EmergenciesPage.Row(NAME, text, text, text, text, "")),
                    "/emergencies",
                    "")),
            new EmergenciesPage(Slice.of(List.of(), "/emergencies", "")),
            new AuditPage(
                Map.of("id", text, "who", text, "from", text),
                List.of(new AuditPage.Choice("stored", "stored")),
                List.of(
                    new AuditPage.Row(
                        1, text, text, false, text, "mara", text, text, text, NAME, text, NAME,
                        text)),
                "1",
                text,
                text),
            new AuditPage(Map.of(), List.of(), List.of(), "", "", ""),
            InquiryPage.asking("Disclosures", "/audit/disclosures", true, Map.of("id", text))
                .answered(text, List.of(new InquiryPage.Row(text, text, text, text, text, text))),
            InquiryPage.asking("Deliveries", "/audit/deliveries", false, Map.of("who", text))
                .failed(text),
            new StatePage(
                text,
                text,
                text,
                text,
                List.of(new StatePage.Row(text, text, text)),
                List.of(new StatePage.Row(text, text, text)),
                List.of(),
                text),
            new ReviewsPage(List.of(new ReviewsPage.Row("2026-W48", text, text))),
            new ReviewPage(
                "2026-W48",
                text,
                text,
                List.of(new ReviewPage.Row(text, text, text, text, text, "/tasks")),
                2,
                true,
                text,
                text),
            new WitnessPage(
                List.of(
                    new WitnessPage.Week(
                        "2026-W48",
                        text,
                        text,
                        text,
                        List.of(new ReviewPage.Row(text, text, text, text, "", "")))),
                text),
            new ChartPage(
                List.of(new ChartPage.Day("24 Nov 2026", 0, 0), new ChartPage.Day(text, 7, 2)),
                List.of(new ChartPage.Outlier(text, text)),
                true),
            new GivenPage("2.25.1", List.of(text), List.of(text), text, text),
            new GivenPage("2.25.1", List.of(), List.of(), "", ""),
            new ReferrersPage(
                List.of(new ReferrersPage.Row(text, text, text)),
                List.of(text),
                text,
                text,
                text,
                text),
            new ReferrersPage(List.of(), List.of(), "", "", "", ""),
            new HoldsPage(
                Slice.of(
                    List.of(new HoldsPage.Row(NAME, text, text, text, text, true)), "/holds", ""),
                named,
                text,
                text),
            new RetentionPage(
                List.of(new RetentionPage.Line(text, text, text, text)),
                List.of(new RetentionPage.Version(text, text, text, List.of(text))),
                List.of(new RetentionPage.Example(text, text, text)),
                7,
                text,
                text),
            new RetentionPage(List.of(), List.of(), List.of(), 7, "", "")));
    return all;
  }

  private static List<Page> patients(String text) {
    List<SeriesRow> series = List.of(SeriesRow.of(seriesOf(text)));
    PatientPage.Look look =
        new PatientPage.Look(
            text, text, text, text, text, text, text, true, "/my/looks/1/question");
    PatientPage.Look plain = new PatientPage.Look("", text, text, text, "", "", "", false, "");
    PatientsPage.Row works =
        new PatientsPage.Row(NAME, text, text, text, text, text, true, text, true);
    PatientsPage.Row over =
        new PatientsPage.Row(NAME, text, text, text, text, text, false, "", false);
    return List.of(
        new PatientOpen(),
        new PatientEnter(true, true, false),
        new PatientEnter(false, false, true),
        new PatientPage(
            List.of(new PatientPage.Given(STUDY.value(), text, text, text, series)),
            List.of(look, plain),
            true,
            List.of(
                new PatientPage.Link(NAME, text, text, text, text, text, text, ""),
                new PatientPage.Link(NAME, text, text, text, text, text, "", text)),
            List.of(
                new PatientPage.Asked(text, text, text, ""),
                new PatientPage.Asked(text, text, "", text))),
        new PatientPage(List.of(), List.of(), false, List.of(), List.of()),
        new PatientLooks(Slice.of(List.of(look, plain), "/my/looks", ""), false),
        new PatientLooks(Slice.of(List.of(), "/my/looks/own", ""), true),
        new PatientAsk(
            "Question this access",
            List.of(text),
            "/my/looks/1/question",
            "Ask",
            "What?",
            1000,
            true,
            text,
            text),
        new PatientInvite(StudyRow.of(studyOf(text), TODAY), "/studies/1.2.3.4", text, text),
        new PatientInvite(StudyRow.of(studyOf(text), TODAY), "/studies/1.2.3.4", "", ""),
        new PatientInvited(text, text, text, "/studies/1.2.3.4"),
        new PatientsPage(Slice.of(List.of(works, over), "/patients", ""), text),
        new PatientsPage(Slice.of(List.of(), "/patients", ""), ""),
        new TasksPage(
            Slice.of(
                List.of(
                    new TasksPage.Row(1, text, text, text, text, ""),
                    new TasksPage.Row(2, text, text, text, text, text)),
                "/tasks",
                "")),
        new TasksPage(Slice.of(List.of(), "/tasks", "")));
  }

  private static List<Page> everyday(String text) {
    StudyRow row = StudyRow.of(studyOf(text), TODAY);
    return List.of(
        new Notice("Notice", "", List.of(text), List.of(new Notice.Link("/", "Worklist"))),
        new SignIn(text, text, true, List.of()),
        new SignIn(text, text, false, List.of(new SignIn.Provider("hospital", text))),
        new StepUpPage("/account", true, Optional.empty(), text),
        new StepUpPage("/account", false, Optional.of(new SignIn.Provider("hospital", text)), text),
        new Arriving("/studies"),
        new OwedPage(text, Optional.of(new OwedPage.Enrolling(QrCode.of("x"), text)), false, text),
        new OwedPage(text, Optional.empty(), true, ""),
        new RecoveryCodesPage(text, List.of(text)),
        ownAccount(text, true),
        ownAccount(text, false),
        new SetUpCode("4F:19:C2", text),
        new SetUpAccount(text, text, true, 12, true, text),
        confirm(text, text),
        new Trust(true, "4F:19:C2", "AA:BB"),
        new Trust(false, "4F:19:C2", "AA:BB"),
        worklist(List.of(row), filters(text), text),
        worklist(List.of(), Filters.NONE, ""),
        new Study(row, List.of(SeriesRow.of(seriesOf(text))), true, true, true, true, true),
        new Upload(),
        StatusPage.of(status(true), keys(text), ZoneOffset.UTC),
        StatusPage.of(status(false), keysOfNobody(), ZoneOffset.UTC),
        KeyPage.of(keys(text), ZoneOffset.UTC),
        KeyPage.of(keysOfNobody(), ZoneOffset.UTC),
        CopiesPage.of(status(true).copies(), copies(text), "", ZoneOffset.UTC),
        CopiesPage.of(
            status(false).copies(),
            new Safekeeping.Copies(List.of(), List.of()),
            "7",
            ZoneOffset.UTC),
        new PeoplePage(
            List.of(new PeoplePage.Row(text, text, true, text, text)),
            List.of(new PeoplePage.Invited(text, text, text, text))),
        new PeoplePage(List.of(), List.of()),
        new InviteOpen(text),
        new NewPassword(text, "/invite/password", true, true, 12, text),
        new NewPassword(text, "/invite/password", true, false, 12, text),
        new NewPassword(text, "/account/password", false, false, 12, ""),
        NewFactor.of(
            new People.Enrolment(
                text,
                "otpauth://totp/Site:admin?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Site",
                List.of("7F3K-21QM")),
            "/invite/confirm",
            "/invite/choose",
            text),
        new InviteForm(text, Set.of("radiologist"), text),
        new InvitedPage(text, text, text),
        new ActsPage(
            "What somebody may do",
            "/people",
            text,
            text,
            List.of(
                new ActsPage.Section(
                    text,
                    text,
                    List.of(
                        new ActsPage.Item(
                            text,
                            StatusPage.Level.BAD,
                            text,
                            List.of(text),
                            List.of(
                                new ActsPage.Button(
                                    "/duty", text, true, Map.of("post", text), text))))),
                new ActsPage.Section(text, text, List.of()))),
        new DevicesPage(
            List.of(
                new DevicesPage.Row(
                    text,
                    "CT1",
                    text,
                    text,
                    List.of(new DevicesPage.Note(StatusPage.Level.BAD, text)),
                    true,
                    true),
                new DevicesPage.Row(text, "CT2", "", text, List.of(), false, false)),
            List.of(
                new DevicesPage.Lane(
                    text,
                    "US3",
                    text,
                    text,
                    text,
                    text,
                    List.of(new DevicesPage.Note(StatusPage.Level.WARN, text)),
                    true,
                    true)),
            List.of(new DevicesPage.Invited(text, text))),
        new DevicesPage(List.of(), List.of(), List.of()),
        new DoctorPage("", text, List.of()),
        new DoctorPage(
            text,
            text,
            List.of(
                new DoctorPage.Row(
                    text, text, "CT1", text, false, text, text, List.of(text), text, text))),
        new DoctorPage(
            "",
            text,
            List.of(
                new DoctorPage.Row(
                    "", text, "127.0.0.1", "", false, text, text, List.of(), text, text))),
        new LaneForm(false, text, new LaneTerms.Typed(text, text, text, text, true), text),
        new LaneForm(true, text, new LaneTerms.Typed("", "", "", "", false), ""),
        new DeviceForm(
            false, text, new DeviceTerms.Typed(text, text, text, text, text, text), text, text),
        new DeviceForm(true, text, new DeviceTerms.Typed("", "", "", "", "", ""), text, ""));
  }
}
