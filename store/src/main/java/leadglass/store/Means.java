package leadglass.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import leadglass.store.pack.Disk;
import leadglass.store.pack.FileDisk;
import leadglass.store.pack.PackLog;

/// What tests put in the place of disk and volume.
///
/// @param disk where packs lie, opened in a folder
/// @param volume how full the device of a folder is
/// @param reserveBytes to set aside for audit and sign-in
/// @param limits how large packs grow
/// @param upgradeSteps told what is done of an upgrade
record Means(
    Opening<Disk> disk,
    Opening<Volume> volume,
    long reserveBytes,
    PackLog.Limits limits,
    Consumer<Upgrade.Step> upgradeSteps) {
  private static final long RESERVE_BYTES = 64L << 20;

  /// Opens something in a folder.
  interface Opening<T> {
    T in(Path folder) throws IOException;
  }

  Means(Opening<Disk> disk, Opening<Volume> volume, long reserveBytes, PackLog.Limits limits) {
    this(disk, volume, reserveBytes, limits, _ -> {});
  }

  static Means real() {
    return new Means(FileDisk::new, Volume::of, RESERVE_BYTES, PackLog.Limits.USUAL);
  }
}
