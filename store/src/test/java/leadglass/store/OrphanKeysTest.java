package leadglass.store;

import static leadglass.store.Samples.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import leadglass.store.Lifecycle.Doing;
import leadglass.store.Lifecycle.Done;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A study's key is made before the first instance is kept. When none is, the key is there all the
/// same, and what comes later must not be led astray by it.
class OrphanKeysTest {
  private static final Doing DOING = new Doing("tester", List.of());

  @TempDir Path folder;

  private static Filing filing(SiteId site, int patient, int instance) {
    return new Act(Act.Kind.FILE, 1, patient, instance, 0, "-").filing(site);
  }

  /// Refused when the key was made already.
  private static void refused(Store store, SiteId site, int patient) {
    Filing small = filing(site, patient, 99);
    Filing large =
        new Filing(
            site,
            small.patient(),
            small.study(),
            small.series(),
            small.sopInstance(),
            small.sopClass(),
            small.transferSyntax(),
            new byte[3 << 20],
            small.studyAttributes(),
            small.seriesAttributes(),
            small.instanceAttributes(),
            small.searchable(),
            small.receivedMillis(),
            small.audit());
    assertThatThrownBy(() -> Samples.file(store, large, bytes(1, 10)))
        .isInstanceOf(FilingTooLargeException.class);
  }

  private static Pseudonym patient(Store store, SiteId site, int patient) {
    return store.lifecycle().pseudonym(site, Act.patient(patient));
  }

  @Test
  void erasingThePatientOfARefusedInstanceLeavesTheStudyOfTheOneThatIsHeld() throws IOException {
    try (Store store = new StoreFolder(folder).open()) {
      SiteId site = store.createSite();
      refused(store, site, 7);
      Filing kept = filing(site, 8, 1);
      Samples.file(store, kept, bytes(1, 100));

      store.lifecycle().erase(site, patient(store, site, 7), DOING);
      assertThat(Samples.read(store, site, kept.sopInstance())).isEqualTo(bytes(1, 100));

      assertThat(store.lifecycle().erase(site, patient(store, site, 8), DOING)).isEqualTo(1);
      assertThat(store.instance(site, kept.sopInstance())).isEmpty();
    }
  }

  @Test
  void aStudyComesBackThoughOneThatWasRefusedHasAKeyUnderItsUid() throws IOException {
    try (Store store = new StoreFolder(folder).open()) {
      SiteId site = store.createSite();
      Filing kept = filing(site, 7, 1);
      Samples.file(store, kept, bytes(1, 100));
      StudyName name = store.lifecycle().name(site, kept.study()).orElseThrow();
      store.lifecycle().delete(site, name, new byte[0], DOING);
      refused(store, site, 7);

      assertThat(store.lifecycle().restore(site, name, DOING)).isEqualTo(Done.DONE);
      assertThat(Samples.read(store, site, kept.sopInstance())).isEqualTo(bytes(1, 100));
      assertThat(store.lifecycle().name(site, kept.study())).contains(name);
    }
  }

  @Test
  void anIndexOfBeforeADeletionCatchesUpThoughTheKeyIsDestroyedByNow() throws IOException {
    StoreFolder place = new StoreFolder(folder);
    Path index = place.data.resolve("index");
    Path older = folder.resolve("older");
    Filing first;
    Filing again;
    SiteId site;
    try (Store store = place.open()) {
      site = store.createSite();
      first = filing(site, 7, 1);
      again = filing(site, 7, 2);
      Samples.file(store, first, bytes(1, 100));
      Folders.copy(index, older);
      StudyName name = store.lifecycle().name(site, first.study()).orElseThrow();
      store.lifecycle().delete(site, name, new byte[0], DOING);
      Samples.file(store, again, bytes(2, 100));
      store.lifecycle().purge(site, name, DOING);
    }
    Folders.delete(index);
    Folders.copy(older, index);

    try (Store store = place.open()) {
      assertThat(store.instance(site, first.sopInstance())).isEmpty();
      assertThat(Samples.read(store, site, again.sopInstance())).isEqualTo(bytes(2, 100));
      assertThat(store.health().studies()).isEqualTo(1);
      assertThat(store.health().instances()).isEqualTo(1);
      assertThat(store.instances(site, first.study(), Optional.empty())).hasSize(1);
    }
  }
}
