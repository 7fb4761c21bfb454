package leadglass.survey.dicom;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import leadglass.dicom.data.Uid;
import leadglass.net.dimse.CommandField;
import leadglass.net.dimse.CommandSet;
import leadglass.net.dimse.CommandTag;
import leadglass.net.ul.Pdu;
import leadglass.net.ul.PduEncoder;
import leadglass.net.ul.PduException;
import leadglass.net.ul.PduType;
import leadglass.net.ul.PdvHeader;
import leadglass.survey.Product;
import leadglass.survey.wire.Line;
import leadglass.survey.wire.WireFault;

/// An association that a stranger was given. Asks questions; of answers it keeps the status and the
/// shape. One thread's.
public final class Asked implements AutoCloseable {
  private static final int COMMAND_BYTES_MAX = 4 << 10;
  private static final long NOTICED_NANOS = 300_000_000;
  private static final List<Context> CONTEXTS = List.of(Context.values());
  static final int PDU_BYTES_MAX = 16 << 10;

  private final Line line;
  private final EnumSet<Context> accepted;
  private final boolean nonsenseAccepted;
  private final boolean identityAnswered;
  private final Product product;
  private final long peerPduBytesMax;
  private final RowReader rows = new RowReader();
  private int messageId;
  private long pduLeft;
  private boolean open = true;
  private boolean cancelled;

  Asked(
      Line line,
      Set<Context> accepted,
      boolean nonsenseAccepted,
      boolean identityAnswered,
      Product product,
      long peerPduBytesMax) {
    this.line = line;
    this.accepted = EnumSet.noneOf(Context.class);
    this.accepted.addAll(accepted);
    this.nonsenseAccepted = nonsenseAccepted;
    this.identityAnswered = identityAnswered;
    this.product = product;
    this.peerPduBytesMax = peerPduBytesMax;
  }

  public Set<Context> accepted() {
    return accepted.clone();
  }

  /// Whether it accepted an abstract syntax that does not exist.
  public boolean nonsenseAccepted() {
    return nonsenseAccepted;
  }

  /// Whether it said that it read the user identity (PS3.7 §D.3.3.7.2).
  public boolean identityAnswered() {
    return identityAnswered;
  }

  public Product product() {
    return product;
  }

  /// Sends a request.
  ///
  /// @param identifier in implicit VR little endian; empty for none
  public void send(Context context, CommandSet.Builder command, byte... identifier)
      throws IOException {
    send(id(context), command, identifier);
  }

  /// Likewise, on the context that does not exist.
  public void sendNonsense(CommandSet.Builder command, byte... identifier) throws IOException {
    send(Question.NONSENSE_ID, command, identifier);
  }

  private void send(int contextId, CommandSet.Builder command, byte... identifier)
      throws IOException {
    messageId++;
    byte[] encoded =
        command
            .us(CommandTag.MESSAGE_ID, messageId)
            .us(
                CommandTag.COMMAND_DATA_SET_TYPE,
                identifier.length == 0 ? CommandSet.NO_DATA_SET : 0)
            .build()
            .encode();
    line.write(PduEncoder.encodeCommand(contextId, encoded, peerPduBytesMax));
    if (identifier.length > 0) {
      ByteBuffer pdu =
          ByteBuffer.allocate(PduType.HEADER_BYTES + PdvHeader.BYTES + identifier.length);
      pdu.put((byte) PduType.P_DATA_TF.code()).put((byte) 0);
      pdu.putInt(PdvHeader.BYTES + identifier.length);
      new PdvHeader(contextId, identifier.length, false, true).encode(pdu);
      line.write(pdu.put(identifier).array());
    }
  }

  /// Asks that the last request be given up.
  public void cancel(Context context) throws IOException {
    cancelled = true;
    byte[] encoded =
        CommandSet.builder()
            .us(CommandTag.COMMAND_FIELD, CommandField.C_CANCEL_RQ)
            .us(CommandTag.MESSAGE_ID_BEING_RESPONDED_TO, messageId)
            .us(CommandTag.COMMAND_DATA_SET_TYPE, CommandSet.NO_DATA_SET)
            .build()
            .encode();
    line.write(PduEncoder.encodeCommand(id(context), encoded, peerPduBytesMax));
  }

  static int id(Context context) {
    return 2 * CONTEXTS.indexOf(context) + 1;
  }

  static Uid uid(Context context) {
    return Uid.parse(context.sopClass()).orElseThrow();
  }

  /// The next response to the last request.
  ///
  /// @throws WireFault of kind ENDED if the peer aborts or releases instead, NOT_THE_PROTOCOL if it
  ///   breaks it
  public Reply next() throws IOException {
    byte[] gathered = new byte[COMMAND_BYTES_MAX];
    try {
      int length = 0;
      boolean last = false;
      while (!last) {
        PdvHeader pdv = pdv();
        check(pdv.command() && length + pdv.fragmentBytes() <= gathered.length);
        line.read(gathered, length, pdv.fragmentBytes());
        length += pdv.fragmentBytes();
        last = pdv.last();
      }
      CommandSet command = decoded(gathered, length);
      check(
          (command.us(CommandTag.COMMAND_FIELD).orElse(0) & CommandField.RESPONSE) != 0
              && command.us(CommandTag.MESSAGE_ID_BEING_RESPONDED_TO).orElse(-1) == messageId);
      int status = command.us(CommandTag.STATUS).orElse(-1);
      check(status >= 0);
      boolean row = command.announcesDataSet();
      rows.start();
      if (row) {
        passRow();
      }
      return new Reply(status, row, rows.elements(), rows.instances());
    } finally {
      Arrays.fill(gathered, (byte) 0);
    }
  }

  private static CommandSet decoded(byte[] gathered, int length) throws WireFault {
    try {
      return CommandSet.decode(gathered, length);
    } catch (PduException _) {
      throw new WireFault(WireFault.Kind.NOT_THE_PROTOCOL);
    }
  }

  private void passRow() throws IOException {
    boolean last = false;
    while (!last) {
      PdvHeader pdv = pdv();
      check(!pdv.command());
      int left = pdv.fragmentBytes();
      while (left > 0) {
        int step = (int) Math.min(left, rows.unread());
        if (step > 0) {
          line.skip(step);
          rows.passedOver(step);
        } else {
          rows.take(line.read());
          step = 1;
        }
        left -= step;
      }
      last = pdv.last();
    }
  }

  private PdvHeader pdv() throws IOException {
    byte[] header = new byte[PdvHeader.BYTES];
    if (pduLeft == 0) {
      pduLeft = pdata();
    }
    line.read(header, 0, header.length);
    try {
      PdvHeader pdv =
          PdvHeader.decode(ByteBuffer.wrap(header), (int) Math.min(pduLeft, Integer.MAX_VALUE));
      pduLeft -= PdvHeader.BYTES + pdv.fragmentBytes();
      return pdv;
    } catch (PduException _) {
      throw new WireFault(WireFault.Kind.NOT_THE_PROTOCOL);
    }
  }

  private long pdata() throws IOException {
    byte[] header = new byte[PduType.HEADER_BYTES];
    line.read(header, 0, header.length);
    long length = Integer.toUnsignedLong(ByteBuffer.wrap(header).getInt(2));
    PduType type =
        PduType.of(header[0]).orElseThrow(() -> new WireFault(WireFault.Kind.NOT_THE_PROTOCOL));
    if (type == PduType.A_ABORT || type == PduType.A_RELEASE_RQ) {
      open = false;
      throw new WireFault(WireFault.Kind.ENDED);
    }
    // Some peers send a little more than they were told that we take.
    check(type == PduType.P_DATA_TF && length <= 4 * PDU_BYTES_MAX && length >= PdvHeader.BYTES);
    return length;
  }

  private static void check(boolean holds) throws WireFault {
    if (!holds) {
      throw new WireFault(WireFault.Kind.NOT_THE_PROTOCOL);
    }
  }

  /// Ends it in order: A-RELEASE-RQ, and the answer awaited.
  public void release() throws IOException {
    line.write(PduEncoder.encode(new Pdu.AReleaseRq()));
    open = false;
    byte[] header = new byte[PduType.HEADER_BYTES];
    line.read(header, 0, header.length);
  }

  /// Whatever is still open is aborted.
  @Override
  public void close() {
    if (open) {
      try {
        line.write(PduEncoder.encode(new Pdu.AAbort(Pdu.AAbort.SERVICE_USER, 0)));
      } catch (IOException _) {
        // It ended by itself.
      }
    }
    line.close();
    if (cancelled) {
      // It is still busy with rows: the next association waits until it can have noticed.
      LockSupport.parkNanos(NOTICED_NANOS);
    }
  }
}
