package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import leadglass.archive.AuditLog.Naming;
import leadglass.archive.AuditLog.Range;
import leadglass.audit.message.AuditMessage;
import leadglass.audit.message.EventKind;
import leadglass.audit.message.MessageXml;
import leadglass.audit.message.Outcome;
import leadglass.audit.message.ParticipantObject;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import leadglass.store.Lifecycle;
import leadglass.testkit.AuditSchema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is done with a real archive, as messages.
@SuppressWarnings("NullAway.Init")
class AuditLogTest {
  private static final Origin HERE = new Origin(Origin.Door.DICOMWEB, "192.0.2.7");
  private static final Caller.Console CONSOLE =
      new Caller.Console("root", new Origin(Origin.Door.CONSOLE, "console"));
  private static final Stated STATED = new Stated("a second opinion", "Dr. Fiction");

  @TempDir private Path folder;
  private OpenArchive open;

  @BeforeEach
  void open() throws IOException {
    open = OpenArchive.in(folder);
    assertThat(
            open.store(
                Samples.pixels(
                        Samples.ct("2.25.1.1.1").text(Tag.ISSUER_OF_PATIENT_ID, Vr.LO, "Clinic"),
                        1,
                        0)
                    .build()))
        .isInstanceOf(StoreOutcome.Stored.class);
  }

  @AfterEach
  void close() throws IOException {
    open.close();
  }

  private void look(Caller caller) throws IOException {
    open.archive
        .retrieve()
        .open(caller, Look.IMAGES, Samples.STUDY, Optional.empty(), Optional.empty());
  }

  private static Caller share() {
    return new Caller.Share("0".repeat(32), Set.of(Samples.STUDY), false, STATED, HERE);
  }

  private static Caller program() {
    return new Caller.Program(
        "t1", "mara", EnumSet.of(Role.RADIOLOGIST), Set.of(Caller.Scope.READ), HERE);
  }

  private List<AuditMessage> read(Naming naming) throws IOException {
    List<AuditMessage> messages = new ArrayList<>();
    AuditLog.Reading reading =
        open.archive
            .auditLog()
            .read(CONSOLE, Range.ALL, naming, "pacs", "exported", (_, _) -> {}, messages::add);
    assertThat(reading).isEqualTo(new AuditLog.Reading.Done(messages.size()));
    for (AuditMessage message : messages) {
      assertThat(AuditSchema.faults(MessageXml.of(message))).isEmpty();
    }
    return messages;
  }

  private static List<EventKind> kinds(List<AuditMessage> messages) {
    return messages.stream().map(each -> each.event().kind()).toList();
  }

  private static String text(AuditMessage message) {
    StringBuilder text = new StringBuilder(MessageXml.of(message));
    message.objects().stream()
        .flatMap(object -> object.details().stream())
        .forEach(detail -> text.append(' ').append(detail.value()));
    return text.toString();
  }

  @Test
  void whoeverReadsTheTrailIsInItBeforeTheyHaveIt() throws IOException {
    look(OpenArchive.reader());
    List<AuditMessage> messages = read(Naming.IDENTIFIERS);
    assertThat(kinds(messages))
        .containsExactly(
            EventKind.INSTANCES_TRANSFERRED,
            EventKind.INSTANCES_TRANSFERRED,
            EventKind.AUDIT_LOG_USED);
    assertThat(messages.stream().map(AuditMessage::number)).containsExactly(0L, 1L, 2L);
  }

  @Test
  void whoeverMayNotReadItIsRefusedAndThatIsInIt() throws IOException {
    for (Role role : Role.values()) {
      AuditLog.Reading reading =
          open.archive
              .auditLog()
              .read(
                  OpenArchive.person(role),
                  Range.ALL,
                  Naming.IDENTIFIERS,
                  "pacs",
                  "read",
                  (_, _) -> {},
                  _ -> role == Role.AUDITOR);
      assertThat(reading instanceof AuditLog.Reading.Done)
          .as(role.word())
          .isEqualTo(role == Role.AUDITOR);
    }
    List<AuditMessage> messages = read(Naming.IDENTIFIERS);
    assertThat(messages.stream().filter(each -> each.event().outcome() == Outcome.MINOR_FAILURE))
        .hasSize(Role.values().length - 1);
  }

  @Test
  void whyAndForWhomStandsBesideWhatALinkGaveOut() throws IOException {
    look(share());
    AuditMessage message = read(Naming.IDENTIFIERS).get(1);
    assertThat(text(message)).contains("a second opinion").contains("Dr. Fiction");
    assertThat(text(read(Naming.PSEUDONYMS).get(1)))
        .doesNotContain("opinion")
        .doesNotContain("Fiction");
    assertThat(open.trail().get(1)).contains("\"recipient\":\"Dr. Fiction\"");
  }

  @Test
  void whatAProgramTakesIsForItsOwner() throws IOException {
    look(program());
    assertThat(open.trail().get(1)).contains("\"recipient\":\"mara\"");
  }

  @Test
  void patientsAreNamedAsLongAsTheirStudyIsHeldAndBecomePseudonyms() throws IOException {
    AuditMessage named = read(Naming.IDENTIFIERS).getFirst();
    assertThat(objects(named)).containsExactly("2.25.1", "ID-1");
    assertThat(text(named)).contains("Clinic").contains("2.25.1.1.1");
    AuditMessage hidden = read(Naming.PSEUDONYMS).getFirst();
    assertThat(objects(hidden).get(0)).startsWith("2.25.").isNotEqualTo("2.25.1");
    assertThat(objects(hidden).get(1)).matches("[0-9a-f]{32}");
    assertThat(Uid.parse(objects(hidden).get(0))).isPresent();
    assertThat(text(hidden)).doesNotContain("ID-1").doesNotContain("2.25.1.1.1");

    erase();
    AuditMessage erased = read(Naming.IDENTIFIERS).getFirst();
    assertThat(objects(erased)).isEqualTo(objects(hidden));
    assertThat(text(erased)).doesNotContain("ID-1").doesNotContain("2.25.1.1.1");
  }

  private void erase() throws IOException {
    Lifecycle lifecycle = open.store.lifecycle();
    leadglass.store.SiteId site = open.store.sites().getFirst();
    leadglass.store.StudyName name = lifecycle.name(site, Samples.STUDY).orElseThrow();
    lifecycle.erase(
        site,
        lifecycle.patientOf(site, name).orElseThrow(),
        new Lifecycle.Doing("test", List.of()));
  }

  private static List<String> objects(AuditMessage message) {
    return message.objects().stream().map(ParticipantObject::id).toList();
  }

  @Test
  void aRangeOfTimeLeavesOutWhatIsNotInIt() throws IOException {
    long noon = Instant.parse("2024-02-29T12:00:00Z").toEpochMilli();
    for (Range range : List.of(new Range(noon + 1, Long.MAX_VALUE), new Range(0, noon))) {
      assertThat(
              open.archive
                  .auditLog()
                  .read(CONSOLE, range, Naming.IDENTIFIERS, "x", "read", (_, _) -> {}, _ -> true))
          .isEqualTo(new AuditLog.Reading.Done(0));
    }
    assertThat(
            open.archive
                .auditLog()
                .read(
                    CONSOLE,
                    new Range(noon, noon + 1),
                    Naming.IDENTIFIERS,
                    "x",
                    "read",
                    (_, _) -> {},
                    _ -> true))
        .isEqualTo(new AuditLog.Reading.Done(4));
  }

  @Test
  void oneEntryIsFoundByItsNumber() throws IOException {
    AuditLog log = open.archive.auditLog();
    assertThat(log.find(CONSOLE, 0, Naming.IDENTIFIERS, "x", "read").orElseThrow().number())
        .isZero();
    assertThat(log.find(CONSOLE, 99, Naming.IDENTIFIERS, "x", "read")).isEmpty();
    assertThat(log.find(CONSOLE, -1, Naming.IDENTIFIERS, "x", "read")).isEmpty();
    assertThat(log.find(OpenArchive.reader(), 0, Naming.IDENTIFIERS, "x", "read")).isEmpty();
  }

  @Test
  void thatItRunsAndStoppedIsInTheTrail() throws IOException {
    open.archive.auditLog().activity(CONSOLE, true, "1.0");
    open.archive.auditLog().activity(CONSOLE, false, "1.0");
    assertThat(
            read(Naming.PSEUDONYMS).stream()
                .filter(each -> each.event().kind() == EventKind.APPLICATION_ACTIVITY)
                .map(each -> each.event().types().getFirst().meaning()))
        .containsExactly("Application Start", "Application Stop");
  }

  @Test
  void whatIsFollowedIsReadFromANumberOnAndTellsOfItselfOnce() throws IOException {
    AuditLog log = open.archive.auditLog();
    log.forwarding(CONSOLE, "a collector");
    long before = log.size();
    List<Long> numbers = new ArrayList<>();
    log.follow(CONSOLE, 1, Naming.PSEUDONYMS, "x", message -> numbers.add(message.number()));
    assertThat(numbers).containsExactly(1L);
    assertThat(log.size()).isEqualTo(before);
  }

  @Test
  void everySiteReadsItsOwnEntriesAlone() throws IOException {
    Tenants tenants = open.archive.tenants();
    tenants.add(
        CONSOLE,
        new Tenants.Site("north", "North", "north.example.org", "NORTH"),
        List.of(
            new SetUp.Person("nina", "correct horse battery".toCharArray(), Role.ADMINISTRATOR)));
    Archive north = tenants.named("north").orElseThrow();
    List<AuditMessage> messages = new ArrayList<>();
    north
        .auditLog()
        .read(CONSOLE, Range.ALL, Naming.IDENTIFIERS, "x", "read", (_, _) -> {}, messages::add);
    assertThat(messages).isNotEmpty().allMatch(each -> each.source().site().isPresent());
    assertThat(read(Naming.IDENTIFIERS).stream().map(each -> each.source().site()))
        .allMatch(Optional::isEmpty);
    assertThat(north.auditLog().forwarding(CONSOLE, "x"))
        .isEqualTo(new AuditLog.Reading.NotThere());
  }
}
