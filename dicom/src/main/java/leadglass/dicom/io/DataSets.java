package leadglass.dicom.io;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.IntPredicate;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Element;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;

/// Data sets as a whole, in memory. For what is known to be small; the rest is walked.
public final class DataSets {
  private DataSets() {}

  /// Reads all that `reader` has.
  ///
  /// @param heldBytesMax values longer than this stay where they are ([Element.Bulk])
  public static DataSet read(DataSetReader reader, int heldBytesMax)
      throws IOException, DicomException {
    return read(reader, heldBytesMax, tag -> true);
  }

  /// Reads to the end, but keeps only some attributes of the top level: what a stranger sends may
  /// have millions.
  ///
  /// @param wanted whether to keep the attribute of a tag, sequences with all that is in them
  public static DataSet read(DataSetReader reader, int heldBytesMax, IntPredicate wanted)
      throws IOException, DicomException {
    Deque<DataSet.Builder> builders = new ArrayDeque<>();
    Deque<List<DataSet>> sequences = new ArrayDeque<>();
    DataSet.Builder current = DataSet.builder();
    boolean skipping = false;
    while (true) {
      DataSetReader.Event event = reader.next();
      int around = reader.depth() - (event == DataSetReader.Event.SEQUENCE ? 1 : 0);
      if (around == 0 && event != DataSetReader.Event.END) {
        boolean skipped = skipping || !isKept(reader.tag(), wanted);
        skipping = event == DataSetReader.Event.SEQUENCE && skipped;
        if (skipped) {
          continue;
        }
      } else if (skipping) {
        continue;
      }
      switch (event) {
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

  /// Text can't be read without (0008,0005).
  private static boolean isKept(int tag, IntPredicate wanted) {
    return tag == Tag.SPECIFIC_CHARACTER_SET || wanted.test(tag);
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
