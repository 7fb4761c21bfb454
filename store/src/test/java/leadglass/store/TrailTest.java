package leadglass.store;

import static leadglass.store.Samples.bytes;
import static leadglass.store.Samples.filing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The tree over the audit entries, as somebody with a copy of the data directory sees it.
class TrailTest {
  @TempDir(factory = InMemory.class)
  Path folder;

  private StoreFolder place;

  @BeforeEach
  void begin() {
    place = new StoreFolder(folder);
  }

  static Audit entry(int number) {
    return Audit.of(("{\"n\":" + number + "}").getBytes(StandardCharsets.UTF_8));
  }

  private TrailReport verify() throws IOException {
    return verify(Optional.empty());
  }

  private TrailReport verify(Optional<String> against) throws IOException {
    return Stores.verifyTrail(place.data, List.of(), against, Progress.NONE);
  }

  private String checkpoint() throws IOException {
    return Files.readString(place.data.resolve("trail").resolve("checkpoint"));
  }

  @Test
  void whatWasWrittenInPeaceIsConsistentAndAnExtensionOfEveryCheckpoint() throws IOException {
    List<String> checkpoints = new ArrayList<>();
    List<String> keys = List.of();
    for (int run = 0; run < 4; run++) {
      try (Store store = place.open()) {
        SiteId site = run == 0 ? store.createSite() : store.sites().getFirst();
        for (int i = 0; i < 7 + 60 * run; i++) {
          store.audit(List.of(entry(i), entry(i + 1)), i % 8 == 0);
        }
        Samples.file(store, filing(site, 1, 1, run), bytes(1, 100));
        keys = store.trail().keys();
      }
      checkpoints.add(checkpoint());
    }

    TrailReport report = verify();
    assertThat(report.problems()).isEmpty();
    assertThat(report.notes()).isEmpty();
    assertThat(report.entries()).isEqualTo(2 * (4 * 7 + 60 * 6) + 4);
    assertThat(report.heads()).isEqualTo(4 * 7 + 60 * 6 + 4);
    assertThat(report.olderEntries()).isZero();
    assertThat(report.ownKeys()).isTrue();
    for (String each : checkpoints) {
      TrailReport against = Stores.verifyTrail(place.data, keys, Optional.of(each), Progress.NONE);
      assertThat(against.problems()).isEmpty();
      assertThat(against.against()).isPresent();
      assertThat(against.ownKeys()).isFalse();
    }
    assertThat(place.events)
        .noneMatch(event -> event instanceof StoreEvent.TrailDisagrees)
        .noneMatch(event -> event instanceof StoreEvent.IndexRebuilt);
  }

  @Test
  void anOlderStateThatIsPutBackAsAWholeIsFoundWithACheckpointKeptElsewhere() throws IOException {
    write(place.open(), 5);
    Path old = folder.resolve("old");
    Folders.copy(place.data, old);
    write(place.open(), 5);
    String elsewhere = checkpoint();

    TrailReport alone = Stores.verifyTrail(old, List.of(), Optional.empty(), Progress.NONE);
    TrailReport against = Stores.verifyTrail(old, List.of(), Optional.of(elsewhere), Progress.NONE);

    assertThat(alone.isConsistent()).isTrue();
    assertThat(against.problems()).hasSize(1);
    assertThat(against.problems().getFirst().what()).contains("there are 5");
    assertThat(against.against()).isEmpty();
  }

  @Test
  void somebodyWithKeysOfTheirOwnIsFoundByTheKeyKeptElsewhere() throws IOException {
    Store store = place.open();
    List<String> keys = store.trail().keys();
    write(store, 3);
    StoreFolder other = new StoreFolder(folder.resolve("other"));
    write(other.open(), 3);

    TrailReport own = Stores.verifyTrail(other.data, List.of(), Optional.empty(), Progress.NONE);
    TrailReport with = Stores.verifyTrail(other.data, keys, Optional.empty(), Progress.NONE);

    assertThat(own.isConsistent()).isTrue();
    assertThat(with.isConsistent()).isFalse();
  }

  private static void write(Store store, int entries) throws IOException {
    try (store) {
      for (int i = 0; i < entries; i++) {
        store.audit(List.of(entry(i)), true);
      }
    }
  }

  @Test
  void entriesFromBeforeTheTreeAreItsBeginning() throws IOException {
    copy("keys.db", place.data.resolve("keys"));
    copy("registry.db", place.data);
    String pack = "854bc07e2d213a157c977f400ae173e8";
    copy(pack + ".pack", place.data.resolve("packs").resolve("85"));
    byte[] master = new byte[32];
    for (int i = 0; i < master.length; i++) {
      master[i] = (byte) i;
    }
    MasterKey.restore(place.keyFile, master);
    TrailReport before = verify();
    assertThat(before.isConsistent()).isFalse(); // nothing is signed
    try (Store store = place.open()) {
      assertThat(store.trail().size()).isEqualTo(4);
    }
    TrailReport opened = verify();
    assertThat(opened.problems()).isEmpty();
    write(place.open(), 2);

    TrailReport report = verify();

    assertThat(report.problems()).isEmpty();
    assertThat(report.entries()).isEqualTo(6);
    assertThat(report.olderEntries()).isEqualTo(4);
    assertThat(report.heads()).isEqualTo(2);
  }

  private static void copy(String name, Path into) throws IOException {
    Files.createDirectories(into);
    try (InputStream in = TrailTest.class.getResourceAsStream("version1/" + name)) {
      Files.copy(in, into.resolve(name));
    }
  }

  @Test
  void whateverIsMissingInTheTrailFolderIsMadeAnewAsItWas() throws IOException {
    write(place.open(), 300);
    String before = checkpoint();
    Path tile = place.data.resolve("trail").resolve("tile").resolve("0").resolve("000");
    byte[] full = Files.readAllBytes(tile);
    for (String gone : List.of("tile/0/000.p", "tile", "state", "keys", "checkpoint", "")) {
      Path path = place.data.resolve("trail").resolve(gone);
      if (Files.exists(path)) {
        Folders.delete(path);
      }
      place.events.clear();
      place.open().close();
      assertThat(Files.readAllBytes(tile)).isEqualTo(full);
      assertThat(checkpoint().lines().toList().subList(0, 3))
          .as(gone)
          .isEqualTo(before.lines().toList().subList(0, 3));
      assertThat(verify(Optional.of(before)).problems()).isEmpty();
      assertThat(place.events).noneMatch(event -> event instanceof StoreEvent.TrailDisagrees);
    }
  }

  @Test
  void aTileThatSaysSomethingElseIsMadeAnewAndTold() throws IOException {
    write(place.open(), 20);
    Path tile = place.data.resolve("trail/tile/0/000.p/20");
    byte[] bytes = Files.readAllBytes(tile);
    bytes[70] ^= 1;
    Files.write(tile, bytes);
    assertThat(verify().problems())
        .anyMatch(each -> each.what().contains("tile") && each.entry().getAsLong() == 2);

    place.open().close();

    assertThat(place.events).contains(new StoreEvent.IndexRebuilt(StoreEvent.Index.TRAIL));
    assertThat(verify().problems()).isEmpty();
  }

  @Test
  void aCheckpointThatPacksContradictIsToldAndKeptAndNeverSignedOver() throws IOException {
    write(place.open(), 20);
    Path old = folder.resolve("old");
    Folders.copy(place.data.resolve("packs"), old);
    write(place.open(), 20);
    String signed = checkpoint();
    Folders.delete(place.data.resolve("packs"));
    Folders.copy(old, place.data.resolve("packs"));

    write(place.open(), 40);

    assertThat(place.events).contains(new StoreEvent.TrailDisagrees(20));
    List<Path> kept = Folders.files(place.data.resolve("trail").resolve("contradicted"));
    assertThat(kept).hasSize(1);
    assertThat(kept.getFirst()).hasContent(signed);
    assertThat(verify().isConsistent()).isFalse();
    place.events.clear();
    place.open().close();
    assertThat(place.events).noneMatch(event -> event instanceof StoreEvent.TrailDisagrees);
  }

  @Test
  void whatACheckpointAndTheProofsSayHoldsForWhoeverHasTheKeys() throws IOException {
    List<String> carried = new CopyOnWriteArrayList<>();
    try (Store store = place.open()) {
      Trail trail = store.trail();
      trail.onCheckpoint(carried::add);
      store.audit(List.of(entry(1), entry(2), entry(3)), true);
      CheckpointNote old = CheckpointNote.read(trail.checkpointNow(), trail.keys()).orElseThrow();
      for (int i = 0; i < 600; i++) {
        store.audit(List.of(entry(i)), false);
      }
      String text = trail.checkpointNow();
      CheckpointNote now = CheckpointNote.read(text, trail.keys()).orElseThrow();

      assertThat(old.size()).isEqualTo(3);
      assertThat(now.size()).isEqualTo(603);
      assertThat(trail.checkpoint()).isEqualTo(text);
      assertThat(old.isBeginningOf(now, trail.consistency(3, 603))).isTrue();
      assertThat(old.isBeginningOf(now, trail.consistency(4, 603))).isFalse();
      assertThat(trail.inclusion(602, 603)).isNotEmpty();
      assertThatThrownBy(() -> trail.inclusion(603, 603))
          .isInstanceOf(IllegalArgumentException.class);
      store.audit(List.of(entry(9)), true);
    }
    List<Long> sizes =
        carried.stream()
            .map(each -> Long.parseLong(each.lines().skip(1).findFirst().orElseThrow()))
            .toList();
    assertThat(sizes).containsExactly(3L, 603L, 604L);
  }

  @Test
  void whoWaitsForEntriesIsToldOnceTheyAreOnStableStorage() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    try (Store store = place.open()) {
      store.trail().onWritten(told::countDown);
      store.audit(List.of(entry(1)), true);
      assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }
}
