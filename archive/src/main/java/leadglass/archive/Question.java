package leadglass.archive;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import leadglass.dicom.data.Uid;

/// What a caller wants listed: the same question from every door (PS3.4 §C.2.2, PS3.18 §10.6).
///
/// @param level what one row is
/// @param study only within this study, if given
/// @param series only within this series, if given; needs `study`
/// @param keys all must match
/// @param include attributes wanted beside those always given
/// @param includeAll every attribute at hand
/// @param offset rows to leave out
/// @param limit rows to give at most, 1 to [#ROWS_MAX]
/// @param after cursor of the last row of an earlier page, instead of an offset; studies only
/// @param ways of matching beside the usual ones
public record Question(
    Level level,
    Optional<Uid> study,
    Optional<Uid> series,
    List<Key> keys,
    Set<Integer> include,
    boolean includeAll,
    int offset,
    int limit,
    Optional<String> after,
    Ways ways) {

  /// One page never has more rows.
  public static final int ROWS_MAX = 1000;

  /// No page lies further behind than this: use a cursor, or ask for less.
  public static final int OFFSET_MAX = 1_000_000;

  /// With the usual ways of matching.
  public Question(
      Level level,
      Optional<Uid> study,
      Optional<Uid> series,
      List<Key> keys,
      Set<Integer> include,
      boolean includeAll,
      int offset,
      int limit,
      Optional<String> after) {
    this(level, study, series, keys, include, includeAll, offset, limit, after, Ways.USUAL);
  }

  public Question {
    if (limit < 1 || limit > ROWS_MAX || offset < 0 || offset > OFFSET_MAX) {
      throw new IllegalArgumentException("limit 1 to " + ROWS_MAX + ", offset 0 to " + OFFSET_MAX);
    }
    if (series.isPresent() && study.isEmpty()) {
      throw new IllegalArgumentException("a series is asked for within its study");
    }
  }

  /// Query/Retrieve levels (PS3.4 §C.3). Patients are listed from their studies, each once.
  public enum Level {
    PATIENT,
    STUDY,
    SERIES,
    INSTANCE
  }

  /// Ways of matching that are agreed on or asked for (PS3.4 §C.5.1.1, PS3.18 §8.3.4).
  ///
  /// @param combinedDateTime a range of dates and one of times are one range of moments
  /// @param fuzzyNames names match by their words in any order, each by its beginning
  /// @param emptyValues `""` matches what has no value
  /// @param multipleValues a backslash parts values of which one has to match
  public record Ways(
      boolean combinedDateTime, boolean fuzzyNames, boolean emptyValues, boolean multipleValues) {
    public static final Ways USUAL = new Ways(false, false, false, false);
  }

  /// Whether an attribute can be asked for where rows are of `level`: those of levels below can't.
  public static boolean isKey(Level level, int tag) {
    return tag != Key.TYPED && Keys.isKey(level, tag);
  }

  /// The attributes of one level that can be asked for, in the order of their tags.
  public static List<Integer> keys(Level level) {
    return Keys.of(level);
  }

  /// One attribute and what it must be, as it came: matching follows from the attribute's VR (PS3.4
  /// §C.2.2.2).
  ///
  /// @param tag of an attribute; [#TYPED] for what a person typed into one box
  /// @param value decoded text; empty matches everything (universal matching)
  /// @param item of a sequence: all must match within one of its items
  public record Key(int tag, String value, List<Key> item) {

    /// Not a tag: words to be found anywhere in names, IDs and descriptions.
    public static final int TYPED = -1;

    public Key {
      item = List.copyOf(item);
    }

    public Key(int tag, String value) {
      this(tag, value, List.of());
    }

    /// Never the value: it may be a patient's.
    @Override
    public String toString() {
      return String.format("Key[%08X]", tag);
    }
  }
}
