package leadglass.dicom.data;

import java.util.List;

/// One attribute with its value (PS3.5 §7.1). `toString` tells tag, VR and length, never the value.
public sealed interface Element {

  int tag();

  Vr vr();

  /// A value held in memory, multi-byte numbers little endian, padding included.
  record Value(int tag, Vr vr, byte[] bytes) implements Element {
    @Override
    public String toString() {
      return Tag.format(tag) + " " + vr + " " + bytes.length + " bytes";
    }
  }

  /// A sequence of items.
  record Sequence(int tag, List<DataSet> items) implements Element {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public Vr vr() {
      return Vr.SQ;
    }

    @Override
    public String toString() {
      return Tag.format(tag) + " SQ " + items.size() + " items";
    }
  }

  /// A value too large to hold, or encapsulated pixel data: where it lies in the encoded data set.
  ///
  /// @param offset of the value's first byte
  /// @param length in bytes; -1 for encapsulated fragments
  record Bulk(int tag, Vr vr, long offset, long length) implements Element {
    @Override
    public String toString() {
      return Tag.format(tag) + " " + vr + " " + length + " bytes, left where they are";
    }
  }
}
