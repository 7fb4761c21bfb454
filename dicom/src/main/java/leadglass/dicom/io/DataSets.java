package leadglass.dicom.io;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Element;
import leadglass.dicom.data.TransferSyntax;

/// Data sets as a whole, in memory. For what is known to be small; the rest is walked.
public final class DataSets {
  private DataSets() {}

  /// Reads all that `reader` has.
  ///
  /// @param heldBytesMax values longer than this stay where they are ([Element.Bulk])
  public static DataSet read(DataSetReader reader, int heldBytesMax)
      throws IOException, DicomException {
    Deque<DataSet.Builder> builders = new ArrayDeque<>();
    Deque<List<DataSet>> sequences = new ArrayDeque<>();
    DataSet.Builder current = DataSet.builder();
    while (true) {
      switch (reader.next()) {
        case ELEMENT -> current.add(element(reader, heldBytesMax));
        case SEQUENCE -> sequences.push(new ArrayList<>());
        case ITEM -> {
          builders.push(current);
          current = DataSet.builder(current.characterSet());
        }
        case ITEM_END -> {
          sequences.element().add(current.build());
          current = builders.pop();
        }
        case SEQUENCE_END -> current.add(new Element.Sequence(reader.tag(), sequences.pop()));
        case FRAGMENTS ->
            current.add(new Element.Bulk(reader.tag(), reader.vr(), reader.valueOffset(), -1));
        case FRAGMENT, FRAGMENTS_END -> {
          // Left where they are.
        }
        case END -> {
          return current.build();
        }
      }
    }
  }

  /// The element the reader stands at.
  public static Element element(DataSetReader reader, int heldBytesMax)
      throws IOException, DicomException {
    return reader.length() > heldBytesMax
        ? new Element.Bulk(reader.tag(), reader.vr(), reader.valueOffset(), reader.length())
        : new Element.Value(reader.tag(), reader.vr(), reader.value());
  }

  /// In explicit VR little endian.
  public static byte[] encode(DataSet dataSet) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      new DataSetWriter(out, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN).write(dataSet);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return out.toByteArray();
  }

  /// What [#encode] made.
  ///
  /// @throws DicomException if it is something else
  public static DataSet decode(byte[] encoded) throws DicomException {
    try {
      return read(
          new DataSetReader(
              new ByteArrayInputStream(encoded),
              TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN,
              ReadLimits.PEER),
          Integer.MAX_VALUE);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
  }
}
