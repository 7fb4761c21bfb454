package leadglass.archive;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
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

  /// Takes no more of the stream than it needs, in as few bytes as the stream gives at a time.
  static Front read(InputStream dataSet, TransferSyntax syntax) throws IOException {
    Ahead ahead = new Ahead(dataSet);
    Optional<Uid> sopInstance = sopInstance(ahead, syntax);
    return new Front(sopInstance, ahead.whole());
  }

  private static Optional<Uid> sopInstance(InputStream first, TransferSyntax syntax)
      throws IOException {
    DataSetReader reader = new DataSetReader(first, syntax, ReadLimits.PEER);
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

  /// The first bytes of a stream, kept so that they can be read again.
  private static final class Ahead extends InputStream {
    private final InputStream in;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(1 << 10);

    Ahead(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int room = BYTES - kept.size();
      if (room == 0 && length > 0) {
        return -1;
      }
      int read = in.read(into, offset, Math.min(length, room));
      if (read > 0) {
        kept.write(into, offset, read);
      }
      return read;
    }

    InputStream whole() {
      return new SequenceInputStream(new ByteArrayInputStream(kept.toByteArray()), in);
    }
  }

  private static Optional<Uid> uid(DataSetReader reader) throws IOException, DicomException {
    if (reader.length() > 2 * Uid.CHARS_MAX) {
      return Optional.empty();
    }
    return Uid.parse(CharacterSet.DEFAULT.decodeValues(reader.value(), Vr.UI).getFirst());
  }
}
