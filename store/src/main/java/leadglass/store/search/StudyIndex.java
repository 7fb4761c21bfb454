package leadglass.store.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import leadglass.store.StudySearch;
import leadglass.store.catalogue.StudyChange;
import leadglass.store.seal.SecretBytes;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.NRTCachingDirectory;

/// The search over studies. Written by one thread; asked by many, on threads of its own: they are
/// never interrupted, which would close the files for everybody.
public final class StudyIndex implements AutoCloseable {
  private static final long CACHE_BYTES_MAX = 32L << 20;
  private static final int QUERY_THREADS = 2;
  private static final String CATALOGUE = "catalogue";
  private static final String SEQUENCE = "sequence";

  private final IndexWriter writer;
  private final Directory directory;
  private final SearcherManager searchers;
  private final AtomicLong written = new AtomicLong();
  private final AtomicLong visible = new AtomicLong();
  private final Cursors cursors;
  private final String catalogue;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          QUERY_THREADS, Thread.ofPlatform().daemon().name("store-search-", 1).factory());
  private volatile long sequence;
  private volatile long committed;

  private StudyIndex(
      Directory directory,
      IndexWriter writer,
      SearcherManager searchers,
      Cursors cursors,
      String catalogue,
      long sequence) {
    this.directory = directory;
    this.writer = writer;
    this.searchers = searchers;
    this.cursors = cursors;
    this.catalogue = catalogue;
    this.sequence = sequence;
    this.committed = sequence;
  }

  /// Opens the search in a folder, made if it is not there.
  ///
  /// @param catalogue identity of the catalogue it is a cache of
  /// @throws IOException if it is damaged: make it anew
  public static StudyIndex open(Path folder, SecretBytes key, Cursors cursors, byte[] catalogue)
      throws IOException {
    Directory directory =
        new NRTCachingDirectory(new SealedDirectory(folder, key, CACHE_BYTES_MAX), 4, 16);
    try {
      IndexWriterConfig config = new IndexWriterConfig();
      config.setIndexSort(SortKey.indexSort());
      config.setRAMBufferSizeMB(16);
      config.setCommitOnClose(false);
      IndexWriter writer = new IndexWriter(directory, config);
      try {
        Map<String, String> known = new HashMap<>();
        Iterable<Map.Entry<String, String>> data = writer.getLiveCommitData();
        if (data != null) {
          data.forEach(entry -> known.put(entry.getKey(), entry.getValue()));
        }
        String identity = HexFormat.of().formatHex(catalogue);
        long sequence = 0;
        if (identity.equals(known.get(CATALOGUE))) {
          sequence = Long.parseLong(known.getOrDefault(SEQUENCE, "0"));
        } else {
          writer.deleteAll(); // made from a catalogue that is no more
        }
        SearcherManager searchers = new SearcherManager(writer, null);
        return new StudyIndex(directory, writer, searchers, cursors, identity, sequence);
      } catch (IOException | RuntimeException e) {
        writer.rollback();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  /// The last change it learnt of.
  public long sequence() {
    return sequence;
  }

  /// Learns of a change. The next question sees it.
  public void put(StudyChange change) throws IOException {
    if (change.removed()) {
      writer.deleteDocuments(Documents.key(change));
    } else {
      writer.updateDocument(Documents.key(change), Documents.of(change));
    }
    sequence = change.sequence();
    written.incrementAndGet();
  }

  /// Makes what was learnt survive power loss, if there is anything.
  ///
  /// @param before makes the catalogue last as far: a search that is ahead of it must be made anew
  public void commit(Runnable before) throws IOException {
    long upTo = sequence;
    if (upTo == committed) {
      return;
    }
    before.run();
    Map<String, String> data = Map.of(CATALOGUE, catalogue, SEQUENCE, Long.toString(upTo));
    writer.setLiveCommitData(data.entrySet());
    writer.commit();
    committed = upTo;
  }

  /// Makes what was removed leave the files: a document that is only marked as deleted still lies
  /// in its segment, and whoever has the key could read it.
  ///
  /// @param before as with [#commit]
  public void expunge(Runnable before) throws IOException {
    writer.forceMergeDeletes(true);
    before.run();
    long upTo = sequence;
    Map<String, String> data = Map.of(CATALOGUE, catalogue, SEQUENCE, Long.toString(upTo));
    writer.setLiveCommitData(data.entrySet());
    writer.commit();
    committed = upTo;
    searchers.maybeRefreshBlocking(); // lets go of the files it read until now
    writer.deleteUnusedFiles();
  }

  /// One page of matches.
  ///
  /// @throws IllegalArgumentException if the cursor is none
  public StudyHits search(StudySearch search) {
    Optional<SortKey> after = search.after().map(c -> cursors.read(search.site(), c));
    try {
      return CompletableFuture.supplyAsync(() -> searchHere(search, after), threads).join();
    } catch (RejectedExecutionException e) {
      throw new UncheckedIOException(new IOException("the store is closed", e));
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedIOException cause) {
        throw new UncheckedIOException(cause.getCause());
      }
      throw e;
    }
  }

  private StudyHits searchHere(StudySearch search, Optional<SortKey> after) {
    try {
      long upTo = written.get();
      if (visible.get() < upTo) {
        searchers.maybeRefreshBlocking();
        visible.accumulateAndGet(upTo, Math::max);
      }
      IndexSearcher searcher = searchers.acquire();
      try {
        searcher.setQueryCache(null);
        return new Page(searcher, Conditions.query(search))
            .take(search.offset(), search.limit(), after);
      } finally {
        searchers.release(searcher);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(new IOException("the search can't be read", e));
    }
  }

  @Override
  public void close() throws IOException {
    threads.shutdown();
    searchers.close();
    if (writer.isOpen()) {
      writer.rollback();
    }
    directory.close();
  }
}
