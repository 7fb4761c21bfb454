package leadglass.server.ui.page;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/// Dates, times and ages in words.
public final class Moment {
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM uuuu", Locale.UK);
  private static final DateTimeFormatter DAY_OF_THIS_YEAR =
      DateTimeFormatter.ofPattern("d MMM", Locale.UK);
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm", Locale.UK);
  private static final DateTimeFormatter DICOM =
      DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

  private Moment() {}

  /// A value of VR DA, also in the form of before 1993 (PS3.5 §6.2, DA).
  public static Optional<LocalDate> date(String value) {
    try {
      return Optional.of(LocalDate.parse(value.strip().replace(".", ""), DICOM));
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }

  /// A day as a key of a question has it.
  public static String key(LocalDate day) {
    return DICOM.format(day);
  }

  public static String day(LocalDate day, LocalDate today) {
    if (day.equals(today)) {
      return "Today";
    }
    if (day.equals(today.minusDays(1))) {
      return "Yesterday";
    }
    return (day.getYear() == today.getYear() ? DAY_OF_THIS_YEAR : DAY).format(day);
  }

  public static String day(LocalDate day) {
    return DAY.format(day);
  }

  /// A value of VR TM to the minute, or nothing.
  public static String time(String value) {
    String digits = value.strip().replace(":", "");
    return digits.matches("([01]\\d|2[0-3])[0-5]\\d.*")
        ? digits.substring(0, 2) + ":" + digits.substring(2, 4)
        : "";
  }

  public static String day(long millis, ZoneId zone) {
    return DAY.format(Instant.ofEpochMilli(millis).atZone(zone));
  }

  public static String instant(long millis, ZoneId zone) {
    return MINUTE.format(Instant.ofEpochMilli(millis).atZone(zone));
  }

  /// Years from the second birthday on, months and days before.
  public static String age(LocalDate born, LocalDate then) {
    long years = ChronoUnit.YEARS.between(born, then);
    long months = ChronoUnit.MONTHS.between(born, then);
    long days = ChronoUnit.DAYS.between(born, then);
    if (days < 0 || years > 150) {
      return "";
    }
    if (years >= 2) {
      return Long.toString(years);
    }
    return months >= 1 ? months + " mo" : days + " d";
  }
}
