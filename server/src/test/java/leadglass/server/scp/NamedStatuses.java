package leadglass.server.scp;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Statuses that classes name by constants.
final class NamedStatuses {
  private static final Set<String> ACRONYMS = Set.of("AE", "SOP", "UID");

  private NamedStatuses() {}

  /// What a class names, by code: the name in words.
  static Map<Integer, String> of(Class<?> naming) {
    Map<Integer, String> named = new TreeMap<>();
    for (Field field : naming.getDeclaredFields()) {
      int modifiers = field.getModifiers();
      if (Modifier.isStatic(modifiers)
          && !Modifier.isPrivate(modifiers)
          && field.getType() == int.class) {
        int value = value(field);
        if (value >= 0 && value <= 0xFFFF) { // the others are tags
          named.put(value, words(field.getName()));
        }
      }
    }
    return named;
  }

  private static int value(Field field) {
    try {
      field.setAccessible(true);
      return field.getInt(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /// `NO_SUCH_ATTRIBUTE` as "no such attribute".
  static String words(String constant) {
    return Arrays.stream(constant.split("_"))
        .map(word -> ACRONYMS.contains(word) ? word : word.toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(" "));
  }
}
