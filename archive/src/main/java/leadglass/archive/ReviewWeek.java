package leadglass.archive;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Optional;

/// A week of ISO 8601, from Monday to Sunday where the archive stands.
///
/// @param monday its first day
record ReviewWeek(LocalDate monday, ZoneId zone) {

  /// The one a moment is in.
  static ReviewWeek of(long millis, ZoneId zone) {
    LocalDate day = LocalDate.ofInstant(Instant.ofEpochMilli(millis), zone);
    return new ReviewWeek(day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)), zone);
  }

  static ReviewWeek now(Clock clock) {
    return of(clock.millis(), clock.getZone());
  }

  /// @param name such as `2026-W48`
  static Optional<ReviewWeek> named(String name, ZoneId zone) {
    if (!name.matches("\\d{4}-W\\d{2}")) {
      return Optional.empty();
    }
    try {
      LocalDate monday = LocalDate.parse(name + "-1", DateTimeFormatter.ISO_WEEK_DATE);
      return Optional.of(new ReviewWeek(monday, zone));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  String name() {
    return String.format(
        Locale.ROOT,
        "%04d-W%02d",
        monday.get(IsoFields.WEEK_BASED_YEAR),
        monday.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
  }

  ReviewWeek before() {
    return new ReviewWeek(monday.minusWeeks(1), zone);
  }

  long fromMillis() {
    return monday.atStartOfDay(zone).toInstant().toEpochMilli();
  }

  long untilMillis() {
    return monday.plusWeeks(1).atStartOfDay(zone).toInstant().toEpochMilli();
  }
}
