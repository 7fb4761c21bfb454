package leadglass.store;

import static leadglass.store.Samples.bytes;
import static leadglass.store.Samples.filing;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Making the index anew while it is asked.
class IndexRebuildTest {
  private static final int STUDIES = 40;

  @TempDir Path folder;
  private StoreFolder place;

  @BeforeEach
  void place() {
    place = new StoreFolder(folder);
  }

  private static SiteId filled(Store store) throws IOException {
    SiteId site = store.createSite();
    for (int study = 1; study <= STUDIES; study++) {
      for (int instance = 1; instance <= 5; instance++) {
        Samples.file(store, filing(site, study, instance % 2, instance), bytes(instance, 300));
      }
    }
    return site;
  }

  @Test
  void everyAnswerIsTheSameAfterwards() throws IOException {
    try (Store store = place.open()) {
      SiteId site = filled(store);
      List<String> before = Answers.of(store, site);
      Set<String> told = new TreeSet<>();

      store.rebuildIndex((what, _, _) -> told.add(what));

      assertThat(Answers.of(store, site)).isEqualTo(before);
      assertThat(told).contains("reading packs");
      Samples.file(store, filing(site, STUDIES + 1, 1, 1), bytes(1, 10));
      before = Answers.of(store, site);
      store.rebuildIndex(Progress.NONE);
      assertThat(Answers.of(store, site)).isEqualTo(before);
    }
    assertThat(place.data.resolve("index.new")).doesNotExist();
    assertThat(place.data.resolve("index.old")).doesNotExist();
    place.events.clear();
    try (Store store = place.open()) {
      SiteId site = store.sites().getFirst();
      assertThat(Answers.of(store, site)).hasSizeGreaterThan(STUDIES * 5);
    }
    assertThat(place.events).noneMatch(StoreEvent.IndexRebuilt.class::isInstance);
  }

  /// The short form of what [RebuildBench] does with a million.
  @Test
  void twentyThousandInstancesAreAnsweredForAsBefore() throws Exception {
    place.open().close();
    Path keys = place.data.resolve("keys").resolve("keys.db");
    RebuildBench.fill(place.data, keys, place.key(), 100, 200, 100);
    try (Store store = place.open()) {
      SiteId site = store.sites().getFirst();
      String before = RebuildBench.answers(store, site);

      store.rebuildIndex(Progress.NONE);

      assertThat(RebuildBench.answers(store, site)).isEqualTo(before);
      assertThat(store.health().instances()).isEqualTo(20_000);
      assertThat(store.checkIndex(Progress.NONE).disagreements()).isEmpty();
    }
  }

  @Test
  void whoAsksMeanwhileIsAnsweredAndWhatComesMeanwhileIsFound() throws IOException {
    try (Store store = place.open()) {
      SiteId site = filled(store);
      AtomicBoolean over = new AtomicBoolean();
      AtomicInteger asked = new AtomicInteger();
      AtomicInteger came = new AtomicInteger();
      List<CompletableFuture<Void>> others = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        others.add(
            CompletableFuture.runAsync(() -> {
              while (!over.get()) {
                assertThat(store.studies(Samples.all(site)).total())
                    .isGreaterThanOrEqualTo(STUDIES);
                assertThat(store.instance(site, Samples.instanceUid(1, 1, 1))).isPresent();
                asked.incrementAndGet();
              }
            }));
      }
      others.add(
          CompletableFuture.runAsync(() -> {
            while (!over.get()) {
              int study = 1000 + came.incrementAndGet();
              file(store, filing(site, study, 1, 1));
              assertThat(store.study(site, Samples.studyUid(study))).isPresent();
            }
          }));

      for (int i = 0; i < 5; i++) {
        int before = asked.get() + came.get();
        store.rebuildIndex(Progress.NONE);
        assertThat(asked.get() + came.get()).isGreaterThanOrEqualTo(before);
      }
      over.set(true);
      others.forEach(CompletableFuture::join);

      assertThat(store.health().studies()).isEqualTo(STUDIES + came.get());
      for (int study = 1001; study <= 1000 + came.get(); study++) {
        assertThat(store.instance(site, Samples.instanceUid(study, 1, 1))).isPresent();
      }
      assertThat(store.studies(Samples.all(site)).total()).isEqualTo(STUDIES + came.get());
    }
  }

  private static void file(Store store, Filing filing) {
    try {
      Samples.file(store, filing, bytes(1, 100));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void oneThatWasCutOffLeavesTheOldOneInPlace() throws IOException {
    SiteId site;
    List<String> before;
    try (Store store = place.open()) {
      site = filled(store);
      before = Answers.of(store, site);
    }
    Path half = place.data.resolve("index.new");
    Files.createDirectories(half);
    Files.writeString(half.resolve("catalogue.db"), "half of it");

    try (Store store = place.open()) {
      assertThat(Answers.of(store, site)).isEqualTo(before);
    }
    assertThat(half).doesNotExist();
    assertThat(place.events).noneMatch(StoreEvent.IndexRebuilt.class::isInstance);
  }

  @Test
  void oneThatWasCutOffBetweenItsLastStepsIsUsed() throws IOException {
    SiteId site;
    List<String> before;
    try (Store store = place.open()) {
      site = filled(store);
      before = Answers.of(store, site);
    }
    Path index = place.data.resolve("index");
    Folders.copy(index, place.data.resolve("index.old"));
    Files.move(index, place.data.resolve("index.new"));

    try (Store store = place.open()) {
      assertThat(Answers.of(store, site)).isEqualTo(before);
    }
    assertThat(place.data.resolve("index.old")).doesNotExist();
    assertThat(place.events).noneMatch(StoreEvent.IndexRebuilt.class::isInstance);
  }
}
