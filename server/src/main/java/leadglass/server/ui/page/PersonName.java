package leadglass.server.ui.page;

import java.util.ArrayList;
import java.util.List;

/// A value of VR PN for the eye: component groups parted by `=`, components by `^` (PS3.5
/// §6.2.1.1).
///
/// @param first the group to lead with; empty if there is no name at all
/// @param beside the same name in another script; may be empty
public record PersonName(String first, String beside) {

  private static final int GROUPS_MAX = 3;
  private static final int COMPONENTS_MAX = 5;

  public static PersonName of(String value) {
    String[] groups = value.split("=", GROUPS_MAX + 1);
    String alphabetic = groups.length > 0 ? western(groups[0]) : "";
    String ideographic = groups.length > 1 ? eastern(groups[1]) : "";
    String phonetic = groups.length > 2 ? eastern(groups[2]) : "";
    List<String> filled = new ArrayList<>();
    for (String group : List.of(alphabetic, ideographic, phonetic)) {
      if (!group.isEmpty()) {
        filled.add(group);
      }
    }
    return new PersonName(
        filled.isEmpty() ? "" : filled.getFirst(), filled.size() > 1 ? filled.get(1) : "");
  }

  /// `Okonkwo, Dr Adaeze Ngozi Jr`.
  private static String western(String group) {
    String[] part = components(group);
    String rest = joined(part[3], part[1], part[2], part[4]);
    if (part[0].isEmpty() || rest.isEmpty()) {
      return part[0] + rest;
    }
    return part[0] + ", " + rest;
  }

  /// `山田 太郎`: no comma, the order is the language's own.
  private static String eastern(String group) {
    return joined(components(group));
  }

  private static String[] components(String group) {
    String[] given = group.split("\\^", COMPONENTS_MAX + 1);
    String[] all = new String[COMPONENTS_MAX];
    for (int i = 0; i < COMPONENTS_MAX; i++) {
      all[i] = i < given.length ? Shown.text(given[i]) : "";
    }
    return all;
  }

  private static String joined(String... parts) {
    List<String> filled = new ArrayList<>();
    for (String part : parts) {
      if (!part.isEmpty()) {
        filled.add(part);
      }
    }
    return String.join(" ", filled);
  }
}
