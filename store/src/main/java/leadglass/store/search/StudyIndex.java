package leadglass.store.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import leadglass.store.StudySearch;
import leadglass.store.catalogue.Replacing;
import leadglass.store.catalogue.StudyChange;
import leadglass.store.seal.SecretBytes;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;

/// The search over studies. Written by one thread at a time; asked by many, on threads of its own:
/// they are never interrupted, which would close the files for everybody.
public final class StudyIndex implements AutoCloseable {
  private static final int QUERY_THREADS = 2;

  private final Path folder;
  private final SecretBytes key;
  private final Cursors cursors;
  private final ReentrantReadWriteLock using = new ReentrantReadWriteLock();
  private final AtomicLong written = new AtomicLong();
  private final AtomicLong visible = new AtomicLong();
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          QUERY_THREADS, Thread.ofPlatform().daemon().name("store-search-", 1).factory());
  private final AtomicBoolean closed = new AtomicBoolean();
  private OpenIndex open; // replaced while nobody uses it

  private StudyIndex(Path folder, SecretBytes key, Cursors cursors, byte[] catalogue)
      throws IOException {
    this.folder = folder;
    this.key = key;
    this.cursors = cursors;
    this.open = OpenIndex.open(folder, key, catalogue);
  }

  /// Opens the search in a folder, made if it is not there.
  ///
  /// @param catalogue identity of the catalogue it is a cache of
  /// @throws IOException if it is damaged: make it anew
  public static StudyIndex open(Path folder, SecretBytes key, Cursors cursors, byte[] catalogue)
      throws IOException {
    return new StudyIndex(folder, key, cursors, catalogue);
  }

  /// Uses what is open.
  private interface Use<T> {
    T of(OpenIndex index) throws IOException;
  }

  private <T> T use(Use<T> use) throws IOException {
    using.readLock().lock();
    try {
      return use.of(open);
    } finally {
      using.readLock().unlock();
    }
  }

  /// The last change it learnt of.
  public long sequence() {
    using.readLock().lock();
    try {
      return open.sequence();
    } finally {
      using.readLock().unlock();
    }
  }

  /// Learns of a change. The next question sees it.
  public void put(StudyChange change) throws IOException {
    use(index -> {
      index.change(change);
      index.learnt(change.sequence());
      return written.incrementAndGet();
    });
  }

  /// Learns of many changes, each of another study, on several threads.
  ///
  /// @param changes in their order
  public void putAll(List<StudyChange> changes) throws IOException {
    if (changes.isEmpty()) {
      return;
    }
    use(index -> {
      int part = changes.size() / QUERY_THREADS + 1;
      List<CompletableFuture<Void>> parts = new ArrayList<>();
      for (int from = 0; from < changes.size(); from += part) {
        List<StudyChange> some = changes.subList(from, Math.min(changes.size(), from + part));
        parts.add(CompletableFuture.runAsync(() -> put(index, some), threads));
      }
      parts.forEach(StudyIndex::joined);
      index.learnt(changes.getLast().sequence());
      return written.addAndGet(changes.size());
    });
  }

  private static void put(OpenIndex index, List<StudyChange> changes) {
    try {
      for (StudyChange change : changes) {
        index.change(change);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Makes what was learnt survive power loss, if there is anything.
  ///
  /// @param before makes the catalogue last as far: a search that is ahead of it must be made anew
  public void commit(Runnable before) throws IOException {
    use(index -> {
      index.commit(before);
      return index;
    });
  }

  /// Rewrites every file that anything deleted is in and removes the old ones, so that no file
  /// holds anything of a study that is gone, whoever has the keys. What was learnt survives power
  /// loss then.
  ///
  /// @param before as for [#commit]
  public void expunge(Runnable before) throws IOException {
    use(index -> {
      index.expunge(before);
      return index;
    });
  }

  /// Closes the files, lets others take their place and opens these. Questions wait meanwhile.
  ///
  /// @param catalogue identity of the catalogue that the others are a cache of
  public void replace(byte[] catalogue, Replacing replacing) throws IOException {
    using.writeLock().lock();
    try {
      open.close();
      replacing.replace();
      open = OpenIndex.open(folder, key, catalogue);
      written.incrementAndGet(); // the next question refreshes
    } finally {
      using.writeLock().unlock();
    }
  }

  /// One page of matches.
  ///
  /// @throws IllegalArgumentException if the cursor is none
  public StudyHits search(StudySearch search) {
    Optional<SortKey> after = search.after().map(c -> cursors.read(search.site(), c));
    return onThreads(index -> searchHere(index, search, after));
  }

  private <T> T onThreads(Use<T> use) {
    try {
      return joined(
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return use(use);
                } catch (IOException e) {
                  throw new UncheckedIOException(new IOException("the search can't be read", e));
                }
              },
              threads));
    } catch (RejectedExecutionException e) {
      throw new UncheckedIOException(new IOException("the store is closed", e));
    }
  }

  private static <T> T joined(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedIOException cause) {
        throw new UncheckedIOException(cause.getCause());
      }
      throw e;
    }
  }

  /// Reads every file of the search from its disk, whatever is in memory.
  ///
  /// @throws IOException if one is not what was written
  public void verify() throws IOException {
    use(index -> {
      new SearchCheck(index).files(folder, key);
      return index;
    });
  }

  /// How many of some studies the search does not know as they are: each must have one document
  /// that was made of this.
  public long unlike(List<StudyChange> studies) {
    return onThreads(index -> {
      refresh(index.searchers());
      return new SearchCheck(index).unlike(studies);
    });
  }

  /// How many documents there are.
  public long documents() {
    return onThreads(index -> {
      refresh(index.searchers());
      return new SearchCheck(index).documents();
    });
  }

  private StudyHits searchHere(OpenIndex index, StudySearch search, Optional<SortKey> after)
      throws IOException {
    SearcherManager searchers = index.searchers();
    refresh(searchers);
    IndexSearcher searcher = searchers.acquire();
    try {
      searcher.setQueryCache(null);
      return new Page(searcher, Conditions.query(search))
          .take(search.offset(), search.limit(), after);
    } finally {
      searchers.release(searcher);
    }
  }

  private void refresh(SearcherManager searchers) throws IOException {
    long upTo = written.get();
    if (visible.get() < upTo) {
      searchers.maybeRefreshBlocking();
      visible.accumulateAndGet(upTo, Math::max);
    }
  }

  @Override
  public void close() throws IOException {
    if (closed.getAndSet(true)) {
      return;
    }
    threads.shutdown();
    use(index -> {
      index.close();
      return index;
    });
  }
}
