package leadglass.net.ul;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import leadglass.net.ul.PduException.Reason;

/// Decodes one complete PDU body. Pure: no socket, clock or state; safe for any thread.
public final class PduDecoder {

  private PduDecoder() {}

  /// Reads the fields that follow the six-byte header.
  ///
  /// @param body exactly PDU-length bytes, big-endian; consumed to its end
  /// @throws PduException if a length disagrees, or bytes are left over
  public static Pdu decode(PduType type, ByteBuffer body) throws PduException {
    Pdu pdu =
        switch (type) {
          case A_ASSOCIATE_RQ -> AssociateDecoder.decode(body);
          case P_DATA_TF -> pDataTf(body);
          case A_RELEASE_RQ -> {
            reserved(body, "A-RELEASE-RQ length");
            yield new Pdu.AReleaseRq();
          }
          case A_RELEASE_RP -> {
            reserved(body, "A-RELEASE-RP length");
            yield new Pdu.AReleaseRp();
          }
          case A_ABORT -> abort(body);
          case A_ASSOCIATE_AC -> AcceptDecoder.decode(body);
          case A_ASSOCIATE_RJ -> rejection(body);
        };
    check(!body.hasRemaining(), body, "bytes after the last field");
    return pdu;
  }

  /// PS3.8 §9.3.5, Tables 9-22 and 9-23.
  private static Pdu pDataTf(ByteBuffer body) throws PduException {
    List<Pdu.Pdv> items = new ArrayList<>();
    do {
      PdvHeader header = PdvHeader.decode(body, body.remaining());
      ByteBuffer fragment = body.slice(body.position(), header.fragmentBytes()).asReadOnlyBuffer();
      body.position(body.position() + header.fragmentBytes());
      items.add(new Pdu.Pdv(header, fragment));
    } while (body.hasRemaining());
    return new Pdu.PDataTf(items);
  }

  private static void reserved(ByteBuffer body, String rule) throws PduException {
    check(body.remaining() == 4, body, rule);
    body.getInt(); // not tested
  }

  private static Pdu rejection(ByteBuffer body) throws PduException {
    check(body.remaining() == 4, body, "A-ASSOCIATE-RJ length");
    body.get(); // reserved, not tested
    int result = Byte.toUnsignedInt(body.get());
    int source = Byte.toUnsignedInt(body.get());
    return new Pdu.AAssociateRj(
        Rejection.of(result, source, Byte.toUnsignedInt(body.get())).orElse(Rejection.NO_REASON));
  }

  private static Pdu abort(ByteBuffer body) throws PduException {
    check(body.remaining() == 4, body, "A-ABORT length");
    body.getShort(); // reserved, not tested
    return new Pdu.AAbort(Byte.toUnsignedInt(body.get()), Byte.toUnsignedInt(body.get()));
  }

  static void check(boolean holds, ByteBuffer at, String rule) throws PduException {
    if (!holds) {
      throw new PduException(Reason.INVALID_PARAMETER_VALUE, at.position(), rule);
    }
  }
}
