package leadglass.store;

import static leadglass.store.Samples.bytes;
import static leadglass.store.Samples.filing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Full volumes and disks that fail.
class FailingDiskTest {
  private static final long GIB = 1L << 30;

  @TempDir Path folder;

  /// A volume of 100 GiB with as much free space as the test says.
  private record FakeVolume(AtomicLong free) implements Volume {
    @Override
    public long freeBytes() {
      return free.get();
    }

    @Override
    public long totalBytes() {
      return 100 * GIB;
    }
  }

  private static Means means(AtomicLong free) {
    return new Means(
        Means.real().disk(), _ -> new FakeVolume(free), 64 << 10, Means.real().limits());
  }

  @Test
  void belowFivePercentNothingNewIsTakenButAuditSignInAndReadingGoOn() throws IOException {
    StoreFolder place = new StoreFolder(folder);
    AtomicLong free = new AtomicLong(6 * GIB);
    try (Store store = place.open(means(free))) {
      SiteId site = store.createSite();
      Samples.file(store, filing(site, 1, 1, 1), bytes(1, 100));
      assertThat(store.health().storing()).isTrue();

      free.set(5 * GIB - 1);

      assertThatThrownBy(store::receive).isInstanceOf(Store.OutOfSpaceException.class);
      assertThat(store.health().storing()).isFalse();
      assertThat(store.health().readOnly()).isFalse();
      store.audit(List.of(Samples.audit("refused")), true);
      assertThat(store.registry().put("session", "s", 0, new byte[1])).isTrue();
      assertThat(Samples.read(store, site, Samples.instanceUid(1, 1, 1))).hasSize(100);

      free.set(6 * GIB);

      Samples.file(store, filing(site, 1, 1, 2), bytes(2, 100));
    }
    assertThat(place.events)
        .contains(
            new StoreEvent.Storing(false, 5 * GIB - 1), new StoreEvent.Storing(true, 6 * GIB));
  }

  @Test
  void aLargeDataSetIsRefusedWhenTheVolumeFillsUpWhileItComes() throws IOException {
    StoreFolder place = new StoreFolder(folder);
    AtomicLong free = new AtomicLong(50 * GIB);
    try (Store store = place.open(means(free))) {
      SiteId site = store.createSite();
      try (Incoming incoming = store.receive()) {
        incoming.write(bytes(1, 2 << 20));
        free.set(GIB);
        assertThatThrownBy(
                () -> {
                  for (int i = 0; i < 40; i++) {
                    incoming.write(bytes(i, 1 << 20));
                  }
                })
            .isInstanceOf(Store.OutOfSpaceException.class);
        assertThatThrownBy(() -> store.file(incoming, filing(site, 1, 1, 1)))
            .isInstanceOf(IOException.class);
      }
      free.set(50 * GIB);
      Samples.file(store, filing(site, 1, 1, 1), bytes(2, 100));
      assertThat(Samples.read(store, site, Samples.instanceUid(1, 1, 1))).hasSize(100);
    }
  }

  @Test
  void theReserveIsGivenUpForAuditWhenNothingIsLeft() throws IOException {
    StoreFolder place = new StoreFolder(folder);
    AtomicLong free = new AtomicLong(50 * GIB);
    Path reserve = place.data.resolve("reserve");
    // The keeper sets it aside when it starts, and finishes that before the store is closed.
    place.open(means(free)).close();
    assertThat(reserve).hasSize(64 << 10);
    free.set(0);
    try (Store store = place.open(means(free))) {
      store.audit(List.of(Samples.audit("on a full disk")), true);
      assertThat(reserve).doesNotExist();
    }
    free.set(50 * GIB);
    place.open(means(free)).close();
    assertThat(reserve).hasSize(64 << 10);
    assertThat(place.events).contains(new StoreEvent.Reserve(true), new StoreEvent.Reserve(false));
  }

  @Test
  void afterAFailedWriteNothingIsTakenUntilTheStoreIsOpenedAgain() throws IOException {
    StoreFolder place = new StoreFolder(folder);
    BlockDisk disk = new BlockDisk(14);
    SiteId site;
    int kept = 0;
    try (Store store = place.open(StoreFolder.means(_ -> disk))) {
      site = store.createSite();
      IOException failure = null;
      while (failure == null) {
        try {
          Samples.file(store, filing(site, 1, 1, kept), bytes(1, 100));
          kept++;
        } catch (IOException e) {
          failure = e;
        }
      }
      assertThat(failure).isInstanceOf(StoreReadOnlyException.class);
      assertThat(store.health().readOnly()).isTrue();
      assertThat(store.health().storing()).isFalse();
      assertThatThrownBy(store::receive).isInstanceOf(StoreReadOnlyException.class);
      assertThatThrownBy(() -> store.audit(List.of(Audit.of(new byte[1])), true))
          .isInstanceOf(StoreReadOnlyException.class);
      assertThatThrownBy(() -> store.audit(List.of(Audit.of(new byte[1])), false))
          .isInstanceOf(StoreReadOnlyException.class);
      assertThat(Samples.read(store, site, Samples.instanceUid(1, 1, 0))).hasSize(100);
    }
    assertThat(kept).isPositive();
    assertThat(place.events).contains(new StoreEvent.BecameReadOnly(StoreEvent.Part.LOG));
    BlockDisk restarted = disk.restarted(BlockDisk.Unsynced.LOST);
    try (Store store = place.open(StoreFolder.means(_ -> restarted))) {
      assertThat(store.health().readOnly()).isFalse();
      assertThat(store.health().instances()).isEqualTo(kept);
      Samples.file(store, filing(site, 2, 1, 1), bytes(1, 100));
    }
  }

  @Test
  void attributesLargerThanAnyHonestOnesAreRefusedAndNothingIsKept() throws IOException {
    StoreFolder place = new StoreFolder(folder);
    try (Store store = place.open()) {
      SiteId site = store.createSite();
      Filing small = filing(site, 1, 1, 1);
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
      assertThat(store.instance(site, small.sopInstance())).isEmpty();
      Samples.file(store, small, bytes(1, 10));
    }
  }
}
