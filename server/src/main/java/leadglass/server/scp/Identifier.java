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

  /// No keys: they say what a match is, or where (PS3.4 §C.4.1.1.3).
  private static final Set<Integer> NO_KEYS =
      Set.of(Tag.QUERY_RETRIEVE_LEVEL, Tag.RETRIEVE_AE_TITLE, Tag.TIMEZONE_OFFSET_FROM_UTC);

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
    return switch (KeyReading.read(
        dataSet, (sequence, tag) -> support(level.get(), sequence, tag))) {
      case KeyReading.Read.Wrong(Status status) -> new Read.Wrong(status);
      case KeyReading.Read.Keys keys ->
          new Read.Asked(identifier(level.get(), dataSet, keys, terms));
    };
  }

  /// What is asked of the items of sequences goes with those.
  private static KeyReading.Support support(Level level, int sequence, int tag) {
    if (sequence != 0) {
      return KeyReading.Support.MATCHED;
    }
    if (NO_KEYS.contains(tag)) {
      return KeyReading.Support.NO_KEY;
    }
    return Question.isKey(level, tag) ? KeyReading.Support.MATCHED : KeyReading.Support.NONE;
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

  /// A study or series that is named alone is where to look, not what to look for.
  private static Identifier identifier(
      Level level, DataSet dataSet, KeyReading.Read.Keys read, QueryTerms terms) {
    List<Question.Key> keys = new ArrayList<>(read.keys());
    Optional<Uid> study = only(level, Level.STUDY, keys);
    Optional<Uid> series = study.isPresent() ? only(level, Level.SERIES, keys) : Optional.empty();
    Set<Integer> tags = new HashSet<>();
    read.wanted().forEach(each -> tags.add(each.tag()));
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
    return new Identifier(question, read.wanted(), read.unsupported(), dataSet.characterSet());
  }

  /// The one study or series above that is named; it is no key any more then.
  private static Optional<Uid> only(Level level, Level above, List<Question.Key> keys) {
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
