package leadglass.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static leadglass.store.Samples.all;
import static leadglass.store.Samples.bytes;
import static leadglass.store.Samples.file;
import static leadglass.store.Samples.filing;
import static leadglass.store.Samples.instanceUid;
import static leadglass.store.Samples.read;
import static leadglass.store.Samples.studyUid;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import leadglass.store.Lifecycle.Aside;
import leadglass.store.Lifecycle.Doing;
import leadglass.store.Lifecycle.Done;
import leadglass.store.Store.Filed;
import leadglass.store.StudySearch.Condition;
import leadglass.store.StudySearch.Field;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of studies, while the store is open, when it is opened again, and when its indexes
/// are made anew.
class LifecycleTest {
  private static final byte[] WHY = "wrong patient".getBytes(UTF_8);

  @TempDir Path folder;
  private StoreFolder place;
  private Store store;
  private SiteId site;

  @BeforeEach
  void open() throws IOException {
    place = new StoreFolder(folder);
    store = place.open();
    site = store.createSite();
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  /// Something must be true now, after reopening, and after the indexes were made anew.
  private void always(Check check) throws IOException {
    check.run();
    store.close();
    store = place.open();
    check.run();
    store.close();
    Folders.delete(place.data.resolve("index"));
    store = place.open();
    check.run();
  }

  private interface Check {
    void run() throws IOException;
  }

  private static Doing doing(String what) {
    return new Doing("mara", List.of(Samples.audit(what)));
  }

  private StudyName name(int study) {
    return store.lifecycle().name(site, studyUid(study)).orElseThrow();
  }

  private List<String> found(Condition... conditions) {
    return store.studies(all(site, conditions)).rows().stream()
        .map(row -> row.study().value())
        .toList();
  }

  private static Condition patient(String id) {
    return new Condition.Equal(Field.PATIENT_ID, id);
  }

  @Test
  void aDeletedStudyIsNowhereToBeFoundButAmongTheDeleted() throws IOException {
    file(store, filing(site, 1, 1, 1), bytes(1, 100));
    file(store, filing(site, 1, 1, 2), bytes(2, 2_000_000));
    file(store, filing(site, 2, 1, 1), bytes(3, 100));
    StudyName name = name(1);

    assertThat(store.lifecycle().delete(site, name, WHY, doing("deleted"))).isEqualTo(Done.DONE);

    always(() -> {
      assertThat(store.study(site, studyUid(1))).isEmpty();
      assertThat(store.instance(site, instanceUid(1, 1, 1))).isEmpty();
      assertThat(store.instances(site, studyUid(1), Optional.empty())).isEmpty();
      assertThat(store.series(site, studyUid(1))).isEmpty();
      assertThat(found()).containsExactly(studyUid(2).value());
      assertThat(store.lifecycle().name(site, studyUid(1))).isEmpty();
      assertThat(store.health().studies()).isEqualTo(1);
      assertThat(store.health().instances()).isEqualTo(1);
      Aside aside = store.lifecycle().aside(site, Optional.empty(), 10).getFirst();
      assertThat(aside.name()).isEqualTo(name);
      assertThat(aside.row().study()).isEqualTo(studyUid(1));
      assertThat(aside.row().instanceCount()).isEqualTo(2);
      assertThat(aside.by()).isEqualTo("mara");
      assertThat(aside.reason()).isEqualTo(WHY);
      assertThat(aside.patient()).isEqualTo(patientOf("CANARYID1"));
    });
    assertThat(audit()).contains("deleted");
  }

  private Pseudonym patientOf(String id) {
    return store.lifecycle().pseudonym(site, new PatientRef("", id));
  }

  private List<String> audit() throws IOException {
    List<String> entries = new ArrayList<>();
    store.trail().read(0, (_, entry) -> entries.add(new String(entry.entry(), UTF_8)));
    return entries;
  }

  @Test
  void whatWasDeletedComesBackWhole() throws IOException {
    file(store, filing(site, 1, 1, 1), bytes(1, 70_000));
    StudyName name = name(1);
    store.lifecycle().delete(site, name, WHY, doing("deleted"));

    assertThat(store.lifecycle().restore(site, name, doing("back"))).isEqualTo(Done.DONE);

    always(() -> {
      assertThat(found(patient("CANARYID1"))).containsExactly(studyUid(1).value());
      assertThat(read(store, site, instanceUid(1, 1, 1))).isEqualTo(bytes(1, 70_000));
      assertThat(store.lifecycle().aside(site, Optional.empty(), 10)).isEmpty();
      assertThat(store.health().instances()).isEqualTo(1);
    });
    assertThat(store.lifecycle().restore(site, name, doing("again"))).isEqualTo(Done.NOT_THERE);
  }

  @Test
  void theSameStudyMayComeAgainAfterItWasDeletedAndBothAreKeptApart() throws IOException {
    file(store, filing(site, 1, 1, 1), bytes(1, 100));
    StudyName first = name(1);
    store.lifecycle().delete(site, first, WHY, doing("deleted"));

    assertThat(file(store, filing(site, 1, 1, 1), bytes(9, 100))).isInstanceOf(Filed.Kept.class);

    StudyName second = name(1);
    assertThat(second).isNotEqualTo(first);
    always(() -> {
      assertThat(read(store, site, instanceUid(1, 1, 1))).isEqualTo(bytes(9, 100));
      assertThat(store.lifecycle().restore(site, first, doing("back"))).isEqualTo(Done.CAME_AGAIN);
    });
    store.lifecycle().delete(site, second, WHY, doing("deleted too"));
    assertThat(store.lifecycle().restore(site, first, doing("back"))).isEqualTo(Done.DONE);
    always(() -> assertThat(read(store, site, instanceUid(1, 1, 1))).isEqualTo(bytes(1, 100)));
    assertThat(store.lifecycle().purge(site, second, doing("purged"))).isEqualTo(Done.DONE);
    always(() -> assertThat(read(store, site, instanceUid(1, 1, 1))).isEqualTo(bytes(1, 100)));
  }

  @Test
  void whatCameBackSinceItWasLookedForIsTaken() throws IOException {
    file(store, filing(site, 1, 1, 1), bytes(1, 100));
    StudyName name = name(1);
    store.lifecycle().delete(site, name, WHY, doing("deleted"));
    assertThat(store.instance(site, instanceUid(1, 1, 1))).isEmpty();

    store.lifecycle().restore(site, name, doing("back"));

    assertThat(file(store, filing(site, 1, 1, 1), bytes(9, 100))).isInstanceOf(Filed.Taken.class);
  }

  @Test
  void aPurgedStudyIsGoneForEverAndOnlyADeletedOneCanBePurged() throws IOException {
    file(store, filing(site, 1, 1, 1), bytes(1, 100));
    StudyName name = name(1);
    assertThat(store.lifecycle().purge(site, name, doing("purged"))).isEqualTo(Done.NOT_THERE);
    store.lifecycle().delete(site, name, WHY, doing("deleted"));

    assertThat(store.lifecycle().purge(site, name, doing("purged"))).isEqualTo(Done.DONE);

    always(() -> {
      assertThat(store.lifecycle().aside(site, Optional.empty(), 10)).isEmpty();
      assertThat(store.lifecycle().restore(site, name, doing("x"))).isEqualTo(Done.NOT_THERE);
      assertThat(found()).isEmpty();
      assertThat(store.health().instances()).isZero();
    });
    assertThat(file(store, filing(site, 1, 1, 1), bytes(9, 100))).isInstanceOf(Filed.Kept.class);
    always(() -> assertThat(read(store, site, instanceUid(1, 1, 1))).isEqualTo(bytes(9, 100)));
  }

  private static PatientIdentity other() {
    return new PatientIdentity(
        new PatientRef("", "OTHER"),
        "attributes of the other".getBytes(UTF_8),
        List.of("Other^Otto"),
        "19800203",
        "M");
  }

  @Test
  void aMovedStudyIsFoundUnderItsNewPatientAndGoesBackWhole() throws IOException {
    file(store, filing(site, 1, 1, 1), bytes(1, 100));
    StudyName name = name(1);

    assertThat(store.lifecycle().move(site, name, Optional.of(other()), doing("moved")))
        .isEqualTo(Done.DONE);

    always(() -> {
      assertThat(found(patient("OTHER"))).containsExactly(studyUid(1).value());
      assertThat(found(patient("CANARYID1"))).isEmpty();
      assertThat(found(new Condition.Wildcard(Field.PATIENT_NAME, "other^o*"))).hasSize(1);
      assertThat(store.study(site, studyUid(1)).orElseThrow().moved().orElseThrow().attributes())
          .isEqualTo("attributes of the other".getBytes(UTF_8));
      assertThat(store.lifecycle().patientOf(site, name)).contains(patientOf("OTHER"));
      assertThat(read(store, site, instanceUid(1, 1, 1))).isEqualTo(bytes(1, 100));
    });
    // More of it comes, still under the old ID: it goes with the study.
    file(store, filing(site, 1, 1, 2), bytes(2, 100));
    always(() -> assertThat(found(patient("OTHER"))).hasSize(1));

    store.lifecycle().move(site, name, Optional.empty(), doing("moved back"));

    always(() -> {
      assertThat(found(patient("CANARYID1"))).containsExactly(studyUid(1).value());
      assertThat(store.study(site, studyUid(1)).orElseThrow().moved()).isEmpty();
      assertThat(store.lifecycle().patientOf(site, name)).contains(patientOf("CANARYID1"));
    });
  }

  @Test
  void erasingAPatientTakesAllTheirStudiesDeletedOnesToo() throws IOException {
    file(store, filing(site, 1, 1, 1), bytes(1, 100));
    file(store, filing(site, 2, 1, 1), bytes(2, 100));
    file(store, filing(site, 3, 1, 1), bytes(3, 100));
    PatientIdentity first =
        new PatientIdentity(
            new PatientRef("", "CANARYID1"), new byte[] {1}, List.of("A^B"), "", "");
    store.lifecycle().move(site, name(2), Optional.of(first), doing("moved"));
    StudyName deleted = name(2);
    store.lifecycle().delete(site, deleted, WHY, doing("deleted"));
    assertThat(store.lifecycle().studiesOf(site, patientOf("CANARYID1"))).hasSize(2);

    int erased = store.lifecycle().erase(site, patientOf("CANARYID1"), doing("erased"));

    assertThat(erased).isEqualTo(2);
    always(() -> {
      assertThat(found()).containsExactly(studyUid(3).value());
      assertThat(store.lifecycle().aside(site, Optional.empty(), 10)).isEmpty();
      assertThat(store.lifecycle().studiesOf(site, patientOf("CANARYID1"))).isEmpty();
      assertThat(store.instance(site, instanceUid(1, 1, 1))).isEmpty();
      assertThat(read(store, site, instanceUid(3, 1, 1))).isEqualTo(bytes(3, 100));
    });
    assertThat(store.lifecycle().erase(site, patientOf("CANARYID1"), doing("again"))).isZero();
    // The same patient may come again, with keys of their own.
    file(store, filing(site, 1, 1, 1), bytes(4, 100));
    always(() -> assertThat(read(store, site, instanceUid(1, 1, 1))).isEqualTo(bytes(4, 100)));
  }

  @Test
  void theTrailSaysWhoItWasAboutUntilTheirKeyIsGone() throws IOException {
    file(store, filing(site, 1, 1, 1), bytes(1, 100));
    Audit.Subject subject = new Audit.Subject(site, studyUid(1), "the study".getBytes(UTF_8));
    store.audit(List.of(new Audit("seen".getBytes(UTF_8), Optional.of(subject))), true);
    StudyName name = name(1);
    assertThat(about("seen").detail()).contains("the study".getBytes(UTF_8));

    store.lifecycle().erase(site, patientOf("CANARYID1"), doing("erased"));

    assertThat(about("seen").detail()).isEmpty();
    assertThat(about("seen").study()).isEqualTo(name);
    assertThat(about("seen").patient()).isEqualTo(patientOf("CANARYID1"));
  }

  private Audit.About about(String text) throws IOException {
    List<Audit.About> found = new ArrayList<>();
    store
        .trail()
        .read(
            0,
            (_, entry) -> {
              if (new String(entry.entry(), UTF_8).equals(text)) {
                found.add(entry.about().orElseThrow());
              }
              return true;
            });
    return found.getFirst();
  }
}
