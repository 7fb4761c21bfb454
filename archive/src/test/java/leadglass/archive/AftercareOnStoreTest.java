package leadglass.archive;

import static leadglass.archive.Ward.name;
import static leadglass.archive.Ward.rule;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import leadglass.archive.Moves.Target;
import leadglass.archive.Question.Level;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import leadglass.store.MasterKey;
import leadglass.store.Store;
import leadglass.store.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The rules over a real store, as somebody sees it who looks for images.
class AftercareOnStoreTest {
  private static final Uid FIRST = new Uid("2.25.1");
  private static final Uid SECOND = new Uid("2.25.2");

  private final Turned clock = new Turned();
  @TempDir private Path folder;
  private Store store;
  private Archive archive;

  /// A clock with hands.
  private static final class Turned extends Clock {
    private Instant now = Instant.parse("2026-03-02T09:00:00Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  @BeforeEach
  void open() throws IOException {
    MasterKey key = MasterKey.open(folder.resolve("elsewhere/master.key"), true);
    store = Stores.open(folder.resolve("data"), key, clock, event -> {});
    archive = Archive.open(store, key, clock, event -> {});
    file(FIRST, "Fiction^Zoë", "ID-1");
    file(SECOND, "Sample^Bea", "ID-2");
  }

  @AfterEach
  void close() throws IOException {
    archive.close();
  }

  private void file(Uid study, String name, String id) throws IOException {
    DataSet.Builder made =
        DataSet.builder()
            .utf8()
            .uid(Tag.SOP_CLASS_UID, Samples.CT)
            .uid(Tag.SOP_INSTANCE_UID, new Uid(study.value() + ".1.1"))
            .text(Tag.STUDY_DATE, Vr.DA, "20260302")
            .text(Tag.MODALITY, Vr.CS, "CT")
            .text(Tag.PATIENT_NAME, Vr.PN, name)
            .text(Tag.PATIENT_ID, Vr.LO, id)
            .uid(Tag.STUDY_INSTANCE_UID, study)
            .uid(Tag.SERIES_INSTANCE_UID, new Uid(study.value() + ".1"));
    byte[] bytes = Samples.file(Samples.pixels(made, 1, 0).build());
    assertThat(
            archive
                .ingest()
                .storeFile(Ward.TECHNOLOGIST, Optional.empty(), new ByteArrayInputStream(bytes)))
        .isInstanceOf(StoreOutcome.Stored.class);
  }

  private List<String> found(int tag, String value) throws IOException {
    Question question =
        new Question(
            Level.STUDY,
            Optional.empty(),
            Optional.empty(),
            List.of(new Question.Key(tag, value)),
            Set.of(),
            false,
            0,
            100,
            Optional.empty());
    List<String> names = new ArrayList<>();
    switch (archive.query().search(OpenArchive.reader(), question)) {
      case Query.Answer.Rows rows ->
          rows.rows().forEach(row -> names.add(row.string(Tag.PATIENT_NAME).orElse("")));
      case Query.Answer.Refused refused -> throw new AssertionError(refused.rule());
      case Query.Answer.Braked braked -> throw new AssertionError(braked.stop());
    }
    return names;
  }

  private List<Held> held(Uid study) throws IOException {
    return OpenArchive.given(
        archive
            .retrieve()
            .open(OpenArchive.reader(), Look.IMAGES, study, Optional.empty(), Optional.empty()));
  }

  private void live(Duration time) throws IOException {
    for (long hours = 0; hours < time.toHours(); hours += 12) {
      clock.now = clock.now.plus(Duration.ofHours(12));
      archive.aftercare().sweep(Duration.ofHours(12));
    }
  }

  private List<AuditEntry> trail() throws IOException {
    List<AuditEntry> entries = new ArrayList<>();
    store.trail().read(0, (_, entry) -> entries.add(AuditEntry.of(entry)));
    return entries;
  }

  @Test
  void aDeletedStudyIsFoundByNobodyUntilItIsBackAndThenDestroyedInTime() throws IOException {
    String name = name(archive.deletions().delete(Ward.TECHNOLOGIST, FIRST, "not Zoë's"));
    assertThat(found(Tag.PATIENT_NAME, "Fiction*")).isEmpty();
    assertThat(held(FIRST)).isEmpty();
    assertThat(rule(archive.deletions().bringBack(Ward.TECHNOLOGIST, name))).isEmpty();
    assertThat(found(Tag.PATIENT_NAME, "Fiction*")).containsExactly("Fiction^Zoë");
    assertThat(held(FIRST)).hasSize(1);
    assertThat(trail())
        .anyMatch(entry -> entry.act() == Act.DELETED && "not Zoë's".equals(entry.reason()));
    archive.deletions().delete(Ward.TECHNOLOGIST, FIRST, "not Zoë's");
    live(Duration.ofDays(32));
    assertThat(archive.deletions().list(Ward.TECHNOLOGIST, Optional.empty(), 10)).isEmpty();
    assertThat(trail()).anyMatch(entry -> entry.act() == Act.PURGED);
    assertThat(trail()).noneMatch(entry -> "not Zoë's".equals(entry.reason()));
  }

  @Test
  void aMovedStudyIsFoundAndLeavesUnderTheOtherNameAndComesBack() throws IOException {
    Target bea = new Target.Known("", "ID-2");
    String move = name(archive.moves().move(Ward.TECHNOLOGIST, FIRST, bea, "was Bea's"));
    assertThat(found(Tag.PATIENT_ID, "ID-1")).isEmpty();
    assertThat(found(Tag.PATIENT_NAME, "Fiction*")).isEmpty();
    assertThat(found(Tag.PATIENT_ID, "ID-2")).containsExactly("Sample^Bea", "Sample^Bea");
    assertThat(found(Tag.STUDY_INSTANCE_UID, FIRST.value())).containsExactly("Sample^Bea");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    held(FIRST).getFirst().writeFile(out, true);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("Sample^Bea", "ID-2")
        .doesNotContain("Fiction", "ID-1");
    archive.moves().undo(Ward.TECHNOLOGIST, move, "was Zoë's after all");
    assertThat(found(Tag.PATIENT_ID, "ID-1")).containsExactly("Fiction^Zoë");
    assertThat(found(Tag.PATIENT_ID, "ID-2")).containsExactly("Sample^Bea");
    out.reset();
    held(FIRST).getFirst().writeFile(out, true);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("Fiction^Zoë", "ID-1");
  }

  @Test
  void mergedPatientsAreOneUntilTheyAreParted() throws IOException {
    About.Patient zoe = new About.Patient("", "ID-1");
    About.Patient bea = new About.Patient("", "ID-2");
    String merge = name(archive.moves().merge(Ward.TECHNOLOGIST, zoe, bea, "one person"));
    assertThat(found(Tag.PATIENT_ID, "ID-2")).hasSize(2);
    assertThat(rule(archive.moves().undo(Ward.TECHNOLOGIST, merge, "two"))).isEmpty();
    assertThat(found(Tag.PATIENT_ID, "ID-2")).hasSize(1);
    assertThat(found(Tag.PATIENT_ID, "ID-1")).hasSize(1);
  }

  @Test
  void anErasedPatientIsGoneAndWhatComesLaterStays() throws IOException {
    About zoe = new About.Patient("", "ID-1");
    held(FIRST);
    String erasure =
        name(archive.erasures().ask(Ward.ADMINISTRATOR, zoe, Erasures.Category.REQUEST, "file 12"));
    assertThat(trail()).anyMatch(entry -> "file 12".equals(entry.reason()));
    assertThat(rule(archive.erasures().confirm(Ward.WITNESS, erasure))).isEmpty();
    live(Duration.ofDays(9));
    assertThat(found(Tag.PATIENT_ID, "ID-1")).isEmpty();
    assertThat(held(FIRST)).isEmpty();
    assertThat(found(Tag.PATIENT_ID, "ID-2")).hasSize(1);
    Certificate certificate =
        archive.erasures().certificate(Ward.ADMINISTRATOR, erasure).orElseThrow();
    assertThat(certificate.studies()).isEqualTo(1);
    assertThat(certificate.complete()).isTrue();
    assertThat(trail())
        .noneMatch(entry -> FIRST.value().equals(entry.study()))
        .noneMatch(entry -> "file 12".equals(entry.reason()));
    file(FIRST, "Fiction^Zoë", "ID-1");
    live(Duration.ofDays(9));
    assertThat(found(Tag.PATIENT_ID, "ID-1")).hasSize(1);
  }
}
