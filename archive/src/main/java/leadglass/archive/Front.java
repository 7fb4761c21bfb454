package leadglass.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Optional;
import leadglass.dicom.charset.CharacterSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Uid;
import leadglass.dicom.data.Vr;
import leadglass.dicom.io.DataSetReader;
import leadglass.dicom.io.DicomException;
import leadglass.dicom.io.ReadLimits;

/// The first bytes of a data set, read ahead to learn its SOP Instance UID: what is held already is
/// compared, not written again.
///
/// @param sopInstance if it stands in the first bytes and is one
/// @param whole the data set from its first byte
record Front(Optional<Uid> sopInstance, InputStream whole) {
  private static final int BYTES = 64 << 10;

  static Front read(InputStream dataSet, TransferSyntax syntax) throws IOException {
    byte[] first = dataSet.readNBytes(BYTES);
    InputStream whole = new SequenceInputStream(new ByteArrayInputStream(first), dataSet);
    return new Front(sopInstance(first, syntax), whole);
  }

  private static Optional<Uid> sopInstance(byte[] first, TransferSyntax syntax) throws IOException {
    DataSetReader reader =
        new DataSetReader(new ByteArrayInputStream(first), syntax, ReadLimits.PEER);
    try {
      while (true) {
        switch (reader.next()) {
          case ELEMENT -> {
            if (reader.depth() == 0 && reader.tag() == Tag.SOP_INSTANCE_UID) {
              return uid(reader);
            }
          }
          case END -> {
            return Optional.empty();
          }
          case SEQUENCE, ITEM, ITEM_END, SEQUENCE_END, FRAGMENTS, FRAGMENT, FRAGMENTS_END -> {
            // Not there yet.
          }
        }
      }
    } catch (DicomException _) {
      return Optional.empty(); // reading the whole will say what is wrong
    }
  }

  private static Optional<Uid> uid(DataSetReader reader) throws IOException, DicomException {
    if (reader.length() > 2 * Uid.CHARS_MAX) {
      return Optional.empty();
    }
    return Uid.parse(CharacterSet.DEFAULT.decodeValues(reader.value(), Vr.UI).getFirst());
  }
}
