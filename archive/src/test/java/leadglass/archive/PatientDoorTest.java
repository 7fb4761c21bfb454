package leadglass.archive;

import static leadglass.archive.PatientWard.BROWSER;
import static leadglass.archive.PatientWard.HOST;
import static leadglass.archive.PatientWard.ZOE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import leadglass.archive.PatientDoor.Entry;
import leadglass.archive.PatientDoor.Opening;
import leadglass.archive.Patients.Made;
import leadglass.archive.Patients.State;
import leadglass.archive.SoftAuthenticator.Kind;
import leadglass.dicom.data.Uid;
import org.junit.jupiter.api.Test;

/// How a patient comes in, and who does not.
class PatientDoorTest {
  private static final String WRONG = "0000-0000";
  private static final Origin HOME = new Origin(Origin.Door.PAGE, "198.51.100.9");
  private final PatientWard ward = new PatientWard();
  private final SoftAuthenticator phone = new SoftAuthenticator(Kind.ES256);

  PatientDoorTest() throws IOException {}

  @Test
  void linkAndCodeLeadToAPasskeyAndFromThenOnThatAloneComesIn() throws IOException {
    Made.Link link = ward.link();
    assertThat(ward.state()).isEqualTo(State.INVITED);
    String typed = " " + link.code().toLowerCase(java.util.Locale.ROOT).replace('-', ' ');
    String ticket = ((Opening.Ticket) ward.tryFresh(link, typed)).ticket();
    String cookie = ((Entry.In) ward.enrol(ticket, phone)).session();
    Caller.Patient patient = ward.session(cookie).orElseThrow();
    assertThat(patient.id()).isEqualTo(link.id());
    assertThat(patient.patients()).hasSize(1);
    assertThat(ward.state()).isEqualTo(State.OPEN);
    assertThat(phone.handle).hasSize(32);
    ward.reopen();
    assertThat(ward.session(cookie)).as("a restart ends sessions").isEmpty();
    Entry.In again = (Entry.In) ward.signIn(phone);
    assertThat(ward.session(again.session())).contains(patient);
    assertThat(ward.ward.written)
        .anyMatch(entry -> entry.contains("SECURITY console root: patient invited"))
        .anyMatch(entry -> entry.contains("SECURITY patient " + link.id()))
        .anyMatch(entry -> entry.contains("patient signed in with a passkey"));
    assertThat(link.toString() + again + patient + ward.ways.book().find(link.id()).orElseThrow())
        .doesNotContain(link.code())
        .doesNotContain(link.fragment().substring(33));
  }

  @Test
  void anInvitationIsGoodOnceAndForFourteenDays() throws IOException {
    Made.Link link = ward.link();
    String first = ward.ticket(link);
    String second = ward.ticket(link);
    assertThat(ward.ways.door().enrolling(first, HOST)).as("one at a time").isEmpty();
    assertThat(ward.enrol(second, phone)).isInstanceOf(Entry.In.class);
    assertThat(ward.tryFresh(link, link.code())).isEqualTo(new Opening.Refused());
    assertThat(ward.ways.door().enrolling(second, HOST)).isEmpty();
    Made.Link late = ward.link();
    ward.turn(Patients.TTL);
    assertThat(ward.state()).isEqualTo(State.ENDED);
    assertThat(ward.tryFresh(late, late.code())).isEqualTo(new Opening.Refused());
  }

  @Test
  void aTicketEndsWithItsInvitation() throws IOException {
    Made.Link link = ward.link();
    String ticket = ward.ticket(link);
    Passkeys.Question question = ward.ways.door().enrolling(ticket, HOST).orElseThrow();
    ward.ways.patients().stop(Ward.ADMINISTRATOR, link.id());
    assertThat(
            ward.ways
                .door()
                .enrol(Ward.PAGE, ticket, HOST, question.ticket(), phone.make(question)))
        .isEqualTo(new Entry.Refused());
    assertThat(ward.state()).isEqualTo(State.STOPPED);
  }

  @Test
  void wrongCodesAreSlowedByWhereTheyComeFromAndTwentyLockAlsoOverARestart() throws IOException {
    Made.Link link = ward.link();
    PatientDoor door = ward.ways.door();
    for (int i = 0; i < 3; i++) {
      assertThat(door.open(HOME, link.fragment(), WRONG)).isEqualTo(new Opening.Refused());
    }
    assertThat(door.open(HOME, link.fragment(), link.code())).isInstanceOf(Opening.TooSoon.class);
    for (int i = 3; i < 19; i++) {
      assertThat(ward.tryFresh(link, WRONG)).isEqualTo(new Opening.Refused());
    }
    ward.reopen();
    String ticket = ward.ticket(link);
    assertThat(ward.tryFresh(link, WRONG)).isEqualTo(new Opening.Refused());
    assertThat(ward.state()).isEqualTo(State.LOCKED);
    assertThat(ward.tryFresh(link, link.code())).isEqualTo(new Opening.Refused());
    assertThat(ward.ways.door().enrolling(ticket, HOST)).isEmpty();
    assertThat(ward.ward.written).anyMatch(entry -> entry.contains("locked after 20 wrong codes"));
  }

  @Test
  void anUnknownLinkAndOneWithAWrongSecretAreAnsweredAlike() throws IOException {
    Made.Link link = ward.link();
    PatientDoor door = ward.ways.door();
    String other = link.id() + "." + "A".repeat(43);
    assertThat(door.open(HOME, other, link.code())).isEqualTo(new Opening.Refused());
    String unknown = "0".repeat(32) + "." + "A".repeat(43);
    assertThat(door.open(HOME, unknown, link.code())).isEqualTo(new Opening.Refused());
    assertThat(ward.tryFresh(link, "x".repeat(100_000))).isEqualTo(new Opening.Refused());
    assertThat(ward.ways.patients().list(Ward.ADMINISTRATOR).getFirst().wrong()).isEqualTo(1);
  }

  @Test
  void aPasskeyIsBoundToItsTicketItsHostItsAccountAndItsBrowser() throws IOException {
    Made.Link link = ward.link();
    String ticket = ward.ticket(link);
    PatientDoor door = ward.ways.door();
    Passkeys.Question question = door.enrolling(ticket, HOST).orElseThrow();
    Passkeys.Host elsewhere = new Passkeys.Host("evil.example", "https://evil.example");
    assertThat(door.enrol(HOME, ticket, elsewhere, question.ticket(), phone.make(question)))
        .isEqualTo(new Entry.Refused());
    phone.verifies = false;
    Passkeys.Question unverified = door.enrolling(ticket, HOST).orElseThrow();
    assertThat(door.enrol(HOME, ticket, HOST, unverified.ticket(), phone.make(unverified)))
        .isEqualTo(new Entry.Refused());
    phone.verifies = true;
    assertThat(ward.enrol(ticket, phone)).isInstanceOf(Entry.In.class);

    Passkeys.Question asked = door.signingIn(HOST, BROWSER);
    Passkeys.Asserted signed = phone.sign(asked);
    assertThat(door.signIn(HOME, HOST, "another browser", asked.ticket(), signed))
        .isEqualTo(new Entry.Refused());
    assertThat(ward.signIn(phone)).isInstanceOf(Entry.In.class);
    byte[] own = phone.handle;
    phone.handle = new byte[32];
    assertThat(ward.signIn(phone)).as("another user handle").isEqualTo(new Entry.Refused());
    phone.handle = own;
    Passkeys.Question once = door.signingIn(HOST, BROWSER);
    Passkeys.Asserted answer = phone.sign(once);
    assertThat(door.signIn(HOME, HOST, BROWSER, once.ticket(), answer))
        .isInstanceOf(Entry.In.class);
    assertThat(door.signIn(HOME, HOST, BROWSER, once.ticket(), answer))
        .as("replayed")
        .isEqualTo(new Entry.Refused());
    assertThat(ward.signIn(new SoftAuthenticator(Kind.ES256))).isEqualTo(new Entry.Refused());
  }

  @Test
  void aPasskeyThatCountsBackIsRefusedFromThenOn() throws IOException {
    String cookie = ward.enter(phone);
    phone.counter = 10;
    assertThat(ward.signIn(phone)).isInstanceOf(Entry.In.class);
    phone.counter = 3;
    assertThat(ward.signIn(phone)).isEqualTo(new Entry.Refused());
    assertThat(ward.state()).isEqualTo(State.SUSPECT);
    assertThat(ward.session(cookie)).isEmpty();
    phone.counter = 50;
    ward.turn(Duration.ofHours(1));
    assertThat(ward.signIn(phone)).isEqualTo(new Entry.Refused());
  }

  @Test
  void aSessionEndsWhenIdleAfterTwelveHoursAndWhenThePatientLeaves() throws IOException {
    String cookie = ward.enter(phone);
    ward.turn(Duration.ofMinutes(14));
    assertThat(ward.session(cookie)).isPresent();
    ward.turn(Duration.ofMinutes(15));
    assertThat(ward.session(cookie)).isEmpty();
    String second = ((Entry.In) ward.signIn(phone)).session();
    for (int i = 0; i < 71; i++) {
      ward.turn(Duration.ofMinutes(10));
      assertThat(ward.session(second)).as("after %d minutes", 10 * i).isPresent();
    }
    ward.turn(Duration.ofMinutes(10));
    assertThat(ward.session(second)).isEmpty();
    String third = ((Entry.In) ward.signIn(phone)).session();
    Caller.Patient patient = ward.session(third).orElseThrow();
    ward.ways.door().leave(patient, third);
    assertThat(ward.session(third)).as("a stolen cookie after sign-out").isEmpty();
    for (String other : new String[] {"", "x", patient.id(), patient.id() + "." + "A".repeat(43)}) {
      assertThat(ward.session(other)).isEmpty();
    }
  }

  @Test
  void invitingAgainEndsTheOldPasskeyAndItsSessionsAndStoppingEndsBothAtOnce() throws IOException {
    String cookie = ward.enter(phone);
    Made.Link again = ward.link();
    assertThat(ward.session(cookie)).isEmpty();
    assertThat(ward.signIn(phone)).isEqualTo(new Entry.Refused());
    SoftAuthenticator other = new SoftAuthenticator(Kind.EDDSA);
    String fresh = ((Entry.In) ward.enrol(ward.ticket(again), other)).session();
    assertThat(ward.session(fresh)).isPresent();
    assertThat(ward.ways.patients().stop(Ward.ADMINISTRATOR, again.id()))
        .isEqualTo(new Ruling.Done(again.id()));
    assertThat(ward.session(fresh)).isEmpty();
    assertThat(ward.signIn(other)).isEqualTo(new Entry.Refused());
    assertThat(ward.ways.patients().stop(Ward.ADMINISTRATOR, again.id()))
        .isInstanceOf(Ruling.Refused.class);
    assertThat(ward.ways.patients().list(Ward.ADMINISTRATOR)).hasSize(1);
  }

  @Test
  void anErasureRemovesTheAccountAndWhatThePatientAsked() throws IOException {
    ShareLinks.Made.Link link = ward.shares.link(ShareWard.FIRST);
    String cookie = ward.enter(phone);
    Caller.Patient patient = ward.session(cookie).orElseThrow();
    assertThat(ward.ways.tasks().askToEnd(patient, link.id(), "enough"))
        .isInstanceOf(Ruling.Done.class);
    Erasures erasures = ward.ward.rules.erasures();
    String name = Ward.name(erasures.ask(Ward.ADMINISTRATOR, ZOE, Erasures.Category.REQUEST, ""));
    assertThat(ward.ways.patients().invite(Ward.CONSOLE, ZOE)).isInstanceOf(Made.Refused.class);
    assertThat(ward.session(cookie)).as("until it is done they may look").isPresent();
    assertThat(erasures.confirm(Ward.WITNESS, name)).isInstanceOf(Ruling.Done.class);
    ward.ward.live(Duration.ofDays(8));
    assertThat(ward.session(cookie)).isEmpty();
    assertThat(ward.kept()).isEmpty();
    assertThat(ward.signIn(phone)).isEqualTo(new Entry.Refused());
    ward.reopen();
    assertThat(ward.signIn(phone)).isEqualTo(new Entry.Refused());
    ward.ward.file("2.25.77");
    assertThat(ward.ways.patients().invite(Ward.CONSOLE, ZOE)).isInstanceOf(Made.Link.class);
    ward.ways.sweep();
    assertThat(ward.state()).as("whoever came later is not the erased").isEqualTo(State.INVITED);
  }

  @Test
  void anAccountEndsWhenNothingOfThePatientIsHeldAnyMore() throws IOException {
    String cookie = ward.enter(phone);
    Moves moves = ward.ward.rules.moves();
    Ruling merged =
        moves.merge(Ward.TECHNOLOGIST, ZOE, new About.Patient("", "ID-2"), "one person");
    assertThat(merged).isInstanceOf(Ruling.Done.class);
    ward.ways.sweep();
    assertThat(ward.session(cookie)).isEmpty();
    assertThat(ward.state()).isEqualTo(State.STUDIES_GONE);
    assertThat(ward.signIn(phone)).isEqualTo(new Entry.Refused());
    assertThat(ward.ways.patients().invite(Ward.CONSOLE, ZOE)).isEqualTo(new Made.NotThere());
  }

  @Test
  void theRegistryTellsNothingOfWhoThePatientIsNorAnySecret() throws IOException {
    ShareLinks.Made.Link share = ward.shares.link(ShareWard.FIRST);
    Made.Link link = ward.link();
    String cookie = ((Entry.In) ward.enrol(ward.ticket(link), phone)).session();
    Caller.Patient patient = ward.session(cookie).orElseThrow();
    PatientTasks tasks = ward.ways.tasks();
    for (String naming : new String[] {"I am Zoë Fiction", "ask for ID-1", "born 19700101"}) {
      assertThat(tasks.askToEnd(patient, share.id(), naming)).isInstanceOf(Ruling.Refused.class);
    }
    assertThat(tasks.askToEnd(patient, share.id(), "I don't\nknow them"))
        .isInstanceOf(Ruling.Done.class);
    assertThat(ward.kept())
        .contains("I don't know them")
        .doesNotContainIgnoringCase("fiction")
        .doesNotContain("ID-1", "19700101", "2.25.1", link.code())
        .doesNotContain(link.fragment().substring(33))
        .doesNotContain(cookie.substring(33));
  }

  @Test
  void whoMayInviteSeesStudiesAndACallerByAnIdIsTheConsoleAlone() throws IOException {
    Patients patients = ward.ways.patients();
    About first = new About.Study(ShareWard.FIRST);
    About today = new About.Study(ShareWard.OF_TODAY);
    for (Caller none :
        new Caller[] {
          Ward.ADMINISTRATOR,
          Ward.WITNESS,
          Ward.person("aud", Role.AUDITOR),
          Ward.person("ref", Role.REFERRER)
        }) {
      assertThat(patients.invite(none, first)).isEqualTo(new Made.NotThere());
      assertThat(patients.mayInvite(none, ShareWard.FIRST)).isFalse();
    }
    Caller fred = ShareWard.FRED;
    assertThat(patients.invite(fred, first)).as("not of today").isEqualTo(new Made.NotThere());
    assertThat(patients.invite(fred, today)).isInstanceOf(Made.Link.class);
    assertThat(patients.of(fred, ShareWard.OF_TODAY).orElseThrow().state())
        .isEqualTo(State.INVITED);
    assertThat(patients.of(fred, ShareWard.FIRST)).isEmpty();
    assertThat(patients.invite(ShareWard.RITA, ZOE)).as("an ID").isEqualTo(new Made.NotThere());
    assertThat(patients.invite(ShareWard.RITA, first)).isInstanceOf(Made.Link.class);
    assertThat(patients.invite(Ward.CONSOLE, new About.Patient("", "ID-9")))
        .isEqualTo(new Made.NotThere());
    assertThat(patients.invite(Ward.CONSOLE, new About.Study(new Uid("2.25.99"))))
        .isEqualTo(new Made.NotThere());
  }

  @Test
  void invitingCountsAsOpeningThePatient() throws IOException {
    Patients patients = ward.ways.patients();
    int open = 0;
    for (int i = 0; i < 10; i++) {
      Uid study = new Uid("2.25." + (100 + i));
      String id = "MANY-" + i;
      ward.ward.file(
          study.value(),
          more -> more.text(leadglass.dicom.data.Tag.PATIENT_ID, leadglass.dicom.data.Vr.LO, id));
      Made made = patients.invite(ShareWard.RITA, new About.Study(study));
      open += made instanceof Made.Link ? 1 : 0;
      assertThat(made).isInstanceOfAny(Made.Link.class, Made.Braked.class);
    }
    assertThat(open).isEqualTo(5);
  }

  @Test
  void aListTellsWhoseAnAccountIsToWhomeverFindsTheStudyAlone() throws IOException {
    ward.enter(phone);
    assertThat(ward.ways.patients().list(ShareWard.RITA).getFirst().patientId()).isEqualTo("ID-1");
    assertThat(ward.ways.patients().list(Ward.ADMINISTRATOR).getFirst().patientId()).isEmpty();
    assertThat(ward.ways.patients().list(Ward.TECHNOLOGIST)).isEmpty();
    Optional<Caller.Patient> nobody = ward.session("0".repeat(32) + "." + "A".repeat(43));
    assertThat(nobody).isEmpty();
  }
}
