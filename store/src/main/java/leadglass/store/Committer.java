package leadglass.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import leadglass.store.InstanceRow.Location;
import leadglass.store.backup.BackupSource.Rolled;
import leadglass.store.pack.Logged;
import leadglass.store.pack.PackLog;
import leadglass.store.pack.PackLog.Position;
import leadglass.store.trail.TrailLog;

/// Group commit: whatever came while one batch was being synced makes the next. One thread writes
/// and syncs, another tells the indexes meanwhile of the batch before. Nobody waits for a timer.
final class Committer implements AutoCloseable {
  private static final long BATCH_BYTES_MAX = 4L << 20;
  private static final int BATCHES_AHEAD = 8;
  private static final int INSTANCES_AT_ONCE = 256;

  private final PackLog log;
  private final TrailLog trail;
  private final Runnable forced;
  private final Index index;
  private final Failures failures;
  private final BlockingQueue<Work> queue = new LinkedBlockingQueue<>();
  private final BlockingQueue<Batch> written = new ArrayBlockingQueue<>(BATCHES_AHEAD);
  private final ReentrantReadWriteLock closing = new ReentrantReadWriteLock();
  private final AtomicBoolean closed = new AtomicBoolean();
  private boolean indexBroken; // the indexing thread's own
  private final Thread writer;
  private final Thread indexer;

  /// Works of one forced write with an instance each, where they lie, and where the log goes on.
  private record Batch(List<Work> works, List<Location> places, Position end) {
    static final Batch LAST = new Batch(List.of(), List.of(), new Position("", 0));
  }

  /// @param forced told whenever entries of the trail are on stable storage
  Committer(PackLog log, TrailLog trail, Runnable forced, Index index, Failures failures) {
    this.log = log;
    this.trail = trail;
    this.forced = forced;
    this.index = index;
    this.failures = failures;
    this.writer = Thread.ofPlatform().name("store-commit").start(this::write);
    this.indexer = Thread.ofPlatform().name("store-index").start(this::index);
  }

  /// Writes, syncs and indexes; returns when that is done.
  Location commit(Work work) throws IOException {
    add(work);
    return outcome(work.done());
  }

  /// Closes the pack appended to, behind everything that was asked for before.
  ///
  /// @return what is held by all packs closed then
  Rolled roll() throws IOException {
    CompletableFuture<Rolled> rolled = new CompletableFuture<>();
    add(Work.roll(rolled));
    return outcome(rolled);
  }

  private void add(Work work) throws IOException {
    closing.readLock().lock();
    try {
      if (closed.get()) {
        throw new IOException("the store is closed");
      }
      queue.add(work);
    } finally {
      closing.readLock().unlock();
    }
  }

  private static <T> T outcome(CompletableFuture<T> asked) throws StoreReadOnlyException {
    try {
      return asked.join();
    } catch (CompletionException e) {
      throw new StoreReadOnlyException(e.getCause() == null ? e : e.getCause());
    }
  }

  private void write() {
    boolean more = true;
    while (more) {
      List<Work> works = new ArrayList<>();
      Work roll = null;
      long bytes = 0;
      for (Work work = Waiting.take(queue); work != null; work = queue.poll()) {
        if (work.isEnd()) {
          more = false;
          break;
        }
        if (work.rolled() != null) {
          roll = work;
          break;
        }
        works.add(work);
        bytes += work.bytes();
        if (bytes >= BATCH_BYTES_MAX) {
          break;
        }
      }
      if (!works.isEmpty()) {
        write(works);
      }
      if (roll != null) {
        roll(roll);
      }
    }
    Waiting.put(written, Batch.LAST);
  }

  private void roll(Work roll) {
    try {
      failures.check();
      Position last = new Position("", log.roll());
      Waiting.put(written, new Batch(List.of(roll), List.of(), last));
    } catch (IOException | RuntimeException | Error e) {
      failures.failed(StoreEvent.Part.LOG, e);
      rolled(roll).completeExceptionally(e);
    }
  }

  private static CompletableFuture<Rolled> rolled(Work roll) {
    return Objects.requireNonNull(roll.rolled());
  }

  private void write(List<Work> works) {
    try {
      failures.check();
      List<List<ByteBuffer>> frames = new ArrayList<>();
      works.forEach(work -> frames.addAll(work.frames()));
      List<Position> positions = trail.append(frames);
      log.force();
      List<Work> instances = new ArrayList<>();
      List<Location> places = new ArrayList<>();
      int at = 0;
      for (Work work : works) {
        Location place = work.place(positions.get(at));
        at += work.frames().size();
        if (work.isAuditAlone()) {
          work.done().complete(place);
        } else {
          instances.add(work);
          places.add(place);
        }
      }
      if (!instances.isEmpty()) {
        Waiting.put(written, new Batch(instances, places, positions.getLast()));
      }
      forced.run();
    } catch (IOException | RuntimeException | Error e) {
      failures.failed(StoreEvent.Part.LOG, e);
      works.forEach(work -> work.done().completeExceptionally(e));
    }
  }

  private void index() {
    boolean more = true;
    while (more) {
      List<Batch> batches = new ArrayList<>();
      Batch roll = null;
      int instances = 0;
      for (Batch batch = Waiting.take(written);
          batch != null;
          batch = instances < INSTANCES_AT_ONCE ? written.poll() : null) {
        if (batch.works().isEmpty()) {
          more = false;
          break;
        }
        if (batch.works().getFirst().rolled() != null) {
          roll = batch;
          break;
        }
        batches.add(batch);
        instances += batch.works().size();
      }
      if (!batches.isEmpty()) {
        index(batches);
      }
      if (roll != null) {
        tell(roll);
      }
    }
  }

  private void tell(Batch roll) {
    CompletableFuture<Rolled> rolled = rolled(roll.works().getFirst());
    try {
      if (indexBroken) {
        failures.check();
      }
      rolled.complete(new Rolled(index.totals(), roll.end().offset()));
    } catch (IOException | RuntimeException | Error e) {
      rolled.completeExceptionally(e);
    }
  }

  private void index(List<Batch> batches) {
    List<Logged> logged = new ArrayList<>();
    List<Work> works = new ArrayList<>();
    List<Location> places = new ArrayList<>();
    for (Batch batch : batches) {
      for (int i = 0; i < batch.works().size(); i++) {
        logged.add(batch.works().get(i).at(batch.places().get(i)));
      }
      works.addAll(batch.works());
      places.addAll(batch.places());
    }
    try {
      if (indexBroken) {
        failures.check();
      }
      index.tell(logged, batches.getLast().end());
      for (int i = 0; i < works.size(); i++) {
        works.get(i).done().complete(places.get(i));
      }
    } catch (IOException | RuntimeException | Error e) {
      indexBroken = true;
      // It is kept but would not be found: no success. The next opening catches up from the log.
      failures.failed(StoreEvent.Part.CATALOGUE, e);
      works.forEach(work -> work.done().completeExceptionally(e));
    }
  }

  /// Finishes what was begun.
  @Override
  public void close() {
    closing.writeLock().lock();
    try {
      if (closed.getAndSet(true)) {
        return;
      }
      queue.add(Work.end());
    } finally {
      closing.writeLock().unlock();
    }
    Waiting.join(writer);
    Waiting.join(indexer);
  }
}
