package leadglass.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A data directory and its key, opened again and again.
final class StoreFolder {
  private static final long RESERVE_BYTES = 256 << 10;

  final Path data;
  final Path keyFile;
  final List<StoreEvent> events = new CopyOnWriteArrayList<>();

  StoreFolder(Path folder) {
    this.data = folder.resolve("data");
    this.keyFile = folder.resolve("key").resolve("master.key");
  }

  MasterKey key() throws IOException {
    return MasterKey.open(keyFile, true);
  }

  /// The real disk, but for a small reserve.
  Store open() throws IOException {
    Means real = Means.real();
    return open(new Means(real.disk(), real.volume(), RESERVE_BYTES, real.limits()));
  }

  Store open(Means means) throws IOException {
    return PackedStore.open(data, key(), InstantSource.system(), events::add, means);
  }

  static Means means(Means.Opening<leadglass.store.pack.Disk> disk) {
    return new Means(disk, Means.real().volume(), RESERVE_BYTES, Means.real().limits());
  }
}
