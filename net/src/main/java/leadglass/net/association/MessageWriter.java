package leadglass.net.association;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import leadglass.net.association.NetEvent.Ending;
import leadglass.net.dimse.AcceptedContext;
import leadglass.net.dimse.DataSetSource;
import leadglass.net.ul.PduEncoder;
import leadglass.net.ul.PduType;
import leadglass.net.ul.PdvHeader;
import org.jspecify.annotations.Nullable;

/// Sends messages as P-DATA-TF PDUs, one message after the other (PS3.7 §6.3.1). Safe for use by
/// several threads.
final class MessageWriter {
  private static final int PDU_BYTES_MAX = 128 << 10;

  private final UpperLayer upperLayer;
  private final long peerPduBytesMax;
  private byte @Nullable [] pdu;

  /// @param peerPduBytesMax 0 for no limit
  MessageWriter(UpperLayer upperLayer, long peerPduBytesMax) {
    this.upperLayer = upperLayer;
    this.peerPduBytesMax = peerPduBytesMax;
  }

  /// Sends a message.
  ///
  /// @param command encoded
  /// @throws IOException if the association is over; also if the data set could not be read: the
  ///   association goes on if nothing of the message went out
  void write(AcceptedContext context, byte[] command, @Nullable DataSetSource dataSet)
      throws IOException {
    byte[] head = PduEncoder.encodeCommand(context.id(), command, peerPduBytesMax);
    if (dataSet == null) {
      upperLayer.send(head, head.length);
      return;
    }
    upperLayer.lock();
    try {
      Fragments out = new Fragments(context.id(), head);
      try {
        dataSet.writeTo(out);
      } catch (IOException | RuntimeException e) {
        if (out.begun) {
          upperLayer.abort(Ending.SERVICE_FAILED);
        }
        throw e;
      }
      out.finish();
    } finally {
      upperLayer.writing().unlock();
    }
  }

  private byte[] buffer() {
    if (pdu == null) {
      int body =
          (int) (peerPduBytesMax == 0 ? PDU_BYTES_MAX : Math.min(PDU_BYTES_MAX, peerPduBytesMax));
      pdu = new byte[PduType.HEADER_BYTES + body];
    }
    return pdu;
  }

  /// Fills PDUs; a full one goes out when there is more, so that the last one can say that it is.
  private final class Fragments extends OutputStream {
    private static final int START = PduType.HEADER_BYTES + PdvHeader.BYTES;

    private final int contextId;
    private byte @Nullable [] head;
    private final byte[] buffer = buffer();
    private int end = START;
    private boolean begun;

    Fragments(int contextId, byte[] head) {
      this.contextId = contextId;
      this.head = head;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, from.length);
      int at = offset;
      int left = length;
      while (left > 0) {
        if (end == buffer.length) {
          send(false);
        }
        int count = Math.min(left, buffer.length - end);
        System.arraycopy(from, at, buffer, end, count);
        end += count;
        at += count;
        left -= count;
      }
    }

    void finish() throws IOException {
      send(true);
    }

    private void send(boolean last) throws IOException {
      byte[] first = head;
      if (first != null) {
        head = null;
        begun = true;
        upperLayer.send(first, first.length);
      }
      ByteBuffer header = ByteBuffer.wrap(buffer);
      header.put((byte) PduType.P_DATA_TF.code()).put((byte) 0);
      header.putInt(end - PduType.HEADER_BYTES);
      new PdvHeader(contextId, end - START, false, last).encode(header);
      upperLayer.send(buffer, end);
      end = START;
    }
  }
}
