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
public record Question(
    Level level,
    Optional<Uid> study,
    Optional<Uid> series,
    List<Key> keys,
    Set<Integer> include,
    boolean includeAll,
    int offset,
    int limit,
    Optional<String> after) {

  /// One page never has more rows.
  public static final int ROWS_MAX = 1000;

  /// No page lies further behind than this: use a cursor, or ask for less.
  public static final int OFFSET_MAX = 1_000_000;

  public Question {
    if (limit < 1 || limit > ROWS_MAX || offset < 0 || offset > OFFSET_MAX) {
      throw new IllegalArgumentException("limit 1 to " + ROWS_MAX + ", offset 0 to " + OFFSET_MAX);
    }
    if (series.isPresent() && study.isEmpty()) {
      throw new IllegalArgumentException("a series is asked for within its study");
    }
  }

  /// Query/Retrieve levels (PS3.4 §C.3); patients are listed through their studies.
  public enum Level {
    STUDY,
    SERIES,
    INSTANCE
  }

  /// One attribute and what it must be, as it came: matching follows from the attribute's VR (PS3.4
  /// §C.2.2.2).
  ///
  /// @param tag of a top-level attribute; [#TYPED] for what a person typed into one box
  /// @param value decoded text; empty matches everything (universal matching)
  public record Key(int tag, String value) {

    /// Not a tag: words to be found anywhere in names, IDs and descriptions.
    public static final int TYPED = -1;

    /// Never the value: it may be a patient's.
    @Override
    public String toString() {
      return String.format("Key[%08X]", tag);
    }
  }
}
