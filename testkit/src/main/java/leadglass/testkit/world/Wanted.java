package leadglass.testkit.world;

import java.util.Arrays;

/// Whether a value is one that was asked for (PS3.4 §C.2.2.2): itself, one of a list, in a range,
/// or like a pattern.
final class Wanted {
  private Wanted() {}

  static boolean matches(String wanted, String value) {
    return Arrays.stream(wanted.split("\\\\", -1))
        .anyMatch(each -> each.equals(value) || inRange(each, value) || like(each, value));
  }

  private static boolean inRange(String wanted, String value) {
    int dash = wanted.indexOf('-');
    if (!wanted.matches("\\d*-\\d*") || !value.matches("\\d{8}")) {
      return false;
    }
    String from = wanted.substring(0, dash);
    String to = wanted.substring(dash + 1);
    return from.compareTo(value) <= 0 && (to.isEmpty() || value.compareTo(to) <= 0);
  }

  private static boolean like(String wanted, String value) {
    if (wanted.indexOf('*') < 0 && wanted.indexOf('?') < 0) {
      return false;
    }
    StringBuilder pattern = new StringBuilder();
    for (int i = 0; i < wanted.length(); i++) {
      char each = wanted.charAt(i);
      pattern.append(
          switch (each) {
            case '*' -> ".*";
            case '?' -> ".";
            default -> java.util.regex.Pattern.quote(String.valueOf(each));
          });
    }
    return value.matches(pattern.toString());
  }
}
