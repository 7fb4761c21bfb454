package leadglass.archive;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import leadglass.dicom.dict.Dictionary;
import leadglass.store.StudySearch.Condition;
import leadglass.store.StudySearch.Field;

/// What the keys of a question mean: which the index answers, which belong to which level, and
/// whether an attribute matches (PS3.4 §C.2.2.2).
final class Keys {
  private static final Map<Integer, Field> INDEXED =
      Map.ofEntries(
          entry(Tag.PATIENT_NAME, Field.PATIENT_NAME),
          entry(Tag.PATIENT_ID, Field.PATIENT_ID),
          entry(Tag.ISSUER_OF_PATIENT_ID, Field.ISSUER),
          entry(Tag.PATIENT_BIRTH_DATE, Field.BIRTH_DATE),
          entry(Tag.PATIENT_SEX, Field.SEX),
          entry(Tag.STUDY_DATE, Field.STUDY_DATE),
          entry(Tag.STUDY_TIME, Field.STUDY_TIME),
          entry(Tag.ACCESSION_NUMBER, Field.ACCESSION_NUMBER),
          entry(Tag.STUDY_ID, Field.STUDY_ID),
          entry(Tag.STUDY_DESCRIPTION, Field.DESCRIPTION),
          entry(Tag.REFERRING_PHYSICIAN_NAME, Field.REFERRER),
          entry(Tag.MODALITIES_IN_STUDY, Field.MODALITY));

  /// Counted or collected, not kept (PS3.4 §C.3.4).
  private static final Set<Integer> COMPUTED_OF_STUDY =
      Set.of(
          Tag.SOP_CLASSES_IN_STUDY,
          Tag.NUMBER_OF_STUDY_RELATED_SERIES,
          Tag.NUMBER_OF_STUDY_RELATED_INSTANCES);

  private Keys() {}

  /// Whether an attribute can be asked for at all.
  static boolean isKnown(int tag) {
    return tag == Question.Key.TYPED
        || Levels.isKept(tag)
        || isOfStudy(tag)
        || isComputedOfSeries(tag);
  }

  private static boolean isComputedOfSeries(int tag) {
    return tag == Tag.NUMBER_OF_SERIES_RELATED_INSTANCES || tag == Tag.INSTANCE_AVAILABILITY;
  }

  private static boolean isOfStudy(int tag) {
    return tag == Question.Key.TYPED
        || Levels.STUDY.contains(tag)
        || INDEXED.containsKey(tag)
        || COMPUTED_OF_STUDY.contains(tag);
  }

  private static boolean isOfSeries(int tag) {
    return Levels.SERIES.contains(tag) || tag == Tag.NUMBER_OF_SERIES_RELATED_INSTANCES;
  }

  static List<Question.Key> ofStudy(List<Question.Key> keys) {
    return keys.stream().filter(k -> isOfStudy(k.tag()) && !isIndexed(k)).toList();
  }

  static List<Question.Key> ofSeries(List<Question.Key> keys) {
    return keys.stream().filter(k -> isOfSeries(k.tag()) && !isOfStudy(k.tag())).toList();
  }

  static List<Question.Key> ofInstance(List<Question.Key> keys) {
    return keys.stream().filter(k -> !isOfStudy(k.tag()) && !isOfSeries(k.tag())).toList();
  }

  static List<Question.Key> notIndexed(List<Question.Key> keys) {
    return keys.stream().filter(k -> !isIndexed(k)).toList();
  }

  private static boolean isIndexed(Question.Key key) {
    return key.value().isEmpty()
        || key.tag() == Question.Key.TYPED
        || key.tag() == Tag.STUDY_INSTANCE_UID
        || INDEXED.containsKey(key.tag());
  }

  static List<Condition> indexed(List<Question.Key> keys) {
    List<Condition> conditions = new ArrayList<>();
    for (Question.Key key : keys) {
      if (!key.value().isEmpty() && isIndexed(key)) {
        conditions.add(condition(key));
      }
    }
    return conditions;
  }

  private static Condition condition(Question.Key key) {
    if (key.tag() == Question.Key.TYPED) {
      return new Condition.Typed(key.value());
    }
    if (key.tag() == Tag.STUDY_INSTANCE_UID) {
      return new Condition.AnyUid(Matching.uids(key.value()));
    }
    Field field = java.util.Objects.requireNonNull(INDEXED.get(key.tag()));
    Vr vr = vr(key.tag());
    if (vr == Vr.DA || vr == Vr.TM) {
      Matching.Range range = Matching.range(compact(vr, key.value()));
      return new Condition.Range(field, range.from(), range.to());
    }
    return Matching.isWildcard(key.value())
        ? new Condition.Wildcard(field, key.value())
        : new Condition.Equal(field, key.value());
  }

  /// Dates and times without the separators that older writers used (PS3.5 §6.2).
  private static String compact(Vr vr, String value) {
    return vr == Vr.DA ? value.replace(".", "") : value.replace(":", "");
  }

  static Vr vr(int tag) {
    return Dictionary.vr(tag, false);
  }

  /// What is wrong with a key, if anything.
  static Stream<String> problem(Question.Key key) {
    if (!isKnown(key.tag())) {
      return Stream.of(Tag.format(key.tag()) + " can't be asked for");
    }
    if (key.value().length() > Matching.PATTERN_CHARS_MAX && key.tag() != Tag.STUDY_INSTANCE_UID) {
      return Stream.of(name(key) + " is longer than " + Matching.PATTERN_CHARS_MAX + " characters");
    }
    if (key.tag() == Question.Key.TYPED || key.value().isEmpty()) {
      return Stream.empty();
    }
    return switch (vr(key.tag())) {
      case DA, TM, DT -> range(key);
      case UI ->
          Matching.uids(key.value()).stream().allMatch(uid -> Uid.parse(uid).isPresent())
              ? Stream.empty()
              : Stream.of(name(key) + " is not a UID");
      case SQ -> Stream.of(name(key) + " is a sequence, which can't be matched");
      default -> Stream.empty();
    };
  }

  private static Stream<String> range(Question.Key key) {
    Vr vr = vr(key.tag());
    if (vr == Vr.DT) {
      return Stream.empty();
    }
    Matching.Range range = Matching.range(compact(vr, key.value()));
    boolean sound =
        vr == Vr.DA
            ? Matching.isDate(range.from()) && Matching.isDate(range.to())
            : Matching.isTime(range.from()) && Matching.isTime(range.to());
    return sound
        ? Stream.empty()
        : Stream.of(
            name(key) + (vr == Vr.DA ? " is not a date or range of dates" : " is not a time"));
  }

  private static String name(Question.Key key) {
    return key.tag() == Question.Key.TYPED
        ? "the search"
        : Dictionary.attribute(key.tag())
            .map(leadglass.dicom.dict.Attribute::keyword)
            .orElse(Tag.format(key.tag()));
  }

  /// Whether every key matches.
  static boolean match(List<Question.Key> keys, DataSet attributes) {
    return keys.stream().allMatch(key -> matches(key, attributes));
  }

  private static boolean matches(Question.Key key, DataSet attributes) {
    if (key.value().isEmpty()) {
      return true;
    }
    List<String> values = values(key.tag(), attributes);
    Vr vr = vr(key.tag());
    return switch (vr) {
      case UI -> Matching.uids(key.value()).stream().anyMatch(values::contains);
      case DA, TM, DT -> {
        Matching.Range range = Matching.range(compact(vr, key.value()));
        yield values.stream().anyMatch(v -> Matching.within(range, compact(vr, v)));
      }
      case PN -> {
        String folded = Matching.foldedName(key.value());
        yield values.stream()
            .flatMap(v -> Arrays.stream(v.split("=", -1)))
            .anyMatch(v -> Matching.wildcard(folded, Matching.foldedName(v)));
      }
      case IS, DS -> values.stream().anyMatch(v -> number(v).equals(number(key.value())));
      default -> values.stream().anyMatch(v -> Matching.wildcard(key.value(), v));
    };
  }

  private static List<String> values(int tag, DataSet attributes) {
    List<String> texts = attributes.strings(tag);
    if (!texts.isEmpty()) {
      return texts;
    }
    return attributes.integer(tag).stream().mapToObj(Integer::toString).toList();
  }

  private static Object number(String text) {
    try {
      return new java.math.BigDecimal(text.strip()).stripTrailingZeros();
    } catch (NumberFormatException _) {
      return text;
    }
  }
}
