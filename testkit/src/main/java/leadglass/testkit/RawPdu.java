package leadglass.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A protocol data unit as bytes, and how to put some together. Nothing is checked: tests send
/// wrong ones on purpose.
///
/// @param type first byte of the header
/// @param body behind the six bytes of the header
public record RawPdu(int type, byte[] body) {
  public static final int ASSOCIATE_RQ = 1;
  public static final int ASSOCIATE_AC = 2;
  public static final int ASSOCIATE_RJ = 3;
  public static final int P_DATA_TF = 4;
  public static final int RELEASE_RQ = 5;
  public static final int RELEASE_RP = 6;
  public static final int ABORT = 7;

  static final int COMMAND = 1;
  static final int LAST = 2;

  /// Header and body.
  public byte[] encode() {
    return ByteBuffer.allocate(6 + body.length)
        .put((byte) type)
        .put((byte) 0)
        .putInt(body.length)
        .put(body)
        .array();
  }

  /// A proposed presentation context, for which the acceptor's answer is looked up by its ID.
  public record Context(int id, String abstractSyntax, List<String> transferSyntaxes) {
    public Context {
      transferSyntaxes = List.copyOf(transferSyntaxes);
    }
  }

  /// An A-ASSOCIATE-RQ.
  ///
  /// @param userItems more sub-items of the user information item, encoded
  public static RawPdu associateRq(
      String called, String calling, List<Context> contexts, int pduBytesMax, byte[] userItems) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(new byte[] {0, 1, 0, 0});
    body.writeBytes(latin("%-16s%-16s".formatted(called, calling)));
    body.writeBytes(new byte[32]);
    body.writeBytes(item(0x10, latin("1.2.840.10008.3.1.1.1")));
    for (Context context : contexts) {
      ByteArrayOutputStream items = new ByteArrayOutputStream();
      items.writeBytes(new byte[] {(byte) context.id(), 0, 0, 0});
      items.writeBytes(item(0x30, latin(context.abstractSyntax())));
      for (String syntax : context.transferSyntaxes()) {
        items.writeBytes(item(0x40, latin(syntax)));
      }
      body.writeBytes(item(0x20, items.toByteArray()));
    }
    ByteArrayOutputStream user = new ByteArrayOutputStream();
    user.writeBytes(item(0x51, ByteBuffer.allocate(4).putInt(pduBytesMax).array()));
    user.writeBytes(item(0x52, latin("2.25.1")));
    user.writeBytes(userItems);
    body.writeBytes(item(0x50, user.toByteArray()));
    return new RawPdu(ASSOCIATE_RQ, body.toByteArray());
  }

  /// An item or sub-item with a 16-bit length.
  public static byte[] item(int type, byte[] value) {
    return ByteBuffer.allocate(4 + value.length)
        .put((byte) type)
        .put((byte) 0)
        .putShort((short) value.length)
        .put(value)
        .array();
  }

  public static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /// A command set in implicit VR little endian, the group length in front.
  ///
  /// @param elements tag, value, tag, value, and so on: an [Integer] is US, a [String] is text
  public static byte[] command(Object... elements) {
    ByteBuffer out = ByteBuffer.allocate(64 << 10).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(0).putInt(4).putInt(0);
    for (int i = 0; i < elements.length; i += 2) {
      int tag = (Integer) elements[i];
      out.putShort((short) (tag >>> 16)).putShort((short) tag);
      switch (elements[i + 1]) {
        case Integer us -> out.putInt(2).putShort(us.shortValue());
        case String text -> {
          byte[] value = latin(text.length() % 2 == 0 ? text : text + '\0');
          out.putInt(value.length).put(value);
        }
        case byte[] value -> out.putInt(value.length).put(value);
        default -> throw new IllegalArgumentException("neither number, text nor bytes");
      }
    }
    out.putInt(8, out.position() - 12);
    byte[] command = new byte[out.position()];
    out.flip().get(command);
    return command;
  }

  /// `data` as P-DATA-TF PDUs of one presentation data value each.
  ///
  /// @param pduBytes longest body
  public static void fragments(
      ByteArrayOutputStream out, int contextId, boolean command, byte[] data, int pduBytes) {
    int step = pduBytes - 6;
    int at = 0;
    do {
      int length = Math.min(step, data.length - at);
      boolean last = at + length == data.length;
      out.writeBytes(header(contextId, (command ? COMMAND : 0) | (last ? LAST : 0), length));
      out.write(data, at, length);
      at += length;
    } while (at < data.length);
  }

  /// The twelve bytes before a fragment.
  public static byte[] header(int contextId, int control, int length) {
    return ByteBuffer.allocate(12)
        .put((byte) P_DATA_TF)
        .put((byte) 0)
        .putInt(length + 6)
        .putInt(length + 2)
        .put((byte) contextId)
        .put((byte) control)
        .array();
  }
}
