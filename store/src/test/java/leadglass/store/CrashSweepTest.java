package leadglass.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import leadglass.store.Store.Filed;
import leadglass.store.pack.PackLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Cuts the power before every write and sync in turn. `-Dleadglass.sweep=long` tries every fate of
/// the unsynced bytes at every step, with the indexes kept and lost.
class CrashSweepTest {
  private static final int STEPS_MAX = 400;
  private static final int CHUNKS_SKIPPED = 13;

  /// So small that the large instance lies in three packs and one of its own.
  private static final PackLog.Limits LIMITS = new PackLog.Limits(1_300_000, 2_500_000);

  @TempDir(factory = InMemory.class)
  Path folder;

  private SiteId site = new SiteId("0".repeat(32));

  /// One instance of the workload.
  private record Sample(int study, int instance, int length) {
    Filing filing(SiteId site) {
      return Samples.filing(site, study, 1, instance);
    }

    byte[] dataSet() {
      return Samples.bytes(instance, length);
    }
  }

  private static final List<Sample> WORK =
      List.of(new Sample(1, 1, 1_000), new Sample(2, 2, 3_300_000), new Sample(2, 3, 1_150_000));

  /// What was acknowledged before the power went.
  private record Acknowledged(List<Sample> instances, List<String> audit) {}

  @Test
  void whateverWasAcknowledgedSurvivesPowerLossAtAnyStep() throws IOException {
    boolean all = "long".equals(System.getProperty("leadglass.sweep"));
    BlockDisk.Unsynced[] fates = BlockDisk.Unsynced.values();
    BlockDisk disk;
    for (int steps = 0;
        steps < STEPS_MAX;
        steps += all || !disk.wentOffAmidChunks() ? 1 : CHUNKS_SKIPPED) {
      disk = cutAfter(steps, fates[steps % fates.length], steps % 2 == 1);
      if (!disk.isOff()) {
        return;
      }
      for (BlockDisk.Unsynced fate : fates) {
        if (all) {
          cutAfter(steps, fate, false);
          cutAfter(steps, fate, true);
        } else if (disk.wentOffAtSync()) {
          cutAfter(steps, fate, steps % 2 == 0);
        }
      }
    }
    throw new AssertionError("the work never ended");
  }

  /// A killed process leaves bytes that can be read but were never synced. Whoever is told of them
  /// after the restart must find them after a power loss too.
  @Test
  void whatIsFoundAfterAKillIsStillThereAfterPowerLoss() throws IOException {
    BlockDisk disk;
    int tried = 0;
    for (int steps = 0; steps < STEPS_MAX; steps += disk.wentOffAmidChunks() ? CHUNKS_SKIPPED : 1) {
      StoreFolder place = new StoreFolder(Files.createTempDirectory(folder, "kill"));
      disk = new BlockDisk(steps);
      killed(place, disk);
      if (!disk.isOff()) {
        break;
      }
      if (disk.wentOffAtSync()) {
        BlockDisk killed = disk.restarted(BlockDisk.Unsynced.KEPT);
        Acknowledged found = new Acknowledged(new ArrayList<>(), List.of());
        try (Store store = place.open(means(killed))) {
          for (Sample sample : WORK) {
            if (store.instance(site, sample.filing(site).sopInstance()).isPresent()) {
              found.instances().add(sample);
            }
          }
        }
        BlockDisk lost = killed.restarted(BlockDisk.Unsynced.LOST);
        try (Store store = place.open(means(lost))) {
          check(store, found, "killed before step " + steps);
        }
        tried++;
      }
      Folders.delete(place.data);
    }
    assertThat(tried).isGreaterThan(5);
  }

  private void killed(StoreFolder place, BlockDisk disk) throws IOException {
    try (Store store = place.open(means(disk))) {
      site = store.createSite();
      work(store, new Acknowledged(new ArrayList<>(), new ArrayList<>()));
    } catch (IOException e) {
      assertThat(disk.isOff()).as("failed without power loss: %s", e).isTrue();
    }
  }

  private BlockDisk cutAfter(int steps, BlockDisk.Unsynced fate, boolean indexLost)
      throws IOException {
    StoreFolder place = new StoreFolder(Files.createTempDirectory(folder, "cut"));
    BlockDisk disk = new BlockDisk(steps);
    Acknowledged acknowledged = new Acknowledged(new ArrayList<>(), new ArrayList<>());
    try (Store store = place.open(means(disk))) {
      site = store.createSite();
      work(store, acknowledged);
    } catch (IOException e) {
      assertThat(disk.isOff()).as("failed without power loss: %s", e).isTrue();
    }
    if (indexLost) {
      Folders.delete(place.data.resolve("index"));
    }
    BlockDisk restarted = disk.restarted(fate);
    String where = "power lost before step " + steps + ", unsynced bytes " + fate;
    try (Store again = place.open(means(restarted))) {
      check(again, acknowledged, where);
      fileAgain(again, acknowledged, where);
      check(again, new Acknowledged(WORK, acknowledged.audit()), where + ", filed again");
    }
    Folders.delete(place.data);
    return disk;
  }

  private static Means means(BlockDisk disk) {
    Means usual = StoreFolder.means(_ -> disk);
    return new Means(usual.disk(), usual.volume(), usual.reserveBytes(), LIMITS);
  }

  private void work(Store store, Acknowledged acknowledged) throws IOException {
    for (Sample sample : WORK) {
      Filed filed = Samples.file(store, sample.filing(site), sample.dataSet());
      assertThat(filed).isInstanceOf(Filed.Kept.class);
      acknowledged.instances().add(sample);
      if (sample.study() == 2 && sample.instance() == 3) {
        return; // what comes behind is like what came before
      }
      String entry = "looked at " + sample.instance();
      store.audit(List.of(Samples.audit(entry)), false);
      store.audit(List.of(Samples.audit(entry + " again")), true);
      acknowledged.audit().add(entry + " again");
    }
  }

  private void check(Store store, Acknowledged acknowledged, String where) throws IOException {
    Set<Integer> studies = new HashSet<>();
    int visible = 0;
    for (Sample sample : WORK) {
      Optional<InstanceRow> row = store.instance(site, sample.filing(site).sopInstance());
      if (acknowledged.instances().contains(sample)) {
        assertThat(row).as(where).isPresent();
      }
      if (row.isPresent()) {
        assertThat(Samples.read(store, site, row.get().sopInstance()))
            .as(where)
            .isEqualTo(sample.dataSet());
        studies.add(sample.study());
        visible++;
      }
    }
    assertThat(store.health().instances()).as(where).isEqualTo(visible);
    assertThat(store.studies(Samples.all(site)).total()).as(where).isEqualTo(studies.size());
    List<String> audit = new ArrayList<>();
    store
        .trail()
        .read(
            0,
            (_, entry) ->
                audit.add(new String(entry.entry(), java.nio.charset.StandardCharsets.US_ASCII)));
    assertThat(audit).as(where).containsAll(acknowledged.audit()).doesNotHaveDuplicates();
  }

  private void fileAgain(Store store, Acknowledged acknowledged, String where) throws IOException {
    for (Sample sample : WORK) {
      boolean held = store.instance(site, sample.filing(site).sopInstance()).isPresent();
      Filed filed = Samples.file(store, sample.filing(site), sample.dataSet());
      assertThat(filed).as(where).isInstanceOf(held ? Filed.Taken.class : Filed.Kept.class);
      if (acknowledged.instances().contains(sample)) {
        assertThat(held).as(where).isTrue();
      }
    }
  }
}
