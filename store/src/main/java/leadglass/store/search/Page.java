package leadglass.store.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;
import org.jspecify.annotations.Nullable;

/// Takes matches in order. Every segment lies in that order already, so they are merged as they
/// come: a page costs what is on it, an offset one step each, a cursor a few looks.
final class Page {

  /// Matches are counted up to here.
  static final int COUNTED_MAX = 10_000;

  private final IndexSearcher searcher;
  private final Weight weight;

  Page(IndexSearcher searcher, Query query) throws IOException {
    this.searcher = searcher;
    Query rewritten = searcher.rewrite(query);
    this.weight = searcher.createWeight(rewritten, ScoreMode.COMPLETE_NO_SCORES, 1);
  }

  /// The matches of one segment, from newest to oldest.
  private static final class Run {
    private final DocIdSetIterator matches;
    private final @Nullable Bits live;
    private final SortKey.Reader keys;
    private final BinaryDocValues names;
    private SortKey key = new SortKey(0, 0, 0);

    Run(LeafReaderContext leaf, DocIdSetIterator matches) throws IOException {
      this.matches = matches;
      this.live = leaf.reader().getLiveDocs();
      this.keys = new SortKey.Reader(leaf.reader());
      this.names = DocValues.getBinary(leaf.reader(), Documents.NAME);
    }

    boolean settle(int document) throws IOException {
      int at = document;
      while (at != DocIdSetIterator.NO_MORE_DOCS && live != null && !live.get(at)) {
        at = matches.nextDoc();
      }
      if (at == DocIdSetIterator.NO_MORE_DOCS) {
        return false;
      }
      key = keys.of(at);
      return true;
    }

    boolean next() throws IOException {
      return settle(matches.nextDoc());
    }

    SortKey key() {
      return key;
    }

    byte[] name() throws IOException {
      names.advanceExact(matches.docID());
      var bytes = names.binaryValue();
      return java.util.Arrays.copyOfRange(bytes.bytes, bytes.offset, bytes.offset + bytes.length);
    }
  }

  StudyHits take(int offset, int limit, Optional<SortKey> after) throws IOException {
    PriorityQueue<Run> runs =
        new PriorityQueue<>((a, b) -> SortKey.NEWEST_FIRST.compare(a.key(), b.key()));
    for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
      Scorer scorer = weight.scorer(leaf);
      if (scorer != null) {
        Run run = new Run(leaf, scorer.iterator());
        int first = after.isPresent() ? firstBehind(leaf, after.get()) : 0;
        if (first < leaf.reader().maxDoc() && run.settle(run.matches.advance(first))) {
          runs.add(run);
        }
      }
    }
    List<byte[]> studies = new ArrayList<>();
    int leaveOut = offset;
    while (studies.size() < limit && !runs.isEmpty()) {
      Run run = runs.remove();
      if (leaveOut > 0) {
        leaveOut--;
      } else {
        studies.add(run.name());
      }
      if (run.next()) {
        runs.add(run);
      }
    }
    return new StudyHits(studies, total());
  }

  /// The first document behind a key, found by halving.
  private static int firstBehind(LeafReaderContext leaf, SortKey after) throws IOException {
    int low = 0;
    int high = leaf.reader().maxDoc();
    SortKey.Reader keys = new SortKey.Reader(leaf.reader());
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (SortKey.NEWEST_FIRST.compare(keys.of(middle), after) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private long total() throws IOException {
    long total = 0;
    for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
      if (total > COUNTED_MAX) {
        return total;
      }
      int known = weight.count(leaf);
      total += known >= 0 ? known : counted(leaf, COUNTED_MAX + 1 - total);
    }
    return total;
  }

  private long counted(LeafReaderContext leaf, long max) throws IOException {
    Scorer scorer = weight.scorer(leaf);
    if (scorer == null) {
      return 0;
    }
    Bits live = leaf.reader().getLiveDocs();
    DocIdSetIterator matches = scorer.iterator();
    long count = 0;
    while (count < max) {
      int document = matches.nextDoc();
      if (document == DocIdSetIterator.NO_MORE_DOCS) {
        return count;
      }
      count += live == null || live.get(document) ? 1 : 0;
    }
    return count;
  }
}
