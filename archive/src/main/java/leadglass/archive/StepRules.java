package leadglass.archive;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Period;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import leadglass.dicom.data.Uid;

/// What a scheduled procedure step has to say and how (PS3.5 §6.2, PS3.4 Table K.6-1). Its
/// sentences tell no value.
final class StepRules {
  private static final int SHORT_CHARS_MAX = 16;
  private static final int LONG_CHARS_MAX = 64;
  private static final int NAME_GROUPS_MAX = 3;
  private static final int NAME_COMPONENTS_MAX = 5;
  private static final Period AHEAD_MAX = Period.ofYears(2);

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuuMMdd").withResolverStyle(ResolverStyle.STRICT);

  private static final List<StepField> NEEDED =
      List.of(
          StepField.PATIENT_NAME,
          StepField.PATIENT_ID,
          StepField.MODALITY,
          StepField.DATE,
          StepField.TIME);

  private StepRules() {}

  /// What came of looking at what was typed.
  sealed interface Checked {
    /// @param values with what was left out and can be made
    record Sound(Map<StepField, String> values) implements Checked {
      @Override
      public String toString() {
        return "Sound[]";
      }
    }

    /// @param rule a sentence
    record Wrong(String rule) implements Checked {}
  }

  /// @param id of the entry: what names are made of that were left out
  static Checked check(Map<StepField, String> typed, String id, LocalDate today) {
    Map<StepField, String> values = new EnumMap<>(StepField.class);
    for (Map.Entry<StepField, String> each : typed.entrySet()) {
      String value = plain(each.getKey(), each.getValue());
      if (value.isEmpty()) {
        continue;
      }
      Optional<String> wrong = wrong(each.getKey(), value);
      if (wrong.isPresent()) {
        return new Checked.Wrong(each.getKey().label() + ": " + wrong.get());
      }
      values.put(each.getKey(), value);
    }
    Optional<String> wrong = whole(values, today);
    if (wrong.isPresent()) {
      return new Checked.Wrong(wrong.get());
    }
    complete(values, id);
    return new Checked.Sound(values);
  }

  private static Optional<String> whole(Map<StepField, String> values, LocalDate today) {
    for (StepField needed : NEEDED) {
      if (!values.containsKey(needed)) {
        return Optional.of(needed.label() + " is needed.");
      }
    }
    if (!values.containsKey(StepField.DESCRIPTION) && !values.containsKey(StepField.PROCEDURE)) {
      return Optional.of("Say what is to be done: a description, or the requested procedure.");
    }
    long codes =
        values.keySet().stream().filter(each -> each.place() == StepField.Place.CODE).count();
    if (codes != 0 && codes != 3) {
      return Optional.of("A code has a value, a scheme and a meaning: all of them, or none.");
    }
    LocalDate date = LocalDate.parse(values.getOrDefault(StepField.DATE, ""), DATE);
    if (date.isBefore(today.minusDays(Worklist.KEPT_DAYS))) {
      return Optional.of("The date is longer ago than entries are kept.");
    }
    return date.isAfter(today.plus(AHEAD_MAX))
        ? Optional.of("The date is more than two years ahead.")
        : Optional.empty();
  }

  /// Type 1 keys of the worklist have a value, whatever was typed.
  private static void complete(Map<StepField, String> values, String id) {
    String made = "LG" + id.substring(0, SHORT_CHARS_MAX - 2).toUpperCase(Locale.ROOT);
    values.putIfAbsent(StepField.STEP_ID, made);
    values.putIfAbsent(StepField.PROCEDURE_ID, made);
    values.putIfAbsent(StepField.STUDY, fresh().value());
    String said =
        values.getOrDefault(StepField.DESCRIPTION, values.getOrDefault(StepField.PROCEDURE, ""));
    values.putIfAbsent(StepField.DESCRIPTION, said);
    values.putIfAbsent(StepField.PROCEDURE, said);
  }

  /// A UID made of a random UUID (PS3.5 §B.2).
  static Uid fresh() {
    return new Uid("2.25." + new BigInteger(UUID.randomUUID().toString().replace("-", ""), 16));
  }

  /// As DICOM has it: dates and times without separators, words of the standard in capitals.
  static String plain(StepField field, String typed) {
    String text = typed.strip();
    return switch (field.vr()) {
      case DA -> text.matches("\\d{4}-\\d{2}-\\d{2}") ? text.replace("-", "") : text;
      case TM -> text.matches("\\d{2}:\\d{2}(:\\d{2})?") ? text.replace(":", "") : text;
      case CS -> text.toUpperCase(Locale.ROOT);
      default -> text;
    };
  }

  private static Optional<String> wrong(StepField field, String value) {
    if (value.indexOf('\\') >= 0 || !Foundation.isVisible(value, 3 * LONG_CHARS_MAX + 2)) {
      return Optional.of("visible characters on one line, no backslash.");
    }
    return switch (field.vr()) {
      case AE ->
          rule(
              value.length() <= SHORT_CHARS_MAX && value.chars().allMatch(c -> c > ' ' && c <= '~'),
              "1 to 16 printable ASCII characters without spaces.");
      case CS -> word(field, value);
      case DA -> rule(isDate(value), "a date such as 2026-11-26.");
      case TM -> rule(isTime(value), "a time such as 09:30.");
      case PN -> rule(isName(value), "a name such as Poe^Ada, 64 characters at most.");
      case SH -> rule(value.length() <= SHORT_CHARS_MAX, "16 characters at most.");
      case UI -> rule(Uid.parse(value).filter(Uid::conforms).isPresent(), "a UID.");
      default -> rule(value.length() <= LONG_CHARS_MAX, "64 characters at most.");
    };
  }

  private static Optional<String> word(StepField field, String value) {
    return field == StepField.SEX
        ? rule(value.matches("[MFO]"), "M, F, or O for other.")
        : rule(value.matches("[A-Z0-9_]{1,16}"), "letters and digits such as CT, 16 at most.");
  }

  private static Optional<String> rule(boolean holds, String sentence) {
    return holds ? Optional.empty() : Optional.of(sentence);
  }

  private static boolean isDate(String value) {
    try {
      return value.length() == 8 && LocalDate.parse(value, DATE).getYear() > 1800;
    } catch (DateTimeException _) {
      return false;
    }
  }

  private static boolean isTime(String value) {
    return value.matches("([01]\\d|2[0-3])[0-5]\\d([0-5]\\d)?");
  }

  private static boolean isName(String value) {
    String[] groups = value.split("=", -1);
    if (groups.length > NAME_GROUPS_MAX || value.chars().allMatch(c -> "^= ".indexOf(c) >= 0)) {
      return false;
    }
    for (String group : groups) {
      if (group.length() > LONG_CHARS_MAX || group.split("\\^", -1).length > NAME_COMPONENTS_MAX) {
        return false;
      }
    }
    return true;
  }
}
