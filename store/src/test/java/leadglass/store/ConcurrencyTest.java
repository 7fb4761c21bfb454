package leadglass.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import leadglass.store.Store.Filed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many at once.
class ConcurrencyTest {
  private static final int THREADS = 8;
  private static final int EACH = 40;

  @TempDir Path folder;

  @Test
  void eightSendersKeepAllTheySendAndNothingTwice() throws Exception {
    StoreFolder place = new StoreFolder(folder);
    AtomicInteger kept = new AtomicInteger();
    AtomicInteger taken = new AtomicInteger();
    SiteId site;
    try (Store store = place.open()) {
      site = store.createSite();
      inParallel(thread -> {
        for (int i = 0; i < EACH; i++) {
          // Threads 0 and 1, 2 and 3 … send the same instances.
          int instance = thread / 2 * EACH + i;
          int length = i % 10 == 0 ? 1_500_000 : 1 + i * 997;
          Filing filing = Samples.filing(site, i % 5, thread / 2, instance);
          Filed filed = Samples.file(store, filing, Samples.bytes(instance, length));
          switch (filed) {
            case Filed.Kept _ -> kept.incrementAndGet();
            case Filed.Taken _ -> taken.incrementAndGet();
          }
          assertThat(store.instance(site, filing.sopInstance())).isPresent();
          store.audit(List.of(Samples.audit("seen " + thread + " " + i)), i % 2 == 0);
        }
      });
      check(store, site);
    }
    assertThat(kept).hasValue(THREADS / 2 * EACH);
    assertThat(taken).hasValue(THREADS / 2 * EACH);
    try (Store store = place.open()) {
      check(store, site);
    }
  }

  private static void check(Store store, SiteId site) throws IOException {
    assertThat(store.health().instances()).isEqualTo(THREADS / 2 * EACH);
    assertThat(store.studies(Samples.all(site)).total()).isEqualTo(5);
    int found = 0;
    for (int study = 0; study < 5; study++) {
      for (InstanceRow row : store.instances(site, Samples.studyUid(study), Optional.empty())) {
        String[] numbers = row.sopInstance().value().split("\\.", -1);
        int instance = Integer.parseInt(numbers[numbers.length - 1]);
        assertThat(Samples.read(store, site, row.sopInstance()))
            .isEqualTo(Samples.bytes(instance, (int) row.dataSetBytes()));
        found++;
      }
    }
    assertThat(found).isEqualTo(THREADS / 2 * EACH);
    AtomicInteger entries = new AtomicInteger();
    store.trail().read(0, (_, _) -> entries.incrementAndGet() > 0);
    assertThat(entries).hasValue(THREADS / 2 * EACH + THREADS * EACH);
  }

  @Test
  void ofManyWhoSendOneInstanceAtTheSameTimeOneKeepsIt() throws Exception {
    StoreFolder place = new StoreFolder(folder);
    try (Store store = place.open()) {
      SiteId site = store.createSite();
      for (int round = 0; round < 20; round++) {
        Filing filing = Samples.filing(site, 1, 1, round);
        AtomicInteger kept = new AtomicInteger();
        inParallel(thread -> {
          Filed filed = Samples.file(store, filing, Samples.bytes(thread, 100 + thread));
          if (filed instanceof Filed.Kept) {
            kept.incrementAndGet();
          }
        });
        assertThat(kept).hasValue(1);
      }
      assertThat(store.health().instances()).isEqualTo(20);
    }
  }

  @Test
  void anInterruptedSenderHarmsNobody() throws Exception {
    StoreFolder place = new StoreFolder(folder);
    try (Store store = place.open()) {
      SiteId site = store.createSite();
      inParallel(thread -> {
        for (int i = 0; i < 10; i++) {
          if (thread % 2 == 0) {
            Thread.currentThread().interrupt();
          }
          Samples.file(store, Samples.filing(site, thread, 1, i), Samples.bytes(i, 1_200_000));
          assertThat(store.studies(Samples.all(site)).total()).isPositive();
        }
      });
      Thread.interrupted();

      assertThat(store.health().readOnly()).isFalse();
      assertThat(store.health().instances()).isEqualTo(THREADS * 10);
      assertThat(Samples.read(store, site, Samples.instanceUid(2, 1, 3)))
          .isEqualTo(Samples.bytes(3, 1_200_000));
    }
  }

  @Test
  void theFirstSenderOfAllMayBeInterrupted() throws IOException {
    StoreFolder place = new StoreFolder(folder);
    try (Store store = place.open()) {
      SiteId site = store.createSite();
      Thread.currentThread().interrupt();
      Samples.file(store, Samples.filing(site, 1, 1, 1), Samples.bytes(1, 1_200_000));
      assertThat(Thread.interrupted()).isTrue();

      assertThat(store.health().readOnly()).isFalse();
      assertThat(Samples.read(store, site, Samples.instanceUid(1, 1, 1))).hasSize(1_200_000);
    }
  }

  /// What one of the threads does.
  private interface Task {
    void run(int thread) throws IOException;
  }

  private static void inParallel(Task task) throws InterruptedException, ExecutionException {
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int number = thread;
        running.add(
            threads.submit(() -> {
              start.await();
              task.run(number);
              return null;
            }));
      }
      start.countDown();
      for (Future<?> each : running) {
        each.get();
      }
    }
  }
}
