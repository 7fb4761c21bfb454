package leadglass.net.ul;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// An item or sub-item: type, one byte, 16-bit length, value (PS3.8 §9.3).
///
/// @param second the byte behind the type; reserved, but for one sub-item's version
/// @param value exactly its bytes, as a view
record Item(int type, int second, ByteBuffer value) {

  static Item next(ByteBuffer from) throws PduException {
    PduDecoder.check(from.remaining() >= 4, from, "item header cut short");
    int type = Byte.toUnsignedInt(from.get());
    int second = Byte.toUnsignedInt(from.get());
    return new Item(type, second, view(from, "item"));
  }

  /// The whole value as text, without the padding at its end.
  String text() {
    return text(value, value.remaining());
  }

  /// A 16-bit length and text of that length.
  static String shortText(ByteBuffer from, String what) throws PduException {
    ByteBuffer view = view(from, what);
    return text(view, view.remaining());
  }

  /// A 16-bit length and bytes of that length.
  static ByteBuffer view(ByteBuffer from, String what) throws PduException {
    PduDecoder.check(from.remaining() >= 2, from, what + " length cut short");
    int length = Short.toUnsignedInt(from.getShort());
    PduDecoder.check(length <= from.remaining(), from, what + " reaches past what it is in");
    ByteBuffer view = from.slice(from.position(), length);
    from.position(from.position() + length);
    return view;
  }

  static String text(ByteBuffer from, int length) {
    byte[] bytes = new byte[length];
    from.get(bytes);
    int end = length;
    while (end > 0 && (bytes[end - 1] == 0 || bytes[end - 1] == ' ')) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
  }
}
