package leadglass.archive;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import leadglass.archive.PerformedSteps.Answer;
import leadglass.archive.PerformedSteps.Rule;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Element;
import leadglass.dicom.data.Tag;

/// What a modality has to say of a performed procedure step, and what it may change (PS3.4 Table
/// F.7.2-1). An attribute of type 2 that is left out is taken for an empty one: many modalities do.
final class PerformedStepRules {
  static final int STATUS = 0x00400252;
  static final int SCHEDULED = 0x00400270;
  static final int SERIES = 0x00400340;
  static final String IN_PROGRESS = "IN PROGRESS";
  static final String COMPLETED = "COMPLETED";
  static final String DISCONTINUED = "DISCONTINUED";

  private static final int ID = 0x00400253;
  private static final int STATION = 0x00400241;
  private static final int END_DATE = 0x00400250;
  private static final int END_TIME = 0x00400251;
  private static final int PROTOCOL_NAME = 0x00181030;

  /// Type 1 of N-CREATE.
  private static final List<Integer> NEEDED =
      List.of(
          Tag.MODALITY,
          STATION,
          Tag.PERFORMED_PROCEDURE_STEP_START_DATE,
          Tag.PERFORMED_PROCEDURE_STEP_START_TIME,
          STATUS,
          ID,
          SCHEDULED);

  /// Type 1 in a final state.
  private static final List<Integer> NEEDED_AT_THE_END = List.of(END_DATE, END_TIME, SERIES);

  private static final List<Integer> NEEDED_OF_SERIES =
      List.of(PROTOCOL_NAME, Tag.SERIES_INSTANCE_UID);

  /// Not allowed in N-SET: what and whom it is of stays as it was said first.
  private static final Set<Integer> FIXED =
      Set.of(
          Tag.SOP_CLASS_UID,
          Tag.SOP_INSTANCE_UID,
          Tag.MODALITY,
          0x00081120, // Referenced Patient Sequence
          Tag.PATIENT_NAME,
          Tag.PATIENT_ID,
          Tag.ISSUER_OF_PATIENT_ID,
          0x00100024, // Issuer of Patient ID Qualifiers Sequence
          Tag.PATIENT_BIRTH_DATE,
          Tag.PATIENT_SEX,
          0x00101002, // Other Patient IDs Sequence
          Tag.STUDY_ID,
          STATION,
          0x00400242, // Performed Station Name
          0x00400243, // Performed Location
          Tag.PERFORMED_PROCEDURE_STEP_START_DATE,
          Tag.PERFORMED_PROCEDURE_STEP_START_TIME,
          ID,
          SCHEDULED);

  private static final Set<Integer> DATES =
      Set.of(Tag.PERFORMED_PROCEDURE_STEP_START_DATE, END_DATE);
  private static final Set<Integer> TIMES =
      Set.of(Tag.PERFORMED_PROCEDURE_STEP_START_TIME, END_TIME);

  private static final int TITLE_CHARS_MAX = 16;

  private PerformedStepRules() {}

  static String state(DataSet attributes) {
    return attributes.string(STATUS).orElse("").strip();
  }

  static boolean isFinal(String state) {
    return state.equals(COMPLETED) || state.equals(DISCONTINUED);
  }

  /// What is wrong with what one is to be made of.
  static Optional<Answer> create(DataSet attributes) {
    return needed(attributes, NEEDED)
        .or(() -> scheduled(attributes))
        .or(() -> values(attributes))
        .or(() ->
            state(attributes).equals(IN_PROGRESS)
                ? Optional.empty()
                : wrong(Rule.INVALID_VALUE, STATUS));
  }

  /// What is wrong with a change.
  ///
  /// @param after what would be there then
  static Optional<Answer> set(DataSet changes, DataSet after) {
    Set<Integer> fixed = new LinkedHashSet<>();
    for (Element each : changes) {
      if (FIXED.contains(each.tag())) {
        fixed.add(each.tag());
      }
    }
    if (!fixed.isEmpty()) {
      return Optional.of(new Answer.Wrong(Rule.NO_SUCH_ATTRIBUTE, List.copyOf(fixed)));
    }
    String state = state(after);
    if (changes.contains(STATUS) && !isFinal(state) && !state.equals(IN_PROGRESS)) {
      return wrong(
          changes.strings(STATUS).isEmpty() ? Rule.MISSING_VALUE : Rule.INVALID_VALUE, STATUS);
    }
    Optional<Answer> values = values(changes);
    return values.isPresent() || !isFinal(state) ? values : atTheEnd(after);
  }

  private static Optional<Answer> atTheEnd(DataSet after) {
    return needed(after, NEEDED_AT_THE_END)
        .or(() -> ofItems(after, SERIES, NEEDED_OF_SERIES, Tag.SERIES_INSTANCE_UID));
  }

  private static Optional<Answer> scheduled(DataSet attributes) {
    return ofItems(attributes, SCHEDULED, List.of(Tag.STUDY_INSTANCE_UID), Tag.STUDY_INSTANCE_UID);
  }

  private static Optional<Answer> ofItems(
      DataSet attributes, int sequence, List<Integer> tags, int uid) {
    for (DataSet item : attributes.items(sequence)) {
      Optional<Answer> missing = needed(item, tags);
      if (missing.isPresent()) {
        return missing;
      }
      if (item.uid(uid).isEmpty()) {
        return wrong(Rule.INVALID_VALUE, uid);
      }
    }
    return Optional.empty();
  }

  private static Optional<Answer> needed(DataSet attributes, List<Integer> tags) {
    List<Integer> absent = tags.stream().filter(tag -> !attributes.contains(tag)).toList();
    if (!absent.isEmpty()) {
      return Optional.of(new Answer.Wrong(Rule.MISSING_ATTRIBUTE, absent));
    }
    List<Integer> empty = tags.stream().filter(tag -> isEmpty(attributes, tag)).toList();
    return empty.isEmpty()
        ? Optional.empty()
        : Optional.of(new Answer.Wrong(Rule.MISSING_VALUE, empty));
  }

  private static boolean isEmpty(DataSet attributes, int tag) {
    return switch (attributes.element(tag).orElse(null)) {
      case null -> true;
      case Element.Sequence sequence -> sequence.items().isEmpty();
      case Element.Value value ->
          value.bytes().length == 0
              || (value.vr().isText() && attributes.string(tag).orElse("").isBlank());
      case Element.Bulk _ -> false;
    };
  }

  /// Values that something is done with have to be what they should.
  private static Optional<Answer> values(DataSet attributes) {
    for (Element each : attributes) {
      int tag = each.tag();
      String value = attributes.string(tag).orElse("").strip();
      boolean sound =
          (!DATES.contains(tag) || Matching.isDate(value))
              && (!TIMES.contains(tag) || Matching.isTime(value.replace(":", "")))
              && ((tag != SCHEDULED && tag != SERIES) || each instanceof Element.Sequence)
              && (tag != Tag.MODALITY || value.matches("[A-Z0-9_ ]{0,16}"))
              && (tag != STATION || value.length() <= TITLE_CHARS_MAX);
      if (!sound) {
        return wrong(Rule.INVALID_VALUE, tag);
      }
    }
    return Optional.empty();
  }

  private static Optional<Answer> wrong(Rule rule, int tag) {
    return Optional.of(new Answer.Wrong(rule, List.of(tag)));
  }

  /// What is there once changes were made; both in UTF-8.
  static DataSet merged(DataSet before, DataSet changes) {
    DataSet.Builder merged = DataSet.builder().utf8();
    changes.forEach(merged::add);
    before.forEach(merged::add); // of two with one tag the first stays
    return merged.build();
  }

  /// A data set with its text in UTF-8, that of its items too.
  ///
  /// @return empty if some value is too large to be held
  static Optional<DataSet> inUtf8(DataSet dataSet) {
    DataSet.Builder builder = DataSet.builder().utf8();
    return copy(dataSet, builder) ? Optional.of(builder.build()) : Optional.empty();
  }

  /// As deep as data sets are read at all.
  private static boolean copy(DataSet from, DataSet.Builder to) {
    for (Element each : from) {
      switch (each) {
        case Element.Sequence sequence -> {
          List<DataSet> items = new ArrayList<>();
          for (DataSet item : sequence.items()) {
            DataSet.Builder builder = DataSet.builder(to.characterSet());
            if (!copy(item, builder)) {
              return false;
            }
            items.add(builder.build());
          }
          to.sequence(each.tag(), items);
        }
        case Element.Value value when value.tag() == Tag.SPECIFIC_CHARACTER_SET -> {
          // It is UTF-8 now.
        }
        case Element.Value value when value.vr().isLocalText() ->
            to.text(value.tag(), value.vr(), from.strings(value.tag()).toArray(String[]::new));
        case Element.Value value -> to.add(value);
        case Element.Bulk _ -> {
          return false;
        }
      }
    }
    return true;
  }
}
