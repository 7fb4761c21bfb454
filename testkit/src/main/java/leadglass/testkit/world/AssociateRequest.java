package leadglass.testkit.world;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import leadglass.testkit.RawPdu;

/// The body of an A-ASSOCIATE-RQ, as far as an answer needs it.
///
/// @param head its first 68 bytes, which an acceptance repeats
/// @param pduBytesMax longest P-DATA-TF body the peer takes, 0 for any
record AssociateRequest(byte[] head, List<RawPdu.Context> contexts, int pduBytesMax) {
  private static final int HEAD_BYTES = 68;
  private static final int LENGTH_OF_CONTEXT_HEAD = 4;

  AssociateRequest {
    contexts = List.copyOf(contexts);
  }

  String called() {
    return new String(head, 4, 16, StandardCharsets.ISO_8859_1).strip();
  }

  static AssociateRequest parse(byte[] body) throws IOException {
    if (body.length < HEAD_BYTES) {
      throw new IOException("an A-ASSOCIATE-RQ that is cut off");
    }
    byte[] head = new byte[HEAD_BYTES];
    ByteBuffer in = ByteBuffer.wrap(body).get(head);
    List<RawPdu.Context> contexts = new ArrayList<>();
    int pduBytesMax = 0;
    while (in.hasRemaining()) {
      int type = type(in);
      ByteBuffer value = value(in);
      if (type == 0x20) {
        contexts.add(context(value));
      } else if (type == 0x50) {
        pduBytesMax = pduBytesMax(value);
      }
    }
    return new AssociateRequest(head, contexts, pduBytesMax);
  }

  private static RawPdu.Context context(ByteBuffer in) throws IOException {
    if (in.remaining() < LENGTH_OF_CONTEXT_HEAD) {
      throw new IOException("a presentation context that is cut off");
    }
    int id = in.get() & 0xFF;
    in.position(in.position() + LENGTH_OF_CONTEXT_HEAD - 1);
    String abstractSyntax = "";
    List<String> syntaxes = new ArrayList<>();
    while (in.hasRemaining()) {
      int type = type(in);
      String text = StandardCharsets.ISO_8859_1.decode(value(in)).toString().replace("\0", "");
      if (type == 0x30) {
        abstractSyntax = text;
      } else if (type == 0x40) {
        syntaxes.add(text);
      }
    }
    return new RawPdu.Context(id, abstractSyntax, syntaxes);
  }

  private static int pduBytesMax(ByteBuffer in) throws IOException {
    while (in.hasRemaining()) {
      int type = type(in);
      ByteBuffer value = value(in);
      if (type == 0x51 && value.remaining() == Integer.BYTES) {
        return value.getInt();
      }
    }
    return 0;
  }

  private static int type(ByteBuffer in) throws IOException {
    if (in.remaining() < 4) {
      throw new IOException("an item that is cut off");
    }
    int type = in.get() & 0xFF;
    in.get();
    return type;
  }

  private static ByteBuffer value(ByteBuffer in) throws IOException {
    int length = in.getChar();
    if (length > in.remaining()) {
      throw new IOException("an item that is cut off");
    }
    ByteBuffer value = in.slice(in.position(), length);
    in.position(in.position() + length);
    return value;
  }
}
