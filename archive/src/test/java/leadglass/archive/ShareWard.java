package leadglass.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import leadglass.store.StudyName;

/// Links over memory: a ward with accounts, two studies of one patient and one of another.
final class ShareWard {
  static final Uid FIRST = new Uid("2.25.1");
  static final Uid SECOND = new Uid("2.25.2");
  static final Uid OF_ANOTHER = new Uid("2.25.3");
  static final Uid OF_TODAY = new Uid("2.25.4");
  static final String RECIPIENT = "Dr Henrik Lindqvist";
  static final Caller RITA = Ward.RADIOLOGIST;
  static final Caller FRED = Ward.person("fred", Role.FRONT_DESK);
  static final Origin HOME = new Origin(Origin.Door.PAGE, "198.51.100.9");

  final Ward ward = new Ward();
  final List<ArchiveEvent> events = new ArrayList<>();
  Identities identities = people();
  Sharing sharing = open();

  ShareWard() throws IOException {
    List<SetUp.Person> people = new ArrayList<>();
    people.add(new SetUp.Person("ada", Premises.password(), Role.ADMINISTRATOR));
    people.add(new SetUp.Person("rita", Premises.password(), Role.RADIOLOGIST));
    people.add(new SetUp.Person("fred", Premises.password(), Role.FRONT_DESK));
    people.add(new SetUp.Person("theo", Premises.password(), Role.TECHNOLOGIST));
    assertFounded(identities.setUp().unattended(Ward.CONSOLE, "Northlight Imaging", people));
    ward.file(FIRST.value());
    ward.file(SECOND.value());
    file(OF_ANOTHER, "ID-2", "20260301");
    file(OF_TODAY, "ID-3", "20260302");
  }

  private static void assertFounded(SetUp.Unattended done) {
    if (done.enrolments().size() != 4) {
      throw new AssertionError("not set up");
    }
  }

  private StudyName file(Uid study, String patient, String date) {
    return ward.lifecycle.file(
        Ward.SITE,
        DataSet.builder()
            .utf8()
            .uid(Tag.STUDY_INSTANCE_UID, study)
            .text(Tag.PATIENT_NAME, Vr.PN, "Sample^Bea")
            .text(Tag.PATIENT_ID, Vr.LO, patient)
            .text(Tag.STUDY_DATE, Vr.DA, date)
            .text(Tag.MODALITY, Vr.CS, "CT")
            .build(),
        ward.clock.millis());
  }

  private Identities people() {
    return Identities.open(
        ward.registry,
        (_, _, _, _) -> {},
        new Gate(),
        () -> new byte[RecoverySheet.KEY_BYTES],
        Optional.empty(),
        ward.clock,
        ZoneOffset.UTC,
        events::add,
        new Passwords.Cost(64, 1));
  }

  Sharing open() {
    Brakes brakes =
        new Brakes(
            ward.registry,
            Brakes.Limits.USUAL,
            new Gate(),
            (_, _, _, _) -> {},
            identities.refusals(),
            ward.clock,
            ZoneOffset.UTC,
            events::add);
    return Sharing.open(
        ward.registry,
        ward.rules.custody(),
        identities.accounts(),
        brakes,
        new Passwords.Cost(64, 1),
        events::add);
  }

  /// As after a restart.
  void reopen() {
    identities = people();
    sharing = open();
  }

  static ShareLinks.Wanted wanted(Uid... studies) {
    return new ShareLinks.Wanted(
        List.of(studies), RECIPIENT, "second opinion", ShareLinks.USUAL, false);
  }

  ShareLinks.Made make(Caller by, Uid... studies) throws IOException {
    return sharing.links().make(by, wanted(studies));
  }

  ShareLinks.Made.Link link(Uid... studies) throws IOException {
    return (ShareLinks.Made.Link) make(RITA, studies);
  }

  /// A try from a place where nobody tried before.
  ShareDoor.Opening tryFresh(ShareLinks.Made.Link link, String passcode) throws IOException {
    fresh++;
    Origin origin = new Origin(Origin.Door.PAGE, "203.0." + fresh / 250 + "." + (1 + fresh % 250));
    return sharing.door().open(origin, link.fragment(), Optional.empty(), passcode);
  }

  private int fresh;

  ShareDoor.Opening.Opened opened(ShareLinks.Made.Link link) throws IOException {
    return (ShareDoor.Opening.Opened) tryFresh(link, link.passcode());
  }

  Optional<Caller.Share> session(ShareDoor.Opening.Opened opened) {
    return sharing.door().session(HOME, opened.id(), opened.session());
  }

  ShareLinks.State state(ShareLinks.Made.Link link) throws IOException {
    return sharing.links().list(Ward.ADMINISTRATOR).stream()
        .filter(share -> share.id().equals(link.id()))
        .map(ShareLinks.Share::state)
        .findFirst()
        .orElseThrow();
  }

  void turn(Duration by) {
    ward.clock.turn(by);
  }

  /// Everything that the registry keeps of links, as text.
  String kept() {
    StringBuilder text = new StringBuilder();
    ward.registry
        .list(ShareBook.KIND)
        .forEach(entry ->
            text.append(entry.key()).append(new String(entry.document(), StandardCharsets.UTF_8)));
    return text.toString();
  }

  static Set<Uid> reached(Optional<Caller.Share> session) {
    return session.map(Caller.Share::studies).orElse(Set.of());
  }
}
