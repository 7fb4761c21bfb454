package leadglass.dicom.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;

/// Turns a data set into another native encoding (PS3.5 §A.1 to §A.3, §A.5) while it is read, in
/// memory that does not depend on its size. Element by element nothing changes, but for this:
///
/// - VRs that implicit encodings don't tell come from the dictionary (§A.1): of US or SS the one
///   that Pixel Representation says, of choices with OW that one, and UN for unknown attributes.
/// - A value too long for the 16-bit length of its VR becomes UN (§6.2.2).
/// - Group lengths but (0002,0000) are left out: they are retired (§7.2) and would be wrong.
/// - Sequences and items get undefined lengths, values of odd length their padding (§7.1.1).
/// - A sequence that hid in UN of undefined length is written as the sequence that it is (§6.2.2);
///   UN of defined length stays as it is.
/// - Fragments stay as they are. Encapsulated pixel data has to be explicit VR little endian.
public final class Transcoder {
  private static final int BUFFER_BYTES = 32 << 10;

  private static final Set<Uid> NATIVE =
      Set.of(
          TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN.uid(),
          TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN.uid(),
          TransferSyntax.EXPLICIT_VR_BIG_ENDIAN.uid(),
          TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN.uid());

  private final DataSetReader reader;
  private final OutputStream out;
  private final DataSetWriter writer;

  private final boolean bigEndian;

  private Transcoder(DataSetReader reader, TransferSyntax target, OutputStream out) {
    this.reader = reader;
    this.out = out;
    this.writer = new DataSetWriter(out, target);
    this.bigEndian = target.bigEndian();
  }

  /// Whether it is one of the four encodings in which pixel data is native.
  public static boolean isNative(TransferSyntax syntax) {
    return NATIVE.contains(syntax.uid());
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
    to(TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN, reader, out);
  }

  /// Writes all that `reader` has in another encoding, deflated if that is.
  ///
  /// @param target for which [#isNative] is true, as for what `reader` reads
  /// @throws DicomException if the bytes are no data set; part of it has been written by then
  public static void to(TransferSyntax target, DataSetReader reader, OutputStream out)
      throws IOException, DicomException {
    if (!target.deflated()) {
      OutputStream buffered = new BufferedOutputStream(out, BUFFER_BYTES);
      new Transcoder(reader, target, buffered).run();
      buffered.flush();
      return;
    }
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, /* nowrap= */ true);
    try {
      DeflaterOutputStream deflated = new DeflaterOutputStream(out, deflater, BUFFER_BYTES);
      OutputStream buffered = new BufferedOutputStream(deflated, BUFFER_BYTES);
      new Transcoder(reader, target, buffered).run();
      buffered.flush();
      deflated.finish();
    } finally {
      deflater.end();
    }
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
    long even = odd ? length + 1 : length;
    writer.header(tag, reader.vr(), even);
    int unitBytes = reader.vr().unitBytes();
    if (bigEndian && unitBytes > 1 && writer.expresses(reader.vr(), even)) {
      Swap.Stream swapped = new Swap.Stream(out, unitBytes);
      reader.transferTo(swapped);
      pad(odd, swapped);
      swapped.finish();
    } else {
      reader.transferTo(out);
      pad(odd, out);
    }
  }

  private void pad(boolean odd, OutputStream to) throws IOException {
    if (odd) {
      to.write(reader.vr().padding());
    }
  }
}
