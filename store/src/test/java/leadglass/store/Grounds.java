package leadglass.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import leadglass.store.pack.Disk;
import leadglass.store.pack.FileDisk;
import leadglass.store.pack.PackLog;

/// The data directory of a campaign and how it is opened: packs so small that they are rolled over
/// all the time and that middling data sets have one of their own, and a clock that may be years
/// off.
///
/// @param folder with `data` and `key` in it
record Grounds(Path folder) {
  private static final PackLog.Limits LIMITS = new PackLog.Limits(2_500_000, 1_500_000);
  private static final long RESERVE_BYTES = 64 << 10;
  private static final Duration TEN_YEARS = Duration.ofDays(3652);

  Path data() {
    return folder.resolve("data");
  }

  Path index() {
    return data().resolve("index");
  }

  private MasterKey key() throws IOException {
    return MasterKey.open(folder.resolve("key/master.key"), true);
  }

  /// A clock that is so many times ten years fast.
  static InstantSource clock(int tensOfYears) {
    InstantSource right = InstantSource.system();
    return () -> {
      Instant now = right.instant();
      return now.plus(TEN_YEARS.multipliedBy(tensOfYears));
    };
  }

  Store open(int tensOfYears) throws IOException {
    return open(tensOfYears, FileDisk::new, event -> {});
  }

  Store open(int tensOfYears, Means.Opening<Disk> disk, Consumer<? super StoreEvent> events)
      throws IOException {
    Means means = new Means(disk, Means.real().volume(), RESERVE_BYTES, LIMITS);
    return PackedStore.open(data(), key(), clock(tensOfYears), events, means);
  }

  /// The same as it is this moment, in another folder.
  Grounds copy() throws IOException {
    Grounds copy = fresh();
    for (String part : List.of("data", "key")) {
      if (Files.exists(folder.resolve(part))) { // killed early, it has neither
        Folders.copy(folder.resolve(part), copy.folder().resolve(part));
      }
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
