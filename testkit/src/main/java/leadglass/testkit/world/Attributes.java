package leadglass.testkit.world;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Data sets without sequences, little endian, as texts by tag.
final class Attributes {
  static final int CHARACTER_SET = 0x0008_0005;
  static final int STUDY_DATE = 0x0008_0020;
  static final int ACCESSION_NUMBER = 0x0008_0050;
  static final int LEVEL = 0x0008_0052;
  static final int RETRIEVE_TITLE = 0x0008_0054;
  static final int MODALITIES = 0x0008_0061;
  static final int STUDY_DESCRIPTION = 0x0008_1030;
  static final int PATIENT_NAME = 0x0010_0010;
  static final int PATIENT_ID = 0x0010_0020;
  static final int BIRTH_DATE = 0x0010_0030;
  static final int STUDY_UID = 0x0020_000D;
  static final int SERIES_UID = 0x0020_000E;
  static final int PATIENT_STUDIES = 0x0020_1200;
  static final int PATIENT_SERIES = 0x0020_1202;
  static final int PATIENT_IMAGES = 0x0020_1204;
  static final int STUDY_SERIES = 0x0020_1206;
  static final int STUDY_IMAGES = 0x0020_1208;

  private static final Map<Integer, String> VRS =
      Map.ofEntries(
          Map.entry(CHARACTER_SET, "CS"),
          Map.entry(STUDY_DATE, "DA"),
          Map.entry(ACCESSION_NUMBER, "SH"),
          Map.entry(LEVEL, "CS"),
          Map.entry(RETRIEVE_TITLE, "AE"),
          Map.entry(MODALITIES, "CS"),
          Map.entry(STUDY_DESCRIPTION, "LO"),
          Map.entry(PATIENT_NAME, "PN"),
          Map.entry(PATIENT_ID, "LO"),
          Map.entry(BIRTH_DATE, "DA"),
          Map.entry(STUDY_UID, "UI"),
          Map.entry(SERIES_UID, "UI"),
          Map.entry(PATIENT_STUDIES, "IS"),
          Map.entry(PATIENT_SERIES, "IS"),
          Map.entry(PATIENT_IMAGES, "IS"),
          Map.entry(STUDY_SERIES, "IS"),
          Map.entry(STUDY_IMAGES, "IS"));

  /// With a reserved field and a length of 32 bits (PS3.5 Table 7.1-1).
  private static final Set<String> LONG_VRS =
      Set.of("OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV");

  private Attributes() {}

  /// The value representation of what is a constant here.
  static String vr(int tag) {
    return VRS.getOrDefault(tag, "LO");
  }

  static boolean known(int tag) {
    return VRS.containsKey(tag);
  }

  static byte[] encode(Map<Integer, String> attributes, boolean explicit) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    new TreeMap<>(attributes)
        .forEach((tag, text) -> {
          String vr = vr(tag);
          byte[] value = text.getBytes(StandardCharsets.ISO_8859_1);
          int length = value.length + value.length % 2;
          ByteBuffer header = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
          header.putShort((short) (tag >>> 16)).putShort((short) (int) tag);
          if (explicit) {
            header.put((byte) vr.charAt(0)).put((byte) vr.charAt(1)).putShort((short) length);
          } else {
            header.putInt(length);
          }
          out.writeBytes(header.array());
          out.writeBytes(value);
          if (length > value.length) {
            out.write(vr.equals("UI") ? 0 : ' ');
          }
        });
    return out.toByteArray();
  }

  /// @throws IOException if lengths disagree, or one is undefined
  static Map<Integer, String> decode(byte[] encoded, boolean explicit) throws IOException {
    Map<Integer, String> all = new TreeMap<>();
    ByteBuffer in = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      if (in.remaining() < 8) {
        throw new IOException("a data set that is cut off");
      }
      int tag = in.getShort() << 16 | in.getChar();
      int length = explicit ? explicitLength(in) : in.getInt();
      if (length < 0 || length > in.remaining()) {
        throw new IOException("a data set that is cut off");
      }
      byte[] value = new byte[length];
      in.get(value);
      all.put(tag, new String(value, StandardCharsets.ISO_8859_1).replace("\0", "").strip());
    }
    return all;
  }

  private static int explicitLength(ByteBuffer in) throws IOException {
    String vr = "" + (char) in.get() + (char) in.get();
    if (!LONG_VRS.contains(vr)) {
      return in.getChar();
    }
    if (in.remaining() < 6) {
      throw new IOException("a data set that is cut off");
    }
    in.getShort();
    return in.getInt();
  }
}
