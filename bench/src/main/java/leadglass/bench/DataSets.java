package leadglass.bench;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// Synthetic data sets in explicit VR little endian, by an encoder of their own.
final class DataSets {
  private static final Set<String> LONG = Set.of("OB", "OW");
  private static final int SPLIT = 16;

  private DataSets() {}

  /// A data set up to the value of Pixel Data, or all of it if the shape has no pixels.
  static byte[] front(Shape shape, Naming naming) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 10);
    text(out, 0x00080005, "CS", "ISO_IR 100");
    text(out, 0x00080008, "CS", "ORIGINAL\\PRIMARY\\AXIAL");
    text(out, 0x00080016, "UI", shape.sopClass());
    text(out, 0x00080018, "UI", naming.sopInstanceUid());
    for (int tag : new int[] {0x00080020, 0x00080021, 0x00080022}) {
      text(out, tag, "DA", naming.studyDate());
    }
    text(out, 0x00080030, "TM", "101010");
    text(out, 0x00080050, "SH", naming.accessionNumber());
    text(out, 0x00080060, "CS", shape.modality());
    text(out, 0x00080070, "LO", "LEADGLASS BENCH");
    text(out, 0x00080080, "LO", "SYNTHETIC HOSPITAL");
    text(out, 0x00080090, "PN", "REFERRER^BENCH");
    text(out, 0x00081030, "LO", "BENCH STUDY");
    text(out, 0x0008103E, "LO", "BENCH SERIES");
    text(out, 0x00100010, "PN", naming.patientName());
    text(out, 0x00100020, "LO", naming.patientId());
    text(out, 0x00100030, "DA", "19700101");
    text(out, 0x00100040, "CS", "O");
    text(out, 0x00180015, "CS", "CHEST");
    text(out, 0x0020000D, "UI", naming.studyUid());
    text(out, 0x0020000E, "UI", naming.seriesUid());
    text(out, 0x00200010, "SH", "1");
    text(out, 0x00200011, "IS", "1");
    text(out, 0x00200013, "IS", naming.instanceNumber());
    if (shape.side() > 0) {
      pixelModule(out, shape);
    }
    return out.toByteArray();
  }

  private static void pixelModule(ByteArrayOutputStream out, Shape shape) {
    text(out, 0x00200032, "DS", "-250\\-250\\100");
    text(out, 0x00200037, "DS", "1\\0\\0\\0\\1\\0");
    text(out, 0x00200052, "UI", "2.25.4000000000000000000");
    us(out, 0x00280002, 1);
    text(out, 0x00280004, "CS", "MONOCHROME2");
    if (shape.frames() > 1) {
      text(out, 0x00280008, "IS", "" + shape.frames());
    }
    us(out, 0x00280010, shape.side());
    us(out, 0x00280011, shape.side());
    text(out, 0x00280030, "DS", "0.7\\0.7");
    us(out, 0x00280100, shape.bits());
    us(out, 0x00280101, shape.bits() == 16 ? 12 : 8);
    us(out, 0x00280102, shape.bits() == 16 ? 11 : 7);
    us(out, 0x00280103, 0);
    text(out, 0x00281050, "DS", "1040");
    text(out, 0x00281051, "DS", "400");
    text(out, 0x00281052, "DS", "-1024");
    text(out, 0x00281053, "DS", "1");
    head(out, 0x7FE00010, shape.bits() == 16 ? "OW" : "OB", shape.frameBytes() * shape.frames());
  }

  /// A whole data set.
  ///
  /// @param slice which of a few bodies its first frame shows
  static byte[] whole(Shape shape, Naming naming, int slice) {
    byte[] front = front(shape, naming);
    if (shape.side() == 0) {
      return front;
    }
    ByteArrayOutputStream out =
        new ByteArrayOutputStream(front.length + shape.frames() * shape.frameBytes());
    out.writeBytes(front);
    for (int i = 0; i < shape.frames(); i++) {
      out.writeBytes(Phantom.frame(shape, (slice + i) % SPLIT));
    }
    return out.toByteArray();
  }

  /// A file of PS3.10 around a data set.
  static byte[] partTen(Shape shape, Naming naming, byte[] dataSet) {
    ByteArrayOutputStream meta = new ByteArrayOutputStream();
    head(meta, 0x00020001, "OB", 2);
    meta.write(0);
    meta.write(1);
    text(meta, 0x00020002, "UI", shape.sopClass());
    text(meta, 0x00020003, "UI", naming.sopInstanceUid());
    text(meta, 0x00020010, "UI", "1.2.840.10008.1.2.1");
    text(meta, 0x00020012, "UI", "2.25.1");
    ByteArrayOutputStream out = new ByteArrayOutputStream(dataSet.length + 512);
    out.writeBytes(new byte[128]);
    out.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
    head(out, 0x00020000, "UL", 4);
    out.writeBytes(
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(meta.size()).array());
    out.writeBytes(meta.toByteArray());
    out.writeBytes(dataSet);
    return out.toByteArray();
  }

  private static void head(ByteArrayOutputStream out, int tag, String vr, int length) {
    boolean wide = LONG.contains(vr);
    ByteBuffer head = ByteBuffer.allocate(wide ? 12 : 8).order(ByteOrder.LITTLE_ENDIAN);
    head.putShort((short) (tag >>> 16)).putShort((short) tag);
    head.put(vr.getBytes(StandardCharsets.US_ASCII));
    if (wide) {
      head.putShort((short) 0).putInt(length);
    } else {
      head.putShort((short) length);
    }
    out.writeBytes(head.array());
  }

  private static void text(ByteArrayOutputStream out, int tag, String vr, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
    boolean odd = bytes.length % 2 != 0;
    head(out, tag, vr, bytes.length + (odd ? 1 : 0));
    out.writeBytes(bytes);
    if (odd) {
      out.write(vr.equals("UI") ? 0 : ' ');
    }
  }

  private static void us(ByteArrayOutputStream out, int tag, int value) {
    head(out, tag, "US", 2);
    out.write(value);
    out.write(value >> 8);
  }
}
