package leadglass.net.ul;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import leadglass.net.ul.UserInformation.CommonExtendedNegotiation;
import leadglass.net.ul.UserInformation.ExtendedNegotiation;
import leadglass.net.ul.UserInformation.RoleSelection;

/// Encodes PDUs, each into one array so that it goes out in one write. Pure; safe for any thread.
public final class PduEncoder {
  // 128 contexts of 256 transfer syntaxes, 2048 roles, 64 characters each
  private static final int ASSOCIATE_BYTES_MAX = 4 << 20;
  private static final int ACCEPT_BYTES_MAX = 512 << 10;

  private PduEncoder() {}

  public static byte[] encode(Pdu.AAssociateRj rj) {
    Rejection why = rj.rejection();
    return new byte[] {
      0x03, 0, 0, 0, 0, 4, 0, (byte) why.result(), (byte) why.source(), (byte) why.reason()
    };
  }

  public static byte[] encode(Pdu.AReleaseRq rq) {
    return new byte[] {0x05, 0, 0, 0, 0, 4, 0, 0, 0, 0};
  }

  public static byte[] encode(Pdu.AReleaseRp rp) {
    return new byte[] {0x06, 0, 0, 0, 0, 4, 0, 0, 0, 0};
  }

  public static byte[] encode(Pdu.AAbort abort) {
    return new byte[] {0x07, 0, 0, 0, 0, 4, 0, 0, (byte) abort.source(), (byte) abort.reason()};
  }

  /// A command set as P-DATA-TF PDUs, all in one array.
  ///
  /// @param pduBytesMax the receiver's limit, 0 for none; else 8 or more
  public static byte[] encodeCommand(int contextId, byte[] command, long pduBytesMax) {
    int whole = command.length + PdvHeader.BYTES;
    int step = (int) (pduBytesMax == 0 ? whole : Math.min(pduBytesMax, whole)) - PdvHeader.BYTES;
    int fragments = Math.max(1, (command.length + step - 1) / step);
    ByteBuffer out =
        ByteBuffer.allocate(command.length + fragments * (PduType.HEADER_BYTES + PdvHeader.BYTES));
    for (int i = 0; i < fragments; i++) {
      int length = Math.min(step, command.length - i * step);
      out.put((byte) PduType.P_DATA_TF.code()).put((byte) 0).putInt(length + PdvHeader.BYTES);
      new PdvHeader(contextId, length, true, i == fragments - 1).encode(out);
      out.put(command, i * step, length);
    }
    return out.array();
  }

  /// PS3.8 §9.3.3.
  public static byte[] encode(Pdu.AAssociateAc ac) {
    ByteBuffer out = ByteBuffer.allocate(ACCEPT_BYTES_MAX);
    out.put((byte) PduType.A_ASSOCIATE_AC.code()).put((byte) 0).putInt(0);
    out.putShort((short) 1).putShort((short) 0);
    out.put(latin(ac.calledField())).put(latin(ac.callingField())).put(latin(ac.reservedField()));
    item(out, ItemType.APPLICATION_CONTEXT, ac.applicationContext());
    for (AnsweredContext context : ac.contexts()) {
      int start = open(out, ItemType.ANSWERED_CONTEXT);
      out.put((byte) context.id()).put((byte) 0).put((byte) context.result().code()).put((byte) 0);
      item(out, ItemType.TRANSFER_SYNTAX, context.transferSyntax());
      close(out, start);
    }
    userInformation(out, ac.userInformation());
    return whole(out);
  }

  /// PS3.8 §9.3.2.
  ///
  /// @throws java.nio.BufferOverflowException if it proposes more than any acceptor reads
  public static byte[] encode(Pdu.AAssociateRq rq) {
    int syntaxes = rq.contexts().stream().mapToInt(each -> each.transferSyntaxes().size()).sum();
    int estimate =
        (64 << 10)
            + 80 * (2 * rq.contexts().size() + syntaxes)
            + 160 * (rq.userInformation().roles().size() + rq.userInformation().extended().size());
    ByteBuffer out = ByteBuffer.allocate(Math.min(ASSOCIATE_BYTES_MAX, 2 * estimate));
    out.put((byte) PduType.A_ASSOCIATE_RQ.code()).put((byte) 0).putInt(0);
    out.putShort((short) rq.protocolVersion()).putShort((short) 0);
    out.put(latin(rq.calledField())).put(latin(rq.callingField())).put(latin(rq.reservedField()));
    item(out, ItemType.APPLICATION_CONTEXT, rq.applicationContext());
    for (ProposedContext context : rq.contexts()) {
      int start = open(out, ItemType.PROPOSED_CONTEXT);
      out.put((byte) context.id()).put((byte) 0).putShort((short) 0);
      item(out, ItemType.ABSTRACT_SYNTAX, context.abstractSyntax());
      context.transferSyntaxes().forEach(each -> item(out, ItemType.TRANSFER_SYNTAX, each));
      close(out, start);
    }
    userInformation(out, rq.userInformation());
    return whole(out);
  }

  private static byte[] whole(ByteBuffer out) {
    out.putInt(2, out.position() - PduType.HEADER_BYTES);
    byte[] pdu = new byte[out.position()];
    out.flip().get(pdu);
    return pdu;
  }

  private static void userInformation(ByteBuffer out, UserInformation user) {
    int start = open(out, ItemType.USER_INFORMATION);
    int limit = open(out, ItemType.MAXIMUM_LENGTH);
    out.putInt((int) user.pduBytesMax());
    close(out, limit);
    item(out, ItemType.IMPLEMENTATION_CLASS_UID, user.implementationClassUid());
    if (user.asynchronousOperations() != null) {
      int window = open(out, ItemType.ASYNCHRONOUS_OPERATIONS);
      out.putShort((short) user.asynchronousOperations().invokedMax());
      out.putShort((short) user.asynchronousOperations().performedMax());
      close(out, window);
    }
    for (RoleSelection role : user.roles()) {
      int at = open(out, ItemType.ROLE_SELECTION);
      shortText(out, role.sopClass());
      out.put((byte) (role.scu() ? 1 : 0)).put((byte) (role.scp() ? 1 : 0));
      close(out, at);
    }
    if (!user.implementationVersionName().isEmpty()) {
      item(out, ItemType.IMPLEMENTATION_VERSION_NAME, user.implementationVersionName());
    }
    for (ExtendedNegotiation each : user.extended()) {
      int at = open(out, ItemType.EXTENDED_NEGOTIATION);
      shortText(out, each.sopClass());
      out.put(HexFormat.of().parseHex(each.information()));
      close(out, at);
    }
    commonExtended(out, user.commonExtended());
    identity(out, user);
    close(out, start);
  }

  private static void commonExtended(ByteBuffer out, List<CommonExtendedNegotiation> all) {
    for (CommonExtendedNegotiation each : all) {
      int at = open(out, ItemType.COMMON_EXTENDED_NEGOTIATION);
      shortText(out, each.sopClass());
      shortText(out, each.serviceClass());
      out.putShort((short) 0);
      int related = out.position();
      each.relatedGeneralSopClasses().forEach(general -> shortText(out, general));
      close(out, related);
      close(out, at);
    }
  }

  private static void identity(ByteBuffer out, UserInformation user) {
    UserInformation.UserIdentity identity = user.identity();
    if (identity != null) {
      int at = open(out, ItemType.USER_IDENTITY);
      out.put((byte) identity.type());
      out.put((byte) (identity.positiveResponseRequested() ? 1 : 0));
      shortText(out, identity.primary());
      shortText(out, identity.secondary());
      close(out, at);
    }
    String answer = user.identityAnswer();
    if (answer != null) {
      int at = open(out, ItemType.USER_IDENTITY_ANSWER);
      shortText(out, answer);
      close(out, at);
    }
  }

  private static void shortText(ByteBuffer out, String text) {
    byte[] bytes = latin(text);
    out.putShort((short) bytes.length).put(bytes);
  }

  private static void item(ByteBuffer out, int type, String text) {
    int start = open(out, type);
    out.put(latin(text));
    close(out, start);
  }

  private static int open(ByteBuffer out, int type) {
    out.put((byte) type).put((byte) 0).putShort((short) 0);
    return out.position();
  }

  private static void close(ByteBuffer out, int start) {
    out.putShort(start - 2, (short) (out.position() - start));
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
