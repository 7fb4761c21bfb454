package leadglass.store;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import leadglass.store.pack.PackLog;
import leadglass.store.pack.PackLog.Placed;
import leadglass.store.trail.TrailIndex;

/// Reads entries that lie all over the packs, several at a time: years of one patient are thousands
/// of places, and a disk that is asked for one after the other waits most of the time.
final class TrailFrames implements AutoCloseable {
  private static final int AT_ONCE = 8;

  /// So many are in memory at a time.
  static final int TOGETHER = 64;

  private final PackLog log;
  private final ExecutorService readers =
      Executors.newFixedThreadPool(
          AT_ONCE, Thread.ofPlatform().daemon().name("store-trail-read-", 0).factory());

  TrailFrames(PackLog log) {
    this.log = log;
  }

  /// @param entries at most [#TOGETHER]
  /// @return in the same order; empty where the pack is not there any more
  List<Optional<Placed>> read(List<TrailIndex.Entry> entries) throws IOException {
    if (entries.size() < AT_ONCE) {
      return part(entries);
    }
    List<Callable<List<Optional<Placed>>>> parts = new ArrayList<>(AT_ONCE);
    for (int i = 0; i < AT_ONCE; i++) {
      int from = entries.size() * i / AT_ONCE;
      int to = entries.size() * (i + 1) / AT_ONCE;
      parts.add(() -> part(entries.subList(from, to)));
    }
    List<Optional<Placed>> all = new ArrayList<>(entries.size());
    try {
      for (Future<List<Optional<Placed>>> each : readers.invokeAll(parts)) {
        all.addAll(each.get());
      }
      return all;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("reading was interrupted").initCause(e);
    } catch (ExecutionException e) {
      throw new IOException("an entry of the audit trail can't be read", e.getCause());
    }
  }

  private List<Optional<Placed>> part(List<TrailIndex.Entry> entries) throws IOException {
    List<Optional<Placed>> read = new ArrayList<>(entries.size());
    for (TrailIndex.Entry each : entries) {
      read.add(log.frame(each.at()));
    }
    return read;
  }

  @Override
  public void close() {
    readers.close();
  }
}
