package leadglass.server.scp;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import leadglass.archive.Question;
import leadglass.archive.Question.Level;
import leadglass.dicom.charset.CharacterSet;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Element;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.net.dimse.Status;

/// The identifier of a C-FIND request (PS3.4 §C.4.1.1.3.1) as a question.
///
/// @param wanted what a match is to have, in the order of tags
/// @param unsupported whether keys are left out that can't be asked for
/// @param characterSet what the request is in
record Identifier(
    Question question, List<Wanted> wanted, boolean unsupported, CharacterSet characterSet) {

  /// Status when the identifier does not match the SOP class (PS3.4 §C.4.1.1.4).
  static final int IDENTIFIER_DOES_NOT_MATCH = 0xA900;

  /// No keys: they say how to read the others, or where a match is (PS3.4 §C.4.1.1.3).
  private static final Set<Integer> NO_KEYS =
      Set.of(
          Tag.SPECIFIC_CHARACTER_SET,
          Tag.QUERY_RETRIEVE_LEVEL,
          Tag.RETRIEVE_AE_TITLE,
          Tag.TIMEZONE_OFFSET_FROM_UTC);

  /// An attribute that was asked for.
  ///
  /// @param item of a sequence: which attributes of its items; empty for all
  record Wanted(int tag, List<Wanted> item) {
    Wanted {
      item = List.copyOf(item);
    }
  }

  /// What came of reading one.
  sealed interface Read {
    record Asked(Identifier identifier) implements Read {}

    record Wrong(Status status) implements Read {}
  }

  @Override
  public String toString() {
    return "Identifier[" + wanted.size() + " attributes]";
  }

  static Read read(QueryModel model, QueryTerms terms, DataSet dataSet) {
    Optional<Level> level = dataSet.string(Tag.QUERY_RETRIEVE_LEVEL).flatMap(model::level);
    if (level.isEmpty()) {
      return wrong(
          IDENTIFIER_DOES_NOT_MATCH,
          "Query/Retrieve Level is missing, or none of this model",
          Tag.QUERY_RETRIEVE_LEVEL);
    }
    for (Level each : Level.values()) {
      boolean above = model.has(each) && each.compareTo(level.get()) < 0;
      if (above && !terms.relational() && !hasOne(dataSet, QueryModel.uniqueKey(each))) {
        return wrong(
            IDENTIFIER_DOES_NOT_MATCH,
            "one value of the unique key of each level above is needed",
            QueryModel.uniqueKey(each));
      }
    }
    Reading reading = new Reading(level.get());
    Optional<Integer> malformed = reading.read(dataSet);
    return malformed.isPresent()
        ? wrong(
            Status.UNABLE_TO_PROCESS, "a sequence in a query has one item at most", malformed.get())
        : new Read.Asked(reading.identifier(dataSet, terms));
  }

  private static Read wrong(int code, String comment, int tag) {
    return new Read.Wrong(new Status(code, comment, List.of(tag)));
  }

  private static boolean hasOne(DataSet dataSet, int tag) {
    List<String> values = dataSet.strings(tag);
    return values.size() == 1
        && !values.getFirst().isBlank()
        && (tag == Tag.PATIENT_ID
            ? values.getFirst().chars().noneMatch(c -> c == '*' || c == '?')
            : Uid.parse(values.getFirst()).isPresent());
  }

  /// Keys as they are met. Confined to one thread.
  private static final class Reading {
    private final Level level;
    private final List<Question.Key> keys = new ArrayList<>();
    private final List<Wanted> wanted = new ArrayList<>();
    private boolean unsupported;

    Reading(Level level) {
      this.level = level;
    }

    /// @return the tag of what is malformed, if anything
    Optional<Integer> read(DataSet dataSet) {
      for (Element element : dataSet) {
        int tag = element.tag();
        if (NO_KEYS.contains(tag) || Tag.isGroupLength(tag)) {
          continue;
        }
        if (Question.isKey(level, tag)) {
          Optional<Integer> malformed = read(dataSet, element, keys, wanted);
          if (malformed.isPresent()) {
            return malformed;
          }
        } else {
          unsupported = true;
        }
      }
      return Optional.empty();
    }

    /// As deep as data sets are read at all.
    private Optional<Integer> read(
        DataSet dataSet, Element element, List<Question.Key> into, List<Wanted> asked) {
      int tag = element.tag();
      if (!(element instanceof Element.Sequence sequence)) {
        into.add(new Question.Key(tag, value(dataSet, element)));
        asked.add(new Wanted(tag, List.of()));
        return Optional.empty();
      }
      if (sequence.items().size() > 1) {
        return Optional.of(tag);
      }
      List<Question.Key> inner = new ArrayList<>();
      List<Wanted> innerAsked = new ArrayList<>();
      for (DataSet item : sequence.items()) {
        for (Element each : item) {
          boolean key = each.tag() != Tag.SPECIFIC_CHARACTER_SET && !Tag.isGroupLength(each.tag());
          if (key && read(item, each, inner, innerAsked).isPresent()) {
            return Optional.of(tag);
          }
        }
      }
      into.add(new Question.Key(tag, "", inner));
      asked.add(new Wanted(tag, innerAsked));
      return Optional.empty();
    }

    private String value(DataSet dataSet, Element element) {
      List<String> texts = dataSet.strings(element.tag());
      if (!texts.isEmpty()) {
        return String.join("\\", texts);
      }
      Optional<String> number =
          dataSet.integer(element.tag()).stream().mapToObj(Integer::toString).findFirst();
      if (number.isEmpty() && element instanceof Element.Value value && value.bytes().length > 0) {
        unsupported = true; // a value that can't be compared
      }
      return number.orElse("");
    }

    /// A study or series that is named alone is where to look, not what to look for.
    Identifier identifier(DataSet dataSet, QueryTerms terms) {
      Optional<Uid> study = only(Level.STUDY);
      Optional<Uid> series = study.isPresent() ? only(Level.SERIES) : Optional.empty();
      Set<Integer> tags = new HashSet<>();
      wanted.forEach(each -> tags.add(each.tag()));
      Question question =
          new Question(
              level,
              study,
              series,
              List.copyOf(keys),
              Set.copyOf(tags),
              false,
              0,
              Question.ROWS_MAX,
              Optional.empty(),
              terms.ways());
      return new Identifier(question, List.copyOf(wanted), unsupported, dataSet.characterSet());
    }

    /// The one study or series above that is named; it is no key any more then.
    private Optional<Uid> only(Level above) {
      if (above.compareTo(level) >= 0) {
        return Optional.empty();
      }
      int tag = QueryModel.uniqueKey(above);
      Optional<Uid> uid =
          keys.stream()
              .filter(key -> key.tag() == tag)
              .flatMap(key -> Uid.parse(key.value()).stream())
              .findFirst();
      uid.ifPresent(_ -> keys.removeIf(key -> key.tag() == tag));
      return uid;
    }
  }
}
