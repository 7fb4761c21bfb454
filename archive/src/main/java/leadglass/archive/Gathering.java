package leadglass.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import leadglass.dicom.charset.CharacterSet;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Element;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Vr;
import leadglass.dicom.dict.Dictionary;
import leadglass.dicom.io.DataSetReader;
import leadglass.dicom.io.DataSetReader.Event;
import leadglass.dicom.io.DicomException;

/// Picks the attributes of [Levels] out of a data set that is being read, as UTF-8, within bounds.
/// Confined to one thread.
final class Gathering {
  private static final int VALUE_BYTES_MAX = 4 << 10;
  private static final int TOTAL_BYTES_MAX = 64 << 10;

  private final List<Element> found = new ArrayList<>();
  private final Deque<DataSet.Builder> items = new ArrayDeque<>();
  private final Deque<List<DataSet>> sequences = new ArrayDeque<>();
  private final Deque<CharacterSet> characterSets = new ArrayDeque<>();
  private int bytes;
  private boolean inside;

  Gathering() {
    characterSets.push(CharacterSet.DEFAULT);
  }

  /// Takes what the reader stands at.
  void saw(Event event, DataSetReader reader) throws IOException, DicomException {
    switch (event) {
      case ELEMENT -> element(reader);
      case SEQUENCE -> {
        inside |= reader.depth() == 1 && Levels.isKept(reader.tag());
        if (inside) {
          sequences.push(new ArrayList<>());
        }
      }
      case ITEM -> {
        if (inside) {
          items.push(DataSet.builder());
          characterSets.push(characterSets.element());
        }
      }
      case ITEM_END -> {
        if (inside) {
          sequences.element().add(items.pop().build());
          characterSets.pop();
        }
      }
      case SEQUENCE_END -> {
        if (inside) {
          add(new Element.Sequence(reader.tag(), sequences.pop()));
          inside = !sequences.isEmpty();
        }
      }
      case FRAGMENTS, FRAGMENT, FRAGMENTS_END, END -> {
        // Pixels are no attribute of a list.
      }
    }
  }

  private void element(DataSetReader reader) throws IOException, DicomException {
    boolean wanted = inside || (reader.depth() == 0 && Levels.isKept(reader.tag()));
    boolean names = reader.tag() == Tag.SPECIFIC_CHARACTER_SET && (inside || reader.depth() == 0);
    if ((!wanted && !names) || reader.length() > VALUE_BYTES_MAX) {
      return;
    }
    byte[] value = reader.value();
    if (names) {
      characterSets.pop();
      characterSets.push(CharacterSet.named(value));
    } else if (bytes + value.length <= TOTAL_BYTES_MAX || isIdentity(reader.tag())) {
      bytes += value.length + 8;
      Vr vr = vr(reader);
      add(new Element.Value(reader.tag(), vr, utf8(vr, value)));
    }
  }

  /// Text that came as UN, from a writer that did not know it, is the text it is (PS3.5 §6.2.2).
  private static Vr vr(DataSetReader reader) {
    Vr registered = Dictionary.vr(reader.tag(), false);
    return reader.vr() == Vr.UN && registered.isText() ? registered : reader.vr();
  }

  /// Whatever else comes before it: whose it is must not get lost.
  private boolean isIdentity(int tag) {
    return !inside && Levels.IDENTITY.contains(tag);
  }

  private byte[] utf8(Vr vr, byte[] value) {
    if (!vr.isLocalText()) {
      return value;
    }
    String text = String.join("\\", characterSets.element().decodeValues(value, vr));
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    byte[] even = Arrays.copyOf(encoded, encoded.length + encoded.length % 2);
    if (even.length > encoded.length) {
      even[encoded.length] = vr.padding();
    }
    return even;
  }

  private void add(Element element) {
    if (items.isEmpty()) {
      found.add(element);
    } else {
      items.element().add(element);
    }
  }

  /// The attributes found of one level.
  DataSet level(Set<Integer> tags) {
    DataSet.Builder picked = DataSet.builder().utf8();
    for (Element element : found) {
      if (tags.contains(element.tag())) {
        picked.add(element);
      }
    }
    return picked.build();
  }
}
