package leadglass.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import leadglass.store.catalogue.Catalogue;
import leadglass.store.keys.KeyStore;
import leadglass.store.pack.Frame;
import leadglass.store.pack.LifeEvent;
import leadglass.store.pack.Logged;
import leadglass.store.pack.PackLog;
import leadglass.store.pack.PackLog.BatchVisitor;
import leadglass.store.pack.PackLog.Placed;
import leadglass.store.pack.PackLog.Position;
import leadglass.store.pack.Records;
import org.jspecify.annotations.Nullable;

/// Tells a catalogue what the log says behind the catalogue's position: the log is read by one
/// thread, records are opened by several, and one tells the catalogue in the log's order. Keys obey
/// each event before the catalogue does.
final class CatchUp {
  private static final int FRAMES_AT_ONCE = 2000;
  private static final long BYTES_AT_ONCE = 4L << 20;
  private static final int STEPS_AHEAD = 6;
  private static final Set<Frame.Kind> WANTED =
      EnumSet.of(Frame.Kind.INSTANCE, Frame.Kind.COMMIT, Frame.Kind.EVENT);

  private static final Position NOWHERE = new Position("", 0);

  private final PackLog log;
  private final KeyStore keys;
  private final Records records;
  private final Catalogue catalogue;
  private final Progress progress;
  private final AtomicLong instances = new AtomicLong();
  private final AtomicLong unreadable = new AtomicLong();
  private final AtomicLong frames = new AtomicLong();
  private long tornBytes;

  /// Frames that are being opened, and where the log goes on behind them.
  private record Step(CompletableFuture<List<Logged>> opened, Position end) {}

  CatchUp(PackLog log, KeyStore keys, Catalogue catalogue, Progress progress) {
    this.log = log;
    this.keys = keys;
    this.records = new Records(log, keys);
    this.catalogue = catalogue;
    this.progress = progress;
  }

  /// Instances the catalogue was told of.
  long instances() {
    return instances.get();
  }

  /// Records that are damaged or whose key is gone.
  long unreadable() {
    return unreadable.get();
  }

  /// Bytes at the ends of packs that no whole batch covers.
  long tornBytes() {
    return tornBytes;
  }

  /// Reads as far as the log goes, or to a position.
  void run(Optional<Position> upTo) throws IOException {
    if (upTo.isPresent() && upTo.equals(catalogue.position())) {
      return;
    }
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors());
    try (ExecutorService opening = threads("store-open-", threads);
        ExecutorService telling = threads("store-tell-", 1)) {
      Teller teller = new Teller();
      CompletableFuture<Void> told = CompletableFuture.runAsync(teller, telling);
      Reader reader = new Reader(opening, teller, upTo);
      try {
        tornBytes = log.replay(catalogue.position(), WANTED, reader);
        reader.hand();
      } finally {
        Waiting.put(teller.steps, new Step(CompletableFuture.completedFuture(List.of()), NOWHERE));
      }
      told.join();
      teller.check();
    }
  }

  private static ExecutorService threads(String name, int count) {
    return Executors.newFixedThreadPool(
        count, Thread.ofPlatform().daemon().name(name, 1).factory());
  }

  /// Gathers frames into steps.
  private final class Reader implements BatchVisitor {
    private final ExecutorService opening;
    private final Teller teller;
    private final Optional<Position> upTo;
    private List<Placed> gathered = new ArrayList<>();
    private long bytes;
    private Position end = NOWHERE;

    Reader(ExecutorService opening, Teller teller, Optional<Position> upTo) {
      this.opening = opening;
      this.teller = teller;
      this.upTo = upTo;
    }

    @Override
    public boolean batch(List<Placed> batch, Position behind) {
      gathered.addAll(batch);
      for (Placed each : batch) {
        bytes += each.payload().length;
      }
      end = behind;
      if (gathered.size() >= FRAMES_AT_ONCE || bytes >= BYTES_AT_ONCE) {
        hand();
      }
      boolean there = upTo.isPresent() && upTo.get().equals(behind);
      return !there && !teller.hasFailed();
    }

    void hand() {
      if (gathered.isEmpty()) {
        return;
      }
      List<Placed> all = gathered;
      gathered = new ArrayList<>();
      bytes = 0;
      Waiting.put(
          teller.steps, new Step(CompletableFuture.supplyAsync(() -> open(all), opening), end));
    }
  }

  private List<Logged> open(List<Placed> all) {
    try {
      return opened(all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Logged> opened(List<Placed> all) throws IOException {
    List<Logged> opened = new ArrayList<>(all.size());
    for (Placed each : all) {
      try {
        if (each.frame().kind() == Frame.Kind.EVENT) {
          records.event(each).ifPresent(opened::add); // else of a site that has no keys here
        } else {
          Optional<Records.Kept> kept = records.kept(each);
          if (kept.isPresent()) {
            opened.add(kept.get());
            instances.incrementAndGet();
          } else {
            opened.add(records.dead(each));
            unreadable.incrementAndGet();
          }
        }
      } catch (Records.DamagedException _) {
        unreadable.incrementAndGet();
      }
    }
    return opened;
  }

  /// Tells the catalogue step by step.
  private final class Teller implements Runnable {
    private final BlockingQueue<Step> steps = new ArrayBlockingQueue<>(STEPS_AHEAD);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    boolean hasFailed() {
      return failure.get() != null;
    }

    @Override
    public void run() {
      for (Step step = Waiting.take(steps);
          !step.end().equals(NOWHERE);
          step = Waiting.take(steps)) {
        if (!hasFailed()) {
          tell(step);
        }
      }
    }

    private void tell(Step step) {
      try {
        List<Logged> logged = step.opened().join();
        obey(logged);
        catalogue.apply(logged, step.end());
        progress.at("reading packs", frames.addAndGet(logged.size()), 0);
      } catch (IOException | RuntimeException | Error e) {
        failure.set(e);
      }
    }

    void check() throws IOException {
      Throwable thrown = failure.get();
      if (thrown != null) {
        throw new IOException("the log can't be read on", thrown);
      }
    }
  }

  private void obey(List<Logged> logged) throws IOException {
    for (Logged each : logged) {
      if (each instanceof LifeEvent event) {
        keys.obey(event);
      }
    }
  }
}
