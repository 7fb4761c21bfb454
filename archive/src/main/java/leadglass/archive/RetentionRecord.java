package leadglass.archive;

import java.util.List;

/// A version of a site's retention rules as it is kept in the registry; none is ever changed.
///
/// @param number from 1
/// @param from milliseconds since 1970-01-01T00:00Z
record RetentionRecord(int number, long from, String by, List<Retention.Rule> rules) {
  RetentionRecord {
    rules = List.copyOf(rules);
  }
}
