package leadglass.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// A DIMSE client that sends what it is given as it is: data sets byte for byte, and any PDU or
/// bytes at all. Messages are framed before they are sent, so that a measurement measures the
/// server.
///
/// Confined to one thread.
public final class RawScu implements AutoCloseable {
  public static final String VERIFICATION = "1.2.840.10008.1.1";
  public static final String IMPLICIT_VR_LITTLE_ENDIAN = "1.2.840.10008.1.2";
  public static final String EXPLICIT_VR_LITTLE_ENDIAN = "1.2.840.10008.1.2.1";

  private static final int PDU_BYTES_MAX = 256 << 10;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final Builder plan;
  private final Map<Integer, Answer> answers = new TreeMap<>();
  private int peerPduBytesMax = 16 << 10;
  private int messageId;

  /// What became of a proposed presentation context.
  ///
  /// @param result 0 is acceptance
  public record Answer(int result, String transferSyntax) {}

  /// A response's command set.
  ///
  /// @param errorComment (0000,0902), empty if absent
  /// @param elements raw values by tag
  public record Reply(int status, String errorComment, Map<Integer, byte[]> elements) {
    /// An element of text, without its padding.
    public String text(int tag) {
      return new String(elements.getOrDefault(tag, new byte[0]), StandardCharsets.ISO_8859_1)
          .strip()
          .replace("\0", "");
    }

    /// An element of VR US.
    public int us(int tag) {
      byte[] value = elements.getOrDefault(tag, new byte[2]);
      return (value[0] & 0xFF) | (value[1] & 0xFF) << 8;
    }
  }

  /// The peer did not accept the association.
  public static final class NotAcceptedException extends IOException {
    private static final long serialVersionUID = 1L;

    /// What came instead of A-ASSOCIATE-AC.
    public final transient RawPdu pdu;

    NotAcceptedException(RawPdu pdu) {
      super("PDU-type " + pdu.type() + " instead of A-ASSOCIATE-AC");
      this.pdu = pdu;
    }
  }

  private RawScu(Socket socket, Builder plan) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream(), 16 << 10);
    this.out = socket.getOutputStream();
    this.plan = plan;
  }

  public static Builder to(int port) {
    return new Builder(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  public static Builder to(InetSocketAddress address) {
    return new Builder(address);
  }

  /// What to propose, and how to connect.
  public static final class Builder {
    private final InetSocketAddress address;
    private final List<RawPdu.Context> contexts = new ArrayList<>();
    private @Nullable SSLContext tls;
    private String[] protocols = {};
    private String called = "ARCHIVE";
    private String calling = "SCU";
    private int pduBytes;
    private int ownPduBytesMax = PDU_BYTES_MAX;
    private byte[] userItems = {};
    private Duration timeout = Duration.ofSeconds(30);
    private @Nullable InetAddress from;

    private Builder(InetSocketAddress address) {
      this.address = address;
    }

    /// @param protocols of TLS to offer; none for the platform's
    public Builder tls(SSLContext context, String... protocols) {
      this.tls = context;
      this.protocols = protocols.clone();
      return this;
    }

    public Builder called(String aeTitle) {
      this.called = aeTitle;
      return this;
    }

    public Builder calling(String aeTitle) {
      this.calling = aeTitle;
      return this;
    }

    /// Adds a presentation context with the next odd ID.
    public Builder propose(String abstractSyntax, String... transferSyntaxes) {
      int id = 2 * contexts.size() + 1;
      contexts.add(new RawPdu.Context(id, abstractSyntax, List.of(transferSyntaxes)));
      return this;
    }

    /// Longest P-DATA-TF body to send, whatever the peer takes.
    public Builder pduBytes(int pduBytes) {
      this.pduBytes = pduBytes;
      return this;
    }

    /// Longest P-DATA-TF body this side takes, as told to the peer.
    public Builder ownPduBytesMax(int bytes) {
      this.ownPduBytesMax = bytes;
      return this;
    }

    /// More sub-items of the user information item, encoded.
    public Builder userItems(byte[] encoded) {
      this.userItems = encoded.clone();
      return this;
    }

    /// Comes from one address of this machine: of loopback there are many.
    public Builder from(InetAddress address) {
      this.from = address;
      return this;
    }

    /// How long any read may wait.
    public Builder timeout(Duration duration) {
      this.timeout = duration;
      return this;
    }

    /// Connects, with TLS if asked to, and sends nothing more.
    public RawScu connect() throws IOException {
      Socket socket = new Socket();
      try {
        socket.setTcpNoDelay(true);
        if (from != null) {
          socket.bind(new InetSocketAddress(from, 0));
        }
        socket.connect(address, (int) timeout.toMillis());
        socket.setSoTimeout((int) timeout.toMillis());
        if (tls == null) {
          return new RawScu(socket, this);
        }
        SSLSocket secured =
            (SSLSocket)
                tls.getSocketFactory()
                    .createSocket(socket, address.getHostString(), address.getPort(), true);
        if (protocols.length > 0) {
          secured.setEnabledProtocols(protocols);
        }
        secured.startHandshake();
        return new RawScu(secured, this);
      } catch (IOException e) {
        socket.close();
        throw e;
      }
    }

    /// Connects and opens the association.
    ///
    /// @throws NotAcceptedException if the peer rejects or aborts
    public RawScu open() throws IOException {
      RawScu scu = connect();
      try {
        scu.associate();
        return scu;
      } catch (IOException e) {
        scu.close();
        throw e;
      }
    }
  }

  /// Sends A-ASSOCIATE-RQ as planned and reads the answer.
  public void associate() throws IOException {
    send(
        RawPdu.associateRq(
                plan.called, plan.calling, plan.contexts, plan.ownPduBytesMax, plan.userItems)
            .encode());
    RawPdu answer = receive();
    if (answer.type() != RawPdu.ASSOCIATE_AC) {
      throw new NotAcceptedException(answer);
    }
    ByteBuffer body = ByteBuffer.wrap(answer.body()).position(68);
    while (body.hasRemaining()) {
      int type = body.get() & 0xFF;
      body.get();
      ByteBuffer value = body.slice(body.position() + 2, body.getChar(body.position()));
      body.position(body.position() + 2 + value.remaining());
      if (type == 0x21) {
        byte[] syntax = new byte[value.getChar(6)];
        value.get(8, syntax);
        answers.put(
            value.get(0) & 0xFF,
            new Answer(value.get(2), new String(syntax, StandardCharsets.ISO_8859_1)));
      } else if (type == 0x50) {
        peerPduBytesMax = value.getInt(4); // the maximum length sub-item comes first
      }
    }
  }

  /// The peer's answers by presentation context ID.
  public Map<Integer, Answer> answers() {
    return Map.copyOf(answers);
  }

  /// Longest P-DATA-TF body the peer takes.
  public int peerPduBytesMax() {
    return peerPduBytesMax;
  }

  /// The accepted presentation context for both, or -1.
  public int context(String abstractSyntax, String transferSyntax) {
    for (RawPdu.Context context : plan.contexts) {
      Answer answer = answers.get(context.id());
      if (answer != null
          && answer.result() == 0
          && answer.transferSyntax().equals(transferSyntax)
          && context.abstractSyntax().equals(abstractSyntax)) {
        return context.id();
      }
    }
    return -1;
  }

  private int pduBytes() {
    if (plan.pduBytes > 0) {
      return plan.pduBytes;
    }
    return peerPduBytesMax <= 0 ? PDU_BYTES_MAX : Math.min(peerPduBytesMax, PDU_BYTES_MAX);
  }

  /// C-ECHO on the first accepted context of the Verification SOP class.
  public Reply echo() throws IOException {
    int contextId =
        plan.contexts.stream()
            .filter(context -> context.abstractSyntax().equals(VERIFICATION))
            .mapToInt(RawPdu.Context::id)
            .findFirst()
            .orElse(1);
    return request(
        contextId,
        RawPdu.command(
            0x0002, VERIFICATION, 0x0100, 0x0030, 0x0110, nextMessageId(), 0x0800, 0x0101));
  }

  /// Sends a command set without a data set, and awaits the response.
  public Reply request(int contextId, byte[] command) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    RawPdu.fragments(frame, contextId, true, command, pduBytes());
    send(frame.toByteArray());
    return reply();
  }

  public int nextMessageId() {
    messageId = messageId % 0xFFFF + 1;
    return messageId;
  }

  /// C-STORE of a data set as it is.
  public Reply store(int contextId, String sopClass, String sopInstance, byte[] dataSet)
      throws IOException {
    send(storeFrame(contextId, sopClass, sopInstance, dataSet));
    return reply();
  }

  /// A whole C-STORE request, to be sent with [#send] once or more.
  public byte[] storeFrame(int contextId, String sopClass, String sopInstance, byte[] dataSet) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream(dataSet.length + dataSet.length / 64);
    RawPdu.fragments(frame, contextId, true, storeCommand(sopClass, sopInstance), pduBytes());
    RawPdu.fragments(frame, contextId, false, dataSet, pduBytes());
    return frame.toByteArray();
  }

  /// The command set of a C-STORE request, a data set following.
  public byte[] storeCommand(String sopClass, String sopInstance) {
    return RawPdu.command(
        0x0002,
        sopClass,
        0x0100,
        0x0001,
        0x0110,
        nextMessageId(),
        0x0700,
        0x0000,
        0x0800,
        0x0001,
        0x1000,
        sopInstance);
  }

  /// C-STORE of a data set of any size, read as it is sent.
  public Reply store(int contextId, String sopClass, String sopInstance, InputStream dataSet)
      throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    RawPdu.fragments(frame, contextId, true, storeCommand(sopClass, sopInstance), pduBytes());
    send(frame.toByteArray());
    int step = pduBytes() - 6;
    byte[] now = dataSet.readNBytes(step);
    while (true) {
      byte[] next = now.length < step ? new byte[0] : dataSet.readNBytes(step);
      boolean last = next.length == 0;
      byte[] pdu = new byte[12 + now.length];
      byte[] header = RawPdu.header(contextId, last ? RawPdu.LAST : 0, now.length);
      System.arraycopy(header, 0, pdu, 0, 12);
      System.arraycopy(now, 0, pdu, 12, now.length);
      send(pdu);
      if (last) {
        return reply();
      }
      now = next;
    }
  }

  /// Awaits a response that has no data set.
  public Reply reply() throws IOException {
    ByteArrayOutputStream command = new ByteArrayOutputStream();
    while (true) {
      RawPdu pdu = receive();
      if (pdu.type() != RawPdu.P_DATA_TF) {
        throw new EOFException("PDU-type " + pdu.type() + " instead of a response");
      }
      ByteBuffer body = ByteBuffer.wrap(pdu.body());
      while (body.hasRemaining()) {
        int length = body.getInt() - 2;
        body.get();
        int control = body.get();
        command.write(pdu.body(), body.position(), length);
        body.position(body.position() + length);
        if ((control & RawPdu.LAST) != 0) {
          return parse(command.toByteArray());
        }
      }
    }
  }

  private static Reply parse(byte[] command) {
    ByteBuffer in = ByteBuffer.wrap(command).order(ByteOrder.LITTLE_ENDIAN);
    Map<Integer, byte[]> elements = new TreeMap<>();
    while (in.hasRemaining()) {
      int tag = in.getShort() << 16 | in.getChar();
      byte[] value = new byte[in.getInt()];
      in.get(value);
      elements.put(tag, value);
    }
    Reply reply = new Reply(0, "", elements);
    return new Reply(reply.us(0x0900), reply.text(0x0902), elements);
  }

  /// Sends any bytes.
  public void send(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /// Awaits any PDU.
  ///
  /// @throws EOFException if the peer closes
  public RawPdu receive() throws IOException {
    ByteBuffer header = ByteBuffer.wrap(in.readNBytes(6));
    if (header.remaining() < 6) {
      throw new EOFException("closed by the peer");
    }
    int length = header.getInt(2);
    if (length < 0 || length > 1 << 24) {
      throw new IOException("a PDU of " + length + " bytes");
    }
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("closed by the peer inside a PDU");
    }
    return new RawPdu(header.get(0), body);
  }

  /// Whether the peer closes instead of sending anything more.
  public boolean closedByPeer() throws IOException {
    try {
      return in.read() < 0;
    } catch (java.net.SocketException | javax.net.ssl.SSLException _) {
      return true;
    }
  }

  /// A-RELEASE, waiting for the response.
  public void release() throws IOException {
    send(new RawPdu(RawPdu.RELEASE_RQ, new byte[4]).encode());
    RawPdu answer = receive();
    if (answer.type() != RawPdu.RELEASE_RP) {
      throw new IOException("PDU-type " + answer.type() + " instead of A-RELEASE-RP");
    }
  }

  /// A-ABORT by the service user.
  public void abort() throws IOException {
    send(new RawPdu(RawPdu.ABORT, new byte[4]).encode());
  }

  /// The connection itself.
  public Socket socket() {
    return socket;
  }

  /// Closes the connection without a word; see [#release()].
  @Override
  public void close() throws IOException {
    socket.close();
  }
}
