package leadglass.dicom.io;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.TransferSyntax;
import leadglass.dicom.io.DataSetReader.Event;

/// Fixtures in hexadecimal, a caption behind each line's `|`.
final class Hex {
  static final TransferSyntax IMPLICIT = TransferSyntax.IMPLICIT_VR_LITTLE_ENDIAN;
  static final TransferSyntax EXPLICIT = TransferSyntax.EXPLICIT_VR_LITTLE_ENDIAN;
  static final TransferSyntax BIG = TransferSyntax.EXPLICIT_VR_BIG_ENDIAN;
  static final TransferSyntax DEFLATED = TransferSyntax.DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN;

  private Hex() {}

  static byte[] bytes(String captioned) {
    StringBuilder hex = new StringBuilder();
    captioned.lines().forEach(line -> hex.append(line.replaceAll("\\|.*|\\s", "")));
    return HexFormat.of().parseHex(hex);
  }

  static DataSetReader reader(byte[] bytes, TransferSyntax syntax) {
    return new DataSetReader(new ByteArrayInputStream(bytes), syntax, ReadLimits.PEER);
  }

  static DataSetReader reader(String captioned, TransferSyntax syntax) {
    return reader(bytes(captioned), syntax);
  }

  /// What a reader tells, one line an event: the tag, VR and value of elements, and what opens and
  /// closes.
  static List<String> events(DataSetReader reader) throws IOException, DicomException {
    List<String> told = new ArrayList<>();
    for (Event event = reader.next(); event != Event.END; event = reader.next()) {
      told.add(
          switch (event) {
            case ELEMENT ->
                Tag.hex(reader.tag())
                    + " "
                    + reader.vr()
                    + " "
                    + HexFormat.of().withUpperCase().formatHex(reader.value());
            case SEQUENCE -> Tag.hex(reader.tag()) + " [";
            case ITEM -> "{";
            case ITEM_END -> "}";
            case SEQUENCE_END, FRAGMENTS_END -> "]";
            case FRAGMENTS -> Tag.hex(reader.tag()) + " " + reader.vr() + " fragments [";
            case FRAGMENT -> HexFormat.of().withUpperCase().formatHex(reader.value());
            case END -> "";
          });
    }
    return told;
  }
}
