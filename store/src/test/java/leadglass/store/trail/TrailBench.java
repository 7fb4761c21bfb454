package leadglass.store.trail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import leadglass.store.pack.FileDisk;
import leadglass.store.pack.Frame;
import leadglass.store.pack.PackLog;
import leadglass.store.seal.SecretBytes;

/// What the tree costs: `TrailBench FOLDER [SECONDS]`. Batches as ingest writes them, each forced,
/// with the tree and without it by turns, so that both have the same machine. Not a test.
final class TrailBench {
  private static final int ENTRY_BYTES = 600;
  private static final int TURN_MILLIS = 100;
  private static final int CHECKPOINT_EVERY = 1000;

  private TrailBench() {}

  /// What a batch is made of.
  private record Shape(String name, int instances, int instanceBytes, int entries) {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createTempDirectory(Path.of(arguments[0]), "trail");
    int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
    for (Shape shape :
        List.of(
            new Shape("audit entries alone, one a batch", 0, 0, 1),
            new Shape("audit entries alone, 50 a batch", 0, 0, 50),
            new Shape("tiny (1.5 KB), one association", 1, 1_500, 1),
            new Shape("tiny (1.5 KB), four associations", 4, 1_500, 4),
            new Shape("MR (132 KB), one association", 1, 132_000, 1),
            new Shape("CT (526 KB), one association", 1, 526_000, 1))) {
      run(folder, shape, seconds);
    }
  }

  private static void run(Path folder, Shape shape, int seconds) throws IOException {
    Path place = Files.createTempDirectory(folder, "one");
    try (FileDisk disk = new FileDisk(place.resolve("packs"));
        PackLog log = PackLog.open(disk, new SecureRandom(), PackLog.Limits.USUAL);
        ExecutorService keeping = Executors.newSingleThreadExecutor()) {
      TrailKeys keys = TrailKeys.of(new SecretBytes(new byte[32]));
      keys.hasten();
      TrailLog trail =
          TrailLog.open(place.resolve("trail"), log, keys, InstantSource.system(), _ -> {});
      Bench bench = new Bench(log, trail, keeping, new AtomicBoolean());
      bench.turn(shape, true, 3000); // warms up
      bench.turn(shape, false, 1000);
      List<List<Long>> nanos = List.of(new ArrayList<>(), new ArrayList<>());
      long end = System.nanoTime() + seconds * 1_000_000_000L;
      for (int turn = 0; System.nanoTime() < end; turn++) {
        nanos.get(turn % 2).addAll(bench.turn(shape, turn % 2 == 0, TURN_MILLIS));
      }
      double with = median(nanos.get(0)) / 1e3;
      double without = median(nanos.get(1)) / 1e3;
      System.out.printf(
          Locale.ROOT,
          "%-34s %8.0f entries/s with, %8.0f without; median %.0f and %.0f us a batch: %.0f us, %.1f %%%n",
          shape.name(),
          shape.entries() * 1e6 / with,
          shape.entries() * 1e6 / without,
          with,
          without,
          with - without,
          100 * (with - without) / with);
    }
    remove(place);
  }

  /// What was written is some gigabytes, often in memory.
  private static void remove(Path place) throws IOException {
    try (Stream<Path> files = Files.walk(place)) {
      for (Path each : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(each);
      }
    }
  }

  private static long median(List<Long> all) {
    return all.stream().sorted().skip(all.size() / 2).findFirst().orElse(0L);
  }

  /// A log with a tree, and who writes its checkpoints.
  private record Bench(PackLog log, TrailLog trail, ExecutorService keeping, AtomicBoolean due) {
    void checkpoint() {
      due.set(false);
      try {
        trail.checkpoint(false);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    List<Long> turn(Shape shape, boolean tree, long millis) throws IOException {
      SecureRandom random = new SecureRandom();
      byte[] record = new byte[16];
      byte[] entry = new byte[ENTRY_BYTES];
      byte[] instance = new byte[shape.instanceBytes()];
      List<Long> nanos = new ArrayList<>();
      long end = System.nanoTime() + millis * 1_000_000L;
      while (System.nanoTime() < end) {
        List<List<ByteBuffer>> frames = new ArrayList<>();
        for (int i = 0; i < shape.instances(); i++) {
          frames.add(List.of(frame(Frame.Kind.INSTANCE, record, instance)));
        }
        for (int i = 0; i < shape.entries(); i++) {
          random.nextBytes(record);
          frames.add(List.of(frame(Frame.Kind.AUDIT, record, entry)));
        }
        long began = System.nanoTime();
        if (tree) {
          trail.append(frames);
        } else {
          log.appendBatch(frames);
        }
        log.force();
        nanos.add(System.nanoTime() - began);
        if (tree && trail.behind() >= CHECKPOINT_EVERY && due.compareAndSet(false, true)) {
          keeping.execute(() -> checkpoint());
        }
      }
      return nanos;
    }
  }

  private static ByteBuffer frame(Frame.Kind kind, byte[] record, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(Frame.HEADER_BYTES + payload.length);
    new Frame(kind, payload.length, record).put(frame);
    return frame.put(payload).flip();
  }
}
