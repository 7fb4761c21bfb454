package leadglass.app.system;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.data.Vr;
import leadglass.dicom.io.DataSetReader;
import leadglass.dicom.io.DicomException;
import leadglass.dicom.io.ReadLimits;
import leadglass.dicom.json.JsonWriter;
import leadglass.testkit.RawFile;

/// Whether what came back is what was sent.
final class Same {
  private Same() {}

  /// @return what differs; empty if nothing does
  static String difference(Sample sent, byte[] fetched) throws IOException {
    RawFile before = sent.file();
    RawFile after = RawFile.of(fetched);
    if (!Arrays.equals(after.preamble(), new byte[128])) {
      return "the preamble is not ours";
    }
    if (!after.sopInstance().equals(sent.instance())) {
      return "the file meta information names another instance";
    }
    String given =
        sent.isGivenAsStored()
            ? sent.syntax()
            : TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN.uid().value();
    if (!after.transferSyntax().equals(given)) {
      return "given in " + after.transferSyntax();
    }
    if (sent.isGivenAsStored()) {
      return Arrays.equals(before.dataSet(), after.dataSet()) ? "" : "other bytes";
    }
    try {
      return elements(before.dataSet(), Sample.syntax(sent.syntax()), after.dataSet());
    } catch (DicomException e) {
      return "no data set: " + e.getMessage();
    }
  }

  private static String elements(byte[] before, TransferSyntax syntax, byte[] after)
      throws IOException, DicomException {
    String expected = json(before, syntax);
    String found = json(after, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
    if (!found.equals(expected)) {
      int at = 0;
      while (at < Math.min(found.length(), expected.length())
          && found.charAt(at) == expected.charAt(at)) {
        at++;
      }
      return "other elements: "
          + expected.substring(Math.max(0, at - 60), Math.min(expected.length(), at + 60))
          + " became "
          + found.substring(Math.max(0, at - 60), Math.min(found.length(), at + 60));
    }
    byte[] pixels = pixels(before, syntax);
    byte[] kept = pixels(after, TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN);
    return Arrays.equals(pixels, kept) ? "" : "other pixels";
  }

  private static String json(byte[] dataSet, TransferSyntax syntax)
      throws IOException, DicomException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JsonWriter json =
        new JsonWriter(out, Integer.MAX_VALUE, (path, vr, length) -> Optional.of(path));
    json.write(reader(dataSet, syntax));
    json.drain();
    return out.toString(StandardCharsets.UTF_8);
  }

  private static DataSetReader reader(byte[] dataSet, TransferSyntax syntax) {
    return new DataSetReader(new ByteArrayInputStream(dataSet), syntax, ReadLimits.PEER);
  }

  /// The value of Pixel Data, little endian, padded to an even length. Turned around here, not by
  /// the code that is tested.
  private static byte[] pixels(byte[] dataSet, TransferSyntax syntax)
      throws IOException, DicomException {
    DataSetReader reader = reader(dataSet, syntax);
    while (true) {
      DataSetReader.Event event = reader.next();
      if (event == DataSetReader.Event.END) {
        return new byte[0];
      }
      if (event == DataSetReader.Event.ELEMENT
          && reader.depth() == 0
          && reader.tag() == Tag.PIXEL_DATA) {
        int from = (int) reader.valueOffset();
        int length = (int) reader.length();
        byte[] value = Arrays.copyOfRange(dataSet, from, from + length + length % 2);
        if (length % 2 != 0) {
          value[length] = 0;
        }
        if (syntax.bigEndian() && reader.vr() == Vr.OW) {
          for (int i = 0; i + 1 < value.length; i += 2) {
            byte first = value[i];
            value[i] = value[i + 1];
            value[i + 1] = first;
          }
        }
        return value;
      }
    }
  }
}
