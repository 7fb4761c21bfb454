package leadglass.app.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Moments in words. In UTC, since whoever reads a report is elsewhere.
final class Days {
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd").withZone(ZoneOffset.UTC);

  private Days() {}

  static String moment(long millis) {
    return MOMENT.format(Instant.ofEpochMilli(millis));
  }

  static String day(long millis) {
    return DAY.format(Instant.ofEpochMilli(millis));
  }

  static boolean isOlder(long millis, int days, long nowMillis) {
    return nowMillis - millis > Duration.ofDays(days).toMillis();
  }

  /// Such as `1 account`, `2 accounts`.
  static String count(long count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }
}
