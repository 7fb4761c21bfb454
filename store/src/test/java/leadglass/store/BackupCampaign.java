package leadglass.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Backs an archive up, wipes it, restores it, and compares everything. Rates stand beside that of
/// `dd conv=fsync` of as many bytes in the same folder, just before and just after.
final class BackupCampaign {
  private static final int DATA_SET_BYTES = 512 << 10;
  private static final int PER_STUDY = 50;

  private final Path folder;
  private final int instances;
  private final MasterKey key;

  /// What was measured; rates in bytes a second.
  ///
  /// @param equal whether every data set came back as it was
  /// @param incrementalShare of all bytes held, what a backup read after 1 % had come
  record Outcome(
      long bytes,
      double dd,
      double backup,
      double restore,
      boolean equal,
      double incrementalShare) {

    boolean isFast() {
      return backup >= dd / 2 && restore >= dd / 2;
    }

    String words() {
      return String.format(
          "%d MB: dd %.0f MB/s, backup %.0f MB/s, restore %.0f MB/s, %s; after 1 %% more a backup"
              + " read %.2f %%",
          bytes / 1_000_000,
          dd / 1e6,
          backup / 1e6,
          restore / 1e6,
          equal ? "equal" : "NOT EQUAL",
          100 * incrementalShare);
    }
  }

  private BackupCampaign(Path folder, long megabytes) throws IOException {
    this.folder = folder;
    this.instances = (int) Math.max(100, megabytes * 1_000_000 / DATA_SET_BYTES);
    this.key = MasterKey.open(folder.resolve("key/master.key"), true);
  }

  static Outcome run(Path folder, long megabytes) throws IOException {
    return new BackupCampaign(folder, megabytes).run();
  }

  private Store open(Path data) throws IOException {
    Means real = Means.real();
    return PackedStore.open(data, key, InstantSource.system(), _ -> {}, real);
  }

  private Outcome run() throws IOException {
    Path data = folder.resolve("data");
    SiteId site;
    Map<String, String> before;
    long bytes;
    long backupNanos;
    BackupDone more;
    double ddBefore;
    try (Store store = open(data)) {
      site = store.createSite();
      fill(store, site, 0, instances);
      ddBefore = dd((long) instances * DATA_SET_BYTES);
      long began = System.nanoTime();
      BackupDone done = store.backup(order());
      backupNanos = System.nanoTime() - began;
      bytes = done.packBytes();
      fill(store, site, instances, Math.max(1, instances / 100));
      more = store.backup(order());
      before = digests(store, site);
    }
    Folders.delete(data);
    Path there = folder.resolve("there");
    long began = System.nanoTime();
    Backups.restore(
        new RestoreOrder(
            Backups.folder(folder.resolve("to")),
            folder.resolve("to2"),
            Optional.empty(),
            key,
            there,
            Progress.NONE));
    Store restored = open(there); // makes the indexes
    long restoreNanos = System.nanoTime() - began;
    boolean equal;
    try (restored) {
      equal = digests(restored, site).equals(before);
    }
    double dd = Math.min(ddBefore, dd(bytes));
    return new Outcome(
        bytes,
        dd,
        bytes / (backupNanos / 1e9),
        more.packBytes() / (restoreNanos / 1e9),
        equal,
        (double) more.bytesRead() / more.packBytes());
  }

  private BackupOrder order() throws IOException {
    return new BackupOrder(
        Backups.folder(folder.resolve("to")),
        folder.resolve("to2"),
        "campaign",
        Optional.empty(),
        Optional.empty(),
        true,
        Map.of(),
        Progress.NONE);
  }

  private static void fill(Store store, SiteId site, int from, int count) throws IOException {
    byte[] dataSet = Samples.bytes(from, DATA_SET_BYTES);
    for (int i = from; i < from + count; i++) {
      dataSet[i % DATA_SET_BYTES]++;
      Samples.file(store, Samples.filing(site, i / PER_STUDY + 1, 1, i), dataSet);
    }
  }

  private static Map<String, String> digests(Store store, SiteId site) throws IOException {
    Map<String, String> digests = new TreeMap<>();
    Optional<String> after = Optional.empty();
    while (true) {
      StudySearch search = new StudySearch(site, java.util.List.of(), 0, 100, after);
      java.util.List<StudyRow> rows = store.studies(search).rows();
      for (StudyRow row : rows) {
        for (InstanceRow each : store.instances(site, row.study(), Optional.empty())) {
          try (StoredBytes bytes = store.open(site, each)) {
            byte[] dataSet = bytes.read(0, bytes.length()).readAllBytes();
            digests.put(each.sopInstance().value(), digest(dataSet));
          }
        }
      }
      if (rows.size() < 100) {
        return digests;
      }
      after = Optional.of(rows.getLast().cursor());
    }
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Bytes a second of `dd`, from nowhere to a file of the same folder.
  private double dd(long bytes) throws IOException {
    Path file = folder.resolve("dd");
    long count = Math.max(1, bytes >> 20);
    long began = System.nanoTime();
    Process process =
        new ProcessBuilder(
                "dd", "if=/dev/zero", "of=" + file, "bs=1M", "count=" + count, "conv=fsync")
            .redirectErrorStream(true)
            .start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException("dd: " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    double rate = (count << 20) / ((System.nanoTime() - began) / 1e9);
    Files.delete(file);
    return rate;
  }
}
