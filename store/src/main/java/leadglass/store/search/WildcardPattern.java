package leadglass.store.search;

import java.util.ArrayList;
import java.util.List;
import leadglass.store.StudySearch.Field;

/// `*` and `?` (PS3.4 §C.2.2.2.4), decided in time proportional to pattern times value: nothing an
/// attacker could choose makes it worse.
final class WildcardPattern {
  private final int[] pattern;
  private final boolean name;

  WildcardPattern(Field field, String pattern) {
    this.pattern = Folding.pattern(field, pattern).codePoints().toArray();
    this.name = Folding.isName(field);
  }

  /// Whether it matches every value, the empty one too.
  boolean matchesAll() {
    for (int c : pattern) {
      if (c != '*') {
        return false;
      }
    }
    return true;
  }

  /// Whether it matches a value that was brought into its form before. Of a name, empty trailing
  /// components may be there or not.
  boolean matches(String held) {
    return matches(pattern, held.codePoints().toArray())
        || (name && matches(pattern, (held + "^^^^").codePoints().toArray()));
  }

  private static boolean matches(int[] pattern, int[] value) {
    boolean[] reached = new boolean[value.length + 1];
    reached[0] = true;
    for (int p : pattern) {
      if (p == '*') {
        for (int v = 1; v <= value.length; v++) {
          reached[v] |= reached[v - 1];
        }
      } else {
        for (int v = value.length; v > 0; v--) {
          reached[v] = reached[v - 1] && (p == '?' || p == value[v - 1]);
        }
        reached[0] = false;
      }
    }
    return reached[value.length];
  }

  /// What every match begins with.
  String prefix() {
    StringBuilder prefix = new StringBuilder();
    for (int c : pattern) {
      if (isWild(c)) {
        break;
      }
      prefix.appendCodePoint(c);
    }
    int end = prefix.length();
    // A trailing caret of a name may be left out of what is held.
    while (name && end > 0 && prefix.charAt(end - 1) == '^') {
      end--;
    }
    return prefix.substring(0, end);
  }

  private static boolean isWild(int c) {
    return c == '*' || c == '?';
  }

  /// Runs of three characters that every match contains.
  List<String> trigrams() {
    List<String> found = new ArrayList<>();
    for (int i = 0; i + 3 <= pattern.length; i++) {
      boolean plain = true;
      for (int j = i; j < i + 3; j++) {
        plain &= !isWild(pattern[j]) && !(name && pattern[j] == '^');
      }
      if (plain) {
        found.add(new String(pattern, i, 3));
      }
    }
    return found;
  }

  /// Every run of three characters of a value.
  static List<String> trigramsOf(String held) {
    int[] value = held.codePoints().toArray();
    List<String> found = new ArrayList<>();
    for (int i = 0; i + 3 <= value.length; i++) {
      found.add(new String(value, i, 3));
    }
    return found;
  }
}
