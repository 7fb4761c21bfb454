package leadglass.net.ul;

import java.nio.ByteBuffer;
import leadglass.net.ul.PduException.Reason;

/// What stands before a fragment in a presentation data value item (PS3.8 §9.3.5.1, Annex E.2).
///
/// @param fragmentBytes that follow
/// @param command a fragment of a command set, else of a data set
/// @param last no further fragment of that command or data set
public record PdvHeader(int contextId, int fragmentBytes, boolean command, boolean last) {

  /// Encoded size.
  public static final int BYTES = 6;

  private static final int COMMAND = 1;
  private static final int LAST = 2;

  /// Reads the header that `at` stands before.
  ///
  /// @param pduBytesLeft in this PDU, the header included
  /// @throws PduException if it is cut short, reaches past the PDU, or names an even context
  public static PdvHeader decode(ByteBuffer at, int pduBytesLeft) throws PduException {
    check(pduBytesLeft >= BYTES && at.remaining() >= BYTES, at, "PDV item header cut short");
    int length = at.getInt(); // counts from the context ID on; a set top bit reads as negative
    check(length >= 2 && length <= pduBytesLeft - 4, at, "PDV item length");
    int contextId = Byte.toUnsignedInt(at.get());
    check(contextId % 2 == 1, at, "even presentation context ID");
    int control = at.get(); // the other six bits are not tested
    return new PdvHeader(contextId, length - 2, (control & COMMAND) != 0, (control & LAST) != 0);
  }

  public void encode(ByteBuffer to) {
    to.putInt(fragmentBytes + 2)
        .put((byte) contextId)
        .put((byte) ((command ? COMMAND : 0) | (last ? LAST : 0)));
  }

  private static void check(boolean holds, ByteBuffer at, String rule) throws PduException {
    if (!holds) {
      throw new PduException(Reason.INVALID_PARAMETER_VALUE, at.position(), rule);
    }
  }
}
