package leadglass.dicom.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Vr;

/// Turns a data set into Explicit VR Little Endian (PS3.5 §A.2) while it is read, in memory that
/// does not depend on its size. Element by element nothing changes, but for this:
///
/// - VRs that implicit encodings don't tell come from the dictionary (§A.1): of US or SS the one
///   that Pixel Representation says, of choices with OW that one, and UN for unknown attributes.
/// - A value too long for the 16-bit length of its VR becomes UN (§6.2.2).
/// - Group lengths but (0002,0000) are left out: they are retired (§7.2) and would be wrong.
/// - Sequences and items get undefined lengths, values of odd length their padding (§7.1.1).
/// - A sequence that hid in UN of undefined length is written as the sequence that it is (§6.2.2);
///   UN of defined length stays as it is.
/// - Fragments stay as they are.
public final class Transcoder {
  private static final int BUFFER_BYTES = 32 << 10;

  private final DataSetReader reader;
  private final OutputStream out;
  private final DataSetWriter writer;

  private Transcoder(DataSetReader reader, OutputStream out) {
    this.reader = reader;
    this.out = out;
    this.writer = new DataSetWriter(out, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
  }

  /// Whether Explicit VR Little Endian says the same: true of native encodings other than it, false
  /// of encapsulated ones.
  public static boolean isFor(TransferSyntax syntax) {
    return !syntax.explicitVr() || syntax.bigEndian() || syntax.deflated();
  }

  /// Writes all that `reader` has.
  ///
  /// @throws DicomException if the bytes are no data set; part of it has been written by then
  public static void toExplicitLittleEndian(DataSetReader reader, OutputStream out)
      throws IOException, DicomException {
    OutputStream buffered = new BufferedOutputStream(out, BUFFER_BYTES);
    new Transcoder(reader, buffered).run();
    buffered.flush();
  }

  private void run() throws IOException, DicomException {
    while (true) {
      switch (reader.next()) {
        case ELEMENT -> element();
        case SEQUENCE -> writer.header(reader.tag(), Vr.SQ, -1);
        case ITEM -> writer.marker(Tag.ITEM, -1);
        case ITEM_END -> writer.marker(Tag.ITEM_DELIMITATION, 0);
        case SEQUENCE_END, FRAGMENTS_END -> writer.marker(Tag.SEQUENCE_DELIMITATION, 0);
        case FRAGMENTS -> writer.header(reader.tag(), reader.vr(), -1);
        case FRAGMENT -> {
          writer.marker(Tag.ITEM, reader.length());
          reader.transferTo(out);
        }
        case END -> {
          return;
        }
      }
    }
  }

  private void element() throws IOException, DicomException {
    int tag = reader.tag();
    if (Tag.isGroupLength(tag) && Tag.group(tag) != 2) {
      return;
    }
    long length = reader.length();
    boolean odd = length % 2 != 0;
    writer.header(tag, reader.vr(), odd ? length + 1 : length);
    reader.transferTo(out);
    if (odd) {
      out.write(reader.vr().padding());
    }
  }
}
