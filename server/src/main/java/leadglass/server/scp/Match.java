package leadglass.server.scp;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import leadglass.dicom.charset.CharacterSet;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Element;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Vr;
import leadglass.dicom.dict.Dictionary;
import leadglass.server.scp.Identifier.Wanted;

/// A row of the archive as the identifier of a C-FIND response (PS3.4 §C.4.1.1.3.2): what was asked
/// for, empty where there is no value, and nothing else; in the character set of whoever asks where
/// that can say it, else in UTF-8. Immutable.
final class Match {
  private static final CharacterSet UTF_8 = CharacterSet.of(List.of("ISO_IR 192"));

  private final List<Wanted> wanted;
  private final CharacterSet asked;
  private final Consumer<DataSet.Builder> always;

  /// @param wanted what a match has
  /// @param asked what the request is in
  /// @param always adds what every match has beside that
  Match(List<Wanted> wanted, CharacterSet asked, Consumer<DataSet.Builder> always) {
    this.wanted = List.copyOf(wanted);
    this.asked = asked;
    this.always = always;
  }

  /// Of a Query/Retrieve Information Model.
  ///
  /// @param retrieveAeTitle under which the archive was called
  static Match of(Identifier identifier, String retrieveAeTitle) {
    String level = QueryModel.word(identifier.question().level());
    return new Match(
        identifier.wanted(),
        identifier.characterSet(),
        match ->
            match
                .text(Tag.QUERY_RETRIEVE_LEVEL, Vr.CS, level)
                .text(Tag.RETRIEVE_AE_TITLE, Vr.AE, retrieveAeTitle));
  }

  /// @param row in UTF-8
  DataSet of(DataSet row) {
    CharacterSet characterSet =
        Stream.of(asked, CharacterSet.DEFAULT)
            .filter(each -> says(each, row, wanted))
            .findFirst()
            .orElse(UTF_8);
    DataSet.Builder match = DataSet.builder();
    if (!characterSet.terms().isEmpty()) {
      match.text(Tag.SPECIFIC_CHARACTER_SET, Vr.CS, characterSet.terms().toArray(String[]::new));
    }
    always.accept(match);
    for (Wanted each : wanted) {
      match.add(element(row, each, characterSet));
    }
    return match.build();
  }

  private static boolean says(CharacterSet characterSet, DataSet row, List<Wanted> wanted) {
    return wanted.stream().allMatch(each -> says(characterSet, row, each));
  }

  private static boolean says(CharacterSet characterSet, DataSet row, Wanted wanted) {
    return switch (row.element(wanted.tag()).orElse(null)) {
      case null -> true;
      case Element.Sequence sequence ->
          sequence.items().stream()
              .allMatch(item -> says(characterSet, item, within(item, wanted)));
      case Element.Value value ->
          !value.vr().isLocalText()
              || row.strings(value.tag()).stream().allMatch(characterSet::expresses);
      case Element.Bulk _ -> true;
    };
  }

  /// What is wanted of an item.
  private static List<Wanted> within(DataSet item, Wanted wanted) {
    if (!wanted.item().isEmpty()) {
      return wanted.item();
    }
    List<Wanted> all = new ArrayList<>();
    for (Element each : item) {
      if (each.tag() != Tag.SPECIFIC_CHARACTER_SET) {
        all.add(new Wanted(each.tag(), List.of()));
      }
    }
    return all;
  }

  private static Element element(DataSet row, Wanted wanted, CharacterSet characterSet) {
    return switch (row.element(wanted.tag()).orElse(null)) {
      case Element.Sequence sequence ->
          new Element.Sequence(
              wanted.tag(),
              sequence.items().stream().map(item -> item(item, wanted, characterSet)).toList());
      case Element.Value value when value.vr().isLocalText() ->
          text(value, row.strings(value.tag()), characterSet);
      case Element.Value value -> value;
      case null, default -> {
        Vr vr = Dictionary.vr(wanted.tag(), false);
        yield vr == Vr.SQ
            ? new Element.Sequence(wanted.tag(), List.of())
            : new Element.Value(wanted.tag(), vr, new byte[0]);
      }
    };
  }

  private static Element text(Element.Value value, List<String> texts, CharacterSet characterSet) {
    return DataSet.builder(characterSet)
        .text(value.tag(), value.vr(), texts.toArray(String[]::new))
        .build()
        .element(value.tag())
        .orElseThrow();
  }

  private static DataSet item(DataSet item, Wanted wanted, CharacterSet characterSet) {
    DataSet.Builder picked = DataSet.builder(characterSet);
    for (Wanted each : within(item, wanted)) {
      picked.add(element(item, each, characterSet));
    }
    return picked.build();
  }
}
