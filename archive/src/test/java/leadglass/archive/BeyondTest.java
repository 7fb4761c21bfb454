package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Element;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What referrers, and others in an emergency, find and open beyond their role, in a real archive.
class BeyondTest {
  private static final Origin HERE = new Origin(Origin.Door.DICOMWEB, "127.0.0.1");
  private static final Caller CONSOLE =
      new Caller.Console("root", new Origin(Origin.Door.CONSOLE, "console"));
  private static final String PASSWORD = "quiet amber lanterns";
  private static final Caller REFERRER = person("rolf", Role.REFERRER);
  private static final Caller OTHER = person("rosa", Role.REFERRER);
  private static final Caller ADMINISTRATOR = person("mara", Role.ADMINISTRATOR);
  private static final Uid FIRST = new Uid("2.25.101");
  private static final Uid SECOND = new Uid("2.25.102");

  @TempDir private Path folder;
  private OpenArchive open;

  private static Caller person(String name, Role role) {
    return new Caller.Person(name, role, Set.of(role), HERE);
  }

  @BeforeEach
  void open() throws IOException {
    open = OpenArchive.in(folder);
    open.archive
        .setUp()
        .unattended(
            CONSOLE,
            "House",
            List.of(
                new SetUp.Person("mara", PASSWORD.toCharArray(), Role.ADMINISTRATOR),
                new SetUp.Person("rita", PASSWORD.toCharArray(), Role.RADIOLOGIST),
                new SetUp.Person("rolf", PASSWORD.toCharArray(), Role.REFERRER),
                new SetUp.Person("rosa", PASSWORD.toCharArray(), Role.REFERRER)));
  }

  @AfterEach
  void close() throws IOException {
    open.close();
  }

  /// A study of long ago.
  private void store(Uid study, String instance, DataSet... referring) throws IOException {
    DataSet.Builder made =
        DataSet.builder()
            .utf8()
            .uid(Tag.SOP_CLASS_UID, Samples.CT)
            .uid(Tag.SOP_INSTANCE_UID, new Uid(instance))
            .text(Tag.STUDY_DATE, Vr.DA, "20200101")
            .text(Tag.MODALITY, Vr.CS, "CT")
            .text(Tag.REFERRING_PHYSICIAN_NAME, Vr.PN, "rolf")
            .add(
                new Element.Sequence(
                    Tag.REFERRING_PHYSICIAN_IDENTIFICATION_SEQUENCE, List.of(referring)))
            .text(Tag.PATIENT_NAME, Vr.PN, "Fiction^Zoë")
            .text(Tag.PATIENT_ID, Vr.LO, "ID-" + study.value())
            .text(Tag.PATIENT_BIRTH_DATE, Vr.DA, "19700101")
            .uid(Tag.STUDY_INSTANCE_UID, study)
            .uid(Tag.SERIES_INSTANCE_UID, new Uid(study.value() + ".1"));
    byte[] file = Samples.file(Samples.pixels(made, 1, 0).build());
    StoreOutcome outcome =
        open.archive
            .ingest()
            .storeFile(OpenArchive.reader(), Optional.empty(), new ByteArrayInputStream(file));
    assertThat(outcome).isInstanceOf(StoreOutcome.Stored.class);
  }

  private static DataSet identified(String scheme, String code) {
    DataSet coded =
        DataSet.builder()
            .text(Tag.CODE_VALUE, Vr.SH, code)
            .text(Tag.CODING_SCHEME_DESIGNATOR, Vr.SH, scheme)
            .build();
    return DataSet.builder()
        .add(new Element.Sequence(Tag.PERSON_IDENTIFICATION_CODE_SEQUENCE, List.of(coded)))
        .build();
  }

  private List<String> listed(Caller caller, Optional<Uid> study) throws IOException {
    Question question =
        new Question(
            Question.Level.STUDY,
            study,
            Optional.empty(),
            List.of(),
            Set.of(),
            false,
            0,
            100,
            Optional.empty());
    return switch (open.archive.query().search(caller, question)) {
      case Query.Answer.Rows rows ->
          rows.rows().stream()
              .map(row -> row.string(Tag.STUDY_INSTANCE_UID).orElse(""))
              .sorted()
              .toList();
      case Query.Answer.Refused refused -> throw new AssertionError(refused);
      case Query.Answer.Braked braked -> throw new AssertionError(braked);
    };
  }

  private boolean opens(Caller caller, Uid study, Look look) throws IOException {
    return !OpenArchive.given(
            open.archive.retrieve().open(caller, look, study, Optional.empty(), Optional.empty()))
        .isEmpty();
  }

  @Test
  void aReferrerReachesWhatTheyWereGivenAndNothingElse() throws IOException {
    store(FIRST, "2.25.1");
    store(SECOND, "2.25.2");
    assertThat(listed(REFERRER, Optional.empty())).as("named by name only").isEmpty();

    assertThat(open.archive.referrals().give(OpenArchive.reader(), FIRST, "rolf"))
        .isInstanceOf(Ruling.Done.class);

    assertThat(listed(REFERRER, Optional.empty())).containsExactly(FIRST.value());
    assertThat(listed(REFERRER, Optional.of(SECOND))).isEmpty();
    assertThat(opens(REFERRER, FIRST, Look.IMAGES)).isTrue();
    assertThat(opens(REFERRER, SECOND, Look.IMAGES)).isFalse();
    assertThat(opens(OTHER, FIRST, Look.PREVIEW)).isFalse();
    assertThat(listed(OTHER, Optional.of(FIRST))).isEmpty();

    assertThat(open.archive.referrals().take(OpenArchive.reader(), FIRST, "Rolf"))
        .isInstanceOf(Ruling.Done.class);
    assertThat(listed(REFERRER, Optional.empty())).isEmpty();
    assertThat(opens(REFERRER, FIRST, Look.IMAGES)).isFalse();
  }

  @Test
  void aConfirmedIdentifierGivesWhatComesWithItAndAnUnconfirmedOneNothing() throws IOException {
    store(FIRST, "2.25.1", identified("NPI", "1234567893"));
    Referrals referrals = open.archive.referrals();
    Referrals.Identifier identifier = new Referrals.Identifier("rolf", "NPI", "1234567893");

    assertThat(referrals.confirm(OpenArchive.reader(), identifier))
        .isInstanceOf(Ruling.NotThere.class);
    assertThat(referrals.confirm(ADMINISTRATOR, identifier)).isInstanceOf(Ruling.Done.class);
    assertThat(
            referrals.confirm(ADMINISTRATOR, new Referrals.Identifier("rosa", "NPI", "1234567893")))
        .isInstanceOf(Ruling.Refused.class);
    assertThat(listed(REFERRER, Optional.empty())).as("came before").isEmpty();

    store(SECOND, "2.25.2", identified("NPI", "1234567893"), identified("NPI", "999"));
    store(new Uid("2.25.103"), "2.25.3", identified("OTHER", "1234567893"));
    assertThat(listed(REFERRER, Optional.empty())).containsExactly(SECOND.value());
    assertThat(listed(OTHER, Optional.empty())).isEmpty();

    assertThat(referrals.unconfirm(ADMINISTRATOR, identifier)).isInstanceOf(Ruling.Done.class);
    store(new Uid("2.25.104"), "2.25.4", identified("NPI", "1234567893"));
    assertThat(listed(REFERRER, Optional.empty())).containsExactly(SECOND.value());
  }

  @Test
  void whatWasGivenIsThereAfterARestart() throws IOException {
    store(FIRST, "2.25.1");
    open.archive.referrals().give(OpenArchive.reader(), FIRST, "rolf");
    open.close();
    open = OpenArchive.in(folder);
    assertThat(listed(REFERRER, Optional.empty())).containsExactly(FIRST.value());
  }

  @Test
  void onlyWhoFindsAStudyGivesItAndOnlyToAReferrer() throws IOException {
    store(FIRST, "2.25.1");
    Referrals referrals = open.archive.referrals();
    assertThat(referrals.give(person("fred", Role.FRONT_DESK), FIRST, "rolf"))
        .as("not of today")
        .isInstanceOf(Ruling.NotThere.class);
    assertThat(referrals.give(ADMINISTRATOR, FIRST, "rolf")).isInstanceOf(Ruling.NotThere.class);
    assertThat(referrals.give(OpenArchive.reader(), FIRST, "mara"))
        .isInstanceOf(Ruling.Refused.class);
    assertThat(referrals.give(OpenArchive.reader(), SECOND, "rolf"))
        .isInstanceOf(Ruling.NotThere.class);
  }

  @Test
  void anEmergencyOpensOnePatientBeyondTheDayList() throws IOException {
    store(FIRST, "2.25.1");
    store(SECOND, "2.25.2");
    Caller technologist = person("theo", Role.TECHNOLOGIST);
    assertThat(opens(technologist, FIRST, Look.IMAGES)).isFalse();
    assertThat(listed(technologist, Optional.of(FIRST))).isEmpty();

    assertThat(
            open.archive
                .emergencies()
                .open(technologist, "", "ID-" + FIRST.value(), "19700101", "bleeding"))
        .isInstanceOf(Ruling.Done.class);

    assertThat(opens(technologist, FIRST, Look.IMAGES)).isTrue();
    assertThat(listed(technologist, Optional.of(FIRST))).containsExactly(FIRST.value());
    assertThat(opens(technologist, SECOND, Look.IMAGES)).isFalse();
    assertThat(listed(technologist, Optional.of(SECOND))).isEmpty();
    assertThat(listed(technologist, Optional.empty())).as("today's list stays so").isEmpty();
    assertThat(open.trail()).anyMatch(entry -> entry.contains("EMERGENCY"));
  }

  @Test
  void aTokenForAPatientReachesNobodyElseAndWritesNothing() throws IOException {
    store(FIRST, "2.25.1");
    store(SECOND, "2.25.2");
    List<About.Patient> patients = List.of(new About.Patient("", "ID-" + FIRST.value()));
    Set<Caller.Scope> read = Set.of(Caller.Scope.READ);
    Set<Caller.Scope> both = Set.of(Caller.Scope.READ, Caller.Scope.WRITE);
    assertThat(open.archive.tokenFor(CONSOLE, "rita", both, patients, Duration.ofHours(1)))
        .isInstanceOf(Tokens.Made.Refused.class);
    Tokens.Made.Token token =
        (Tokens.Made.Token)
            open.archive.tokenFor(CONSOLE, "rita", read, patients, Duration.ofHours(1));
    Caller program = open.archive.tokens().verify(HERE, token.secret()).orElseThrow();

    assertThat(listed(program, Optional.empty())).containsExactly(FIRST.value());
    assertThat(listed(program, Optional.of(SECOND))).isEmpty();
    assertThat(opens(program, FIRST, Look.FILES)).isTrue();
    assertThat(opens(program, SECOND, Look.PREVIEW)).isFalse();
    assertThat(open.archive.gate().permits(program, Verb.STORE)).isFalse();
    assertThat(open.archive.tokens().list(CONSOLE))
        .singleElement()
        .satisfies(each -> assertThat(each.patients()).isEqualTo(1));
  }

  @Test
  void aTokenForAPatientReachesNoFurtherThanItsOwner() throws IOException {
    store(FIRST, "2.25.1");
    List<About.Patient> patients = List.of(new About.Patient("", "ID-" + FIRST.value()));
    for (String owner : List.of("rolf", "mara")) {
      Tokens.Made.Token token =
          (Tokens.Made.Token)
              open.archive.tokenFor(
                  CONSOLE, owner, Set.of(Caller.Scope.READ), patients, Duration.ofHours(1));
      Caller program = open.archive.tokens().verify(HERE, token.secret()).orElseThrow();
      assertThat(listed(program, Optional.empty())).as(owner).isEmpty();
      assertThat(opens(program, FIRST, Look.IMAGES)).as(owner).isFalse();
    }
  }

  @Test
  void manyIdentifiersDontHideWhoseTheImageIs() throws IOException {
    DataSet[] many = new DataSet[200];
    Arrays.fill(many, identified("N".repeat(400), "1".repeat(400)));
    store(FIRST, "2.25.1", many);
    List<About.Patient> patients = List.of(new About.Patient("", "ID-" + FIRST.value()));
    Tokens.Made.Token token =
        (Tokens.Made.Token)
            open.archive.tokenFor(
                CONSOLE, "rita", Set.of(Caller.Scope.READ), patients, Duration.ofHours(1));
    Caller program = open.archive.tokens().verify(HERE, token.secret()).orElseThrow();
    assertThat(listed(program, Optional.empty())).containsExactly(FIRST.value());
  }
}
