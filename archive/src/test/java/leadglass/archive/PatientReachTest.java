package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import leadglass.archive.Question.Level;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a patient reaches in a real store beside another patient's study, and what they are told of
/// what was done with it.
@SuppressWarnings("NullAway.Init")
class PatientReachTest {
  private static final Uid OWN = new Uid("2.25.1");
  private static final Uid OTHER_OF_THEIRS = new Uid("2.25.2");
  private static final Uid OF_ANOTHER = new Uid("2.25.3");
  private static final Origin PAGE = new Origin(Origin.Door.PAGE, "127.0.0.1");
  private static final Caller RITA = person("rita", Role.RADIOLOGIST);
  private static final Caller TECHNOLOGIST = person("theo", Role.TECHNOLOGIST);
  private static final Caller AUDITOR = person("aud", Role.AUDITOR);

  @TempDir private Path folder;
  private final Turned clock = new Turned();
  private OpenArchive open;
  private Caller.Patient patient;

  private static final class Turned extends Clock {
    private Instant now = Instant.parse("2026-03-02T09:00:00Z");

    void turn(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private static Caller person(String name, Role hat) {
    return new Caller.Person(name, hat, Set.of(hat), PAGE);
  }

  @BeforeEach
  void open() throws IOException {
    open = OpenArchive.in(folder, clock);
    store(OWN, "ID-1");
    store(OTHER_OF_THEIRS, "ID-1");
    store(OF_ANOTHER, "ID-2");
    patient = enter("ID-1");
  }

  @AfterEach
  void close() throws IOException {
    open.close();
  }

  /// Whoever shares needs an account.
  private void setUp() throws IOException {
    SetUp.Person rita = new SetUp.Person("rita", Premises.password(), Role.RADIOLOGIST);
    SetUp.Person ada = new SetUp.Person("ada", Premises.password(), Role.ADMINISTRATOR);
    assertThat(
            open.archive
                .setUp()
                .unattended(Ward.CONSOLE, "Northlight", List.of(ada, rita))
                .enrolments())
        .hasSize(2);
  }

  private Caller.Patient enter(String id) throws IOException {
    PatientDoor door = open.archive.patientDoor();
    Patients.Made.Link link =
        (Patients.Made.Link)
            open.archive.patients().invite(Ward.CONSOLE, new About.Patient("", id));
    String ticket =
        ((PatientDoor.Opening.Ticket) door.open(PAGE, link.fragment(), link.code())).ticket();
    Passkeys.Question question = door.enrolling(ticket, PatientWard.HOST).orElseThrow();
    SoftAuthenticator phone = new SoftAuthenticator(SoftAuthenticator.Kind.ES256);
    PatientDoor.Entry entry =
        door.enrol(PAGE, ticket, PatientWard.HOST, question.ticket(), phone.make(question));
    return door.session(PAGE, ((PatientDoor.Entry.In) entry).session()).orElseThrow();
  }

  private void store(Uid study, String id) throws IOException {
    DataSet.Builder made =
        DataSet.builder()
            .utf8()
            .uid(Tag.SOP_CLASS_UID, Samples.CT)
            .uid(Tag.SOP_INSTANCE_UID, instance(study))
            .text(Tag.STUDY_DATE, Vr.DA, "20260301")
            .text(Tag.MODALITY, Vr.CS, "CT")
            .text(Tag.PATIENT_NAME, Vr.PN, "Sample^Bea")
            .text(Tag.PATIENT_ID, Vr.LO, id)
            .text(Tag.PATIENT_BIRTH_DATE, Vr.DA, "19700101")
            .uid(Tag.STUDY_INSTANCE_UID, study)
            .uid(Tag.SERIES_INSTANCE_UID, series(study));
    assertThat(open.store(Samples.pixels(made, 1, 0).build()))
        .isInstanceOf(StoreOutcome.Stored.class);
  }

  private static Uid series(Uid study) {
    return new Uid(study.value() + ".1");
  }

  private static Uid instance(Uid study) {
    return new Uid(study.value() + ".1.1");
  }

  private List<String> found(Caller caller, Level level, Optional<Uid> study, Question.Key... keys)
      throws IOException {
    Question question =
        new Question(
            level,
            study,
            Optional.empty(),
            List.of(keys),
            Set.of(),
            true,
            0,
            100,
            Optional.empty());
    List<String> studies = new ArrayList<>();
    if (open.archive.query().search(caller, question) instanceof Query.Answer.Rows rows) {
      for (DataSet row : rows.rows()) {
        studies.add(row.uid(Tag.STUDY_INSTANCE_UID).orElseThrow().value());
      }
    }
    return studies;
  }

  private int opened(Caller caller, Look look, Uid study, Optional<Uid> series, Optional<Uid> one)
      throws IOException {
    return OpenArchive.given(open.archive.retrieve().open(caller, look, study, series, one)).size();
  }

  private int opened(Caller caller, Look look, Uid study) throws IOException {
    return opened(caller, look, study, Optional.empty(), Optional.empty());
  }

  @Test
  void aPatientFindsOpensAndSavesTheirOwnStudiesAndNoOthers() throws IOException {
    for (Level level : EnumSet.range(Level.STUDY, Level.INSTANCE)) {
      assertThat(found(patient, level, Optional.empty()))
          .containsExactlyInAnyOrder(OWN.value(), OTHER_OF_THEIRS.value());
      assertThat(found(patient, level, Optional.of(OWN))).containsExactly(OWN.value());
      assertThat(found(patient, level, Optional.of(OF_ANOTHER))).isEmpty();
    }
    Question.Key named = new Question.Key(Tag.STUDY_INSTANCE_UID, OF_ANOTHER.value());
    assertThat(found(patient, Level.STUDY, Optional.empty(), named)).isEmpty();
    Question.Key id = new Question.Key(Tag.PATIENT_ID, "ID-2");
    assertThat(found(patient, Level.STUDY, Optional.empty(), id)).isEmpty();
    for (Look look : Look.values()) {
      assertThat(opened(patient, look, OWN)).as(look.toString()).isEqualTo(1);
      assertThat(opened(patient, look, OF_ANOTHER)).as(look.toString()).isZero();
    }
  }

  @Test
  void aListOfPatientsNamesNobodyElseAndCountsNoOtherStudies() throws IOException {
    Question question =
        new Question(
            Level.PATIENT,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Set.of(),
            true,
            0,
            100,
            Optional.empty());
    var rows = (Query.Answer.Rows) open.archive.query().search(patient, question);
    assertThat(
            rows.rows().stream()
                .mapToInt(row -> row.integer(Tag.NUMBER_OF_PATIENT_RELATED_STUDIES).orElseThrow())
                .sum())
        .isEqualTo(2);
    assertThat(rows.rows())
        .noneMatch(row -> row.string(Tag.PATIENT_ID).equals(Optional.of("ID-2")));
  }

  @Test
  void guessedIdentifiersOfAnotherPatientOpenNothingWhateverTheyAreMixedWith() throws IOException {
    Optional<Uid> theirs = Optional.of(series(OF_ANOTHER));
    Optional<Uid> instance = Optional.of(instance(OF_ANOTHER));
    for (Look look : Look.values()) {
      assertThat(opened(patient, look, OF_ANOTHER, theirs, Optional.empty())).isZero();
      assertThat(opened(patient, look, OF_ANOTHER, theirs, instance)).isZero();
      assertThat(opened(patient, look, OWN, theirs, instance)).isZero();
      assertThat(opened(patient, look, OWN, Optional.of(series(OWN)), instance)).isZero();
      assertThat(opened(patient, look, OWN, Optional.empty(), instance)).isZero();
      assertThat(opened(patient, look, new Uid("2.25.99"))).isZero();
    }
    Caller stolen = new Caller.Patient(patient.id(), Set.of(), PAGE);
    assertThat(opened(stolen, Look.IMAGES, OWN)).isZero();
  }

  @Test
  void whatIsDeletedIsNotShownAndWhatIsMovedFollowsTheRightPatient() throws IOException {
    Caller.Patient other = enter("ID-2");
    Deletions deletions = open.archive.deletions();
    assertThat(deletions.delete(TECHNOLOGIST, OTHER_OF_THEIRS, "twice"))
        .isInstanceOf(Ruling.Done.class);
    assertThat(opened(patient, Look.IMAGES, OTHER_OF_THEIRS)).isZero();
    assertThat(found(patient, Level.STUDY, Optional.empty())).containsExactly(OWN.value());
    assertThat(
            open.archive
                .moves()
                .move(TECHNOLOGIST, OWN, new Moves.Target.Known("", "ID-2"), "wrong patient"))
        .isInstanceOf(Ruling.Done.class);
    assertThat(opened(patient, Look.IMAGES, OWN)).isZero();
    assertThat(found(patient, Level.STUDY, Optional.empty())).isEmpty();
    assertThat(opened(other, Look.IMAGES, OWN)).isEqualTo(1);
    assertThat(found(other, Level.STUDY, Optional.empty()))
        .containsExactlyInAnyOrder(OWN.value(), OF_ANOTHER.value());
    assertThat(open.archive.patientAccesses().of(patient).stream())
        .as("what was theirs by mistake is the other's to know")
        .noneMatch(access -> access.study().isPresent());
  }

  private List<String> told() throws IOException {
    return open.archive.patientAccesses().of(patient).stream()
        .map(each ->
            String.join(
                " | ",
                each.who(),
                each.did(),
                each.study().map(Uid::value).orElse("-"),
                Long.toString(each.images()),
                each.why(),
                each.emergency() ? "emergency" : ""))
        .toList();
  }

  @Test
  void whoLookedIsToldInWordsOncePerVisit() throws IOException {
    setUp();
    Caller device = new Caller.Device("CT1", new Origin(Origin.Door.DIMSE, "127.0.0.1"));
    assertThat(opened(device, Look.IMAGES, OWN)).as("a device gets nothing").isZero();
    assertThat(found(RITA, Level.STUDY, Optional.of(OWN))).hasSize(1);
    assertThat(opened(RITA, Look.DESCRIPTION, OWN)).isEqualTo(1);
    assertThat(opened(RITA, Look.IMAGES, OWN)).isEqualTo(1);
    clock.turn(Duration.ofMinutes(1));
    assertThat(opened(RITA, Look.IMAGES, OWN)).isEqualTo(1);
    assertThat(opened(RITA, Look.IMAGES, OF_ANOTHER)).isEqualTo(1);
    clock.turn(Duration.ofHours(1));
    assertThat(opened(TECHNOLOGIST, Look.IMAGES, OWN)).as("not of today").isZero();
    assertThat(found(TECHNOLOGIST, Level.STUDY, Optional.of(OWN))).as("shown nothing").isEmpty();
    ShareLinks.Wanted wanted =
        new ShareLinks.Wanted(
            List.of(OWN), "Dr Lindqvist", "second opinion", ShareLinks.USUAL, false);
    ShareLinks.Made.Link link = (ShareLinks.Made.Link) open.archive.shareLinks().make(RITA, wanted);
    ShareDoor.Opening.Opened entered =
        (ShareDoor.Opening.Opened)
            open.archive.shareDoor().open(PAGE, link.fragment(), Optional.empty(), link.passcode());
    Caller guest =
        open.archive.shareDoor().session(PAGE, link.id(), entered.session()).orElseThrow();
    assertThat(opened(guest, Look.PREVIEW, OWN)).isEqualTo(1);
    assertThat(open.archive.emergencies().open(TECHNOLOGIST, "", "ID-1", "19700101", "night duty"))
        .isInstanceOf(Ruling.Done.class);
    assertThat(opened(TECHNOLOGIST, Look.IMAGES, OWN)).isEqualTo(1);
    assertThat(opened(patient, Look.IMAGES, OWN)).isEqualTo(1);
    assertThat(open.archive.patientAccesses().of(RITA)).isEmpty();
    open.close();
    open = OpenArchive.in(folder, clock); // closing ends visits, which gives them their numbers
    assertThat(told().stream().filter(line -> !line.startsWith("You ")))
        .containsExactlyInAnyOrder(
            "theo, who takes images here | looked at the images | 2.25.1 | 1 | in an emergency |"
                + " emergency",
            "theo, who takes images here | opened your images in an emergency | - | 0 | the"
                + " clinic is looking at it; the reason stands here in a few days | emergency",
            "Dr Lindqvist | saw small previews of the images | 2.25.1 | 1 | second opinion | ",
            "Dr Lindqvist | opened the link they were given | 2.25.1 | 0 | second opinion | ",
            "rita, a doctor who reads images here | gave Dr Lindqvist a link to your images |"
                + " 2.25.1 | 0 | second opinion | ",
            "rita, a doctor who reads images here | looked at the images | 2.25.1 | 2 | as part of"
                + " their work here | ");
    List<PatientAccess> own =
        open.archive.patientAccesses().of(patient).stream().filter(PatientAccess::own).toList();
    assertThat(own).hasSize(1);
    assertThat(own.getFirst().did()).isEqualTo("looked at the images");
  }

  @Test
  void theReasonOfAnEmergencyIsToldOnceItWasLookedAtOrAfterAWeek() throws IOException {
    Emergencies emergencies = open.archive.emergencies();
    assertThat(emergencies.open(TECHNOLOGIST, "", "ID-1", "19700101", "night duty"))
        .isInstanceOf(Ruling.Done.class);
    assertThat(told().getFirst()).doesNotContain("night duty");
    String name = emergencies.list(AUDITOR).getFirst().name();
    assertThat(emergencies.review(AUDITOR, name, "right")).isInstanceOf(Ruling.Done.class);
    assertThat(told().getFirst()).contains("night duty");
    clock.turn(Duration.ofDays(1));
    assertThat(emergencies.open(TECHNOLOGIST, "", "ID-1", "19700101", "on call"))
        .isInstanceOf(Ruling.Done.class);
    assertThat(told().getFirst()).doesNotContain("on call");
    clock.turn(PatientAccesses.REASON_AFTER);
    assertThat(told().getFirst()).contains("on call");
  }

  @Test
  void anAccessIsQuestionedOnceAndAnsweredBySomebodyElse() throws IOException {
    assertThat(opened(RITA, Look.IMAGES, OWN)).isEqualTo(1);
    assertThat(opened(RITA, Look.IMAGES, OF_ANOTHER)).isEqualTo(1);
    PatientTasks tasks = open.archive.patientTasks();
    PatientAccess access = open.archive.patientAccesses().of(patient).getFirst();
    assertThat(tasks.question(patient, access.number(), " ")).isInstanceOf(Ruling.Refused.class);
    assertThat(tasks.question(patient, access.number(), "x".repeat(1_001)))
        .isInstanceOf(Ruling.Refused.class);
    assertThat(tasks.question(patient, access.number() + 1, "who?"))
        .as("somebody else's")
        .isEqualTo(new Ruling.NotThere());
    assertThat(tasks.question(patient, access.number(), "Who is that?"))
        .isEqualTo(new Ruling.Done("1"));
    assertThat(tasks.question(patient, access.number(), "Who is that?"))
        .isInstanceOf(Ruling.Refused.class);
    assertThat(tasks.question(RITA, access.number(), "Who?")).isEqualTo(new Ruling.NotThere());
    assertThat(tasks.toAnswer(AUDITOR)).isEqualTo(1);
    assertThat(tasks.toAnswer(RITA)).isZero();
    assertThat(tasks.list(RITA)).isEmpty();
    assertThat(tasks.own(enter("ID-2"))).isEmpty();
    PatientTasks.Task task = tasks.list(AUDITOR).getFirst();
    assertThat(task.patientId()).isEqualTo("ID-1");
    assertThat(task.about()).isEqualTo("rita, a doctor who reads images here looked at the images");
    assertThat(task.words()).isEqualTo("Who is that?");
    assertThat(tasks.answer(person("rita", Role.AUDITOR), 1, "It was me"))
        .as("about themselves")
        .isInstanceOf(Ruling.Refused.class);
    assertThat(tasks.answer(RITA, 1, "It was me")).isEqualTo(new Ruling.NotThere());
    assertThat(tasks.answer(AUDITOR, 1, "Tell Bea that all is well"))
        .as("names the patient")
        .isInstanceOf(Ruling.Refused.class);
    assertThat(tasks.answer(AUDITOR, 1, "She reads all CTs here.")).isEqualTo(new Ruling.Done("1"));
    assertThat(tasks.answer(AUDITOR, 1, "again")).isEqualTo(new Ruling.NotThere());
    assertThat(tasks.own(patient).getFirst().answer().orElseThrow().words())
        .isEqualTo("She reads all CTs here.");
    assertThat(tasks.toAnswer(AUDITOR)).isZero();
    assertThat(open.trail())
        .anyMatch(line -> line.contains("ASKED") && line.contains("task 1: a patient asks"))
        .anyMatch(line -> line.contains("ASKED") && line.contains("task 1 answered"));
  }

  @Test
  void aLinkThatWorksIsSeenByItsPatientAloneWhoAsksForItsEnd() throws IOException {
    setUp();
    ShareLinks.Wanted wanted =
        new ShareLinks.Wanted(
            List.of(OWN), "Dr Lindqvist", "second opinion", ShareLinks.USUAL, false);
    String link = ((ShareLinks.Made.Link) open.archive.shareLinks().make(RITA, wanted)).id();
    assertThat(open.archive.shareLinks().own(patient).getFirst().recipient())
        .isEqualTo("Dr Lindqvist");
    Caller.Patient other = enter("ID-2");
    assertThat(open.archive.shareLinks().own(other)).isEmpty();
    assertThat(open.archive.shareLinks().own(RITA)).isEmpty();
    PatientTasks tasks = open.archive.patientTasks();
    assertThat(tasks.askToEnd(other, link, "")).isEqualTo(new Ruling.NotThere());
    assertThat(tasks.askToEnd(RITA, link, "")).isEqualTo(new Ruling.NotThere());
    assertThat(tasks.askedToEnd(RITA, link)).isEmpty();
    assertThat(tasks.askToEnd(patient, link, "")).isEqualTo(new Ruling.Done("1"));
    assertThat(tasks.askToEnd(patient, link, "")).isInstanceOf(Ruling.Refused.class);
    assertThat(tasks.askedToEnd(RITA, link)).contains(clock.millis());
    assertThat(tasks.askedToEnd(TECHNOLOGIST, link)).isEmpty();
    assertThat(open.archive.shareLinks().revoke(patient, link)).isEqualTo(new Ruling.NotThere());
    assertThat(open.archive.shareLinks().revoke(RITA, link)).isEqualTo(new Ruling.Done(link));
    assertThat(open.archive.shareLinks().own(patient)).isEmpty();
    assertThat(tasks.askToEnd(patient, link, "")).isEqualTo(new Ruling.NotThere());
  }
}
