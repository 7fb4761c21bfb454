package leadglass.store.search;

import java.io.IOException;
import java.util.BitSet;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.search.ConstantScoreScorer;
import org.apache.lucene.search.ConstantScoreWeight;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.TwoPhaseIterator;
import org.apache.lucene.search.Weight;
import org.jspecify.annotations.Nullable;

/// Candidates of a coarse query whose value truly matches a pattern. Each value of a segment is
/// decided once, however many documents have it.
final class VerifiedQuery extends Query {
  private final Query candidates;
  private final String field;
  private final WildcardPattern pattern;

  VerifiedQuery(Query candidates, String field, WildcardPattern pattern) {
    this.candidates = candidates;
    this.field = field;
    this.pattern = pattern;
  }

  @Override
  public Query rewrite(IndexSearcher searcher) throws IOException {
    Query rewritten = candidates.rewrite(searcher);
    return rewritten.equals(candidates) ? this : new VerifiedQuery(rewritten, field, pattern);
  }

  @Override
  public Weight createWeight(IndexSearcher searcher, ScoreMode mode, float boost)
      throws IOException {
    Weight coarse = candidates.createWeight(searcher, ScoreMode.COMPLETE_NO_SCORES, boost);
    return new ConstantScoreWeight(this, boost) {
      @Override
      public @Nullable ScorerSupplier scorerSupplier(LeafReaderContext leaf) throws IOException {
        ScorerSupplier supplier = coarse.scorerSupplier(leaf);
        if (supplier == null) {
          return null;
        }
        SortedSetDocValues values = DocValues.getSortedSet(leaf.reader(), field);
        return new ScorerSupplier() {
          @Override
          public Scorer get(long leadCost) throws IOException {
            return new ConstantScoreScorer(
                score(), ScoreMode.COMPLETE_NO_SCORES, verified(supplier.get(leadCost), values));
          }

          @Override
          public long cost() {
            return supplier.cost();
          }
        };
      }

      @Override
      public boolean isCacheable(LeafReaderContext leaf) {
        return false;
      }
    };
  }

  private TwoPhaseIterator verified(Scorer coarse, SortedSetDocValues values) {
    BitSet decided = new BitSet();
    BitSet matching = new BitSet();
    return new TwoPhaseIterator(coarse.iterator()) {
      @Override
      public boolean matches() throws IOException {
        if (!values.advanceExact(approximation.docID())) {
          return false;
        }
        for (int left = values.docValueCount(); left > 0; left--) {
          int ordinal = (int) values.nextOrd();
          if (!decided.get(ordinal)) {
            decided.set(ordinal);
            matching.set(ordinal, pattern.matches(values.lookupOrd(ordinal).utf8ToString()));
          }
          if (matching.get(ordinal)) {
            return true;
          }
        }
        return false;
      }

      @Override
      public float matchCost() {
        return 1000;
      }
    };
  }

  @Override
  public void visit(QueryVisitor visitor) {
    visitor.visitLeaf(this);
  }

  /// Never the pattern: it may be a patient's name.
  @Override
  public String toString(String name) {
    return "VerifiedQuery";
  }

  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
