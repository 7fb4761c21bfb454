package leadglass.store.backup;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/// Names a snapshot. The number says which is newer: a clock may be wrong.
///
/// @param number one more than the last
/// @param at to the second
record Stamp(long number, Instant at) implements Comparable<Stamp> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int NUMBER_DIGITS = 8;

  String text() {
    return String.format(Locale.ROOT, "%08d-%s", number, TIME.format(at));
  }

  static Optional<Stamp> read(String text) {
    if (!text.matches("\\d{8}-\\d{8}T\\d{6}Z")) {
      return Optional.empty();
    }
    try {
      Instant at = TIME.parse(text.substring(NUMBER_DIGITS + 1), Instant::from);
      return Optional.of(new Stamp(Long.parseLong(text.substring(0, NUMBER_DIGITS)), at));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  @Override
  public int compareTo(Stamp other) {
    int byNumber = Long.compare(number, other.number);
    return byNumber != 0 ? byNumber : at.compareTo(other.at);
  }
}
