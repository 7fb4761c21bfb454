package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who was given images, as the trail of a real archive tells it.
@SuppressWarnings("NullAway.Init")
class AccountingTest {
  private static final Uid FIRST = new Uid("2.25.1");
  private static final Uid SECOND = new Uid("2.25.2");
  private static final Uid OF_ANOTHER = new Uid("2.25.3");
  private static final Origin WEB = new Origin(Origin.Door.DICOMWEB, "192.0.2.7");
  private static final Caller AUDITOR = person("tess", Role.AUDITOR);
  private static final Caller READER = person("rita", Role.RADIOLOGIST);
  private static final Caller GUEST =
      new Caller.Share("0123456789abcdef".repeat(2), Set.of(FIRST), true, WEB);
  private static final Caller PROGRAM =
      new Caller.Program("T1", "rita", Set.of(Role.RADIOLOGIST), Set.of(Caller.Scope.READ), WEB);
  private static final AuditLog.Range ALL = AuditLog.Range.ALL;

  @TempDir private Path folder;
  private OpenArchive open;

  private static Caller person(String name, Role role) {
    return new Caller.Person(name, role, Set.of(role), WEB);
  }

  @BeforeEach
  void open() throws IOException {
    open = OpenArchive.in(folder);
    store(FIRST, "ID-1", 3);
    store(SECOND, "ID-1", 1);
    store(OF_ANOTHER, "ID-2", 1);
  }

  @AfterEach
  void close() throws IOException {
    open.close();
  }

  /// What visits gave is written when they are over.
  private void reopen() throws IOException {
    open.close();
    open = OpenArchive.in(folder);
  }

  private void store(Uid study, String patient, int frames) throws IOException {
    DataSet.Builder made =
        DataSet.builder()
            .utf8()
            .uid(Tag.SOP_CLASS_UID, Samples.CT)
            .uid(Tag.SOP_INSTANCE_UID, new Uid(study.value() + ".1.1"))
            .text(Tag.STUDY_DATE, Vr.DA, "20240229")
            .text(Tag.MODALITY, Vr.CS, "CT")
            .text(Tag.PATIENT_NAME, Vr.PN, "Sample^Bea")
            .text(Tag.PATIENT_ID, Vr.LO, patient)
            .text(Tag.NUMBER_OF_FRAMES, Vr.IS, "" + frames)
            .uid(Tag.STUDY_INSTANCE_UID, study)
            .uid(Tag.SERIES_INSTANCE_UID, new Uid(study.value() + ".1"));
    assertThat(open.store(Samples.pixels(made, frames, 0).build()))
        .isInstanceOf(StoreOutcome.Stored.class);
  }

  /// Takes all of a study as files.
  private void take(Caller caller, Look look, Uid study) throws IOException {
    Retrieve.Answer answer =
        open.archive.retrieve().open(caller, look, study, Optional.empty(), Optional.empty());
    for (Held held : OpenArchive.given(answer)) {
      held.writeFile(OutputStream.nullOutputStream(), false);
    }
  }

  private List<Disclosure> told(String patient, Accounting.Wanted wanted) throws IOException {
    Accounting.Answer answer =
        open.archive.accounting().disclosures(AUDITOR, "", patient, ALL, wanted);
    return ((Accounting.Answer.Told) answer).rows();
  }

  private List<Accounting.Delivery> delivered(AuditLog.Range range, Optional<String> who)
      throws IOException {
    List<Accounting.Delivery> rows = new ArrayList<>();
    assertThat(open.archive.accounting().deliveries(AUDITOR, range, who, (_, _) -> {}, rows::add))
        .isTrue();
    return rows;
  }

  @Test
  void whatLeftTheSiteIsToldWithRecipientAndCountsAndLooksWithinOnlyWhenAsked() throws IOException {
    take(READER, Look.IMAGES, FIRST);
    take(GUEST, Look.FILES, FIRST);
    take(PROGRAM, Look.FILES, SECOND);
    take(PROGRAM, Look.FILES, OF_ANOTHER);
    reopen();
    List<Disclosure> left = told("ID-1", Accounting.Wanted.DISCLOSURES);
    assertThat(left)
        .extracting(Disclosure::to)
        .containsExactly(Disclosure.To.LINK, Disclosure.To.PROGRAM);
    Disclosure link = left.getFirst();
    assertThat(link.study()).contains(FIRST.value());
    assertThat(link.instances()).isEqualTo(1);
    assertThat(link.frames()).contains(3L);
    assertThat(link.bytes().orElseThrow()).isPositive();
    assertThat(link.what()).isEqualTo(Disclosure.What.IMAGES);
    assertThat(link.recipient()).contains("link 01234567");
    assertThat(link.stated()).isFalse();
    assertThat(left.getLast().recipient()).isEqualTo("program rita/T1");
    assertThat(told("ID-1", Accounting.Wanted.USES_TOO))
        .extracting(Disclosure::recipient)
        .contains("rita, radiologist")
        .hasSize(3);
    assertThat(told("ID-2", Accounting.Wanted.DISCLOSURES)).hasSize(1);
    assertThat(told("ID-3", Accounting.Wanted.USES_TOO)).isEmpty();
  }

  @Test
  void twoTouchesOfAVisitAreOneRowAndOneThatGoesOnHasNoCountsYet() throws IOException {
    take(READER, Look.IMAGES, FIRST);
    take(READER, Look.IMAGES, FIRST);
    List<Disclosure> now = told("ID-1", Accounting.Wanted.USES_TOO);
    assertThat(now).hasSize(1);
    assertThat(now.getFirst().frames()).isEmpty();
    reopen();
    List<Disclosure> later = told("ID-1", Accounting.Wanted.USES_TOO);
    assertThat(later).hasSize(1);
    assertThat(later.getFirst().frames()).contains(6L);
    assertThat(later.getFirst().instances()).isEqualTo(2);
  }

  @Test
  void aSpanOfTimeTellsWhoseImagesWentToWhom() throws IOException {
    take(READER, Look.IMAGES, FIRST);
    take(PROGRAM, Look.FILES, OF_ANOTHER);
    reopen();
    long noon = Instant.parse("2024-02-29T12:00:00Z").toEpochMilli();
    AuditLog.Range day = new AuditLog.Range(noon - 1000, noon + 1000);
    List<Accounting.Delivery> rows = delivered(day, Optional.empty());
    assertThat(rows)
        .extracting(Accounting.Delivery::who, row -> row.patient().orElse(""))
        .containsExactlyInAnyOrder(tuple("person rita", "ID-1"), tuple("program rita/T1", "ID-2"));
    assertThat(rows).filteredOn(Accounting.Delivery::prefetch).hasSize(1);
    assertThat(delivered(day, Optional.of("rita/T1"))).hasSize(1);
    assertThat(delivered(new AuditLog.Range(noon + 1, noon + 1000), Optional.empty())).isEmpty();
  }

  @Test
  void whoMayNotReadTheTrailLearnsNothingAndThatIsInTheTrail() throws IOException {
    take(GUEST, Look.FILES, FIRST);
    for (Caller caller : List.of(READER, GUEST, PROGRAM, person("ada", Role.ADMINISTRATOR))) {
      assertThat(
              open.archive
                  .accounting()
                  .disclosures(caller, "", "ID-1", ALL, Accounting.Wanted.USES_TOO))
          .isInstanceOf(Accounting.Answer.NotThere.class);
      assertThat(
              open.archive
                  .accounting()
                  .deliveries(caller, ALL, Optional.empty(), (_, _) -> {}, _ -> {}))
          .isFalse();
      assertThat(open.archive.states().at(caller, 0, (_, _) -> {})).isEmpty();
    }
    assertThat(open.trail())
        .filteredOn(line -> line.contains("accounting of disclosures refused"))
        .hasSize(4);
    assertThat(told("ID-1", Accounting.Wanted.DISCLOSURES)).hasSize(1);
    assertThat(open.trail())
        .filteredOn(line -> line.contains("\"accounting of disclosures\""))
        .hasSize(1);
  }

  @Test
  void howItWasIsToldByTheStateThatWasWrittenAndWhatWasDoneSince() throws IOException {
    open.archive
        .setUp()
        .unattended(
            new Caller.Console("root", WEB),
            "House",
            List.of(
                new SetUp.Person("ada", "quiet amber lanterns".toCharArray(), Role.ADMINISTRATOR)));
    long now = OpenArchive.CLOCK.millis();
    StateBook.At before = open.archive.states().at(AUDITOR, now, (_, _) -> {}).orElseThrow();
    assertThat(before.state()).isEmpty();
    assertThat(before.since())
        .extracting(StateBook.Change::what)
        .anyMatch(what -> what.contains("set-up") || what.contains("set up"));
    open.archive.states().sweep();
    open.archive.states().sweep();
    StateBook.At after = open.archive.states().at(AUDITOR, now, (_, _) -> {}).orElseThrow();
    assertThat(after.state().orElseThrow().people())
        .extracting(SiteState.Person::name, SiteState.Person::roles)
        .containsExactly(tuple("ada", List.of("administrator")));
    assertThat(after.state().orElseThrow().keyPlace()).isNotEmpty();
    assertThat(after.since()).isEmpty();
    assertThat(open.trail()).filteredOn(line -> line.contains("\"STATE\"")).hasSize(1);
    StateBook.At earlier = open.archive.states().at(AUDITOR, now - 1, (_, _) -> {}).orElseThrow();
    assertThat(earlier.state()).isEmpty();
    assertThat(earlier.since()).isEmpty();
  }

  @Test
  void whatADeviceHasSentElsewhereIsToldOfWhoGotIt() throws IOException {
    Origin here = new Origin(Origin.Door.DIMSE, "192.0.2.7");
    Caller reader = new Caller.Device("READ1", Set.of(DeviceVerb.RETRIEVE), Optional.empty(), here);
    Caller known =
        new Caller.Device("READ1", Set.of(DeviceVerb.RETRIEVE), Optional.of("rita"), here);
    Wanted first = new Wanted(FIRST, Set.of(), Set.of());
    Wanted second = new Wanted(SECOND, Set.of(), Set.of());
    Retrieve retrieve = open.archive.retrieve();
    retrieve.open(reader, Look.IMAGES, List.of(first), 9, Optional.empty());
    retrieve.open(reader, Look.IMAGES, List.of(first), 9, Optional.of("READ2"));
    retrieve.open(known, Look.IMAGES, List.of(second), 9, Optional.of("READ3"));
    reopen();

    assertThat(told("ID-1", Accounting.Wanted.DISCLOSURES))
        .extracting(Disclosure::recipient)
        .containsExactlyInAnyOrder(
            "device READ1, person not known",
            "device READ2, by order of device READ1",
            "device READ3, for rita, by order of device READ1");
  }
}
