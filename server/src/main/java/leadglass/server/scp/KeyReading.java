package leadglass.server.scp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import leadglass.archive.Question;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Element;
import leadglass.dicom.data.Tag;
import leadglass.net.dimse.Status;
import leadglass.server.scp.Identifier.Wanted;

/// The keys of a C-FIND identifier, as they are met: what each has to match, and what a match is to
/// have. Confined to one thread.
final class KeyReading {
  private final Supported supported;
  private boolean unsupported;

  private KeyReading(Supported supported) {
    this.supported = supported;
  }

  /// What asking for an attribute comes to.
  enum Support {
    MATCHED,
    /// Told, but without a value: one that is asked for can't be looked for.
    TOLD,
    /// No key: it says how to read the others.
    NO_KEY,
    NONE
  }

  /// Says it of an attribute.
  @FunctionalInterface
  interface Supported {
    /// @param sequence whose item it stands in; 0 for none
    Support of(int sequence, int tag);
  }

  /// What came of reading.
  sealed interface Read {
    /// @param wanted in the order of tags
    /// @param unsupported whether something is left out that can't be asked for
    record Keys(List<Question.Key> keys, List<Wanted> wanted, boolean unsupported) implements Read {
      public Keys {
        keys = List.copyOf(keys);
        wanted = List.copyOf(wanted);
      }

      @Override
      public String toString() {
        return "Keys[" + keys.size() + "]";
      }
    }

    record Wrong(Status status) implements Read {}
  }

  static Read read(DataSet dataSet, Supported supported) {
    KeyReading reading = new KeyReading(supported);
    List<Question.Key> keys = new ArrayList<>();
    List<Wanted> wanted = new ArrayList<>();
    Optional<Integer> malformed = reading.read(0, dataSet, keys, wanted);
    return malformed.isPresent()
        ? new Read.Wrong(
            new Status(
                Status.UNABLE_TO_PROCESS,
                "a sequence in a query has one item at most",
                List.of(malformed.get())))
        : new Read.Keys(keys, wanted, reading.unsupported);
  }

  /// As deep as data sets are read at all.
  ///
  /// @return the tag of what is malformed, if anything
  private Optional<Integer> read(
      int sequence, DataSet dataSet, List<Question.Key> into, List<Wanted> asked) {
    for (Element element : dataSet) {
      int tag = element.tag();
      if (tag == Tag.SPECIFIC_CHARACTER_SET || Tag.isGroupLength(tag)) {
        continue;
      }
      Optional<Integer> malformed =
          switch (supported.of(sequence, tag)) {
            case NO_KEY -> Optional.empty();
            case NONE -> {
              unsupported = true;
              yield Optional.empty();
            }
            case TOLD -> {
              unsupported |= isAsked(element);
              asked.add(new Wanted(tag, List.of()));
              yield Optional.empty();
            }
            case MATCHED -> read(dataSet, element, into, asked);
          };
      if (malformed.isPresent()) {
        return sequence == 0 ? malformed : Optional.of(sequence);
      }
    }
    return Optional.empty();
  }

  private static boolean isAsked(Element element) {
    return switch (element) {
      case Element.Value value -> value.bytes().length > 0;
      case Element.Sequence sequence ->
          sequence.items().stream()
              .flatMap(item -> java.util.stream.StreamSupport.stream(item.spliterator(), false))
              .anyMatch(KeyReading::isAsked);
      case Element.Bulk _ -> true;
    };
  }

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
      if (read(tag, item, inner, innerAsked).isPresent()) {
        return Optional.of(tag);
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
}
