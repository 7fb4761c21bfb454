package leadglass.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static leadglass.store.Samples.bytes;
import static leadglass.store.Samples.filing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What goes to a backup comes back from it, and nothing that is there is touched.
class BackupTest {
  private static final String ARCHIVE = "a1b2c3d4e5f60718";
  private static final int STUDIES = 6;

  @TempDir Path folder;
  private StoreFolder place;
  private SiteId site = new SiteId("0".repeat(32));

  @BeforeEach
  void fill() throws IOException {
    place = new StoreFolder(folder.resolve("here"));
    try (Store store = place.open()) {
      site = store.createSite();
      for (int study = 1; study <= STUDIES; study++) {
        add(store, study);
      }
      store.registry().put("person", "mara", 0, "{}".getBytes(UTF_8));
      store.audit(List.of(Samples.audit("looked")), true);
    }
  }

  private void add(Store store, int study) throws IOException {
    for (int instance = 1; instance <= 3; instance++) {
      Samples.file(store, filing(site, study, 1, instance), bytes(instance, 100_000 * study));
    }
  }

  private BackupOrder order() throws IOException {
    return new BackupOrder(
        Backups.folder(to()),
        keys(),
        ARCHIVE,
        Optional.of(place.keyFile),
        Optional.empty(),
        true,
        Map.of("leadglass.toml", "web.port = 0\n".getBytes(UTF_8)),
        Progress.NONE);
  }

  private Path to() {
    return folder.resolve("to");
  }

  private Path keys() {
    return folder.resolve("to2");
  }

  private Restored restore(StoreFolder there, Optional<String> snapshot) throws IOException {
    Files.createDirectories(there.keyFile.getParent());
    Files.copy(Backups.masterKey(keys()).orElseThrow(), there.keyFile);
    return Backups.restore(
        new RestoreOrder(
            Backups.folder(to()), keys(), snapshot, there.key(), there.data, Progress.NONE));
  }

  /// All that can be asked, and every byte.
  private List<String> listing(Store store) throws IOException {
    List<String> lines = new ArrayList<>();
    for (StudyRow study : store.studies(Samples.all(site)).rows()) {
      lines.add(study.study().value() + " " + new String(study.attributes(), UTF_8));
      for (InstanceRow row : store.instances(site, study.study(), Optional.empty())) {
        byte[] dataSet = Samples.read(store, site, row.sopInstance());
        lines.add(row.sopInstance().value() + " " + java.util.Arrays.hashCode(dataSet));
      }
    }
    store.trail().read(0, (number, entry) -> lines.add(new String(entry.entry(), UTF_8)));
    store.registry().list("person").forEach(entry -> lines.add(entry.key()));
    return lines;
  }

  private static Map<String, byte[]> files(Path folder) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    for (Path file : Folders.files(folder)) {
      files.put(folder.relativize(file).toString(), Files.readAllBytes(file));
    }
    return files;
  }

  @Test
  void whatWasBackedUpWhileServingComesBackOnAnEmptyMachine() throws IOException {
    List<String> before;
    BackupDone done;
    try (Store store = place.open()) {
      done = store.backup(order());
      before = listing(store);
    }
    assertThat(done.held().instances()).isEqualTo(STUDIES * 3L);
    assertThat(done.held().studies()).isEqualTo(STUDIES);
    assertThat(done.held().auditEntries()).isEqualTo(STUDIES * 3L + 1);
    Folders.delete(place.data);
    StoreFolder there = new StoreFolder(folder.resolve("there"));
    Restored restored = restore(there, Optional.empty());
    assertThat(restored.damaged()).isEmpty();
    assertThat(restored.missing()).isEmpty();
    assertThat(restored.held()).isEqualTo(done.held());
    assertThat(restored.newest().orElseThrow().snapshotThere()).isTrue();
    assertThat(there.data.resolve("archive.id")).hasContent(ARCHIVE + "\n");
    assertThat(there.data.resolve("leadglass.toml")).hasContent("web.port = 0\n");
    String elsewhere = Files.readString(there.data.resolve("trail").resolve("checkpoint"));
    try (Store store = there.open()) {
      assertThat(listing(store)).isEqualTo(before);
      assertThat(store.health().instances()).isEqualTo(done.held().instances());
    }
    TrailReport trail =
        Stores.verifyTrail(there.data, List.of(), Optional.of(elsewhere), Progress.NONE);
    assertThat(trail.problems()).isEmpty();
    assertThat(trail.against()).isPresent();
    assertThat(there.events).noneMatch(event -> event instanceof StoreEvent.TrailDisagrees);
  }

  @Test
  void theSecondBackupReadsWhatIsNewAndTouchesNothingThatIsThere() throws IOException {
    try (Store store = place.open()) {
      BackupDone first = store.backup(order());
      Map<String, byte[]> before = files(to());
      add(store, STUDIES + 1);
      BackupDone second = store.backup(order());
      assertThat(second.packsCopied()).isEqualTo(1);
      assertThat(second.packs()).isEqualTo(first.packs() + 1);
      assertThat(second.held().instances()).isEqualTo(first.held().instances() + 3);
      assertThat(second.held().auditEntries()).isEqualTo(first.held().auditEntries() + 3);
      Map<String, byte[]> after = files(to());
      assertThat(after).containsAllEntriesOf(before);
      assertThat(second.snapshot()).isGreaterThan(first.snapshot());
      BackupDone third = store.backup(order());
      assertThat(third.packsCopied()).isZero();
      assertThat(third.held()).isEqualTo(second.held());
    }
  }

  @Test
  void anOlderSnapshotComesBackAsItWas() throws IOException {
    List<String> before;
    String older;
    try (Store store = place.open()) {
      before = listing(store);
      older = store.backup(order()).snapshot();
      add(store, STUDIES + 1);
      store.backup(order());
    }
    StoreFolder there = new StoreFolder(folder.resolve("there"));
    Restored restored = restore(there, Optional.of(older));
    assertThat(restored.newestRegistry()).isPresent();
    assertThat(restored.newest().orElseThrow().held().instances()).isEqualTo(STUDIES * 3L + 3);
    try (Store store = there.open()) {
      assertThat(listing(store)).isEqualTo(before);
    }
  }

  @Test
  void theCopyHoldsNothingThatCanBeReadWithoutTheKeys() throws IOException {
    try (Store store = place.open()) {
      store.backup(order());
    }
    for (Map.Entry<String, byte[]> file : files(to()).entrySet()) {
      String text = new String(file.getValue(), java.nio.charset.StandardCharsets.ISO_8859_1);
      assertThat(text).as(file.getKey()).doesNotContain("Canary", "CANARYID", "1.2.826.0.1.99");
      assertThat(text).as(file.getKey()).doesNotContain("looked", "mara", "web.port");
    }
  }

  @Test
  void aFlippedBitInAPackOfTheCopyIsToldAndTheRestComesBack() throws IOException {
    try (Store store = place.open()) {
      store.backup(order());
      add(store, STUDIES + 1);
      store.backup(order());
    }
    List<Path> packs =
        Folders.files(to()).stream().filter(p -> p.toString().endsWith(".pack")).toList();
    Path pack = packs.getFirst();
    byte[] bytes = Files.readAllBytes(pack);
    bytes[bytes.length / 2] ^= 4;
    Files.write(pack, bytes);
    Files.delete(packs.getLast());
    StoreFolder there = new StoreFolder(folder.resolve("there"));
    Restored restored = restore(there, Optional.empty());
    assertThat(restored.damaged()).hasSize(1);
    assertThat(pack.getFileName()).hasToString(restored.damaged().getFirst() + ".pack");
    assertThat(restored.missing()).hasSize(1);
    try (Store store = there.open()) {
      assertThat(store.registry().list("person")).hasSize(1);
    }
  }

  @Test
  void aSnapshotThatWasChangedOrRenamedIsRefused() throws IOException {
    String name;
    try (Store store = place.open()) {
      name = store.backup(order()).snapshot();
    }
    Path file = to().resolve("snapshots").resolve(name);
    String other = name.replace("00000001", "00000002");
    Files.move(file, file.resolveSibling(other));
    StoreFolder there = new StoreFolder(folder.resolve("there"));
    assertThatThrownBy(() -> restore(there, Optional.of(other)))
        .isInstanceOf(BackupRefusedException.class)
        .hasMessageContaining("damaged");
    assertThat(there.data.resolve("archive.id")).doesNotExist();
  }

  @Test
  void aRestoreThatWasCutShortGoesOnWhereItWas() throws IOException {
    List<String> before;
    try (Store store = place.open()) {
      before = listing(store);
      store.backup(order());
    }
    StoreFolder there = new StoreFolder(folder.resolve("there"));
    Files.createDirectories(there.keyFile.getParent());
    Files.copy(place.keyFile, there.keyFile);
    RestoreOrder order =
        new RestoreOrder(
            Backups.folder(to()),
            keys(),
            Optional.empty(),
            there.key(),
            there.data,
            (what, done, all) -> {
              throw new IllegalStateException("cut short");
            });
    assertThatThrownBy(() -> Backups.restore(order)).isInstanceOf(IOException.class);
    assertThat(there.data.resolve("archive.id")).doesNotExist();
    Files.delete(there.keyFile);
    restore(there, Optional.empty());
    try (Store store = there.open()) {
      assertThat(listing(store)).isEqualTo(before);
    }
  }

  @Test
  void aPackThatIsGoneBeforeTheRestoreEndsIsNotTakenForRestored() throws IOException {
    try (Store store = place.open()) {
      assertThat(store.backup(order()).packs()).isEqualTo(1);
    }
    StoreFolder there = new StoreFolder(folder.resolve("there"));
    restore(there, Optional.empty());
    Files.delete(there.data.resolve("archive.id"));
    Files.createFile(there.data.resolve("restoring")); // as if it had been cut short
    RestoreOrder order =
        new RestoreOrder(
            Backups.folder(to()),
            keys(),
            Optional.empty(),
            there.key(),
            there.data,
            (what, done, all) -> deletePacks(there.data));
    assertThatThrownBy(() -> Backups.restore(order))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is not there");
    assertThat(there.data.resolve("archive.id")).doesNotExist();
  }

  private static void deletePacks(Path data) {
    try {
      for (Path each : Folders.files(data.resolve("packs"))) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void onlyAnEmptyDirectoryIsRestoredTo() throws IOException {
    try (Store store = place.open()) {
      store.backup(order());
    }
    assertThatThrownBy(() ->
            Backups.restore(
                new RestoreOrder(
                    Backups.folder(to()),
                    keys(),
                    Optional.empty(),
                    place.key(),
                    place.data,
                    Progress.NONE)))
        .isInstanceOf(BackupRefusedException.class)
        .hasMessageContaining("not empty");
  }

  /// Its place as it is when a backup ended before it could list what it had copied.
  private void endAfterCopying(BackupDone done) throws IOException {
    Files.delete(to().resolve("snapshots").resolve(done.snapshot()));
    Files.delete(to().resolve("registry").resolve(done.snapshot() + ".db"));
    Files.delete(keys().resolve("checkpoints").resolve(done.snapshot()));
  }

  @Test
  void aBackupThatWasCutShortIsBegunAgainAtOnce() throws IOException {
    InstantSource noon = InstantSource.fixed(Instant.parse("2026-01-15T12:00:00Z"));
    try (Store store = PackedStore.open(place.data, place.key(), noon, event -> {}, Means.real())) {
      endAfterCopying(store.backup(order()));
      BackupDone again = store.backup(order());
      assertThat(again.packsCopied()).isZero();
      assertThat(again.held().instances()).isEqualTo(STUDIES * 3L);
    }
  }

  @Test
  void whatIsCopiedIsWhatIsThereAfterPowerLoss() throws IOException {
    BlockDisk disk = new BlockDisk(Integer.MAX_VALUE);
    place = new StoreFolder(folder.resolve("unsynced"));
    try (Store store = place.open(StoreFolder.means(_ -> disk))) {
      site = store.createSite();
      add(store, 1);
      endAfterCopying(store.backup(order()));
    }
    BlockDisk left = disk.restarted(BlockDisk.Unsynced.LOST);
    try (Store store = place.open(StoreFolder.means(_ -> left))) {
      assertThat(store.backup(order()).held().instances()).isEqualTo(3);
    }
  }

  @Test
  void copyAndKeysOnTheDeviceOfTheDataAreRefusedUnlessItIsMeantSo() throws IOException {
    try (Store store = place.open()) {
      BackupOrder careless =
          new BackupOrder(
              Backups.folder(to()),
              keys(),
              ARCHIVE,
              Optional.empty(),
              Optional.empty(),
              false,
              Map.of(),
              Progress.NONE);
      assertThatThrownBy(() -> store.backup(careless))
          .isInstanceOf(BackupRefusedException.class)
          .hasMessage(
              "the copy would lie on the device that holds the data, and the keys would lie on the"
                  + " device that holds the data, and the keys would lie on the device that holds"
                  + " the copy");
      assertThat(store.backup(order()).sameDevice()).isTrue();
    }
  }

  @Test
  void aPlaceHoldsOneArchivesCopies() throws IOException {
    try (Store store = place.open()) {
      store.backup(order());
      BackupOrder other =
          new BackupOrder(
              Backups.folder(to()),
              keys(),
              "ffffffffffffffff",
              Optional.empty(),
              Optional.empty(),
              true,
              Map.of(),
              Progress.NONE);
      assertThatThrownBy(() -> store.backup(other))
          .isInstanceOf(BackupRefusedException.class)
          .hasMessageContaining("another archive");
    }
  }

  @Test
  void withoutTheMasterKeyOnlyTheKeyStoreIsCopied() throws IOException {
    BackupOrder order =
        new BackupOrder(
            Backups.folder(to()),
            keys(),
            ARCHIVE,
            Optional.empty(),
            Optional.empty(),
            true,
            Map.of(),
            Progress.NONE);
    try (Store store = place.open()) {
      assertThat(store.backup(order).keys().masterKey()).isEmpty();
    }
    assertThat(Backups.masterKey(keys())).isEmpty();
    StoreFolder there = new StoreFolder(folder.resolve("there"));
    assertThatThrownBy(() ->
            Backups.restore(
                new RestoreOrder(
                    Backups.folder(to()),
                    keys(),
                    Optional.empty(),
                    there.key(),
                    there.data,
                    Progress.NONE)))
        .isInstanceOf(WrongKeyException.class);
  }

  private void erase(Store store, int study) throws IOException {
    Pseudonym patient = store.lifecycle().pseudonym(site, new PatientRef("", "CANARYID" + study));
    Lifecycle.Doing doing = new Lifecycle.Doing("mara", List.of(Samples.audit("erased")));
    assertThat(store.lifecycle().erase(site, patient, doing)).isEqualTo(1);
  }

  private void assertErased(StoreFolder there, int study) throws IOException {
    try (Store store = there.open()) {
      assertThat(store.instance(site, Samples.instanceUid(study, 1, 1))).isEmpty();
      assertThat(store.study(site, Samples.studyUid(study))).isEmpty();
      assertThat(store.lifecycle().name(site, Samples.studyUid(study))).isEmpty();
      assertThat(Samples.read(store, site, Samples.instanceUid(study + 1, 1, 1)))
          .hasSize(100_000 * (study + 1));
      assertThat(store.health().instances()).isEqualTo((STUDIES - 1) * 3L);
    }
  }

  @Test
  void anErasedPatientDoesNotComeBackWithAnOlderSnapshot() throws IOException {
    String older;
    try (Store store = place.open()) {
      older = store.backup(order()).snapshot();
      erase(store, 2);
      BackupDone second = store.backup(order());
      assertThat(second.keysRemoved()).containsExactly("keys/" + older + ".db");
      assertThat(second.held().instances()).isEqualTo((STUDIES - 1) * 3L);
    }
    assertThat(keys().resolve("keys")).isDirectoryNotContaining("glob:**" + older + "*");
    StoreFolder there = new StoreFolder(folder.resolve("there"));
    Restored restored = restore(there, Optional.of(older));
    assertThat(restored.eventsReplayed()).isEqualTo(1);
    assertErased(there, 2);
  }

  @Test
  void anErasedPatientDoesNotComeBackWithAnOlderCopyOfTheKeys() throws IOException {
    String older;
    Path hidden = folder.resolve("hidden.db");
    try (Store store = place.open()) {
      older = store.backup(order()).snapshot();
      Files.copy(keys().resolve("keys").resolve(older + ".db"), hidden);
      erase(store, 2);
      store.backup(order());
    }
    for (Path copy : Folders.files(keys().resolve("keys"))) {
      if (copy.toString().endsWith(".db")) {
        Files.copy(hidden, copy, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      }
    }
    StoreFolder there = new StoreFolder(folder.resolve("there"));
    restore(there, Optional.of(older));
    assertErased(there, 2);
  }

  @Test
  void aStudyThatWasMovedBeforeItsPatientWasErasedComesBackWithAnOlderCopyOfTheKeys()
      throws IOException {
    String older;
    Path hidden = folder.resolve("hidden.db");
    try (Store store = place.open()) {
      older = store.backup(order()).snapshot();
      Files.copy(keys().resolve("keys").resolve(older + ".db"), hidden);
      Lifecycle lives = store.lifecycle();
      StudyTerms terms = Act.terms(3);
      PatientIdentity third =
          new PatientIdentity(
              new PatientRef("", terms.patientId()),
              new byte[0],
              terms.patientNames(),
              terms.birthDate(),
              terms.sex());
      Lifecycle.Doing doing = new Lifecycle.Doing("mara", List.of());
      StudyName second = lives.name(site, Samples.studyUid(2)).orElseThrow();
      lives.move(site, second, Optional.of(third), doing);
      lives.erase(site, lives.pseudonym(site, new PatientRef("", "CANARYID2")), doing);
      assertThat(Samples.read(store, site, Samples.instanceUid(2, 1, 1))).hasSize(200_000);
      store.backup(order());
    }
    for (Path copy : Folders.files(keys().resolve("keys"))) {
      if (copy.toString().endsWith(".db")) {
        Files.copy(hidden, copy, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      }
    }
    StoreFolder there = new StoreFolder(folder.resolve("there"));
    restore(there, Optional.of(older));
    try (Store store = there.open()) {
      assertThat(Samples.read(store, site, Samples.instanceUid(2, 1, 1))).hasSize(200_000);
      assertThat(store.health().instances()).isEqualTo(STUDIES * 3L);
    }
  }

  @Test
  void theNextBackupOfARestoredArchiveStillTellsOfTheErasure() throws IOException {
    String older;
    try (Store store = place.open()) {
      older = store.backup(order()).snapshot();
      erase(store, 2);
      store.backup(order());
    }
    StoreFolder there = new StoreFolder(folder.resolve("there"));
    restore(there, Optional.of(older));
    Path fresh = folder.resolve("fresh");
    Path freshKeys = folder.resolve("freshKeys");
    try (Store store = there.open()) {
      BackupOrder elsewhere =
          new BackupOrder(
              Backups.folder(fresh),
              freshKeys,
              ARCHIVE,
              Optional.empty(),
              Optional.empty(),
              true,
              Map.of(),
              Progress.NONE);
      store.backup(elsewhere);
    }
    StoreFolder again = new StoreFolder(folder.resolve("again"));
    Files.createDirectories(again.keyFile.getParent());
    Files.copy(place.keyFile, again.keyFile);
    Backups.restore(
        new RestoreOrder(
            Backups.folder(fresh),
            freshKeys,
            Optional.empty(),
            again.key(),
            again.data,
            Progress.NONE));
    assertErased(again, 2);
  }

  @Test
  void aStudyDeletedAfterTheSnapshotIsPutAsideWhenItComesBack() throws IOException {
    String older;
    try (Store store = place.open()) {
      older = store.backup(order()).snapshot();
      StudyName name = store.lifecycle().name(site, Samples.studyUid(3)).orElseThrow();
      Lifecycle.Doing doing = new Lifecycle.Doing("mara", List.of(Samples.audit("deleted")));
      assertThat(store.lifecycle().delete(site, name, "wrong patient".getBytes(UTF_8), doing))
          .isEqualTo(Lifecycle.Done.DONE);
      store.backup(order());
    }
    StoreFolder there = new StoreFolder(folder.resolve("there"));
    restore(there, Optional.of(older));
    try (Store store = there.open()) {
      assertThat(store.study(site, Samples.studyUid(3))).isEmpty();
      List<Lifecycle.Aside> aside = store.lifecycle().aside(site, Optional.empty(), 10);
      assertThat(aside).hasSize(1);
      Lifecycle.Doing doing = new Lifecycle.Doing("mara", List.of(Samples.audit("back")));
      assertThat(store.lifecycle().restore(site, aside.getFirst().name(), doing))
          .isEqualTo(Lifecycle.Done.DONE);
      assertThat(Samples.read(store, site, Samples.instanceUid(3, 1, 1))).hasSize(300_000);
    }
  }
}
