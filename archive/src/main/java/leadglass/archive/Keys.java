package leadglass.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import leadglass.archive.Question.Level;
import leadglass.archive.Question.Ways;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import leadglass.dicom.dict.Attribute;
import leadglass.dicom.dict.Dictionary;

/// What can be asked for: which attribute belongs to which level, and what is wrong with a key
/// (PS3.4 §C.2.2.1, §C.6).
final class Keys {

  /// Counted, not kept (PS3.4 §C.3.4).
  static final Set<Integer> COUNTED_OF_PATIENT =
      Set.of(
          Tag.NUMBER_OF_PATIENT_RELATED_STUDIES,
          Tag.NUMBER_OF_PATIENT_RELATED_SERIES,
          Tag.NUMBER_OF_PATIENT_RELATED_INSTANCES);

  /// Counted or collected, not kept.
  private static final Set<Integer> COMPUTED_OF_STUDY =
      Set.of(
          Tag.MODALITIES_IN_STUDY,
          Tag.SOP_CLASSES_IN_STUDY,
          Tag.NUMBER_OF_STUDY_RELATED_SERIES,
          Tag.NUMBER_OF_STUDY_RELATED_INSTANCES);

  private static final Set<Vr> WITH_WILDCARDS =
      Set.of(Vr.AE, Vr.CS, Vr.LO, Vr.LT, Vr.PN, Vr.SH, Vr.ST, Vr.UC, Vr.UR, Vr.UT);

  /// What is wrong with a question.
  ///
  /// @param tag of the attribute; [Key#TYPED] for none
  /// @param rule names it, never its value
  record Problem(int tag, String rule) {}

  private Keys() {}

  /// The level an attribute belongs to; empty if it can't be asked for at all.
  static Optional<Level> level(int tag) {
    if (Levels.PATIENT.contains(tag) || COUNTED_OF_PATIENT.contains(tag)) {
      return Optional.of(Level.PATIENT);
    }
    if (tag == Question.Key.TYPED
        || Levels.STUDY.contains(tag)
        || COMPUTED_OF_STUDY.contains(tag)) {
      return Optional.of(Level.STUDY);
    }
    if (Levels.SERIES.contains(tag) || tag == Tag.NUMBER_OF_SERIES_RELATED_INSTANCES) {
      return Optional.of(Level.SERIES);
    }
    return Levels.INSTANCE.contains(tag) ? Optional.of(Level.INSTANCE) : Optional.empty();
  }

  static boolean isKey(Level asked, int tag) {
    if (COUNTED_OF_PATIENT.contains(tag)) {
      return asked == Level.PATIENT;
    }
    return tag == Tag.INSTANCE_AVAILABILITY
        || level(tag).filter(level -> level.compareTo(asked) <= 0).isPresent();
  }

  static List<Integer> of(Level level) {
    Set<Integer> tags = new TreeSet<>(Integer::compareUnsigned);
    for (Set<Integer> each :
        List.of(
            Levels.PATIENT,
            COUNTED_OF_PATIENT,
            Levels.STUDY,
            COMPUTED_OF_STUDY,
            Levels.SERIES,
            Set.of(Tag.NUMBER_OF_SERIES_RELATED_INSTANCES),
            Levels.INSTANCE)) {
      each.stream().filter(tag -> level(tag).equals(Optional.of(level))).forEach(tags::add);
    }
    return List.copyOf(tags);
  }

  static Vr vr(int tag) {
    return Dictionary.vr(tag, false);
  }

  /// Whether a key matches everything.
  static boolean isUniversal(Question.Key key) {
    boolean everything = key.value().chars().allMatch(c -> c == '*' || c == ' ');
    boolean nothing = key.value().isBlank();
    boolean value = nothing || (everything && takesWildcards(key.tag()));
    return value && key.item().stream().allMatch(Keys::isUniversal);
  }

  static boolean takesWildcards(int tag) {
    return WITH_WILDCARDS.contains(vr(tag));
  }

  /// The values of a key of which one has to match.
  static List<String> values(Question.Key key, Ways ways) {
    String value = key.value().strip();
    return ways.multipleValues() && vr(key.tag()) != Vr.UI
        ? List.of(value.split("\\\\", -1)).stream().map(String::strip).toList()
        : List.of(value);
  }

  static boolean isForEmpty(String value, Ways ways) {
    return ways.emptyValues() && value.equals("\"\"");
  }

  /// What is wrong with a question, if anything.
  static Optional<Problem> problem(Question question) {
    for (Question.Key key : question.keys()) {
      Optional<Problem> problem =
          isUniversal(key) && isKey(Level.INSTANCE, key.tag())
              ? Optional.empty()
              : place(question.level(), key).or(() -> value(key, question.ways()));
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  /// What is wrong with the values of some keys, if anything.
  static Optional<Problem> problem(List<Question.Key> keys, Ways ways) {
    return keys.stream()
        .filter(key -> !isUniversal(key))
        .flatMap(key -> value(key, ways).stream())
        .findFirst();
  }

  private static Optional<Problem> place(Level asked, Question.Key key) {
    if (isKey(asked, key.tag())) {
      return Optional.empty();
    }
    boolean below = level(key.tag()).filter(level -> level.compareTo(asked) > 0).isPresent();
    return below
        ? problem(key, name(key.tag()) + " is of a level below what is asked for")
        : problem(key, Tag.format(key.tag()) + " can't be asked for");
  }

  private static Optional<Problem> value(Question.Key key, Ways ways) {
    if (!key.item().isEmpty() || vr(key.tag()) == Vr.SQ) {
      return sequence(key, ways);
    }
    if (key.value().length() > Matching.PATTERN_CHARS_MAX && vr(key.tag()) != Vr.UI) {
      return problem(
          key, name(key.tag()) + " is longer than " + Matching.PATTERN_CHARS_MAX + " characters");
    }
    if (key.tag() == Question.Key.TYPED) {
      return Optional.empty();
    }
    List<String> values = new ArrayList<>(values(key, ways));
    values.removeIf(each -> each.isEmpty() || isForEmpty(each, ways));
    return switch (vr(key.tag())) {
      case DA ->
          rule(key, values.stream().allMatch(Matching::isDates), "not a date or range of dates");
      case TM ->
          rule(key, values.stream().allMatch(Matching::isTimes), "not a time or range of times");
      case DT ->
          rule(
              key,
              values.stream().allMatch(each -> Matching.moments(each).isPresent()),
              "not a date and time or a range");
      case UI ->
          rule(
              key,
              values.stream()
                  .flatMap(each -> Matching.uids(each).stream())
                  .allMatch(uid -> Uid.parse(uid).isPresent()),
              "not a UID");
      default -> Optional.empty();
    };
  }

  private static Optional<Problem> sequence(Question.Key key, Ways ways) {
    if (vr(key.tag()) != Vr.SQ) {
      return problem(key, name(key.tag()) + " is no sequence");
    }
    if (!key.value().isBlank() && !isForEmpty(key.value().strip(), ways)) {
      return problem(key, name(key.tag()) + " is a sequence: ask for attributes of its items");
    }
    return key.item().stream()
        .filter(each -> !isUniversal(each))
        .flatMap(each -> value(each, ways).stream())
        .findFirst()
        .map(problem -> new Problem(key.tag(), problem.rule()));
  }

  private static Optional<Problem> rule(Question.Key key, boolean holds, String what) {
    return holds ? Optional.empty() : problem(key, name(key.tag()) + " is " + what);
  }

  private static Optional<Problem> problem(Question.Key key, String rule) {
    return Optional.of(new Problem(key.tag(), rule));
  }

  private static String name(int tag) {
    return tag == Question.Key.TYPED
        ? "the search"
        : Dictionary.attribute(tag).map(Attribute::keyword).orElse(Tag.format(tag));
  }
}
