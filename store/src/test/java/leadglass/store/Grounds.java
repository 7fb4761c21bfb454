package leadglass.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import leadglass.store.pack.Disk;
import leadglass.store.pack.FileDisk;
import leadglass.store.pack.PackLog;

/// The data directory of a campaign and how it is opened: packs so small that they are rolled over
/// all the time and that middling data sets have one of their own, and a clock that may be years
/// off.
///
/// @param folder with `disk` and `key` in it; on the disk are the data and the safe place
record Grounds(Path folder) {
  private static final PackLog.Limits LIMITS = new PackLog.Limits(2_500_000, 1_500_000);
  private static final long RESERVE_BYTES = 64 << 10;
  private static final Duration TEN_YEARS = Duration.ofDays(3652);

  Path disk() {
    return folder.resolve("disk");
  }

  Path data() {
    return disk().resolve("data");
  }

  Path index() {
    return data().resolve("index");
  }

  SafePlace safePlace() {
    return new SafePlace(disk());
  }

  Path keyFile() {
    return folder.resolve("key/master.key");
  }

  MasterKey key() throws IOException {
    return MasterKey.open(keyFile(), true);
  }

  /// A clock that is so many times ten years fast.
  static InstantSource clock(int tensOfYears) {
    InstantSource right = InstantSource.system();
    return () -> {
      Instant now = right.instant();
      return now.plus(TEN_YEARS.multipliedBy(tensOfYears));
    };
  }

  /// With packs on the real disk.
  Store open(int tensOfYears, Volume volume) throws IOException {
    return open(tensOfYears, volume, FileDisk::new, step -> {});
  }

  Store open(int tensOfYears, Volume volume, Means.Opening<Disk> disk, Consumer<Upgrade.Step> steps)
      throws IOException {
    Files.createDirectories(disk());
    Means means = new Means(disk, _ -> volume, RESERVE_BYTES, LIMITS, steps);
    return PackedStore.open(data(), key(), clock(tensOfYears), event -> {}, means);
  }

  /// What was restored, with the key it had before.
  Store open(MasterKey master, Volume volume) throws IOException {
    Means means = new Means(FileDisk::new, _ -> volume, RESERVE_BYTES, LIMITS);
    return PackedStore.open(data(), master, clock(0), event -> {}, means);
  }

  /// Data and key as they are this moment, in another folder.
  Grounds copy(Path disk) throws IOException {
    Grounds copy = fresh();
    Files.createDirectory(copy.disk());
    if (Files.exists(disk.resolve("data"))) { // killed early, it has none
      Folders.copy(disk.resolve("data"), copy.data());
    }
    Path key = folder.resolve("key");
    if (Files.exists(key)) {
      Folders.copy(key, copy.folder().resolve("key"));
    }
    return copy;
  }

  /// The archive's one site, made if there is none.
  static SiteId site(Store store) throws IOException {
    return store.sites().isEmpty() ? store.createSite() : store.sites().getFirst();
  }

  static Grounds fresh() throws IOException {
    return new Grounds(InMemory.folder());
  }

  void delete() throws IOException {
    Folders.delete(folder);
  }
}
