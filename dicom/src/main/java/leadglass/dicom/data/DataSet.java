package leadglass.dicom.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import leadglass.dicom.charset.CharacterSet;
import org.jspecify.annotations.Nullable;

/// Elements in ascending order of their tags, each tag once (PS3.5 §7.1). Immutable.
public final class DataSet implements Iterable<Element> {

  /// Nothing in it.
  public static final DataSet EMPTY = builder().build();

  private final List<Element> elements;
  private final CharacterSet characterSet;

  private DataSet(List<Element> elements, CharacterSet characterSet) {
    this.elements = elements;
    this.characterSet = characterSet;
  }

  public static Builder builder() {
    return new Builder(CharacterSet.DEFAULT);
  }

  /// For an item, whose text is in its parent's character set unless it names its own (PS3.3
  /// §C.12.1.1.2).
  public static Builder builder(CharacterSet inherited) {
    return new Builder(inherited);
  }

  /// What its text is in.
  public CharacterSet characterSet() {
    return characterSet;
  }

  public Optional<Element> element(int tag) {
    int low = 0;
    int high = elements.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = Integer.compareUnsigned(elements.get(middle).tag(), tag);
      if (order == 0) {
        return Optional.of(elements.get(middle));
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return Optional.empty();
  }

  public boolean contains(int tag) {
    return element(tag).isPresent();
  }

  /// The values of a text attribute, decoded, padding removed; empty if it is absent, empty or not
  /// text. Empty values in between are kept as empty strings.
  public List<String> strings(int tag) {
    Element found = element(tag).orElse(null);
    if (!(found instanceof Element.Value value) || value.bytes().length == 0) {
      return List.of();
    }
    if (value.vr().isText()) {
      return characterSet.decodeValues(value.bytes(), value.vr());
    }
    return value.vr() == Vr.UN ? characterSet.decodeValues(value.bytes(), Vr.LO) : List.of();
  }

  /// The first value, if there is one that is not empty.
  public Optional<String> string(int tag) {
    List<String> values = strings(tag);
    return values.isEmpty() || values.getFirst().isEmpty()
        ? Optional.empty()
        : Optional.of(values.getFirst());
  }

  /// The first value of a UI attribute, if it is a UID at all.
  public Optional<Uid> uid(int tag) {
    return string(tag).flatMap(Uid::parse);
  }

  /// The first value of an integer attribute (US, SS, UL, SL or IS), if it is one.
  public OptionalInt integer(int tag) {
    Element found = element(tag).orElse(null);
    if (!(found instanceof Element.Value value)) {
      return OptionalInt.empty();
    }
    if (value.vr().isText()) {
      return parse(string(tag).orElse(""));
    }
    ByteBuffer bytes = ByteBuffer.wrap(value.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    return switch (value.vr()) {
      case US -> bytes.remaining() < 2 ? OptionalInt.empty() : OptionalInt.of(bytes.getChar());
      case SS -> bytes.remaining() < 2 ? OptionalInt.empty() : OptionalInt.of(bytes.getShort());
      case UL, SL -> bytes.remaining() < 4 ? OptionalInt.empty() : OptionalInt.of(bytes.getInt());
      default -> OptionalInt.empty();
    };
  }

  private static OptionalInt parse(String text) {
    try {
      return OptionalInt.of(Integer.parseInt(text.strip()));
    } catch (NumberFormatException _) {
      return OptionalInt.empty();
    }
  }

  /// The items of a sequence; empty if there is no such sequence.
  public List<DataSet> items(int tag) {
    return element(tag).orElse(null) instanceof Element.Sequence sequence
        ? sequence.items()
        : List.of();
  }

  public int size() {
    return elements.size();
  }

  @Override
  public Iterator<Element> iterator() {
    return elements.iterator();
  }

  @Override
  public String toString() {
    return "DataSet[" + elements.size() + " elements]";
  }

  /// Collects elements in any order. Of two with one tag the first stays.
  public static final class Builder {
    private final List<Element> elements = new ArrayList<>();
    private CharacterSet characterSet;
    private @Nullable Element last;
    private boolean sorted = true;

    private Builder(CharacterSet inherited) {
      this.characterSet = inherited;
    }

    public CharacterSet characterSet() {
      return characterSet;
    }

    public Builder add(Element element) {
      if (last != null && Integer.compareUnsigned(last.tag(), element.tag()) >= 0) {
        sorted = false;
      }
      if (element instanceof Element.Value value && value.tag() == Tag.SPECIFIC_CHARACTER_SET) {
        characterSet = CharacterSet.named(value.bytes());
      }
      elements.add(element);
      last = element;
      return this;
    }

    /// Adds text in this data set's own character set, padded to an even length.
    public Builder text(int tag, Vr vr, String... values) {
      byte[] bytes =
          vr.isLocalText()
              ? characterSet.encode(String.join("\\", values))
              : String.join("\\", values).getBytes(StandardCharsets.US_ASCII);
      return add(new Element.Value(tag, vr, padded(bytes, vr.padding())));
    }

    public Builder uid(int tag, Uid uid) {
      return text(tag, Vr.UI, uid.value());
    }

    /// Adds unsigned 16-bit values.
    public Builder us(int tag, int... values) {
      ByteBuffer bytes = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
      for (int value : values) {
        bytes.putShort((short) value);
      }
      return add(new Element.Value(tag, Vr.US, bytes.array()));
    }

    /// Adds unsigned 32-bit values.
    public Builder ul(int tag, int... values) {
      ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
      for (int value : values) {
        bytes.putInt(value);
      }
      return add(new Element.Value(tag, Vr.UL, bytes.array()));
    }

    public Builder sequence(int tag, List<DataSet> items) {
      return add(new Element.Sequence(tag, items));
    }

    /// Says that the text added from now on is UTF-8.
    public Builder utf8() {
      return text(Tag.SPECIFIC_CHARACTER_SET, Vr.CS, "ISO_IR 192");
    }

    private static byte[] padded(byte[] bytes, byte padding) {
      if (bytes.length % 2 == 0) {
        return bytes;
      }
      byte[] even = java.util.Arrays.copyOf(bytes, bytes.length + 1);
      even[bytes.length] = padding;
      return even;
    }

    public DataSet build() {
      if (!sorted) {
        elements.sort(Comparator.comparing(Element::tag, Integer::compareUnsigned));
        int kept = 0;
        for (Element each : elements) { // in one pass: a stranger's may have a million twice
          if (kept == 0 || elements.get(kept - 1).tag() != each.tag()) {
            elements.set(kept++, each);
          }
        }
        elements.subList(kept, elements.size()).clear();
      }
      return new DataSet(Collections.unmodifiableList(new ArrayList<>(elements)), characterSet);
    }
  }
}
