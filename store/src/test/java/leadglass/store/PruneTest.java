package leadglass.store;

import static leadglass.store.Samples.bytes;
import static leadglass.store.Samples.filing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Old backups go, and what is left can be restored.
class PruneTest {
  private static final String ARCHIVE = "a1b2c3d4e5f60718";

  @TempDir Path folder;
  private StoreFolder place;
  private SiteId site = new SiteId("0".repeat(32));

  @BeforeEach
  void fill() throws IOException {
    place = new StoreFolder(folder.resolve("here"));
    try (Store store = place.open()) {
      site = store.createSite();
      add(store, 1);
    }
  }

  private void add(Store store, int study) throws IOException {
    Samples.file(store, filing(site, study, 1, 1), bytes(study, 100_000));
  }

  private Path to() {
    return folder.resolve("to");
  }

  private Path keys() {
    return folder.resolve("to2");
  }

  private BackupDone backup(Store store) throws IOException {
    return store.backup(
        new BackupOrder(
            Backups.folder(to()),
            keys(),
            ARCHIVE,
            Optional.of(place.keyFile),
            Optional.empty(),
            true,
            Map.of(),
            Progress.NONE));
  }

  private PruneOrder order(PruneOrder.Rule rule, boolean dryRun) throws IOException {
    return order(Backups.folder(to()), rule, dryRun);
  }

  private PruneOrder order(BackupPlace from, PruneOrder.Rule rule, boolean dryRun) {
    return new PruneOrder(from, Optional.of(keys()), ARCHIVE, rule, dryRun, Progress.NONE);
  }

  private static PruneOrder.Rule allBut(int count) {
    return new PruneOrder.Rule.AllBut(count);
  }

  /// Names, of every file in a folder.
  private static Set<String> names(Path folder) throws IOException {
    Set<String> names = new TreeSet<>();
    for (Path file : Folders.files(folder)) {
      names.add(folder.relativize(file).toString());
    }
    return names;
  }

  /// Three backups; between the second and the third a pack is written anew, so that the old one is
  /// needed no more.
  private List<String> three(Store store) throws IOException {
    String first = backup(store).snapshot();
    add(store, 2);
    String second = backup(store).snapshot();
    for (int instance = 2; instance < 6; instance++) {
      Samples.file(store, filing(site, 3, 1, instance), bytes(instance, 100_000));
    }
    erase(store, 1);
    assertThat(store.scrub().repack(Scrub.Progress.NOBODY).packs()).isPositive();
    return List.of(first, second, backup(store).snapshot());
  }

  private void erase(Store store, int study) throws IOException {
    Pseudonym patient = store.lifecycle().pseudonym(site, new PatientRef("", "CANARYID" + study));
    Lifecycle.Doing doing = new Lifecycle.Doing("mara", List.of(Samples.audit("erased")));
    assertThat(store.lifecycle().erase(site, patient, doing)).isEqualTo(1);
  }

  private void assertWhole() throws IOException {
    StoreFolder there = new StoreFolder(folder.resolve("there"));
    Files.createDirectories(there.keyFile.getParent());
    Files.copy(Backups.masterKey(keys()).orElseThrow(), there.keyFile);
    Restored restored =
        Backups.restore(
            new RestoreOrder(
                Backups.folder(to()),
                keys(),
                Optional.empty(),
                there.key(),
                there.data,
                Progress.NONE));
    assertThat(restored.damaged()).isEmpty();
    assertThat(restored.missing()).isEmpty();
    assertThat(restored.newest().orElseThrow().snapshotThere()).isTrue();
    try (Store store = there.open()) {
      assertThat(store.health().instances()).isEqualTo(restored.held().instances());
      assertThat(Samples.read(store, site, Samples.instanceUid(2, 1, 1))).hasSize(100_000);
      assertThat(store.instance(site, Samples.instanceUid(1, 1, 1))).isEmpty();
    }
  }

  @Test
  void whatNoBackupLeftNeedsGoesAndTheNewestComesBack() throws IOException {
    try (Store store = place.open()) {
      List<String> made = three(store);
      Set<String> before = names(to());
      PruneDone dry = store.prune(order(allBut(1), true));
      assertThat(names(to())).isEqualTo(before);

      PruneDone done = store.prune(order(allBut(1), false));

      assertThat(done.kept()).containsExactly(made.getLast());
      assertThat(done.removed()).isEqualTo(made.subList(0, 2)).isEqualTo(dry.removed());
      assertThat(done.packs()).isPositive().isEqualTo(dry.packs());
      assertThat(done.bytes()).isGreaterThan(100_000).isEqualTo(dry.bytes());
      assertThat(names(to()))
          .filteredOn(name -> !name.startsWith("packs/") && !name.equals("leadglass-backup"))
          .containsExactly("registry/" + made.getLast() + ".db", "snapshots/" + made.getLast());
      assertThat(store.prune(order(allBut(1), false)).removed()).isEmpty();
    }
    assertWhole();
  }

  @Test
  void theNewestStaysHoweverOldItIs() throws IOException {
    try (Store store = place.open()) {
      List<String> made = three(store);
      Instant future = Instant.parse("2999-01-01T00:00:00Z");
      assertThat(store.prune(order(new PruneOrder.Rule.Before(Instant.EPOCH), false)).removed())
          .isEmpty();
      PruneDone done = store.prune(order(new PruneOrder.Rule.Before(future), false));
      assertThat(done.kept()).containsExactly(made.getLast());
    }
    assertWhole();
  }

  @Test
  void ifTheNewestIsDamagedTheNewestThatIsNotStaysTooAndNoPackGoes() throws IOException {
    try (Store store = place.open()) {
      List<String> made = three(store);
      Path newest = to().resolve("snapshots").resolve(made.getLast());
      byte[] bytes = Files.readAllBytes(newest);
      bytes[bytes.length / 2] ^= 1;
      Files.write(newest, bytes);
      Set<String> packs = names(to().resolve("packs"));

      PruneDone done = store.prune(order(allBut(1), false));

      assertThat(done.kept()).isEqualTo(made.subList(1, 3));
      assertThat(done.unreadable()).containsExactly(made.getLast());
      assertThat(names(to().resolve("packs"))).isEqualTo(packs);
    }
  }

  @Test
  void whatThePlaceDoesNotLetGoStaysWithAllItNeeds() throws IOException {
    try (Store store = place.open()) {
      List<String> made = three(store);
      BackupPlace keeping = new Keeping(Backups.folder(to()), "snapshots/" + made.getFirst());
      PruneDone done = store.prune(order(keeping, allBut(1), false));
      assertThat(done.lockedSnapshots()).containsExactly(made.getFirst());
      assertThat(done.removed()).containsExactly(made.get(1));
      assertThat(done.kept()).containsExactly(made.getFirst(), made.getLast());
      assertThat(done.keysRemoved()).isEmpty();
      assertThat(names(to())).contains("registry/" + made.getFirst() + ".db");
    }
    assertWhole();
  }

  @Test
  void anotherArchivesBackupsAndEmptyPlacesAreLeftAlone() throws IOException {
    try (Store store = place.open()) {
      assertThatThrownBy(() -> store.prune(order(allBut(1), false)))
          .isInstanceOf(BackupRefusedException.class)
          .hasMessageContaining("no backup lies in");
      backup(store);
      PruneOrder other =
          new PruneOrder(
              Backups.folder(to()),
              Optional.empty(),
              "ffffffffffffffff",
              allBut(1),
              false,
              Progress.NONE);
      assertThatThrownBy(() -> store.prune(other))
          .isInstanceOf(BackupRefusedException.class)
          .hasMessageContaining("another archive");
    }
  }

  @Test
  void noBackupRunsWhileOldOnesAreRemoved() throws IOException {
    try (Store store = place.open()) {
      three(store);
      boolean[] refused = new boolean[1];
      PruneOrder watched =
          new PruneOrder(
              Backups.folder(to()),
              Optional.empty(),
              ARCHIVE,
              allBut(1),
              false,
              (what, done, all) -> {
                Thread other = new Thread(() -> refused[0] = refuses(store));
                other.start();
                join(other);
              });
      assertThat(store.prune(watched).packs()).isPositive();
      assertThat(refused[0]).isTrue();
    }
  }

  private boolean refuses(Store store) {
    try {
      backup(store);
      return false;
    } catch (BackupRefusedException e) {
      return e.rule().contains("is running");
    } catch (IOException e) {
      return false;
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A place that holds on to one file.
  private record Keeping(BackupPlace place, String kept) implements BackupPlace {
    @Override
    public boolean put(String name, long bytes, Content content) throws IOException {
      return place.put(name, bytes, content);
    }

    @Override
    public InputStream read(String name, long offset) throws IOException {
      return place.read(name, offset);
    }

    @Override
    public List<Held> list(String prefix) throws IOException {
      return place.list(prefix);
    }

    @Override
    public boolean delete(String name) throws IOException {
      return !name.equals(kept) && place.delete(name);
    }

    @Override
    public boolean tryOverwrite(String name, byte[] other) throws IOException {
      return place.tryOverwrite(name, other);
    }

    @Override
    public void sweep(Instant now) throws IOException {
      place.sweep(now);
    }

    @Override
    public String shown() {
      return place.shown();
    }
  }
}
