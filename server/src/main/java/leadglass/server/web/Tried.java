package leadglass.server.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.dicom.io.DataSetReader;
import leadglass.dicom.io.DicomException;
import leadglass.dicom.io.PartTen;
import leadglass.dicom.io.ReadLimits;

/// A file on its way into the archive, whose first bytes are remembered: an answer about a refused
/// instance says which one it was, if it is one.
final class Tried extends InputStream {
  private static final int REMEMBERED_BYTES = 16 << 10;

  private final InputStream in;
  private byte[] head = new byte[1024];
  private int length;

  Tried(InputStream in) {
    this.in = in;
  }

  /// The instance it claims to be.
  record Claim(Uid sopClass, Uid sopInstance) {}

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int count) throws IOException {
    int read = in.read(bytes, offset, count);
    if (read > 0 && length < REMEMBERED_BYTES) {
      int keep = Math.min(read, REMEMBERED_BYTES - length);
      if (length + keep > head.length) {
        head = Arrays.copyOf(head, Math.max(length + keep, 4 * head.length));
      }
      System.arraycopy(bytes, offset, head, length, keep);
      length += keep;
    }
    return read;
  }

  /// What the remembered bytes say, if they say it.
  Optional<Claim> claim() throws IOException {
    try {
      PartTen part = PartTen.read(new ByteArrayInputStream(head, 0, length));
      Optional<Claim> ofDataSet =
          claim(
              dataSet(new DataSetReader(part.dataSet(), part.syntax(), ReadLimits.PEER)),
              Tag.SOP_CLASS_UID,
              Tag.SOP_INSTANCE_UID);
      return ofDataSet.isPresent()
          ? ofDataSet
          : claim(part.meta(), Tag.MEDIA_STORAGE_SOP_CLASS_UID, Tag.MEDIA_STORAGE_SOP_INSTANCE_UID);
    } catch (DicomException _) {
      return Optional.empty();
    }
  }

  private static Optional<Claim> claim(DataSet dataSet, int sopClass, int sopInstance) {
    return dataSet.uid(sopClass).flatMap(a -> dataSet.uid(sopInstance).map(b -> new Claim(a, b)));
  }

  /// The two attributes, as far as the bytes go.
  private static DataSet dataSet(DataSetReader reader) throws IOException {
    DataSet.Builder found = DataSet.builder();
    try {
      for (DataSetReader.Event event = reader.next();
          event != DataSetReader.Event.END;
          event = reader.next()) {
        boolean wanted = reader.tag() == Tag.SOP_CLASS_UID || reader.tag() == Tag.SOP_INSTANCE_UID;
        if (event == DataSetReader.Event.ELEMENT && reader.depth() == 0 && wanted) {
          found.add(
              new leadglass.dicom.data.Element.Value(reader.tag(), reader.vr(), reader.value()));
        }
        if (reader.depth() == 0
            && Integer.compareUnsigned(reader.tag(), Tag.SOP_INSTANCE_UID) > 0) {
          break;
        }
      }
    } catch (DicomException _) {
      // What came before counts.
    }
    return found.build();
  }
}
