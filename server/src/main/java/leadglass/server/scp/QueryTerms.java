package leadglass.server.scp;

import java.util.HexFormat;
import java.util.Optional;
import leadglass.archive.Question.Ways;

/// What both sides agreed on for the queries of a SOP class (PS3.4 §C.5.1.1). Timezone query
/// adjustment and conversion of enhanced multi-frame images are never agreed on.
///
/// @param relational whether unique keys of the levels above may be left out
record QueryTerms(boolean relational, Ways ways) {
  private static final int RELATIONAL = 0;
  private static final int COMBINED_DATE_TIME = 1;
  private static final int FUZZY_NAMES = 2;
  private static final int EMPTY_VALUES = 5;
  private static final int MULTIPLE_VALUES = 6;
  private static final int FIELDS = 7;

  /// @param agreed the answer that was given; empty for none
  static QueryTerms of(byte[] agreed) {
    return new QueryTerms(
        is(agreed, RELATIONAL),
        new Ways(
            is(agreed, COMBINED_DATE_TIME),
            is(agreed, FUZZY_NAMES),
            is(agreed, EMPTY_VALUES),
            is(agreed, MULTIPLE_VALUES)));
  }

  private static boolean is(byte[] fields, int at) {
    return fields.length > at && fields[at] == 1;
  }

  /// The answer to what is proposed: as many fields as were, and 1 only for what is done.
  ///
  /// @param information hexadecimal, as the answer is
  static Optional<String> answer(String information) {
    byte[] proposed = HexFormat.of().parseHex(information);
    if (proposed.length == 0) {
      return Optional.empty();
    }
    byte[] answer = new byte[Math.min(proposed.length, FIELDS)];
    for (int at :
        new int[] {RELATIONAL, COMBINED_DATE_TIME, FUZZY_NAMES, EMPTY_VALUES, MULTIPLE_VALUES}) {
      if (is(proposed, at)) {
        answer[at] = 1;
      }
    }
    return Optional.of(HexFormat.of().formatHex(answer));
  }
}
