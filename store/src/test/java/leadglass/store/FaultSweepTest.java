package leadglass.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import leadglass.dicom.data.Uid;
import leadglass.store.FaultyDisk.Call;
import leadglass.store.FaultyDisk.Fault;
import leadglass.store.Store.Filed;
import leadglass.store.pack.PackLog;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Lets every call to the disk fail in turn while instances of all sizes and audit entries are
/// taken in, until none is left to fail.
class FaultSweepTest {
  private static final int CALLS_MAX = 1_000;
  private static final Set<Call> WRITING = EnumSet.of(Call.CREATE, Call.APPEND, Call.SYNC);

  /// So small that the second large instance has a pack of its own, and packs are rolled over.
  private static final PackLog.Limits LIMITS = new PackLog.Limits(1_300_000, 1_150_000);

  @TempDir(factory = InMemory.class)
  Path folder;

  private SiteId site = new SiteId("0".repeat(32));

  /// One instance of the workload: gathered, in chunks among others, in a pack of its own.
  private record Sample(int study, int instance, byte[] dataSet) {
    Sample(int study, int instance, int length) {
      this(study, instance, Samples.bytes(instance, length));
    }

    Filing filing(SiteId site) {
      return Samples.filing(site, study, 1, instance);
    }
  }

  private static final List<Sample> WORK =
      List.of(new Sample(1, 1, 1_000), new Sample(2, 2, 1_060_000), new Sample(2, 3, 1_200_000));

  /// What was acknowledged.
  private record Acknowledged(List<Sample> instances, List<String> audit) {
    Acknowledged() {
      this(new ArrayList<>(), new ArrayList<>());
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void whateverCallFailsNothingAcknowledgedIsLostAndNothingMoreIsAcknowledged(Fault fault)
      throws IOException {
    for (int calls = 0; calls < CALLS_MAX; calls++) {
      StoreFolder place = new StoreFolder(Files.createTempDirectory(folder, "fault"));
      BlockDisk under = new BlockDisk(Long.MAX_VALUE);
      FaultyDisk disk = new FaultyDisk(under, fault, calls);
      Acknowledged acknowledged = new Acknowledged();
      String where = fault + " at call " + calls;
      run(place, disk, acknowledged, where);
      under.cut();
      BlockDisk restarted = under.restarted(new Random(calls), Long.MAX_VALUE);
      try (Store again = place.open(means(restarted))) {
        if (again.sites().isEmpty()) {
          site = again.createSite(); // it never got so far
        }
        where += " (" + disk.fired() + ")";
        assertThat(again.health().readOnly()).as(where).isFalse();
        check(again, acknowledged, where);
        takesAllAgain(again, where);
      }
      Folders.delete(place.data);
      if (!disk.hasFired()) {
        assertThat(acknowledged.instances()).isEqualTo(WORK);
        assertThat(calls).as("calls").isGreaterThan(5);
        return;
      }
    }
    throw new AssertionError("the work never ended");
  }

  private static Means means(leadglass.store.pack.Disk disk) {
    Means usual = StoreFolder.means(_ -> disk);
    return new Means(usual.disk(), usual.volume(), usual.reserveBytes(), LIMITS);
  }

  private void run(StoreFolder place, FaultyDisk disk, Acknowledged acknowledged, String where)
      throws IOException {
    try (Store store = place.open(means(disk))) {
      site = store.createSite();
      for (Sample sample : WORK) {
        step(
            store,
            disk,
            where,
            () -> {
              Filed filed = Samples.file(store, sample.filing(site), sample.dataSet());
              assertThat(filed).isInstanceOf(Filed.Kept.class);
              acknowledged.instances().add(sample);
            });
        step(
            store,
            disk,
            where,
            () -> {
              store.audit(List.of(Samples.audit("after " + sample.instance())), true);
              acknowledged.audit().add("after " + sample.instance());
            });
      }
      if (disk.hasFired() && WRITING.contains(disk.fired())) {
        assertThatThrownBy(store::receive).isInstanceOf(StoreReadOnlyException.class);
        assertThat(place.events).contains(new StoreEvent.BecameReadOnly(StoreEvent.Part.LOG));
        assertThat(disk.syncedAfterFault()).as(where + ": synced again").isEmpty();
      }
    } catch (IOException e) {
      assertThat(disk.hasFired()).as(where + ": failed without a fault: %s", e).isTrue();
    }
    assertThat(disk.syncedAfterFault()).as(where + ": synced when closed").isEmpty();
  }

  private interface Step {
    void run() throws IOException;
  }

  private void step(Store store, FaultyDisk disk, String where, Step step) {
    boolean before = disk.hasFired() && WRITING.contains(disk.fired());
    try {
      step.run();
      assertThat(before).as(where + ": acknowledged after a failed write").isFalse();
    } catch (IOException e) {
      assertThat(disk.hasFired()).as(where + ": failed without a fault: %s", e).isTrue();
      assertThat(store.health().readOnly()).as(where + ": read-only after %s", e).isTrue();
      assertThat(store.health().storing()).as(where).isFalse();
    }
  }

  private void check(Store store, Acknowledged acknowledged, String where) throws IOException {
    int visible = 0;
    for (Sample sample : WORK) {
      Uid uid = sample.filing(site).sopInstance();
      boolean held = store.instance(site, uid).isPresent();
      if (acknowledged.instances().contains(sample)) {
        assertThat(held).as(where).isTrue();
      }
      if (held) {
        assertThat(Samples.read(store, site, uid)).as(where).isEqualTo(sample.dataSet());
        visible++;
      }
    }
    assertThat(store.health().instances()).as(where).isEqualTo(visible);
    List<String> audit = new ArrayList<>();
    store.trail().read(0, (_, entry) -> audit.add(new String(entry.entry(), US_ASCII)));
    assertThat(audit).as(where).containsAll(acknowledged.audit()).doesNotHaveDuplicates();
  }

  private void takesAllAgain(Store store, String where) throws IOException {
    for (Sample sample : WORK) {
      Samples.file(store, sample.filing(site), sample.dataSet());
    }
    check(store, new Acknowledged(WORK, List.of()), where + ", filed again");
  }
}
