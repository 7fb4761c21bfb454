package leadglass.survey.smb;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import leadglass.survey.Visit;
import leadglass.survey.wire.BigEndian;
import leadglass.survey.wire.Line;
import leadglass.survey.wire.WireFault;

/// The first version, which nobody should speak any more (MS-CIFS §2.2.4.52).
public final class Smb1 {
  private static final int NEGOTIATE = 0x72;
  private static final int HEADER_BYTES = 32;

  private Smb1() {}

  /// Whether a server takes it when it is all that is offered.
  public static boolean spoken(Visit visit) throws IOException {
    byte[] dialects = "\2NT LM 0.12\0".getBytes(StandardCharsets.US_ASCII);
    byte[] message = new byte[4 + HEADER_BYTES + 3 + dialects.length];
    message[3] = (byte) (message.length - 4);
    message[4] = (byte) 0xFF;
    message[5] = 'S';
    message[6] = 'M';
    message[7] = 'B';
    message[8] = NEGOTIATE;
    message[13] = 0x18;
    message[14] = 0x01;
    message[15] = (byte) 0xC8;
    message[4 + HEADER_BYTES + 1] = (byte) dialects.length;
    System.arraycopy(dialects, 0, message, 4 + HEADER_BYTES + 3, dialects.length);
    try (Line line = visit.open()) {
      line.write(message);
      int length = BigEndian.int32(line);
      byte[] answer = new byte[HEADER_BYTES + 3];
      if (length < answer.length || length > 1 << 16) {
        return false;
      }
      try (Packet packet = new Packet(answer)) {
        line.read(answer, 0, answer.length);
        boolean smb = Arrays.equals(answer, 0, 5, message, 4, 9);
        return smb
            && packet.int32(5) == 0
            && packet.int8(HEADER_BYTES) > 1
            && packet.int16(HEADER_BYTES + 1) == 0;
      }
    } catch (WireFault e) {
      return switch (e.kind()) {
        case LEFT_ALONE, SPENT -> throw e;
        default -> false;
      };
    }
  }
}
