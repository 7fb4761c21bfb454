package leadglass.store.search;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import leadglass.store.catalogue.StudyChange;
import leadglass.store.seal.SecretBytes;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.NRTCachingDirectory;

/// Lucene, open on the files of a folder. What writes is used by one thread at a time.
final class OpenIndex implements AutoCloseable {
  private static final int EXPUNGE_TRIES_MAX = 100;
  private static final long CACHE_BYTES_MAX = 32L << 20;
  private static final String CATALOGUE = "catalogue";
  private static final String SEQUENCE = "sequence";

  private final Directory directory;
  private final IndexWriter writer;
  private final ConcurrentMergeScheduler merges;
  private final SearcherManager searchers;
  private final String catalogue;
  private volatile long sequence;
  private volatile long committed;

  private OpenIndex(
      Directory directory,
      IndexWriter writer,
      ConcurrentMergeScheduler merges,
      SearcherManager searchers,
      String catalogue,
      long sequence) {
    this.directory = directory;
    this.writer = writer;
    this.merges = merges;
    this.searchers = searchers;
    this.catalogue = catalogue;
    this.sequence = sequence;
    this.committed = sequence;
  }

  static OpenIndex open(Path folder, SecretBytes key, byte[] catalogue) throws IOException {
    Directory directory =
        new NRTCachingDirectory(new SealedDirectory(folder, key, CACHE_BYTES_MAX), 4, 16);
    try {
      ConcurrentMergeScheduler merges = new ConcurrentMergeScheduler();
      IndexWriter writer = new IndexWriter(directory, config().setMergeScheduler(merges));
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
        return new OpenIndex(directory, writer, merges, searchers, identity, sequence);
      } catch (IOException | RuntimeException e) {
        writer.rollback();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  private static IndexWriterConfig config() {
    TieredMergePolicy merging = new TieredMergePolicy();
    // Whatever is deleted in a segment, expunging rewrites it.
    merging.setForceMergeDeletesPctAllowed(0);
    IndexWriterConfig config = new IndexWriterConfig();
    config.setIndexSort(SortKey.indexSort());
    config.setMergePolicy(merging);
    config.setRAMBufferSizeMB(16);
    config.setCommitOnClose(false);
    return config;
  }

  SearcherManager searchers() {
    return searchers;
  }

  Directory directory() {
    return directory;
  }

  long sequence() {
    return sequence;
  }

  /// Safe for use by several threads for different studies.
  void change(StudyChange change) throws IOException {
    if (change.removed()) {
      writer.deleteDocuments(Documents.key(change));
    } else {
      writer.updateDocument(Documents.key(change), Documents.of(change));
    }
  }

  /// Everything up to a change is learnt.
  void learnt(long upTo) {
    sequence = upTo;
  }

  void commit(Runnable before) throws IOException {
    if (sequence != committed) {
      commitNow(before);
    }
  }

  private void commitNow(Runnable before) throws IOException {
    long upTo = sequence;
    before.run();
    Map<String, String> data = Map.of(CATALOGUE, catalogue, SEQUENCE, Long.toString(upTo));
    writer.setLiveCommitData(data.entrySet());
    writer.commit();
    committed = upTo;
  }

  /// A merge that was running already, or that this begins by itself, is not one that
  /// `forceMergeDeletes` waits for, and takes what was deleted meanwhile along: all are waited for,
  /// until nothing deleted is left.
  void expunge(Runnable before) throws IOException {
    int tries = 0;
    do {
      if (++tries > EXPUNGE_TRIES_MAX) {
        throw new IOException("what was deleted stays in the files of the search");
      }
      writer.forceMergeDeletes(true);
      merges.sync();
    } while (writer.hasDeletions());
    commitNow(before);
    searchers.maybeRefreshBlocking(); // whoever still reads the old files lets go of them
    writer.deleteUnusedFiles();
  }

  @Override
  public void close() throws IOException {
    searchers.close();
    if (writer.isOpen()) {
      writer.rollback();
    }
    directory.close();
  }
}
