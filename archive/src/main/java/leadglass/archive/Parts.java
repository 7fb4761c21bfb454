package leadglass.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import leadglass.archive.Held.Part;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Vr;
import leadglass.dicom.io.DataSetReader;
import leadglass.dicom.io.DicomException;
import leadglass.dicom.io.ElementPath;
import leadglass.dicom.io.Frame;
import leadglass.dicom.io.PixelLayout;
import leadglass.dicom.io.ReadLimits;

/// Cuts frames and values out of a stored data set without reading the rest.
final class Parts {
  private Parts() {}

  static Part frame(Held held, Frame frame) {
    return new Part(frame.bytes(), out -> write(held, frame, out));
  }

  private static void write(Held held, Frame frame, OutputStream out) throws IOException {
    try (OutputStream aligned = frame.aligned(out)) {
      for (Frame.Extent extent : frame.extents()) {
        try (InputStream bytes = held.part(extent.offset(), extent.length())) {
          bytes.transferTo(aligned);
        }
      }
    }
  }

  static Optional<Part> bulk(Held held, PixelLayout layout, ElementPath path)
      throws IOException, DicomException {
    try (InputStream dataSet = held.attributes()) {
      DataSetReader reader = new DataSetReader(dataSet, held.attributesSyntax(), ReadLimits.PEER);
      if (!path.find(reader)) {
        return Optional.empty();
      }
      if (Tag.isPixelData(reader.tag()) && reader.depth() == 0 && layout.isEncapsulated()) {
        return Optional.of(frame(held, layout.whole()));
      }
      return reader.length() < 0 || reader.vr() == Vr.SQ
          ? Optional.empty()
          : Optional.of(new Part(reader.length(), out -> write(held, path, out)));
    }
  }

  private static void write(Held held, ElementPath path, OutputStream out) throws IOException {
    try (InputStream dataSet = held.attributes()) {
      DataSetReader reader = new DataSetReader(dataSet, held.attributesSyntax(), ReadLimits.PEER);
      if (path.find(reader)) {
        reader.transferTo(out);
      }
    } catch (DicomException e) {
      throw Held.damaged(e);
    }
  }
}
