package leadglass.testkit;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// A file of PS3.10 taken apart by hand, so that what an archive's own reader makes of it is
/// compared with something else.
///
/// @param preamble the first 128 bytes; empty if there is none
/// @param meta raw values of group 0002 by tag; empty if there is none
/// @param dataSet every byte behind the File Meta Information
public record RawFile(byte[] preamble, Map<Integer, byte[]> meta, byte[] dataSet) {
  private static final int PREAMBLE_BYTES = 128;
  private static final int TRANSFER_SYNTAX = 0x00020010;
  private static final int SOP_INSTANCE = 0x00020003;
  private static final Set<String> LONG =
      Set.of("OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV");

  /// Takes apart what can be: without a preamble, or where the meta information is none, the rest
  /// is the data set.
  public static RawFile of(byte[] file) {
    boolean magic =
        file.length >= PREAMBLE_BYTES + 4
            && new String(file, PREAMBLE_BYTES, 4, StandardCharsets.ISO_8859_1).equals("DICM");
    int at = magic ? PREAMBLE_BYTES + 4 : 0;
    Map<Integer, byte[]> meta = new TreeMap<>();
    while (at + 8 <= file.length && u16(file, at) == 2) {
      String vr = new String(file, at + 4, 2, StandardCharsets.ISO_8859_1);
      boolean explicit = vr.matches("[A-Z]{2}");
      boolean wide = explicit && LONG.contains(vr);
      int value = at + (wide ? 12 : 8);
      if (value > file.length) {
        break;
      }
      long length = wide ? u32(file, at + 8) : explicit ? u16(file, at + 6) : u32(file, at + 4);
      if (length > file.length - value) {
        break;
      }
      meta.put(2 << 16 | u16(file, at + 2), Arrays.copyOfRange(file, value, value + (int) length));
      at = value + (int) length;
    }
    return new RawFile(
        magic ? Arrays.copyOf(file, PREAMBLE_BYTES) : new byte[0],
        meta,
        Arrays.copyOfRange(file, at, file.length));
  }

  private static int u16(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) | ((bytes[at + 1] & 0xFF) << 8);
  }

  private static long u32(byte[] bytes, int at) {
    return u16(bytes, at) | ((long) u16(bytes, at + 2) << 16);
  }

  /// What the meta information names; empty if it names none.
  public String transferSyntax() {
    return text(TRANSFER_SYNTAX);
  }

  /// Media Storage SOP Instance UID, likewise.
  public String sopInstance() {
    return text(SOP_INSTANCE);
  }

  private String text(int tag) {
    byte[] value = meta.getOrDefault(tag, new byte[0]);
    return new String(value, StandardCharsets.ISO_8859_1).replace("\0", "").strip();
  }
}
