package leadglass.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import leadglass.store.keys.KeyStore;
import leadglass.store.keys.KeyStore.StudyKey;
import leadglass.store.pack.FileDisk;
import leadglass.store.pack.PackLog;
import leadglass.store.pack.Reception;
import leadglass.store.pack.RecordFrames;

/// Measures making the index anew: `RebuildBench FOLDER [STUDIES] [INSTANCES OF EACH] [BYTES]
/// [FOLDER FOR KEYS]`. Writes packs without an index, with keys where syncs may cost nothing, opens
/// the store, which makes one, makes it anew, asks every study before and after and compares. Not a
/// test.
final class RebuildBench {
  private RebuildBench() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    int studies = number(arguments, 1, 20_000);
    int each = number(arguments, 2, 50);
    int bytes = number(arguments, 3, 1000);
    Path place = Files.createTempDirectory(folder, "rebuild");
    Path keyFolder =
        Files.createTempDirectory(Path.of(arguments[arguments.length > 4 ? 4 : 0]), "k");
    MasterKey key = MasterKey.open(place.resolve("key/master.key"), true);
    long instances = (long) studies * each;
    try {
      Stores.open(place.resolve("data"), key, InstantSource.system(), _ -> {}).close();
      long began = System.nanoTime();
      Path keys = place.resolve("data").resolve("keys").resolve("keys.db");
      Path elsewhere = keyFolder.resolve("keys.db");
      Files.move(keys, elsewhere);
      fill(place.resolve("data"), elsewhere, key, studies, each, bytes);
      Files.move(elsewhere, keys);
      print("packs: %d instances, %.1f s", instances, seconds(began));
      began = System.nanoTime();
      long cpu = cpuNanos();
      try (Store store = Stores.open(place.resolve("data"), key, InstantSource.system(), _ -> {})) {
        print("open: %.1f s, CPU %.1f s", seconds(began), (cpuNanos() - cpu) / 1e9);
        measure(store, store.sites().getFirst());
      }
      for (Path file : List.of(Path.of("index/catalogue.db"), Path.of("keys/keys.db"))) {
        long size = Files.size(place.resolve("data").resolve(file));
        print("%s: %.1f bytes an instance", file, size / (double) instances);
      }
    } finally {
      Folders.delete(keyFolder);
      Folders.delete(place);
    }
  }

  private static void measure(Store store, SiteId site)
      throws IOException, NoSuchAlgorithmException {
    long began = System.nanoTime();
    String before = answers(store, site);
    print("all answers: %.1f s", seconds(began));
    for (int turn = 1; turn <= 2; turn++) {
      began = System.nanoTime();
      long cpu = cpuNanos();
      store.rebuildIndex(Progress.NONE);
      print("rebuild %d: %.1f s, CPU %.1f s", turn, seconds(began), (cpuNanos() - cpu) / 1e9);
    }
    print("answers equal: %b", before.equals(answers(store, site)));
    began = System.nanoTime();
    IndexReport report = store.checkIndex(Progress.NONE);
    print("check: %.1f s, agrees: %b, %d rows", seconds(began), report.agrees(), report.rows());
  }

  private static int number(String[] arguments, int at, int usual) {
    return arguments.length > at ? Integer.parseInt(arguments[at]) : usual;
  }

  /// Packs of so many studies with so many instances each, and their keys, without an index.
  static void fill(Path data, Path keyFile, MasterKey master, int studies, int each, int bytes)
      throws IOException {
    byte[] dataSet = Samples.bytes(1, bytes);
    SecureRandom random = new SecureRandom();
    try (KeyStore keys = KeyStore.open(keyFile, master.key());
        FileDisk disk = new FileDisk(data.resolve("packs"));
        PackLog log = PackLog.open(disk, random, PackLog.Limits.USUAL)) {
      SiteId site = keys.createSite();
      for (int study = 1; study <= studies; study++) {
        List<List<ByteBuffer>> frames = new ArrayList<>();
        List<Reception> receptions = new ArrayList<>();
        for (int instance = 1; instance <= each; instance++) {
          Filing filing = Samples.filing(site, study, instance % 2, instance);
          Reception reception = new Reception(log, random, () -> {});
          reception.write(dataSet);
          StudyKey key = keys.study(site, filing.patient(), filing.study());
          frames.add(RecordFrames.instance(reception, key, filing));
          receptions.add(reception);
        }
        log.appendBatch(frames);
        receptions.forEach(Reception::written);
      }
      log.force();
    }
  }

  /// What every question is answered, in short.
  static String answers(Store store, SiteId site) throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    long[] lines = new long[1];
    Answers.tell(
        store,
        site,
        10,
        line -> {
          lines[0]++;
          digest.update(line.getBytes(UTF_8));
        });
    return lines[0] + " lines " + HexFormat.of().formatHex(digest.digest());
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static double seconds(long began) {
    return (System.nanoTime() - began) / 1e9;
  }

  private static void print(String format, Object... values) {
    System.out.printf(format + "%n", values);
  }
}
