package leadglass.dicom.io;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import leadglass.dicom.data.Tag;

/// Where an attribute stands in a data set: tags in hexadecimal with the number of the item, from
/// 1, between them, as in `54000100/1/54001010`.
public final class ElementPath {
  private static final int CHARS_MAX = 4096;

  private final List<Integer> tags;
  private final List<Integer> items;

  private ElementPath(List<Integer> tags, List<Integer> items) {
    this.tags = tags;
    this.items = items;
  }

  /// The path that `text` is, if it is one.
  public static Optional<ElementPath> parse(String text) {
    if (text.length() > CHARS_MAX) {
      return Optional.empty();
    }
    String[] steps = text.split("/", -1);
    List<Integer> tags = new ArrayList<>();
    List<Integer> items = new ArrayList<>();
    for (int i = 0; i < steps.length; i++) {
      boolean isTag = i % 2 == 0;
      if (!steps[i].matches(isTag ? "[0-9A-Fa-f]{8}" : "[1-9][0-9]{0,8}")) {
        return Optional.empty();
      }
      (isTag ? tags : items).add(Integer.parseUnsignedInt(steps[i], isTag ? 16 : 10));
    }
    return tags.size() == items.size() + 1
        ? Optional.of(new ElementPath(tags, items))
        : Optional.empty();
  }

  /// Goes on until `reader` stands at the attribute's ELEMENT, FRAGMENTS or SEQUENCE.
  ///
  /// @return false if there is none; the reader is at its end then
  public boolean find(DataSetReader reader) throws IOException, DicomException {
    int[] counts = new int[tags.size()];
    int matched = 0; // sequences around the reader that lie on the path
    while (true) {
      DataSetReader.Event event = reader.next();
      int depth = reader.depth();
      switch (event) {
        case ELEMENT, FRAGMENTS -> {
          if (isHere(matched, depth, counts) && matched == tags.size() - 1) {
            if (reader.tag() == tags.get(matched)) {
              return true;
            }
          }
        }
        case SEQUENCE -> {
          if (isHere(matched, depth - 1, counts) && reader.tag() == tags.get(matched)) {
            if (matched == tags.size() - 1) {
              return true;
            }
            counts[matched++] = 0;
          }
        }
        case ITEM -> {
          if (matched == depth) {
            counts[matched - 1]++;
          }
        }
        case SEQUENCE_END -> matched = Math.min(matched, depth);
        case ITEM_END, FRAGMENT, FRAGMENTS_END -> {
          // Nothing begins here.
        }
        case END -> {
          return false;
        }
      }
    }
  }

  private boolean isHere(int matched, int depth, int[] counts) {
    return matched == depth && (depth == 0 || counts[depth - 1] == items.get(depth - 1));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(Tag.hex(tags.getFirst()));
    for (int i = 0; i < items.size(); i++) {
      text.append('/').append(items.get(i)).append('/').append(Tag.hex(tags.get(i + 1)));
    }
    return text.toString();
  }
}
