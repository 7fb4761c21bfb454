package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import leadglass.archive.Caller.Scope;
import leadglass.archive.Origin.Door;
import leadglass.dicom.data.Uid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GateTest {
  private static final Origin HERE = new Origin(Door.PAGE, "127.0.0.1");
  private final Gate gate = new Gate();

  private static Caller person(Role hat, Role... others) {
    Set<Role> held = EnumSet.of(hat, others);
    return new Caller.Person("mara", hat, held, HERE);
  }

  private static Caller program(Set<Role> held, Set<Scope> scopes) {
    return new Caller.Program("id", "mara", held, scopes, HERE);
  }

  @ParameterizedTest
  @EnumSource(Verb.class)
  void aStrangerMayOnlyKnock(Verb verb) {
    assertThat(gate.permits(new Caller.Stranger(HERE), verb)).isEqualTo(verb == Verb.KNOCK);
  }

  @ParameterizedTest(name = "{0}: store {1}, find {2}, retrieve {3}, preview {4}")
  @CsvSource({
    "ADMINISTRATOR, NOTHING,    NOTHING,    NOTHING,    NOTHING",
    "RADIOLOGIST,   EVERYTHING, EVERYTHING, EVERYTHING, EVERYTHING",
    "TECHNOLOGIST,  EVERYTHING, DAY_LIST,   DAY_LIST,   DAY_LIST",
    "FRONT_DESK,    EVERYTHING, DAY_LIST,   NOTHING,    DAY_LIST",
    "REFERRER,      NOTHING,    SHARED,     SHARED,     SHARED",
    "AUDITOR,       NOTHING,    NOTHING,    NOTHING,    NOTHING",
    "WITNESS,       NOTHING,    NOTHING,    NOTHING,    NOTHING",
  })
  void aRoleReaches(Role role, Reach store, Reach find, Reach retrieve, Reach preview) {
    Caller caller = person(role);
    assertThat(gate.reach(caller, Verb.STORE)).isEqualTo(store);
    assertThat(gate.reach(caller, Verb.FIND)).isEqualTo(find);
    assertThat(gate.reach(caller, Verb.RETRIEVE)).isEqualTo(retrieve);
    assertThat(gate.reach(caller, Verb.PREVIEW)).isEqualTo(preview);
  }

  @ParameterizedTest(name = "{0}: correct {1}, erase {2}, confirm {3}, hold {4}")
  @CsvSource({
    "ADMINISTRATOR, false, true,  true,  true",
    "RADIOLOGIST,   true,  false, false, false",
    "TECHNOLOGIST,  true,  false, false, false",
    "FRONT_DESK,    false, false, false, false",
    "REFERRER,      false, false, false, false",
    "AUDITOR,       false, false, false, false",
    "WITNESS,       false, false, true,  false",
  })
  void aRoleMayChangeWhatIsHeld(
      Role role, boolean correct, boolean erase, boolean confirm, boolean hold) {
    Caller caller = person(role);
    assertThat(gate.permits(caller, Verb.CORRECT)).isEqualTo(correct);
    assertThat(gate.permits(caller, Verb.ERASE)).isEqualTo(erase);
    assertThat(gate.permits(caller, Verb.CONFIRM)).isEqualTo(confirm);
    assertThat(gate.permits(caller, Verb.HOLD)).isEqualTo(hold);
  }

  @ParameterizedTest(name = "{0}: share {1}, unshare {2}, download {3}")
  @CsvSource({
    "ADMINISTRATOR, NOTHING,    true,  NOTHING",
    "RADIOLOGIST,   EVERYTHING, true,  EVERYTHING",
    "TECHNOLOGIST,  NOTHING,    false, DAY_LIST",
    "FRONT_DESK,    DAY_LIST,   true,  NOTHING",
    "REFERRER,      NOTHING,    false, SHARED",
    "AUDITOR,       NOTHING,    false, NOTHING",
    "WITNESS,       NOTHING,    false, NOTHING",
  })
  void aRoleMayShare(Role role, Reach share, boolean unshare, Reach download) {
    Caller caller = person(role);
    assertThat(gate.reach(caller, Verb.SHARE)).isEqualTo(share);
    assertThat(gate.permits(caller, Verb.UNSHARE)).isEqualTo(unshare);
    assertThat(gate.reach(caller, Verb.DOWNLOAD)).isEqualTo(download);
    assertThat(gate.reach(caller, Verb.DOWNLOAD)).isEqualTo(gate.reach(caller, Verb.RETRIEVE));
  }

  @Test
  void onlyAPersonShares() {
    Caller program = program(EnumSet.allOf(Role.class), EnumSet.allOf(Scope.class));
    for (Caller other :
        Set.of(
            program,
            new Caller.Console("root", HERE),
            new Caller.Device("CT1", HERE),
            new Caller.Share("id", Set.of(new Uid("2.25.1")), true, HERE))) {
      assertThat(gate.permits(other, Verb.SHARE)).isFalse();
    }
    assertThat(gate.permits(new Caller.Console("root", HERE), Verb.UNSHARE)).isTrue();
    assertThat(gate.permits(program, Verb.UNSHARE)).isFalse();
  }

  @ParameterizedTest(name = "{0}: see what is planned {1}, plan {2}")
  @CsvSource({
    "ADMINISTRATOR, false, false",
    "RADIOLOGIST,   true,  false",
    "TECHNOLOGIST,  true,  true",
    "FRONT_DESK,    true,  true",
    "REFERRER,      false, false",
    "AUDITOR,       false, false",
    "WITNESS,       false, false",
  })
  void aRoleSeesWhatIsPlannedAndPlans(Role role, boolean sees, boolean plans) {
    assertThat(gate.permits(person(role), Verb.WORKLIST)).isEqualTo(sees);
    assertThat(gate.permits(person(role), Verb.SCHEDULE)).isEqualTo(plans);
    Caller reads = program(EnumSet.of(role), Set.of(Scope.READ));
    Caller writes = program(EnumSet.of(role), Set.of(Scope.WRITE));
    assertThat(gate.permits(reads, Verb.WORKLIST)).isEqualTo(sees);
    assertThat(gate.permits(reads, Verb.SCHEDULE)).isFalse();
    assertThat(gate.permits(writes, Verb.SCHEDULE)).isEqualTo(plans);
    assertThat(gate.permits(writes, Verb.WORKLIST)).isFalse();
    Caller named =
        new Caller.Program(
            "id", "mara", EnumSet.of(role), EnumSet.allOf(Scope.class), Set.of("pseudonym"), HERE);
    assertThat(gate.permits(named, Verb.WORKLIST)).isFalse();
    assertThat(gate.permits(named, Verb.SCHEDULE)).isFalse();
  }

  @Test
  void aDeviceIsShownTheWorklistIfItsEnrolmentSaysSoAndNeverPlans() {
    Caller scanner = new Caller.Device("CT1", Set.of(DeviceVerb.WORKLIST), Optional.empty(), HERE);
    assertThat(gate.permits(scanner, Verb.WORKLIST)).isTrue();
    assertThat(gate.permits(scanner, Verb.SCHEDULE)).isFalse();
    assertThat(gate.permits(new Caller.Device("CT1", HERE), Verb.WORKLIST)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Verb.class)
  void whoeverCameByALinkLooksAtItsStudiesAndDoesNothingElse(Verb verb) {
    Set<Uid> studies = Set.of(new Uid("2.25.1"));
    Reach looks = gate.reach(new Caller.Share("id", studies, false, HERE), verb);
    Reach saves = gate.reach(new Caller.Share("id", studies, true, HERE), verb);
    Reach ended = gate.reach(new Caller.Share("id", Set.of(), true, HERE), verb);
    switch (verb) {
      case KNOCK -> assertThat(EnumSet.of(looks, saves, ended)).containsExactly(Reach.EVERYTHING);
      case VIEW -> assertThat(EnumSet.of(looks, saves)).containsExactly(Reach.EVERYTHING);
      case FIND, RETRIEVE, PREVIEW ->
          assertThat(EnumSet.of(looks, saves)).containsExactly(Reach.SHARED);
      case DOWNLOAD -> {
        assertThat(looks).isEqualTo(Reach.NOTHING);
        assertThat(saves).isEqualTo(Reach.SHARED);
      }
      case BE_KNOWN,
          STORE,
          ADMINISTER,
          OPERATE,
          READ_AUDIT,
          CORRECT,
          ERASE,
          CONFIRM,
          HOLD,
          SHARE,
          UNSHARE,
          INVITE_PATIENT,
          OWN_RECORD,
          WITNESS,
          EXPOSURE,
          WORKLIST,
          SCHEDULE,
          BREAK_GLASS ->
          assertThat(EnumSet.of(looks, saves)).containsExactly(Reach.NOTHING);
    }
    assertThat(ended).isEqualTo(verb == Verb.KNOCK ? Reach.EVERYTHING : Reach.NOTHING);
  }

  @Test
  void noProgramAndNoDeviceChangesWhatIsHeld() {
    Caller program = program(EnumSet.allOf(Role.class), EnumSet.allOf(Scope.class));
    for (Verb verb : EnumSet.of(Verb.CORRECT, Verb.ERASE, Verb.CONFIRM, Verb.HOLD)) {
      assertThat(gate.permits(program, verb)).as(verb.name()).isFalse();
      assertThat(gate.permits(new Caller.Device("CT1", HERE), verb)).as(verb.name()).isFalse();
    }
  }

  @Test
  void theConsoleIsNobodysSecondPerson() {
    Caller console = new Caller.Console("root", HERE);
    for (Verb verb : EnumSet.of(Verb.CORRECT, Verb.ERASE, Verb.HOLD)) {
      assertThat(gate.permits(console, verb)).as(verb.name()).isTrue();
    }
    assertThat(gate.permits(console, Verb.CONFIRM)).isFalse();
  }

  @Test
  void onlyTheHatWornCounts() {
    Caller wearsAdministrator = person(Role.ADMINISTRATOR, Role.RADIOLOGIST);
    assertThat(gate.permits(wearsAdministrator, Verb.ADMINISTER)).isTrue();
    assertThat(gate.permits(wearsAdministrator, Verb.RETRIEVE)).isFalse();
  }

  @Test
  void aProgramNeverExceedsItsScopes() {
    Caller reads = program(Set.of(Role.RADIOLOGIST), Set.of(Scope.READ));
    Caller writes = program(Set.of(Role.RADIOLOGIST), Set.of(Scope.WRITE));
    assertThat(gate.permits(reads, Verb.RETRIEVE)).isTrue();
    assertThat(gate.permits(reads, Verb.STORE)).isFalse();
    assertThat(gate.permits(writes, Verb.STORE)).isTrue();
    assertThat(gate.permits(writes, Verb.FIND)).isFalse();
  }

  @Test
  void onlyAProgramMadeForItReadsTheTrailAndOnlyAnAuditors() {
    Caller collects = program(Set.of(Role.AUDITOR), Set.of(Scope.AUDIT));
    Caller reads = program(Set.of(Role.AUDITOR), Set.of(Scope.READ, Scope.WRITE));
    Caller others = program(Set.of(Role.RADIOLOGIST), Set.of(Scope.AUDIT));
    assertThat(gate.permits(collects, Verb.READ_AUDIT)).isTrue();
    assertThat(gate.permits(collects, Verb.FIND)).isFalse();
    assertThat(gate.permits(reads, Verb.READ_AUDIT)).isFalse();
    assertThat(gate.permits(others, Verb.READ_AUDIT)).isFalse();
  }

  @Test
  void onlyAProgramMadeForItBringsCheckpointsAndItMayNothingElse() {
    for (Role role : Role.values()) {
      Caller brings = program(Set.of(role), Set.of(Scope.WITNESS));
      boolean may = role == Role.ADMINISTRATOR || role == Role.AUDITOR;
      for (Verb verb : Verb.values()) {
        boolean expected = verb == Verb.KNOCK || (verb == Verb.WITNESS && may);
        assertThat(gate.permits(brings, verb)).as(role + " " + verb).isEqualTo(expected);
      }
      assertThat(gate.permits(person(role), Verb.WITNESS)).isFalse();
      Set<Scope> others = EnumSet.complementOf(EnumSet.of(Scope.WITNESS));
      assertThat(gate.permits(program(Set.of(role), others), Verb.WITNESS)).isFalse();
      assertThat(Gate.ofTenant().permits(brings, Verb.WITNESS)).isFalse();
    }
  }

  @Test
  void administratorsAndAuditorsOfTheHouseSeeWhatAStrangerSees() {
    for (Role role : Role.values()) {
      boolean may = role == Role.ADMINISTRATOR || role == Role.AUDITOR;
      assertThat(gate.permits(person(role), Verb.EXPOSURE)).as(role.word()).isEqualTo(may);
      assertThat(Gate.ofTenant().permits(person(role), Verb.EXPOSURE)).as(role.word()).isFalse();
      Caller program = program(Set.of(role), EnumSet.allOf(Scope.class));
      assertThat(gate.permits(program, Verb.EXPOSURE)).as(role.word()).isFalse();
    }
  }

  @Test
  void aProgramNeverExceedsItsOwner() {
    Caller administrators = program(Set.of(Role.ADMINISTRATOR), Set.of(Scope.READ, Scope.WRITE));
    for (Verb verb : EnumSet.of(Verb.STORE, Verb.FIND, Verb.RETRIEVE, Verb.ADMINISTER)) {
      assertThat(gate.permits(administrators, verb)).as(verb.name()).isFalse();
    }
  }

  @Test
  void aDeviceStoresAndDoesNothingElse() {
    Caller device = new Caller.Device("CT1", HERE);
    assertThat(gate.permits(device, Verb.STORE)).isTrue();
    for (Verb verb : EnumSet.of(Verb.FIND, Verb.RETRIEVE, Verb.PREVIEW, Verb.ADMINISTER)) {
      assertThat(gate.permits(device, verb)).as(verb.name()).isFalse();
    }
  }

  @Test
  void theConsoleSeesNoImages() {
    Caller console = new Caller.Console("root", HERE);
    assertThat(gate.permits(console, Verb.ADMINISTER)).isTrue();
    assertThat(gate.permits(console, Verb.STORE)).isTrue();
    assertThat(gate.permits(console, Verb.READ_AUDIT)).isTrue();
    for (Verb verb : EnumSet.of(Verb.FIND, Verb.RETRIEVE, Verb.PREVIEW, Verb.DOWNLOAD)) {
      assertThat(gate.permits(console, verb)).as(verb.name()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(Verb.class)
  void aPatientReachesWhatIsTheirsAndDoesNothingElse(Verb verb) {
    Reach reach = gate.reach(new Caller.Patient("id", Set.of("pseudonym"), HERE), verb);
    Reach nobody = gate.reach(new Caller.Patient("id", Set.of(), HERE), verb);
    switch (verb) {
      case KNOCK -> assertThat(EnumSet.of(reach, nobody)).containsExactly(Reach.EVERYTHING);
      case VIEW -> assertThat(reach).isEqualTo(Reach.EVERYTHING);
      case FIND, RETRIEVE, PREVIEW, DOWNLOAD, OWN_RECORD ->
          assertThat(reach).isEqualTo(Reach.SHARED);
      case BE_KNOWN,
          STORE,
          ADMINISTER,
          OPERATE,
          READ_AUDIT,
          CORRECT,
          ERASE,
          CONFIRM,
          HOLD,
          SHARE,
          UNSHARE,
          INVITE_PATIENT,
          WITNESS,
          EXPOSURE,
          WORKLIST,
          SCHEDULE,
          BREAK_GLASS ->
          assertThat(reach).isEqualTo(Reach.NOTHING);
    }
    assertThat(nobody == Reach.NOTHING).isEqualTo(verb != Verb.KNOCK);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "ADMINISTRATOR, NOTHING",
    "RADIOLOGIST,   EVERYTHING",
    "TECHNOLOGIST,  DAY_LIST",
    "FRONT_DESK,    DAY_LIST",
    "REFERRER,      NOTHING",
    "AUDITOR,       NOTHING",
    "WITNESS,       NOTHING",
  })
  void aRoleMayInvitePatientsAndNoneHasAPatientsOwnRecord(Role role, Reach invite) {
    assertThat(gate.reach(person(role), Verb.INVITE_PATIENT)).isEqualTo(invite);
    assertThat(gate.permits(person(role), Verb.OWN_RECORD)).isFalse();
    Caller program = program(EnumSet.of(role), EnumSet.allOf(Scope.class));
    assertThat(gate.permits(program, Verb.INVITE_PATIENT)).isFalse();
    assertThat(gate.permits(program, Verb.OWN_RECORD)).isFalse();
  }

  @Test
  void aPersonBehindADeviceNarrowsItAndNeverWidensIt() {
    Origin here = new Origin(Origin.Door.DIMSE, "192.0.2.1");
    Set<DeviceVerb> all = Set.of(DeviceVerb.STORE, DeviceVerb.FIND, DeviceVerb.RETRIEVE);
    Caller.Device station = new Caller.Device("READ1", all, Optional.empty(), here);
    Caller.Device scanner = new Caller.Device("CT1", here);
    Set<Caller.Scope> read = Set.of(Caller.Scope.READ);
    Caller.Program reader = new Caller.Program("1", "ada", Set.of(Role.RADIOLOGIST), read, here);
    Caller.Program referrer = new Caller.Program("2", "bo", Set.of(Role.REFERRER), read, here);

    assertThat(new Gate().behind(station, reader).may()).isEqualTo(all);
    assertThat(new Gate().behind(station, reader).person()).contains("ada");
    assertThat(new Gate().behind(station, referrer).may()).containsExactly(DeviceVerb.STORE);
    assertThat(new Gate().behind(scanner, reader).may()).containsExactly(DeviceVerb.STORE);
  }
}
