package leadglass.store.search;

import java.io.IOException;
import org.apache.lucene.index.FilteredTermsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.MultiTermQuery;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.util.AttributeSource;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;

/// Documents that have a value which matches a pattern: walks the values that begin as the pattern
/// does. Lucene's own wildcards build an automaton, whose size the asker could choose.
final class PatternQuery extends MultiTermQuery {
  private final BytesRef prefix;
  private final WildcardPattern pattern;

  PatternQuery(String field, String prefix, WildcardPattern pattern) {
    super(field, CONSTANT_SCORE_BLENDED_REWRITE);
    this.prefix = new BytesRef(prefix);
    this.pattern = pattern;
  }

  @Override
  protected TermsEnum getTermsEnum(Terms terms, AttributeSource attributes) throws IOException {
    return new FilteredTermsEnum(terms.iterator()) {
      {
        setInitialSeekTerm(prefix);
      }

      @Override
      protected AcceptStatus accept(BytesRef term) {
        if (!StringHelper.startsWith(term, prefix)) {
          return AcceptStatus.END;
        }
        return pattern.matches(term.utf8ToString()) ? AcceptStatus.YES : AcceptStatus.NO;
      }
    };
  }

  @Override
  public void visit(QueryVisitor visitor) {
    if (visitor.acceptField(getField())) {
      visitor.visitLeaf(this);
    }
  }

  /// Never the pattern: it may be a patient's name.
  @Override
  public String toString(String field) {
    return "PatternQuery";
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
