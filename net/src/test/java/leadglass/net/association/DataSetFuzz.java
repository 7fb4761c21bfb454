package leadglass.net.association;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Element;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.dict.Uids;
import leadglass.dicom.io.DataSetReader;
import leadglass.dicom.io.DataSetWriter;
import leadglass.dicom.io.DataSets;
import leadglass.dicom.io.DicomException;
import leadglass.dicom.io.Frame;
import leadglass.dicom.io.PartTen;
import leadglass.dicom.io.PixelLayout;
import leadglass.dicom.io.PixelLayoutBuilder;
import leadglass.dicom.io.ReadLimits;
import leadglass.dicom.io.Transcoder;
import leadglass.dicom.json.BulkLinks;
import leadglass.dicom.json.JsonWriter;

/// A data set in every transfer syntax there is, the deflated ones among them: walked, held, looked
/// at element by element, written anew, told as JSON.
///
/// The first byte says which transfer syntax. What could be read and is written in an encoding with
/// VRs is the same data set when it is read again.
public final class DataSetFuzz {
  static final List<TransferSyntax> SYNTAXES =
      Uids.transferSyntaxes().stream().filter(TransferSyntax::dataSet).toList();

  private static final int HELD_BYTES_MAX = 64 << 10;
  private static final ReadLimits LIMITS =
      new ReadLimits(32, 10_000, HELD_BYTES_MAX, 1 << 20, 1 << 20, 100);

  /// What was written may be longer: delimiters, padding, VRs.
  private static final ReadLimits AGAIN =
      new ReadLimits(32, 20_000, 2 * HELD_BYTES_MAX, 4 << 20, 4 << 20, 100_000);

  private static final List<TransferSyntax> TARGETS =
      List.of(
          TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN,
          TransferSyntax.EXPLICIT_VR_BIG_ENDIAN,
          TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN);

  private DataSetFuzz() {}

  /// Jazzer's entry.
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    if (input.length >= 2) {
      Cost.bounded(input, DataSetFuzz::read);
    }
  }

  private static void read(byte[] input) throws IOException {
    byte[] bytes = Arrays.copyOfRange(input, 1, input.length);
    TransferSyntax syntax = SYNTAXES.get((input[0] & 0xFF) % SYNTAXES.size());
    try {
      walk(bytes, syntax);
      DataSet held = DataSets.read(reader(bytes, syntax), HELD_BYTES_MAX);
      if (look(held)) {
        for (TransferSyntax target : TARGETS) {
          again(held, target);
        }
      }
    } catch (DicomException _) {
      // Refused, as it should be.
    }
    layout(bytes, syntax);
    json(bytes, syntax);
    file(bytes);
  }

  private static DataSetReader reader(byte[] bytes, TransferSyntax syntax) {
    return new DataSetReader(new ByteArrayInputStream(bytes), syntax, LIMITS);
  }

  /// Every value passed on; what opens closes.
  private static void walk(byte[] bytes, TransferSyntax syntax) throws IOException, DicomException {
    DataSetReader reader = reader(bytes, syntax);
    int open = 0;
    for (DataSetReader.Event event = reader.next();
        event != DataSetReader.Event.END;
        event = reader.next()) {
      switch (event) {
        case SEQUENCE, ITEM, FRAGMENTS -> open++;
        case SEQUENCE_END, ITEM_END, FRAGMENTS_END -> open--;
        case ELEMENT, FRAGMENT -> {
          Counted counted = new Counted();
          reader.transferTo(counted);
          if (counted.bytes != reader.length()) {
            throw new AssertionError(reader.length() + " bytes are " + counted.bytes);
          }
        }
        case END -> throw new AssertionError("behind the end");
      }
    }
    if (open != 0) {
      throw new AssertionError(open + " left open");
    }
  }

  private static final class Counted extends OutputStream {
    private long bytes;

    @Override
    public void write(int b) {
      bytes++;
    }

    @Override
    public void write(byte[] from, int offset, int length) {
      bytes += length;
    }
  }

  /// Asks for every element in every way.
  ///
  /// @return whether all of it is held
  private static boolean look(DataSet dataSet) {
    boolean whole = true;
    Deque<DataSet> left = new ArrayDeque<>();
    left.push(dataSet);
    while (!left.isEmpty()) {
      DataSet each = left.pop();
      for (Element element : each) {
        each.strings(element.tag());
        each.string(element.tag());
        each.uid(element.tag());
        each.integer(element.tag());
        switch (element) {
          case Element.Sequence sequence -> sequence.items().forEach(left::push);
          case Element.Bulk _ -> whole = false;
          case Element.Value _ -> {}
        }
        if (!each.element(element.tag()).orElseThrow().equals(element)) {
          throw new AssertionError("a tag twice");
        }
      }
    }
    return whole;
  }

  private static void again(DataSet dataSet, TransferSyntax target) throws IOException {
    byte[] first = written(dataSet, target);
    DataSet read;
    try {
      read =
          DataSets.read(
              new DataSetReader(new ByteArrayInputStream(first), target, AGAIN),
              2 * HELD_BYTES_MAX);
    } catch (DicomException e) {
      throw new AssertionError("what was written can't be read: " + target.name(), e);
    }
    byte[] plain = written(dataSet, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
    if (!Arrays.equals(plain, written(read, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN))) {
      throw new AssertionError("another data set once it was written: " + target.name());
    }
  }

  static byte[] written(DataSet dataSet, TransferSyntax target) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (target.deflated()) {
      Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
      try (DeflaterOutputStream deflated = new DeflaterOutputStream(out, deflater)) {
        new DataSetWriter(deflated, target).write(dataSet);
      } finally {
        deflater.end();
      }
    } else {
      new DataSetWriter(out, target).write(dataSet);
    }
    return out.toByteArray();
  }

  private static void layout(byte[] bytes, TransferSyntax syntax) throws IOException {
    try {
      PixelLayoutBuilder builder = new PixelLayoutBuilder(syntax);
      DataSetReader reader = reader(bytes, syntax).observedBy(builder);
      if (Transcoder.isFor(syntax)) {
        Transcoder.toExplicitLittleEndian(reader, OutputStream.nullOutputStream());
      } else {
        DataSets.read(reader, HELD_BYTES_MAX);
      }
      PixelLayout layout = PixelLayout.decode(builder.build().encode());
      if (layout.addressing() == PixelLayout.Addressing.FRAMES) {
        long size = syntax.deflated() ? 1 << 20 : bytes.length;
        for (Frame.Extent extent : layout.frame(layout.frames()).extents()) {
          if (extent.offset() + extent.length() > size) {
            throw new AssertionError("a frame that reaches past the end");
          }
        }
      }
    } catch (DicomException _) {
      // Refused, as it should be.
    }
  }

  private static void json(byte[] bytes, TransferSyntax syntax) throws IOException {
    try {
      JsonWriter json = new JsonWriter(OutputStream.nullOutputStream(), 1_000, BulkLinks.NONE);
      json.write(reader(bytes, syntax));
      json.drain();
    } catch (DicomException _) {
      // Refused, as it should be.
    }
  }

  private static void file(byte[] bytes) throws IOException {
    try {
      PartTen part = PartTen.read(new ByteArrayInputStream(bytes));
      DataSets.read(new DataSetReader(part.dataSet(), part.syntax(), LIMITS), 1_000);
    } catch (DicomException _) {
      // Refused, as it should be.
    }
  }
}
