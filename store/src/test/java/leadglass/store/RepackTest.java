package leadglass.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static leadglass.store.Samples.bytes;
import static leadglass.store.Samples.filing;
import static leadglass.store.Samples.instanceUid;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import leadglass.store.Lifecycle.Doing;
import leadglass.store.pack.FileDisk;
import leadglass.store.pack.PackLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Packs of which most is dead are written anew, and whatever happens on the way everything that is
/// alive is still there, and nothing dead comes back.
class RepackTest {
  private static final int STEPS_MAX = 600;

  /// So small that what comes in lies in several packs, and one instance in a pack of its own.
  private static final PackLog.Limits LIMITS = new PackLog.Limits(1_500_000, 2_000_000);

  /// Studies 1 and 3 die; in between lies what stays, small and large, and chunks of one are in the
  /// pack of others.
  private record Sample(int study, int instance, int length) {
    byte[] dataSet() {
      return bytes(study * 100L + instance, length);
    }
  }

  private static final List<Sample> WORK =
      List.of(
          new Sample(1, 1, 700_000),
          new Sample(2, 1, 1_000),
          new Sample(1, 2, 1_200_000),
          new Sample(2, 2, 1_150_000),
          new Sample(3, 1, 2_600_000),
          new Sample(2, 3, 300),
          new Sample(3, 2, 900_000),
          new Sample(4, 1, 60_000));

  @TempDir(factory = InMemory.class)
  Path folder;

  private StoreFolder place = new StoreFolder(Path.of("unused"));
  private SiteId site = new SiteId("0".repeat(32));

  private static Means means(Means.Opening<leadglass.store.pack.Disk> disk) {
    Means usual = StoreFolder.means(disk);
    return new Means(usual.disk(), usual.volume(), usual.reserveBytes(), LIMITS);
  }

  /// Fills a store and kills two of its studies: one patient erased, one study purged.
  private void fill(Means means) throws IOException {
    try (Store store = place.open(means)) {
      site = store.createSite();
      for (Sample each : WORK) {
        Samples.file(store, filing(site, each.study(), 1, each.instance()), each.dataSet());
      }
      kill(store);
      // Behind everything that may be written anew.
      Samples.file(store, filing(site, 5, 1, 1), bytes(501, 1_400_000));
    }
  }

  private void kill(Store store) throws IOException {
    Doing doing = new Doing("mara", List.of(Samples.audit("done")));
    Lifecycle lives = store.lifecycle();
    lives.erase(site, lives.pseudonym(site, new PatientRef("", "CANARYID1")), doing);
    StudyName third = lives.name(site, Samples.studyUid(3)).orElseThrow();
    lives.delete(site, third, "why".getBytes(UTF_8), doing);
    lives.purge(site, third, doing);
  }

  private static List<String> audit(Store store) throws IOException {
    List<String> entries = new ArrayList<>();
    store.trail().read(0, (_, entry) -> entries.add(new String(entry.entry(), UTF_8)));
    return entries;
  }

  /// All that can be asked, as text.
  private List<String> answers(Store store, String where) throws IOException {
    List<String> answers = new ArrayList<>(audit(store));
    for (Sample each : WORK) {
      Optional<InstanceRow> row =
          store.instance(site, instanceUid(each.study(), 1, each.instance()));
      boolean alive = each.study() == 2 || each.study() == 4;
      assertThat(row.isPresent()).as(where + " " + each).isEqualTo(alive);
      if (alive) {
        assertThat(Samples.read(store, site, row.orElseThrow().sopInstance()))
            .as(where)
            .isEqualTo(each.dataSet());
      }
    }
    store
        .studies(Samples.all(site))
        .rows()
        .forEach(row -> answers.add(row.study().value() + " " + row.instanceCount()));
    answers.add(store.health().studies() + " " + store.health().instances());
    answers.add("aside " + store.lifecycle().aside(site, Optional.empty(), 9).size());
    return answers;
  }

  private long packBytes() throws IOException {
    long bytes = 0;
    for (Path each : Folders.files(place.data.resolve("packs"))) {
      bytes += Files.size(each);
    }
    return bytes;
  }

  @Test
  void whatIsDeadGoesAndEverythingElseStays() throws IOException {
    place = new StoreFolder(folder);
    fill(means(FileDisk::new));
    long before = packBytes();
    List<String> answers;
    try (Store store = place.open(means(FileDisk::new))) {
      answers = answers(store, "before");
      InstanceRow toldBefore = store.instance(site, instanceUid(2, 1, 2)).orElseThrow();
      try (StoredBytes reading = store.open(site, toldBefore)) {
        Scrub.Repacked done = store.scrub().repack(Scrub.Progress.NOBODY);

        assertThat(done.finished()).isTrue();
        assertThat(done.packs()).isGreaterThan(1);
        assertThat(done.savedBytes()).isGreaterThan(4_000_000);
        assertThat(reading.read(0, reading.length()).readAllBytes())
            .isEqualTo(new Sample(2, 2, 1_150_000).dataSet());
      }
      try (StoredBytes again = store.open(site, toldBefore)) {
        assertThat(again.read(0, again.length()).readAllBytes()).hasSize(1_150_000);
      }
      assertThat(answers(store, "after")).isEqualTo(answers);
      assertThat(before - packBytes()).isEqualTo(done(store));
      Scrub.Report report = store.scrub().all(Optional.empty(), Scrub.Progress.NOBODY);
      assertThat(report.damages() + report.disagreeing()).isZero();
      assertThat(store.scrub().repack(Scrub.Progress.NOBODY).packs()).isZero();
    }
    place.events.clear();
    try (Store store = place.open(means(FileDisk::new))) {
      assertThat(answers(store, "reopened")).isEqualTo(answers);
    }
    assertThat(place.events).noneMatch(StoreEvent.IndexRebuilt.class::isInstance);
    Folders.delete(place.data.resolve("index"));
    try (Store store = place.open(means(FileDisk::new))) {
      assertThat(answers(store, "made anew")).isEqualTo(answers);
    }
  }

  private long done(Store store) {
    assertThat(store.health().readOnly()).isFalse();
    return place.events.stream()
        .filter(StoreEvent.Repacked.class::isInstance)
        .mapToLong(each -> ((StoreEvent.Repacked) each).savedBytes())
        .sum();
  }

  @Test
  void aKeyThatIsOnlyMissingCostsNoRecord() throws IOException {
    place = new StoreFolder(folder);
    Path keys = place.data.resolve("keys");
    Path old = folder.resolve("old-keys");
    try (Store store = place.open(means(FileDisk::new))) {
      site = store.createSite();
      Samples.file(store, filing(site, 1, 1, 1), bytes(101, 900_000));
      Folders.copy(keys, old);
      Samples.file(store, filing(site, 2, 1, 1), bytes(201, 1_000));
      Doing doing = new Doing("mara", List.of());
      Lifecycle lives = store.lifecycle();
      lives.erase(site, lives.pseudonym(site, new PatientRef("", "CANARYID1")), doing);
      Samples.file(store, filing(site, 5, 1, 1), bytes(501, 1_400_000));
    }
    Path newest = folder.resolve("newest-keys");
    Files.move(keys, newest);
    Files.move(old, keys); // knows nothing of study 2
    Folders.delete(place.data.resolve("index"));
    try (Store store = place.open(means(FileDisk::new))) {
      store.scrub().repack(Scrub.Progress.NOBODY);
    }
    Folders.delete(keys);
    Files.move(newest, keys);
    Folders.delete(place.data.resolve("index"));
    try (Store store = place.open(means(FileDisk::new))) {
      assertThat(Samples.read(store, site, instanceUid(2, 1, 1))).isEqualTo(bytes(201, 1_000));
    }
  }

  /// An erasure is in the log before the index is told of it.
  @Test
  void whatTheIndexIsStillToBeToldOfStaysForTheNextTime() throws IOException {
    place = new StoreFolder(folder);
    try (PackedStore store = (PackedStore) place.open(means(FileDisk::new))) {
      site = store.createSite();
      Samples.file(store, filing(site, 1, 1, 1), bytes(101, 900_000));
      Samples.file(store, filing(site, 2, 1, 1), bytes(201, 1_000));
      erase(store, 1);
      Samples.file(store, filing(site, 5, 1, 1), bytes(501, 1_400_000));
      List<CompletableFuture<Void>> erasing = new ArrayList<>();
      store
          .index()
          .telling(() -> {
            erasing.add(CompletableFuture.runAsync(() -> erase(store, 2)));
            while (!audit(store).contains("erased 2")) {
              Thread.onSpinWait(); // until it is in the log
            }
            assertThat(store.scrub().repack(Scrub.Progress.NOBODY).packs()).isEqualTo(1);
          });
      erasing.getFirst().join();
      assertThat(store.health().readOnly()).isFalse();
      assertThat(store.instance(site, instanceUid(2, 1, 1))).isEmpty();
      assertThat(Samples.read(store, site, instanceUid(5, 1, 1))).hasSize(1_400_000);
      Scrub.Report report = store.scrub().all(Optional.empty(), Scrub.Progress.NOBODY);
      assertThat(report.damages() + report.disagreeing()).isZero();
    }
  }

  private void erase(Store store, int study) {
    Lifecycle lives = store.lifecycle();
    Pseudonym patient = lives.pseudonym(site, new PatientRef("", "CANARYID" + study));
    try {
      lives.erase(site, patient, new Doing("mara", List.of(Samples.audit("erased " + study))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A run that was killed left a pack that does not end as one that was closed, with an upload in
  /// it that never came to its end.
  @Test
  void whatAKilledRunLeftIsWrittenAnewToo() throws IOException {
    StoreFolder living = new StoreFolder(folder.resolve("living"));
    place = new StoreFolder(folder.resolve("killed"));
    try (Store store = living.open(means(FileDisk::new))) {
      site = store.createSite();
      Samples.file(store, filing(site, 1, 1, 1), bytes(101, 900_000));
      Samples.file(store, filing(site, 2, 1, 1), bytes(201, 1_000));
      try (Incoming incoming = store.receive()) {
        incoming.write(bytes(301, 1_200_000));
        Files.createDirectories(folder.resolve("killed"));
        Folders.copyInto(folder.resolve("living"), folder.resolve("killed"));
      }
    }
    long before = packBytes();
    try (Store store = place.open(means(FileDisk::new))) {
      Doing doing = new Doing("mara", List.of());
      Lifecycle lives = store.lifecycle();
      lives.erase(site, lives.pseudonym(site, new PatientRef("", "CANARYID1")), doing);
      assertThat(store.scrub().repack(Scrub.Progress.NOBODY).packs()).isEqualTo(1);
      assertThat(packBytes()).isLessThan(before - 900_000);
      assertThat(Samples.read(store, site, instanceUid(2, 1, 1))).isEqualTo(bytes(201, 1_000));
      Scrub.Report report = store.scrub().all(Optional.empty(), Scrub.Progress.NOBODY);
      assertThat(report.damages() + report.disagreeing()).isZero();
    }
    try (Store store = place.open(means(FileDisk::new))) {
      assertThat(Samples.read(store, site, instanceUid(2, 1, 1))).isEqualTo(bytes(201, 1_000));
      assertThat(audit(store)).containsExactly("stored 1 1 1", "stored 2 1 1");
    }
  }

  @Test
  void powerMayGoOffAtAnyStep() throws IOException {
    Path whole = Files.createTempDirectory(folder, "whole");
    place = new StoreFolder(whole);
    BlockDisk filled = new BlockDisk(Integer.MAX_VALUE);
    fill(means(_ -> filled));
    List<String> answers;
    try (Store store = place.open(means(_ -> filled.restarted(BlockDisk.Unsynced.KEPT)))) {
      answers = answers(store, "before");
    }
    BlockDisk.Unsynced[] fates = BlockDisk.Unsynced.values();
    for (int steps = 0; steps < STEPS_MAX; steps++) {
      Path copy = folder.resolve("step" + steps);
      Files.createDirectories(copy);
      Folders.copyInto(whole, copy);
      place = new StoreFolder(copy);
      BlockDisk disk = filled.restarted(BlockDisk.Unsynced.KEPT, steps);
      try (Store store = place.open(means(_ -> disk))) {
        store.scrub().repack(Scrub.Progress.NOBODY);
      } catch (IOException e) {
        assertThat(disk.isOff()).as("failed without power loss: %s", e).isTrue();
      }
      boolean off = disk.isOff();
      BlockDisk restarted = disk.restarted(fates[steps % fates.length]);
      String where = "power lost before step " + steps + ", " + fates[steps % fates.length];
      if (steps % 3 == 0) {
        Folders.delete(place.data.resolve("index"));
      }
      try (Store store = place.open(means(_ -> restarted))) {
        assertThat(answers(store, where)).as(where).isEqualTo(answers);
        store.scrub().repack(Scrub.Progress.NOBODY);
        assertThat(answers(store, where + ", done again")).as(where).isEqualTo(answers);
      }
      Folders.delete(copy);
      if (!off) {
        assertThat(steps).isGreaterThan(20);
        return;
      }
    }
    throw new AssertionError("the work never ended");
  }
}
