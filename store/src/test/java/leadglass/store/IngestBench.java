package leadglass.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Measures the store by itself: `IngestBench FOLDER [BYTES] [INSTANCES] [THREADS]`. Not a test.
final class IngestBench {
  private IngestBench() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    int bytes = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 525_000;
    int instances = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 2000;
    int threads = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 4;
    Path place = Files.createTempDirectory(folder, "bench");
    MasterKey key = MasterKey.open(place.resolve("key/master.key"), true);
    try {
      long opening = System.nanoTime();
      try (Store store = Stores.open(place.resolve("data"), key, InstantSource.system(), _ -> {})) {
        SiteId site = store.createSite();
        print(
            "open %.1f ms, CPU since the JVM began %.0f ms",
            (System.nanoTime() - opening) / 1e6, cpuNanos() / 1e6);
        run(store, site, bytes, instances / 2, threads, 0); // warms up
        run(store, site, bytes, instances, threads, 1);
        read(store, site, bytes, threads);
      }
      opening = System.nanoTime();
      Stores.open(place.resolve("data"), key, InstantSource.system(), _ -> {}).close();
      print("reopen and close %.1f ms", (System.nanoTime() - opening) / 1e6);
    } finally {
      Folders.delete(place);
    }
  }

  private static void run(Store store, SiteId site, int bytes, int instances, int threads, int turn)
      throws InterruptedException {
    byte[] dataSet = Samples.bytes(1, bytes);
    long[] micros = new long[instances];
    AtomicInteger next = new AtomicInteger();
    Map<String, Long> before = threadNanos();
    long cpu = cpuNanos();
    long began = System.nanoTime();
    inParallel(
        threads,
        () -> {
          for (int i = next.getAndIncrement(); i < instances; i = next.getAndIncrement()) {
            long start = System.nanoTime();
            Filing filing = Samples.filing(site, turn * 1000 + i / 200, 1, turn * 1_000_000 + i);
            Samples.file(store, filing, dataSet);
            micros[i] = (System.nanoTime() - start) / 1000;
          }
        });
    double seconds = (System.nanoTime() - began) / 1e9;
    if (turn > 0) {
      threads(before, instances);
    }
    Arrays.sort(micros);
    print(
        "%d bytes, %d threads: %.0f/s, %.0f MB/s, p50 %.2f ms, p99 %.2f ms, CPU %.3f ms each",
        bytes,
        threads,
        instances / seconds,
        instances * (double) bytes / seconds / 1e6,
        micros[instances / 2] / 1e3,
        micros[instances * 99 / 100] / 1e3,
        (cpuNanos() - cpu) / 1e6 / instances);
  }

  private static Map<String, Long> threadNanos() {
    ThreadMXBean bean = ManagementFactory.getThreadMXBean();
    Map<String, Long> nanos = new TreeMap<>();
    for (ThreadInfo thread : bean.getThreadInfo(bean.getAllThreadIds())) {
      if (thread != null) {
        String name = thread.getThreadName().replaceAll("[-0-9]+$", "");
        nanos.merge(name, bean.getThreadCpuTime(thread.getThreadId()), Long::sum);
      }
    }
    return nanos;
  }

  private static void threads(Map<String, Long> before, int instances) {
    threadNanos()
        .forEach((name, nanos) -> {
          double millis = (nanos - before.getOrDefault(name, 0L)) / 1e6 / instances;
          if (millis >= 0.001) {
            print("  %-28s %.3f ms each", name, millis);
          }
        });
  }

  private static void read(Store store, SiteId site, int bytes, int threads)
      throws InterruptedException {
    AtomicInteger next = new AtomicInteger();
    int reads = 1000;
    long cpu = cpuNanos();
    long began = System.nanoTime();
    inParallel(
        threads,
        () -> {
          byte[] buffer = new byte[64 << 10];
          for (int i = next.getAndIncrement(); i < reads; i = next.getAndIncrement()) {
            int instance = 1_000_000 + i % 500;
            InstanceRow row =
                store
                    .instance(site, Samples.instanceUid(1000 + i % 500 / 200, 1, instance))
                    .orElseThrow();
            try (StoredBytes stored = store.open(site, row);
                var in = stored.read(0, stored.length())) {
              while (in.read(buffer) >= 0) {
                // All of it.
              }
            }
          }
        });
    double seconds = (System.nanoTime() - began) / 1e9;
    print(
        "read: %.0f/s, %.0f MB/s, CPU %.3f ms each",
        reads / seconds, reads * (double) bytes / seconds / 1e6, (cpuNanos() - cpu) / 1e6 / reads);
  }

  /// What a thread does.
  private interface Task {
    void run() throws IOException;
  }

  private static void inParallel(int threads, Task task) throws InterruptedException {
    Thread[] running = new Thread[threads];
    for (int i = 0; i < threads; i++) {
      running[i] =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  task.run();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
    for (Thread thread : running) {
      thread.join();
    }
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static void print(String format, Object... values) {
    System.out.printf(format + "%n", values);
  }
}
