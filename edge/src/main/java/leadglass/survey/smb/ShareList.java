package leadglass.survey.smb;

import java.util.ArrayList;
import java.util.List;
import leadglass.survey.wire.WireFault;

/// NetrShareEnum at level 1 (MS-SRVS §3.1.4.8), in DCE/RPC as it goes over a pipe. Only the first
/// fragment of an answer is looked at: it names more shares than are asked for.
final class ShareList {
  private static final int BIND = 11;
  private static final int BIND_ACK = 12;
  private static final int REQUEST = 0;
  private static final int RESPONSE = 2;
  private static final int NETR_SHARE_ENUM = 15;
  private static final int STUB = 24;
  private static final int ENTRIES_MAX = 1000;
  private static final int NAME_CHARS_MAX = 256;
  private static final long SERVER_SERVICE_HIGH = 0x4B32_4FC8_1670_01D3L;
  private static final long SERVER_SERVICE_LOW = 0x1278_5A47_BF6E_E188L;
  private static final long NDR_HIGH = 0x8A88_5D04_1CEB_11C9L;
  private static final long NDR_LOW = 0x9FE8_0800_2B10_4860L;

  private ShareList() {}

  static byte[] bind() {
    Body out = begun(72, BIND).put16(4280).put16(4280).put32(0);
    out.put32(1).put16(0).put16(1);
    uuid(out, SERVER_SERVICE_HIGH, SERVER_SERVICE_LOW);
    out.put32(3);
    uuid(out, NDR_HIGH, NDR_LOW);
    return out.put32(2).array();
  }

  static boolean isBound(Packet answer) throws WireFault {
    return answer.length() > STUB && answer.int8(2) == BIND_ACK;
  }

  static byte[] request() {
    Body out = begun(56, REQUEST).put32(32).put16(0);
    out.put16(NETR_SHARE_ENUM);
    // No server's name; level 1, an empty container to fill; as much as there is; from the start.
    return out.put32(0)
        .put32(1)
        .put32(1)
        .put32(0x20000)
        .put32(0)
        .put32(0)
        .put32(-1)
        .put32(0)
        .array();
  }

  private static Body begun(int bytes, int type) {
    Body out = new Body(bytes);
    out.put8(5).put8(0).put8(type).put8(3).put32(0x10);
    return out.put16(bytes).put16(0).put32(1);
  }

  /// A UUID's first three fields are little endian.
  private static void uuid(Body out, long high, long low) {
    out.put32((int) (high >>> 32)).put16((int) (high >>> 16)).put16((int) high);
    out.put64(Long.reverseBytes(low));
  }

  static List<byte[]> names(Packet answer, int namesMax) throws WireFault {
    if (answer.length() < STUB + 24 || answer.int8(2) != RESPONSE) {
      return List.of();
    }
    int entries = answer.int32(STUB + 12);
    if (answer.int32(STUB + 16) == 0 || entries < 0 || entries > ENTRIES_MAX) {
      return List.of();
    }
    List<byte[]> names = new ArrayList<>();
    int strings = STUB + 24 + 12 * entries;
    for (int i = 0; i < entries && names.size() < namesMax && strings < answer.length(); i++) {
      int entry = STUB + 24 + 12 * i;
      // Files, and not what the machine shares by itself.
      if (answer.int32(entry + 4) == 0) {
        int chars = chars(answer, strings);
        names.add(answer.bytes(strings + 12, 2 * Math.max(0, chars - 1)));
      }
      strings = after(answer, strings);
      strings = answer.int32(entry + 8) == 0 ? strings : after(answer, strings);
    }
    return names;
  }

  private static int chars(Packet answer, int string) throws WireFault {
    int chars = answer.int32(string + 8);
    if (chars < 0 || chars > NAME_CHARS_MAX) {
      throw new WireFault(WireFault.Kind.NOT_THE_PROTOCOL);
    }
    return chars;
  }

  private static int after(Packet answer, int string) throws WireFault {
    return string + 12 + (2 * chars(answer, string) + 3) / 4 * 4;
  }
}
