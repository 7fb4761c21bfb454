package leadglass.dicom.io;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Element;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Vr;

/// Writes data sets in the native encodings (PS3.5 §7). Sequences and items get undefined lengths,
/// so that nothing is held back. Deflating is the caller's: wrap the stream.
///
/// Confined to one thread. Does not close or buffer the stream.
public final class DataSetWriter {
  private static final int UNDEFINED = -1;

  private final OutputStream out;
  private final boolean explicit;
  private final boolean bigEndian;
  private final byte[] header = new byte[12];

  public DataSetWriter(OutputStream out, TransferSyntax syntax) {
    this.out = out;
    this.explicit = syntax.explicitVr();
    this.bigEndian = syntax.bigEndian();
  }

  /// Writes all elements of a data set.
  ///
  /// @throws IllegalArgumentException on a value that was left where it lay
  public void write(DataSet dataSet) throws IOException {
    Deque<Iterator<?>> open = new ArrayDeque<>();
    open.push(dataSet.iterator());
    while (!open.isEmpty()) {
      Iterator<?> top = open.element();
      if (top.hasNext()) {
        writeNext(top.next(), open);
      } else {
        open.pop();
        // Within a data set lie sequences, within those data sets, and so on.
        if (!open.isEmpty()) {
          marker(open.size() % 2 == 0 ? Tag.ITEM_DELIMITATION : Tag.SEQUENCE_DELIMITATION, 0);
        }
      }
    }
  }

  private void writeNext(Object next, Deque<Iterator<?>> open) throws IOException {
    switch (next) {
      case Element.Value value -> value(value.tag(), value.vr(), value.bytes());
      case Element.Sequence sequence -> {
        header(sequence.tag(), Vr.SQ, UNDEFINED);
        open.push(sequence.items().iterator());
      }
      case DataSet item -> {
        marker(Tag.ITEM, UNDEFINED);
        open.push(item.iterator());
      }
      default -> throw new IllegalArgumentException("a value that is not held");
    }
  }

  /// Writes an element with its value, which is little endian and may be of odd length.
  public void value(int tag, Vr vr, byte[] bytes) throws IOException {
    int even = bytes.length + bytes.length % 2;
    header(tag, vr, even);
    if (bigEndian && vr.unitBytes() > 1 && expresses(vr, even)) {
      byte[] swapped = Arrays.copyOf(bytes, even); // no such VR is padded with anything but zero
      Swap.units(swapped, even, vr.unitBytes());
      out.write(swapped);
      return;
    }
    out.write(bytes);
    if (even != bytes.length) {
      out.write(vr.padding());
    }
  }

  /// Writes tag, VR and length; the value is the caller's. A length that the VR can't express makes
  /// the element UN (PS3.5 §6.2.2).
  ///
  /// @param length in bytes; -1 for undefined
  public void header(int tag, Vr vr, long length) throws IOException {
    int at = put16(0, Tag.group(tag));
    at = put16(at, Tag.element(tag));
    if (explicit) {
      Vr written = expresses(vr, length) ? vr : Vr.UN;
      header[at++] = (byte) written.name().charAt(0);
      header[at++] = (byte) written.name().charAt(1);
      if (written.hasLongLength()) {
        at = put32(put16(at, 0), length);
      } else {
        at = put16(at, (int) length);
      }
    } else {
      at = put32(at, length);
    }
    out.write(header, 0, at);
  }

  /// Whether an element of that length keeps its VR. One that becomes UN stays little endian.
  boolean expresses(Vr vr, long length) {
    return !explicit || vr.hasLongLength() || length <= 0xFFFF;
  }

  /// Writes an item, an item delimiter or a sequence delimiter.
  ///
  /// @param length in bytes; -1 for undefined
  public void marker(int tag, long length) throws IOException {
    int at = put16(0, Tag.group(tag));
    at = put16(at, Tag.element(tag));
    out.write(header, 0, put32(at, length));
  }

  private int put16(int at, int value) {
    header[at] = (byte) (bigEndian ? value >>> 8 : value);
    header[at + 1] = (byte) (bigEndian ? value : value >>> 8);
    return at + 2;
  }

  private int put32(int at, long value) {
    int high = (int) (value >>> 16) & 0xFFFF;
    int low = (int) value & 0xFFFF;
    return put16(put16(at, bigEndian ? high : low), bigEndian ? low : high);
  }
}
