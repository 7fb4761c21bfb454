package leadglass.archive;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// How a key's value is compared with an attribute's (PS3.4 §C.2.2.2). Pure functions of text.
final class Matching {

  /// No sensible pattern is longer; a longer one is refused before it costs anything.
  static final int PATTERN_CHARS_MAX = 256;

  private Matching() {}

  /// A range of dates or times, both ends included; empty means open.
  record Range(String from, String to) {}

  static boolean isWildcard(String value) {
    return value.indexOf('*') >= 0 || value.indexOf('?') >= 0;
  }

  /// `a-b`, `a-`, `-b`, or one value as the range from itself to itself.
  static Range range(String value) {
    int dash = value.indexOf('-');
    return dash < 0
        ? new Range(value, value)
        : new Range(value.substring(0, dash).strip(), value.substring(dash + 1).strip());
  }

  static boolean isDate(String value) {
    return value.isEmpty() || value.matches("\\d{8}|\\d{4}\\.\\d{2}\\.\\d{2}");
  }

  static boolean isTime(String value) {
    return value.isEmpty() || value.matches("\\d{2}(\\d{2}(\\d{2}(\\.\\d{1,6})?)?)?");
  }

  /// Whether `value` lies within `range`; a shorter end stands for all it begins.
  static boolean within(Range range, String value) {
    boolean behindFrom = range.from().isEmpty() || value.compareTo(range.from()) >= 0;
    boolean beforeTo =
        range.to().isEmpty() || value.compareTo(range.to()) <= 0 || value.startsWith(range.to());
    return !value.isEmpty() && behindFrom && beforeTo;
  }

  /// UIDs of a list, split at backslashes and commas.
  static List<String> uids(String value) {
    return List.of(value.split("[\\\\,]", -1)).stream()
        .map(String::strip)
        .filter(uid -> !uid.isEmpty())
        .toList();
  }

  /// `*` and `?` over the whole value, in time proportional to pattern times value: no backtracking
  /// that an attacker could choose.
  static boolean wildcard(String pattern, String value) {
    boolean[] reached = new boolean[value.length() + 1];
    reached[0] = true;
    for (int p = 0; p < pattern.length(); p++) {
      char c = pattern.charAt(p);
      if (c == '*') {
        for (int v = 1; v <= value.length(); v++) {
          reached[v] |= reached[v - 1];
        }
      } else {
        for (int v = value.length(); v > 0; v--) {
          reached[v] = reached[v - 1] && (c == '?' || c == value.charAt(v - 1));
        }
        reached[0] = false;
      }
    }
    return reached[value.length()];
  }

  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern TRAILING = Pattern.compile("[\\^= ]+$");

  /// Names are compared without case, accents and empty trailing components.
  static String foldedName(String name) {
    String plain = java.text.Normalizer.normalize(name, java.text.Normalizer.Form.NFKD);
    String unmarked = MARKS.matcher(plain).replaceAll("").toLowerCase(Locale.ROOT);
    return TRAILING.matcher(unmarked).replaceAll("");
  }
}
