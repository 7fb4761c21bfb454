package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import leadglass.store.MasterKey;
import leadglass.store.SiteId;
import leadglass.store.Store;
import leadglass.store.Stores;
import leadglass.store.StudyName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A year of a small clinic, by a script: everybody comes in through every door that they have, and
/// the trail has what the script has, one for one. `-Dleadglass.year=N` does N things.
@SuppressWarnings("NullAway.Init")
class ScriptedYearTest {
  private static final int DEEDS = Integer.getInteger("leadglass.year", 250);
  private static final int PATIENTS = 12;
  private static final List<Look> LOOKS = List.of(Look.values());

  @TempDir private Path folder;
  private final Hands clock = new Hands();
  private final Random random = new Random(20261126);
  private final List<String> expected = new ArrayList<>();
  private final List<String> disclosed = new ArrayList<>();
  private final List<Uid> studies = new ArrayList<>();
  private Store store;

  private static final class Hands extends Clock {
    private Instant now = Instant.parse("2025-01-02T08:00:00Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  private static Origin at(Origin.Door door) {
    return new Origin(door, "192.0.2.7");
  }

  private static Caller person(Role role) {
    return new Caller.Person(role.word(), role, Set.of(role), at(Origin.Door.PAGE));
  }

  private static Caller program() {
    return new Caller.Program(
        "T1",
        "radiologist",
        Set.of(Role.RADIOLOGIST),
        Set.of(Caller.Scope.READ, Caller.Scope.WRITE),
        at(Origin.Door.DICOMWEB));
  }

  private static Caller share(Uid study) {
    return new Caller.Share(
        "a".repeat(32),
        Set.of(study),
        true,
        new Stated("a second opinion", "Dr. Fiction"),
        at(Origin.Door.DICOMWEB));
  }

  /// Patient 0 to 11 of the n-th study.
  private static int patient(int study) {
    return study * 7 % PATIENTS;
  }

  private String today() {
    return clock.now.toString().substring(0, 10).replace("-", "");
  }

  private void stores(Archive archive) throws IOException {
    int number = studies.size();
    Uid study = new Uid("2.25." + (1000 + number));
    studies.add(study);
    Caller by =
        switch (random.nextInt(4)) {
          case 0 -> program();
          case 1 -> person(Role.TECHNOLOGIST);
          case 2 -> person(Role.FRONT_DESK);
          default -> new Caller.Device("CT1", at(Origin.Door.DIMSE));
        };
    DataSet.Builder made =
        DataSet.builder()
            .utf8()
            .uid(Tag.SOP_CLASS_UID, Samples.CT)
            .uid(Tag.SOP_INSTANCE_UID, new Uid(study.value() + ".1.1"))
            .text(Tag.STUDY_DATE, Vr.DA, today())
            .text(Tag.MODALITY, Vr.CS, "CT")
            .text(Tag.PATIENT_NAME, Vr.PN, "Sample^Bea")
            .text(Tag.PATIENT_ID, Vr.LO, "ID-" + patient(number))
            .uid(Tag.STUDY_INSTANCE_UID, study)
            .uid(Tag.SERIES_INSTANCE_UID, new Uid(study.value() + ".1"));
    byte[] file = Samples.file(Samples.pixels(made, 1, 0).build());
    StoreOutcome outcome =
        archive.ingest().storeFile(by, Optional.empty(), new ByteArrayInputStream(file));
    assertThat(outcome).isInstanceOf(StoreOutcome.Stored.class);
    expect(Act.STORED, by, study, false);
  }

  private void expect(Act act, Caller by, Uid study, boolean ends) {
    AuditTrail.Who who = AuditTrail.Who.of(by);
    expected.add(line(act, true, who.kind(), who.name(), study.value(), ends));
  }

  private static String line(
      Act act, boolean success, String kind, String who, String study, boolean ends) {
    return act + " " + success + " " + kind + " " + who + " " + study + (ends ? " ends" : "");
  }

  /// Somebody opens a study of some day, as far as they may.
  private void opens(Archive archive) throws IOException {
    int number = random.nextInt(studies.size());
    Uid study = studies.get(number);
    Look look = LOOKS.get(random.nextInt(LOOKS.size()));
    Caller by =
        switch (random.nextInt(8)) {
          case 0 -> program();
          case 1, 2 -> share(study);
          case 3 -> person(Role.ADMINISTRATOR);
          case 4 -> person(Role.FRONT_DESK);
          case 5 -> person(Role.AUDITOR);
          case 6 ->
              new Caller.Patient(
                  "p" + patient(number), Set.of(pseudonym(study)), at(Origin.Door.DICOMWEB));
          default -> person(Role.RADIOLOGIST);
        };
    Retrieve.Answer answer =
        archive.retrieve().open(by, look, study, Optional.empty(), Optional.empty());
    List<Held> given = OpenArchive.given(answer);
    if (given.isEmpty()) {
      return; // what is not permitted looks like what is not there
    }
    for (Held held : given) {
      held.writeFile(OutputStream.nullOutputStream(), false);
    }
    expect(look.act(), by, study, false);
    expect(look.act(), by, study, true);
    boolean outside = !(by instanceof Caller.Person);
    if (outside && patient(number) == 0) {
      disclosed.add(AuditTrail.Who.of(by).kind() + " " + study.value() + " " + look.act());
    }
  }

  private String pseudonym(Uid study) {
    SiteId site = store.sites().getFirst();
    StudyName name = store.lifecycle().name(site, study).orElseThrow();
    return store.lifecycle().patientOf(site, name).orElseThrow().value();
  }

  private void asks(Archive archive) throws IOException {
    Caller by = person(random.nextBoolean() ? Role.RADIOLOGIST : Role.WITNESS);
    Uid study = studies.get(random.nextInt(studies.size()));
    Question question =
        new Question(
            Question.Level.SERIES,
            Optional.of(study),
            Optional.empty(),
            List.of(),
            Set.of(),
            false,
            0,
            10,
            Optional.empty());
    Query.Answer answer = archive.query().search(by, question);
    assertThat(answer).isInstanceOf(Query.Answer.Rows.class);
    expect(Act.SEARCHED, by, study, false);
  }

  private void happens(Archive archive) throws IOException {
    switch (studies.isEmpty() ? 0 : random.nextInt(5)) {
      case 0 -> stores(archive);
      case 1 -> asks(archive);
      default -> opens(archive);
    }
    // The next thing happens on another morning: nobody works at night, and every visit is over.
    clock.now = clock.now.plus(Duration.ofHours(24)).plusSeconds(random.nextInt(60));
    archive.sweep();
  }

  @Test
  void theTrailHasWhatTheScriptHasOneForOne() throws IOException {
    MasterKey key = MasterKey.open(folder.resolve("master.key"), true);
    store = Stores.open(folder.resolve("data"), key, clock, _ -> {});
    try (Archive archive = Archive.open(store, key, clock, _ -> {})) {
      archive.sweep();
      long before = store.trail().size();
      for (int deed = 0; deed < DEEDS; deed++) {
        happens(archive);
      }
      List<String> recorded = new ArrayList<>();
      store
          .trail()
          .read(
              before,
              (_, opened) -> {
                AuditEntry entry = AuditEntry.of(opened);
                recorded.add(
                    line(
                        entry.act(),
                        entry.success(),
                        entry.kind(),
                        entry.who(),
                        String.valueOf(entry.study()),
                        entry.ends()));
                return true;
              });
      assertThat(recorded).containsExactlyElementsOf(expected);
      assertThat(disclosed).isNotEmpty();
      Accounting.Answer answer =
          archive
              .accounting()
              .disclosures(
                  person(Role.AUDITOR),
                  "",
                  "ID-0",
                  AuditLog.Range.ALL,
                  Accounting.Wanted.DISCLOSURES);
      assertThat(((Accounting.Answer.Told) answer).rows())
          .extracting(row -> kind(row) + " " + row.study().orElseThrow() + " " + act(row))
          .containsExactlyElementsOf(disclosed);
      assertThat(((Accounting.Answer.Told) answer).rows())
          .filteredOn(row -> row.to() == Disclosure.To.LINK)
          .allSatisfy(row -> {
            assertThat(row.recipient()).startsWith("Dr. Fiction");
            assertThat(row.purpose()).isEqualTo("a second opinion");
            assertThat(row.stated()).isTrue();
          });
    }
  }

  private static String kind(Disclosure row) {
    return switch (row.to()) {
      case LINK -> "share";
      case PROGRAM -> "program";
      case PATIENT -> "patient";
      case DEVICE -> "device";
      case REFERRER, STAFF, CONSOLE -> "staff";
    };
  }

  private static Act act(Disclosure row) {
    return switch (row.what()) {
      case IMAGES -> Act.RETRIEVED;
      case PREVIEWS -> Act.PREVIEWED;
      case DESCRIPTION -> Act.DESCRIBED;
    };
  }
}
