package leadglass.server.ui;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import leadglass.archive.Act;
import leadglass.archive.AuditLog;
import leadglass.archive.AuditView;

/// From a form to a question to the trail. What names a patient comes in a body, never in an
/// address.
///
/// @param typed values by the names of the form's fields, cut to a length
record AuditForm(Map<String, String> typed, ZoneId zone) {
  private static final int CHARS_MAX = 128;

  String text(String name) {
    String value = typed.getOrDefault(name, "").strip();
    return value.length() <= CHARS_MAX ? value : value.substring(0, CHARS_MAX);
  }

  /// A day or a minute; empty if it is none.
  static OptionalLong moment(String text, ZoneId zone) {
    try {
      LocalDateTime time =
          text.contains("T") ? LocalDateTime.parse(text) : LocalDate.parse(text).atStartOfDay();
      return OptionalLong.of(time.atZone(zone).toInstant().toEpochMilli());
    } catch (DateTimeException | ArithmeticException _) {
      return OptionalLong.empty();
    }
  }

  /// What speaks against asking, in a sentence; empty if nothing does.
  String objection() {
    for (String name : new String[] {"from", "to"}) {
      if (!text(name).isEmpty() && moment(text(name), zone).isEmpty()) {
        return "Moments are written year-month-day, then T and the time, such as 2026-11-25T09:30.";
      }
    }
    return "";
  }

  AuditLog.Range range() {
    return new AuditLog.Range(
        moment(text("from"), zone).orElse(Long.MIN_VALUE),
        moment(text("to"), zone).orElse(Long.MAX_VALUE));
  }

  AuditView.Filter filter() {
    return new AuditView.Filter(range(), text("who"), act(), success(), whose());
  }

  private Optional<Act> act() {
    return Arrays.stream(Act.values()).filter(act -> word(act).equals(text("what"))).findFirst();
  }

  static String word(Act act) {
    return act.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private Optional<Boolean> success() {
    return switch (text("outcome")) {
      case "done" -> Optional.of(true);
      case "refused" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  private AuditView.Whose whose() {
    if (!text("study").isEmpty()) {
      return new AuditView.Whose.OfStudy(text("study"));
    }
    if (!text("pseudonym").isEmpty()) {
      return new AuditView.Whose.Pseudonymous(text("pseudonym"));
    }
    return text("id").isEmpty()
        ? new AuditView.Whose.Anybody()
        : new AuditView.Whose.Patient(text("issuer"), text("id"));
  }

  AuditView.Order order() {
    return text("order").equals("oldest")
        ? AuditView.Order.OLDEST_FIRST
        : AuditView.Order.NEWEST_FIRST;
  }

  OptionalLong cursor() {
    String cursor = text("cursor");
    return cursor.matches("\\d{1,18}")
        ? OptionalLong.of(Long.parseLong(cursor))
        : OptionalLong.empty();
  }
}
