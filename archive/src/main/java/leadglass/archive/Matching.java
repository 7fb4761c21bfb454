package leadglass.archive;

import java.text.Normalizer;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
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

  /// Whether a value is a date or a range of dates, separators of older writers among them.
  static boolean isDates(String value) {
    Range range = range(value);
    return isDate(range.from()) && isDate(range.to());
  }

  static boolean isTimes(String value) {
    Range range = range(value.replace(":", ""));
    return isTime(range.from()) && isTime(range.to());
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
  private static final Pattern AROUND_CARETS = Pattern.compile(" *\\^ *");
  private static final Pattern TRAILING = Pattern.compile("[\\^= ]+$");
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}*?]+");

  /// Names are compared without case, accents and empty trailing components; as the search over
  /// studies does it.
  static String foldedName(String name) {
    return TRAILING.matcher(folded(name)).replaceAll("");
  }

  private static String folded(String name) {
    String plain = Normalizer.normalize(name, Normalizer.Form.NFKD);
    StringBuilder letters = new StringBuilder(plain.length());
    MARKS
        .matcher(plain)
        .replaceAll("")
        .toLowerCase(Locale.ROOT)
        .chars()
        .forEach(c -> letters.append(spelled((char) c)));
    return AROUND_CARETS.matcher(letters).replaceAll("^").strip();
  }

  /// Letters that no decomposition takes apart though people type them without.
  private static String spelled(char c) {
    return switch (c) {
      case 'ß' -> "ss";
      case 'ø' -> "o";
      case 'ł' -> "l";
      case 'đ', 'ð' -> "d";
      case 'æ' -> "ae";
      case 'œ' -> "oe";
      case 'ı' -> "i";
      case 'þ' -> "th";
      default -> String.valueOf(c);
    };
  }

  /// The component groups of a name that say anything.
  static List<String> groups(String name) {
    return Arrays.stream(name.split("=", -1)).filter(group -> !group.isBlank()).toList();
  }

  /// Whether each component group of `key` is one of `name`'s.
  static boolean isName(String key, String name) {
    List<String> held = groups(name).stream().map(Matching::foldedName).toList();
    return groups(key).stream()
        .allMatch(group -> held.stream().anyMatch(each -> isGroup(group, each)));
  }

  private static boolean isGroup(String key, String held) {
    if (!isWildcard(key)) {
      String plain = foldedName(key);
      return plain.isEmpty() || plain.equals(held);
    }
    String pattern = folded(key);
    return wildcard(pattern, held) || wildcard(pattern, held + "^^^^");
  }

  /// Words of a name, in which `*` and `?` may stand.
  static List<String> words(String name) {
    return Arrays.stream(BETWEEN_WORDS.split(folded(name), -1))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  /// Whether every word of `key` begins some word of `name`, in whatever order and component.
  static boolean isNearName(String key, String name) {
    List<String> held = words(name);
    return words(key).stream()
        .allMatch(word -> held.stream().anyMatch(each -> wildcard(word + "*", each)));
  }

  private static final Pattern DATE_TIME =
      Pattern.compile("(\\d{4,14}(?:\\.\\d{1,6})?)([+-]\\d{4})?");

  /// A range of VR DT, in which a dash may also be the sign of an offset: parted at the first dash
  /// that leaves a date and time, or nothing, on both sides.
  static Optional<Range> moments(String value) {
    for (int dash = value.indexOf('-'); dash >= 0; dash = value.indexOf('-', dash + 1)) {
      String from = value.substring(0, dash).strip();
      String to = value.substring(dash + 1).strip();
      if (isMoment(from) && isMoment(to) && !(from.isEmpty() && to.isEmpty())) {
        return Optional.of(new Range(from, to));
      }
    }
    return isMoment(value) ? Optional.of(new Range(value, value)) : Optional.empty();
  }

  private static boolean isMoment(String value) {
    return value.isEmpty() || DATE_TIME.matcher(value).matches();
  }

  /// As [#within], in UTC where both say how far they are from it, else as they stand.
  static boolean withinMoments(Range range, String value) {
    return within(new Range(like(range.from(), value), ""), like(value, range.from()))
        && within(new Range("", like(range.to(), value)), like(value, range.to()));
  }

  private static String like(String value, String other) {
    Matcher own = DATE_TIME.matcher(value);
    if (!own.matches()) {
      return value;
    }
    Matcher others = DATE_TIME.matcher(other);
    boolean both = own.group(2) != null && others.matches() && others.group(2) != null;
    String digits = own.group(1);
    return both && digits.length() >= MINUTES_CHARS ? utc(digits, own.group(2)) : digits;
  }

  private static final int MINUTES_CHARS = 12;

  private static String utc(String digits, String offset) {
    int minutes =
        Integer.parseInt(offset.substring(1, 3)) * 60 + Integer.parseInt(offset.substring(3));
    try {
      return LocalDateTime.parse(digits.substring(0, MINUTES_CHARS), TO_MINUTES)
              .minusMinutes(offset.startsWith("-") ? -minutes : minutes)
              .format(TO_MINUTES)
          + digits.substring(MINUTES_CHARS);
    } catch (DateTimeParseException _) {
      return digits;
    }
  }

  private static final DateTimeFormatter TO_MINUTES = DateTimeFormatter.ofPattern("uuuuMMddHHmm");
}
