package leadglass.testkit.world;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import leadglass.testkit.RawPdu;

/// One end of an association: PDUs in, messages out. Confined to one thread.
final class DicomLine {
  private static final int PDU_BYTES_MAX = 1 << 20;
  private static final int MESSAGE_BYTES_MAX = 4 << 20;
  private static final int FLUSHED_BYTES = 32 << 10;
  private static final int COMMAND = 1;
  private static final int LAST = 2;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private final ByteArrayOutputStream command = new ByteArrayOutputStream();
  private final ByteArrayOutputStream dataSet = new ByteArrayOutputStream();
  private final Map<Integer, Context> contexts = new HashMap<>();
  private int peerPduBytesMax = PDU_BYTES_MAX;

  /// An accepted presentation context.
  record Context(int id, String abstractSyntax, boolean explicit) {}

  /// A part of a message, by which it is complete or not yet.
  private record Fragment(int contextId, boolean command, boolean last) {}

  DicomLine(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream(), 4 << 10);
    this.out = socket.getOutputStream();
  }

  /// @throws EOFException if the peer closes
  RawPdu receive() throws IOException {
    ByteBuffer header = ByteBuffer.wrap(in.readNBytes(6));
    if (header.remaining() < 6) {
      throw new EOFException("closed by the peer");
    }
    int type = header.get(0) & 0xFF;
    int length = header.getInt(2);
    if (type < 1 || type > RawPdu.ABORT || length < 0 || length > PDU_BYTES_MAX) {
      send(new RawPdu(RawPdu.ABORT, new byte[] {0, 0, 2, 1}).encode());
      Sockets.farewell(socket);
      throw new IOException("not a PDU");
    }
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("closed by the peer");
    }
    return new RawPdu(type, body);
  }

  void accepted(AssociateRequest request, Manners manners) {
    for (RawPdu.Context each : request.contexts()) {
      manners.accepted(each).ifPresent(context -> contexts.put(context.id(), context));
    }
    if (request.pduBytesMax() > 0) {
      peerPduBytesMax = Math.max(64, Math.min(PDU_BYTES_MAX, request.pduBytesMax()));
    }
  }

  /// Takes a P-DATA-TF.
  ///
  /// @return the message if it is complete now
  Optional<DicomMessage> take(RawPdu pdu) throws IOException {
    ByteBuffer body = ByteBuffer.wrap(pdu.body());
    Optional<DicomMessage> complete = Optional.empty();
    while (body.hasRemaining()) {
      if (body.remaining() < 6) {
        throw new IOException("a presentation data value that is cut off");
      }
      int length = body.getInt() - 2;
      int contextId = body.get() & 0xFF;
      int control = body.get();
      if (length < 0 || length > body.remaining()) {
        throw new IOException("a presentation data value that is cut off");
      }
      ByteArrayOutputStream to = (control & COMMAND) != 0 ? command : dataSet;
      if (to.size() + length > MESSAGE_BYTES_MAX) {
        throw new IOException("a message that is too long");
      }
      to.write(pdu.body(), body.position(), length);
      body.position(body.position() + length);
      Fragment fragment = new Fragment(contextId, (control & COMMAND) != 0, (control & LAST) != 0);
      complete = fragment.last() ? complete(fragment) : Optional.empty();
    }
    return complete;
  }

  private Optional<DicomMessage> complete(Fragment fragment) throws IOException {
    Context context = contexts.get(fragment.contextId());
    if (context == null) {
      throw new IOException("a presentation context that was not accepted");
    }
    Map<Integer, String> elements = Attributes.decode(command.toByteArray(), false);
    DicomMessage message = DicomMessage.of(context, command.toByteArray(), elements);
    if (fragment.command() && message.hasDataSet()) {
      return Optional.empty();
    }
    message = message.with(dataSet.toByteArray());
    command.reset();
    dataSet.reset();
    return Optional.of(message);
  }

  /// A message without a data set, which goes out with others before long.
  void reply(Context context, byte[] commandSet) throws IOException {
    RawPdu.fragments(pending, context.id(), true, commandSet, peerPduBytesMax);
    if (pending.size() >= FLUSHED_BYTES) {
      flush();
    }
  }

  /// Likewise with one.
  void reply(Context context, byte[] commandSet, byte[] set) throws IOException {
    RawPdu.fragments(pending, context.id(), true, commandSet, peerPduBytesMax);
    RawPdu.fragments(pending, context.id(), false, set, peerPduBytesMax);
    if (pending.size() >= FLUSHED_BYTES) {
      flush();
    }
  }

  /// Whether the peer has said something, such as that it wants no more.
  boolean interrupted() throws IOException {
    return in.available() > 0;
  }

  void flush() throws IOException {
    pending.writeTo(out);
    pending.reset();
    out.flush();
  }

  void send(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }
}
