package leadglass.archive;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What a device's enrolment may allow.
public enum DeviceVerb {
  /// Send instances, and ask whether they are kept.
  STORE,
  /// List studies, series and instances.
  FIND,
  /// Have instances sent to it.
  RETRIEVE,
  /// See the day's procedures, and report on them.
  WORKLIST;

  /// As it is typed and shown.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Words parted by commas; empty if one of them is none.
  static Optional<Set<DeviceVerb>> parse(String text) {
    Set<DeviceVerb> verbs = EnumSet.noneOf(DeviceVerb.class);
    for (String word : text.split(",", values().length + 1)) {
      Optional<DeviceVerb> verb = Optional.empty();
      for (DeviceVerb each : values()) {
        if (each.word().equals(word.strip().toLowerCase(Locale.ROOT))) {
          verb = Optional.of(each);
        }
      }
      if (verb.isEmpty()) {
        return Optional.empty();
      }
      verbs.add(verb.get());
    }
    return Optional.of(verbs);
  }

  static String words(Set<DeviceVerb> verbs) {
    return verbs.stream().sorted().map(DeviceVerb::word).collect(Collectors.joining(", "));
  }
}
