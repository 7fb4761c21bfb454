package leadglass.dicom.dict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Vr;
import org.jspecify.annotations.Nullable;

/// The data dictionary (PS3.6, and PS3.7 Annex E for commands).
public final class Dictionary {
  private static final Dictionary REGISTERED = new Dictionary(Rows.read("attributes.txt"));

  private final int[] tags;
  private final Attribute[] attributes;
  private final List<Attribute> repeating = new ArrayList<>();
  private final Map<String, Integer> byKeyword = new HashMap<>();

  private Dictionary(List<String[]> rows) {
    int[] found = new int[rows.size()];
    Attribute[] described = new Attribute[rows.size()];
    int count = 0;
    for (String[] row : rows) {
      Attribute attribute =
          new Attribute(row[0], vrs(row[1]), row[2], row[3], row[5], row[4].equals("R"));
      if (row[0].indexOf('x') >= 0) {
        repeating.add(attribute);
        continue;
      }
      found[count] = Integer.parseUnsignedInt(row[0], 16);
      described[count] = attribute;
      if (!row[3].isEmpty()) {
        byKeyword.put(row[3], found[count]);
      }
      count++;
    }
    // The rows are in unsigned order; a binary search wants it signed.
    Integer[] order = new Integer[count];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Integer.compare(found[a], found[b]));
    tags = new int[count];
    attributes = new Attribute[count];
    for (int i = 0; i < count; i++) {
      tags[i] = found[order[i]];
      attributes[i] = described[order[i]];
    }
  }

  private static List<Vr> vrs(String text) {
    if (text.isEmpty() || text.equals("NONE")) {
      return List.of();
    }
    return Arrays.stream(text.split("/")).map(Vr::valueOf).toList();
  }

  /// Every row, the repeating ones last.
  public static List<Attribute> attributes() {
    List<Attribute> all = new ArrayList<>(Arrays.asList(REGISTERED.attributes));
    all.addAll(REGISTERED.repeating);
    return Collections.unmodifiableList(all);
  }

  /// The row of a standard attribute, those of repeating groups among them.
  public static Optional<Attribute> attribute(int tag) {
    return Optional.ofNullable(REGISTERED.find(tag));
  }

  /// The tag of a keyword such as `PatientName`.
  public static OptionalInt tag(String keyword) {
    Integer tag = REGISTERED.byKeyword.get(keyword);
    return tag == null ? OptionalInt.empty() : OptionalInt.of(tag);
  }

  /// The VR that implicit encodings give a value (PS3.5 §6.2.2, Annex A.1). Where the dictionary
  /// leaves a choice, `signed` is Pixel Representation of the data set and decides between US and
  /// SS; pixel data and look-up tables are OW.
  public static Vr vr(int tag, boolean signed) {
    if (Tag.isPrivate(tag)) {
      return Tag.isPrivateCreator(tag) ? Vr.LO : Tag.isGroupLength(tag) ? Vr.UL : Vr.UN;
    }
    if (Tag.isGroupLength(tag)) {
      return Vr.UL;
    }
    Attribute attribute = REGISTERED.find(tag);
    if (attribute == null || attribute.vrs().isEmpty()) {
      return Vr.UN;
    }
    List<Vr> vrs = attribute.vrs();
    if (vrs.size() == 1) {
      return vrs.getFirst();
    }
    if (vrs.contains(Vr.OW)) {
      return Vr.OW;
    }
    return signed ? Vr.SS : Vr.US;
  }

  private @Nullable Attribute find(int tag) {
    int index = Arrays.binarySearch(tags, tag);
    if (index >= 0) {
      return attributes[index];
    }
    int group = Tag.group(tag) & 0xFF00;
    boolean mayRepeat =
        group == 0x5000
            || group == 0x6000
            || group == 0x7F00
            || group == 0x1000
            || Tag.group(tag) == 0x0020
            || Tag.group(tag) == 0x0028;
    return mayRepeat && !Tag.isPrivate(tag) ? repeating(Tag.hex(tag)) : null;
  }

  private @Nullable Attribute repeating(String hex) {
    for (Attribute attribute : repeating) {
      String pattern = attribute.tag();
      boolean matches = true;
      for (int i = 0; matches && i < 8; i++) {
        char digit = pattern.charAt(i);
        matches = digit == 'x' || Character.toUpperCase(digit) == hex.charAt(i);
      }
      if (matches) {
        return attribute;
      }
    }
    return null;
  }
}
