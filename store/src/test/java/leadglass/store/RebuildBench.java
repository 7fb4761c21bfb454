package leadglass.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Measures making the index anew: `RebuildBench FOLDER [STUDIES] [INSTANCES OF EACH] [BYTES]
/// [THREADS]`. Asks every study before and after and compares. Not a test.
final class RebuildBench {
  private RebuildBench() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    int studies = number(arguments, 1, 20_000);
    int each = number(arguments, 2, 50);
    int bytes = number(arguments, 3, 1000);
    int threads = number(arguments, 4, 64);
    Path place = Files.createTempDirectory(folder, "rebuild");
    MasterKey key = MasterKey.open(place.resolve("key/master.key"), true);
    try (Store store = Stores.open(place.resolve("data"), key, InstantSource.system(), _ -> {})) {
      SiteId site = store.createSite();
      long began = System.nanoTime();
      fill(store, site, studies, each, bytes, threads);
      print("ingest: %d instances, %.0f/s", studies * each, studies * each / seconds(began));
      began = System.nanoTime();
      String before = answers(store, site);
      print("all answers: %.1f s", seconds(began));
      for (int turn = 1; turn <= 2; turn++) {
        began = System.nanoTime();
        long cpu = cpuNanos();
        store.rebuildIndex(Progress.NONE);
        print("rebuild %d: %.1f s, CPU %.1f s", turn, seconds(began), (cpuNanos() - cpu) / 1e9);
      }
      print("answers equal: %b", before.equals(answers(store, site)));
      for (Path file : List.of(Path.of("index/catalogue.db"), Path.of("keys/keys.db"))) {
        long size = Files.size(place.resolve("data").resolve(file));
        print("%s: %.1f bytes an instance", file, size / (double) (studies * each));
      }
    } finally {
      Folders.delete(place);
    }
  }

  private static int number(String[] arguments, int at, int usual) {
    return arguments.length > at ? Integer.parseInt(arguments[at]) : usual;
  }

  private static void fill(Store store, SiteId site, int studies, int each, int bytes, int threads)
      throws InterruptedException {
    byte[] dataSet = Samples.bytes(1, bytes);
    AtomicInteger next = new AtomicInteger();
    Thread[] running = new Thread[threads];
    for (int i = 0; i < threads; i++) {
      running[i] =
          Thread.ofVirtual()
              .start(() -> {
                for (int study = next.incrementAndGet();
                    study <= studies;
                    study = next.incrementAndGet()) {
                  fill(store, site, study, each, dataSet);
                }
              });
    }
    for (Thread thread : running) {
      thread.join();
    }
  }

  private static void fill(Store store, SiteId site, int study, int each, byte[] dataSet) {
    try {
      for (int instance = 1; instance <= each; instance++) {
        Samples.file(store, Samples.filing(site, study, instance % 2, instance), dataSet);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String answers(Store store, SiteId site) throws NoSuchAlgorithmException {
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
