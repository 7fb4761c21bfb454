package leadglass.image;

import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Element;
import org.jspecify.annotations.Nullable;

/// Three look-up tables that give stored values their colours (PS3.3 §C.7.6.3.1.5 and 6).
final class Palette {
  private static final int[] DESCRIPTORS = {0x00281101, 0x00281102, 0x00281103};
  private static final int[] TABLES = {0x00281201, 0x00281202, 0x00281203};

  private final byte[][] tables;
  private final int first;

  private Palette(byte[][] tables, int first) {
    this.tables = tables;
    this.first = first;
  }

  /// The palette of the attributes; null if there is none that is sound.
  static @Nullable Palette of(DataSet attributes, boolean signed) {
    byte[][] tables = new byte[3][];
    int first = 0;
    for (int i = 0; i < 3; i++) {
      byte[] descriptor = bytes(attributes, DESCRIPTORS[i]);
      byte[] data = bytes(attributes, TABLES[i]);
      if (descriptor == null || data == null || descriptor.length < 6) {
        return null;
      }
      int entries = u16(descriptor, 0) == 0 ? 1 << 16 : u16(descriptor, 0);
      int bits = u16(descriptor, 4);
      byte[] table = bits == 8 || bits == 16 ? table(data, entries, bits) : null;
      if (table == null) {
        return null;
      }
      tables[i] = table;
      first = signed ? (short) u16(descriptor, 2) : u16(descriptor, 2);
    }
    return new Palette(tables, first);
  }

  private static byte @Nullable [] bytes(DataSet attributes, int tag) {
    return attributes.element(tag).orElse(null) instanceof Element.Value value
        ? value.bytes()
        : null;
  }

  private static int u16(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) | (bytes[at + 1] & 0xFF) << 8;
  }

  /// Eight bits an entry. Entries of 8 bits come one or two to a word; the length tells.
  private static byte @Nullable [] table(byte[] data, int entries, int bits) {
    boolean words = data.length >= 2 * entries;
    if (!words && (bits == 16 || data.length < entries)) {
      return null;
    }
    byte[] table = new byte[entries];
    for (int i = 0; i < entries; i++) {
      table[i] = words ? data[2 * i + (bits == 16 ? 1 : 0)] : data[i];
    }
    return table;
  }

  /// A channel of the colour of a stored value, 0 to 255; values outside get the nearest entry.
  int sample(int channel, long value) {
    byte[] table = tables[channel];
    long entry = Math.clamp(value - first, 0, table.length - 1);
    return table[(int) entry] & 0xFF;
  }
}
