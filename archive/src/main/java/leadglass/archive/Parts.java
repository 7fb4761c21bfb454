package leadglass.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import leadglass.archive.Held.Part;
import leadglass.dicom.data.Tag;
import leadglass.dicom.io.DataSetReader;
import leadglass.dicom.io.DicomException;
import leadglass.dicom.io.ElementPath;
import leadglass.dicom.io.Frame;
import leadglass.dicom.io.PixelLayout;
import leadglass.dicom.io.ReadLimits;

/// Cuts frames and values out of a stored data set without reading the rest.
final class Parts {
  private Parts() {}

  static Part frame(Held held, PixelLayout layout, int number) throws IOException {
    Frame frame = layout.frame(number);
    InputStream bytes = joined(held, frame.extents());
    if (layout.swapBytes() > 1) {
      bytes = new Swapped(bytes, layout.swapBytes());
    }
    if (frame.bitsBefore() > 0 || frame.bits() % 8 != 0) {
      bytes = new BitShift(bytes, frame.bitsBefore(), frame.bits());
    }
    return new Part(new Limited(bytes, frame.bytes()), frame.bytes());
  }

  static Optional<Part> bulk(Held held, PixelLayout layout, ElementPath path)
      throws IOException, DicomException {
    long offset;
    long length;
    int unit;
    try (InputStream dataSet = held.attributes()) {
      DataSetReader reader = new DataSetReader(dataSet, held.stored(), ReadLimits.PEER);
      if (!path.find(reader)) {
        return Optional.empty();
      }
      if (Tag.isPixelData(reader.tag()) && reader.depth() == 0 && layout.isEncapsulated()) {
        Frame whole = layout.whole();
        return Optional.of(new Part(joined(held, whole.extents()), whole.bytes()));
      }
      offset = reader.valueOffset();
      length = reader.length();
      unit = held.stored().bigEndian() ? reader.vr().unitBytes() : 1;
      if (length < 0 || reader.vr() == leadglass.dicom.data.Vr.SQ) {
        return Optional.empty();
      }
    }
    InputStream bytes = held.part(offset, length);
    return Optional.of(new Part(unit > 1 ? new Swapped(bytes, unit) : bytes, length));
  }

  private static InputStream joined(Held held, List<Frame.Extent> extents) throws IOException {
    return extents.size() == 1
        ? held.part(extents.getFirst().offset(), extents.getFirst().length())
        : new Joined(held, extents);
  }
}
