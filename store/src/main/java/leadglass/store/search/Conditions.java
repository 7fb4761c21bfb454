package leadglass.store.search;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import leadglass.store.StudySearch;
import leadglass.store.StudySearch.Condition;
import leadglass.store.StudySearch.Field;
import org.apache.lucene.document.BinaryPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TermRangeQuery;
import org.apache.lucene.util.BytesRef;

/// Makes a query of what is asked for.
final class Conditions {
  private static final int WORDS_MAX = 16;

  /// Rare runs say most, and more of them only cost.
  private static final int TRIGRAMS_MAX = 16;

  private Conditions() {}

  static Query query(StudySearch search) {
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    all.add(new TermQuery(Documents.site(search.site())), Occur.FILTER);
    for (Condition condition : search.conditions()) {
      all.add(query(condition), Occur.FILTER);
    }
    return all.build();
  }

  private static Query query(Condition condition) {
    return switch (condition) {
      case Condition.AnyUid any ->
          new TermInSetQuery(Documents.UID, any.uids().stream().map(BytesRef::new).toList());
      case Condition.Equal equal -> equal(equal.field(), equal.value());
      case Condition.Wildcard wildcard -> wildcard(wildcard.field(), wildcard.pattern());
      case Condition.Range range -> range(range.field(), range.from(), range.to());
      case Condition.Typed typed -> typed(typed.words());
      case Condition.Any any -> any(any.conditions());
      case Condition.All every -> all(every.conditions());
      case Condition.Absent absent ->
          new BooleanQuery.Builder()
              .add(MatchAllDocsQuery.INSTANCE, Occur.FILTER)
              .add(new FieldExistsQuery(Documents.exact(absent.field())), Occur.MUST_NOT)
              .build();
    };
  }

  private static Query all(List<Condition> conditions) {
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    all.add(MatchAllDocsQuery.INSTANCE, Occur.FILTER);
    for (Condition condition : conditions) {
      all.add(query(condition), Occur.FILTER);
    }
    return all.build();
  }

  private static Query any(List<Condition> conditions) {
    BooleanQuery.Builder any = new BooleanQuery.Builder();
    for (Condition condition : conditions) {
      any.add(query(condition), Occur.SHOULD);
    }
    return any.build();
  }

  private static Query equal(Field field, String value) {
    String held = Folding.held(field, value);
    return held.isEmpty()
        ? MatchAllDocsQuery.INSTANCE // universal matching
        : new TermQuery(new Term(Documents.exact(field), held));
  }

  private static Query wildcard(Field field, String text) {
    WildcardPattern pattern = new WildcardPattern(field, text);
    if (pattern.matchesAll()) {
      return MatchAllDocsQuery.INSTANCE;
    }
    String prefix = pattern.prefix();
    List<String> trigrams = pattern.trigrams();
    if (prefix.length() >= 2 || trigrams.isEmpty() || Documents.isMoment(field)) {
      return new PatternQuery(Documents.exact(field), prefix, pattern);
    }
    BooleanQuery.Builder candidates = new BooleanQuery.Builder();
    for (String trigram : trigrams.subList(0, Math.min(TRIGRAMS_MAX, trigrams.size()))) {
      Term term = new Term(Documents.trigram(field), trigram);
      candidates.add(new TermQuery(term), Occur.FILTER);
    }
    return new VerifiedQuery(candidates.build(), Documents.exact(field), pattern);
  }

  /// A shorter end stands for all it begins: `-2026` takes in all of 2026.
  private static Query range(Field field, String from, String to) {
    if (from.isEmpty() && to.isEmpty()) {
      return MatchAllDocsQuery.INSTANCE;
    }
    if (Documents.isMoment(field)) {
      byte[] upper = Documents.point(to, (byte) 0xFF);
      return BinaryPoint.newRangeQuery(
          Documents.point(field), Documents.point(from, (byte) 0), upper);
    }
    byte[] last = (to + "\uFFFF").getBytes(StandardCharsets.UTF_8);
    return new TermRangeQuery(
        Documents.exact(field),
        from.isEmpty() ? null : new BytesRef(from),
        to.isEmpty() ? null : new BytesRef(last),
        true,
        true);
  }

  private static Query typed(String text) {
    List<String> words = new ArrayList<>(Folding.words(text));
    if (words.size() > WORDS_MAX) {
      return MatchNoDocsQuery.INSTANCE;
    }
    if (words.isEmpty()) {
      return MatchAllDocsQuery.INSTANCE;
    }
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    for (String word : words) {
      all.add(new PrefixQuery(new Term(Documents.WORD, word)), Occur.FILTER);
    }
    return all.build();
  }
}
