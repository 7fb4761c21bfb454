package leadglass.survey.smb;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import leadglass.survey.Visit;
import leadglass.survey.wire.BigEndian;
import leadglass.survey.wire.Line;
import leadglass.survey.wire.WireFault;

/// An SMB 2 or 3 connection of nobody (MS-SMB2 §2.2, MS-NLMP §3.2.5.1.2). One thread's.
public final class NullSession implements AutoCloseable {
  private static final int HEADER_BYTES = 64;
  private static final int MESSAGE_BYTES_MAX = 80 << 10;
  private static final int CONTEXTS_OFFSET = 112;
  private static final int NEGOTIATE = 0;
  private static final int SESSION_SETUP = 1;
  private static final int TREE_CONNECT = 3;
  private static final int TREE_DISCONNECT = 4;
  private static final int CREATE = 5;
  private static final int IOCTL = 11;
  private static final int PIPE_TRANSCEIVE = 0x0011_C017;
  private static final int SUCCESS = 0;
  private static final int PENDING = 0x103;
  private static final int MORE = 0xC000_0016;
  private static final int BUFFER_OVERFLOW = 0x8000_0005;
  private static final int INTERIM_MAX = 8;

  private final Visit visit;
  private final Line line;
  private long message;
  private long session;
  private int tree;
  private boolean signingRequired;

  private NullSession(Visit visit, Line line) {
    this.visit = visit;
    this.line = line;
  }

  /// Connects and agrees on a version.
  ///
  /// @throws WireFault if it speaks neither SMB 2 nor 3
  public static NullSession negotiated(Visit visit) throws IOException {
    NullSession made = new NullSession(visit, visit.open());
    boolean done = false;
    try {
      made.negotiate();
      done = true;
      return made;
    } finally {
      if (!done) {
        made.close();
      }
    }
  }

  public boolean signingRequired() {
    return signingRequired;
  }

  private void negotiate() throws IOException {
    byte[] salt = new byte[32];
    visit.random().nextBytes(salt);
    Body body = new Body(94).put16(36).put16(5).put16(1).put16(0).put32(0);
    body.put(Arrays.copyOf(salt, 16)).put32(CONTEXTS_OFFSET).put16(1).put16(0);
    body.put16(0x0202).put16(0x0210).put16(0x0300).put16(0x0302).put16(0x0311).put16(0);
    // SMB 3.1.1 wants a hash named beforehand: SHA-512. Nobody's session has no key to use it for.
    body.put16(1).put16(38).put32(0).put16(1).put16(32).put16(1).put(salt);
    try (Packet answer = asked(NEGOTIATE, body.array())) {
      if (answer.int32(8) != SUCCESS) {
        throw new WireFault(WireFault.Kind.NOT_THE_PROTOCOL);
      }
      signingRequired = (answer.int16(HEADER_BYTES + 2) & 2) != 0;
    }
  }

  /// Signs in as nobody.
  public boolean signedIn() throws IOException {
    Body first = ntlm(40, 1).put32(0xA008_8205);
    try (Packet answer = asked(SESSION_SETUP, setup(first.array()))) {
      if (answer.int32(8) != MORE) {
        return answer.int32(8) == SUCCESS;
      }
      session = answer.int64(40);
    }
    // A response of one zero byte is nobody's; all other fields are empty, and lie after it.
    Body last = ntlm(65, 3).put16(1).put16(1).put32(64);
    for (int i = 0; i < 5; i++) {
      last.put32(0).put32(65);
    }
    last.put32(0xA008_8A05);
    try (Packet answer = asked(SESSION_SETUP, setup(last.array()))) {
      return answer.int32(8) == SUCCESS;
    }
  }

  private static Body ntlm(int bytes, int type) {
    return new Body(bytes).put("NTLMSSP\0".getBytes(StandardCharsets.US_ASCII)).put32(type);
  }

  private static byte[] setup(byte[] token) {
    Body body = new Body(24 + token.length).put16(25).put8(0).put8(1);
    body.put32(0).put32(0).put16(HEADER_BYTES + 24);
    return body.put16(token.length).put64(0).put(token).array();
  }

  /// Connects to a share.
  ///
  /// @param share its name in UTF-16, little endian
  public boolean connected(byte[] share) throws IOException {
    byte[] host = ("\\\\" + visit.authority() + "\\").getBytes(StandardCharsets.UTF_16LE);
    int path = host.length + share.length;
    Body body = new Body(8 + path).put16(9).put16(0);
    body.put16(HEADER_BYTES + 8).put16(path).put(host).put(share);
    tree = 0;
    try (Packet answer = asked(TREE_CONNECT, body.array())) {
      tree = answer.int32(36);
      return answer.int32(8) == SUCCESS;
    } finally {
      Arrays.fill(body.array(), (byte) 0);
    }
  }

  /// Leaves the share again.
  public void disconnect() throws IOException {
    asked(TREE_DISCONNECT, new Body(4).put16(4).array()).close();
  }

  /// The names of the shares that hold files, not those of the machine itself, at most so many;
  /// whoever asks zeroes them. Empty too if a stranger is not told.
  public List<byte[]> shares(int sharesMax) throws IOException {
    if (!connected("IPC$".getBytes(StandardCharsets.UTF_16LE))) {
      return List.of();
    }
    byte[] pipe = pipe();
    if (pipe.length == 0) {
      return List.of();
    }
    try (Packet bound = transceived(pipe, ShareList.bind())) {
      if (!ShareList.isBound(bound)) {
        return List.of();
      }
    }
    try (Packet listed = transceived(pipe, ShareList.request())) {
      return ShareList.names(listed, sharesMax);
    }
  }

  /// Opens the pipe of the server service; its handle, or nothing.
  private byte[] pipe() throws IOException {
    byte[] name = "srvsvc".getBytes(StandardCharsets.UTF_16LE);
    Body body = new Body(56 + name.length).put16(57).put16(0);
    body.put32(2).put64(0).put64(0).put32(0x0012_019F).put32(0).put32(7).put32(1);
    body.put32(0).put16(HEADER_BYTES + 56).put16(name.length);
    body.put64(0).put(name);
    try (Packet answer = asked(CREATE, body.array())) {
      return answer.int32(8) == SUCCESS ? answer.bytes(HEADER_BYTES + 64, 16) : new byte[0];
    }
  }

  private Packet transceived(byte[] pipe, byte[] call) throws IOException {
    Body body = new Body(56 + call.length).put16(57).put16(0);
    body.put32(PIPE_TRANSCEIVE).put(pipe).put32(HEADER_BYTES + 56).put32(call.length);
    body.put32(0).put32(0).put32(0).put32(1 << 16).put32(1).put32(0).put(call);
    try (Packet answer = asked(IOCTL, body.array())) {
      int status = answer.int32(8);
      if (status != SUCCESS && status != BUFFER_OVERFLOW) {
        return new Packet(new byte[0]);
      }
      return new Packet(
          answer.bytes(answer.int32(HEADER_BYTES + 32), answer.int32(HEADER_BYTES + 36)));
    }
  }

  private Packet asked(int command, byte[] body) throws IOException {
    int length = HEADER_BYTES + body.length;
    Body out = new Body(4 + length).put8(0);
    out.put8(length >> 16).put8(length >> 8).put8(length);
    out.put8(0xFE).put("SMB".getBytes(StandardCharsets.US_ASCII));
    out.put16(HEADER_BYTES).put16(1).put32(0).put16(command);
    out.put16(1).put32(0).put32(0).put64(message++).put32(0).put32(tree);
    out.put64(session).put64(0).put64(0).put(body);
    line.write(out.array());
    Arrays.fill(out.array(), (byte) 0);
    for (int i = 0; i < INTERIM_MAX; i++) {
      Packet answer = received(command);
      if (answer.int32(8) != PENDING) {
        return answer;
      }
      answer.close();
    }
    throw new WireFault(WireFault.Kind.TOO_MUCH);
  }

  private Packet received(int command) throws IOException {
    int length = BigEndian.int32(line);
    if (length < HEADER_BYTES || length > MESSAGE_BYTES_MAX) {
      throw new WireFault(WireFault.Kind.NOT_THE_PROTOCOL);
    }
    byte[] bytes = new byte[length];
    Packet packet = new Packet(bytes);
    boolean fits = false;
    try {
      line.read(bytes, 0, length);
      // FE 'S' 'M' 'B', and the answer to what was asked.
      fits = packet.int32(0) == 0x424D_53FE && packet.int16(12) == command;
    } finally {
      if (!fits) {
        packet.close();
      }
    }
    if (!fits) {
      throw new WireFault(WireFault.Kind.NOT_THE_PROTOCOL);
    }
    return packet;
  }

  @Override
  public void close() {
    line.close();
  }
}
