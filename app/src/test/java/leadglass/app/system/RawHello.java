package leadglass.app.system;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/// The first message of TLS as bytes (RFC 8446 §4.1.2), so that versions and cipher suites can be
/// offered that no library speaks any more.
final class RawHello {
  static final int TLS_1_3 = 0x0304;
  static final int TLS_1_2 = 0x0303;
  private static final int HANDSHAKE = 22;
  private static final int SERVER_HELLO = 2;
  private static final int PORT_WAIT_MILLIS = 20_000;

  private RawHello() {}

  /// What a server chose.
  record Chosen(int version, int suite) {}

  /// Every cipher suite that a server takes, in the order it likes them.
  static Set<Integer> accepted(int port, int version) throws IOException {
    Set<Integer> left = suites(version == TLS_1_3);
    Set<Integer> accepted = new LinkedHashSet<>();
    while (true) {
      Optional<Chosen> chosen = offer(port, version, left);
      if (chosen.isEmpty()) {
        return accepted;
      }
      if (chosen.get().version() != version || !left.remove(chosen.get().suite())) {
        throw new IOException("it chose what was not offered");
      }
      accepted.add(chosen.get().suite());
    }
  }

  /// All that were ever given a number, and many that were not.
  private static Set<Integer> suites(boolean ofThirteen) {
    Set<Integer> all = new LinkedHashSet<>();
    if (ofThirteen) {
      add(all, 0x1300, 0x13ff);
    } else {
      add(all, 0x0000, 0x00fe); // 0x00ff is a signal
      add(all, 0xc000, 0xc0ff);
      add(all, 0xcc00, 0xccff);
      add(all, 0xd000, 0xd0ff);
      add(all, 0xfe00, 0xfeff);
    }
    return all;
  }

  private static void add(Set<Integer> all, int from, int to) {
    for (int suite = from; suite <= to; suite++) {
      all.add(suite);
    }
  }

  /// @return empty if the server does not speak that
  static Optional<Chosen> offer(int port, int version, Collection<Integer> suites)
      throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PORT_WAIT_MILLIS);
      socket.getOutputStream().write(record(version, hello(version, suites)));
      DataInputStream in = new DataInputStream(socket.getInputStream());
      int type = in.readUnsignedByte();
      in.readUnsignedShort();
      byte[] body = new byte[in.readUnsignedShort()];
      in.readFully(body);
      return type == HANDSHAKE && body[0] == SERVER_HELLO
          ? Optional.of(chosen(body))
          : Optional.empty();
    } catch (EOFException _) {
      return Optional.empty(); // closed without a word
    }
  }

  private static Chosen chosen(byte[] body) {
    int version = number(body, 4);
    int at = 6 + 32;
    at += 1 + (body[at] & 0xff); // session id
    int suite = number(body, at);
    at += 2 + 1; // compression
    int message = 4 + number(body, 2); // shorter than 64 KiB
    int end = at + 2 > message ? at : at + 2 + number(body, at);
    for (at += 2; at < end; at += 4 + number(body, at + 2)) {
      if (number(body, at) == 43) {
        version = number(body, at + 4); // supported_versions
      }
    }
    return new Chosen(version, suite);
  }

  private static int number(byte[] body, int at) {
    return ((body[at] & 0xff) << 8) | (body[at + 1] & 0xff);
  }

  private static byte[] record(int version, byte[] message) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeByte(HANDSHAKE);
    out.writeShort(Math.min(version, 0x0301));
    out.writeShort(message.length);
    out.write(message);
    return bytes.toByteArray();
  }

  private static byte[] hello(int version, Collection<Integer> suites) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeShort(Math.min(version, TLS_1_2));
    out.write(new byte[32]); // random
    out.writeByte(0); // no session
    out.writeShort(2 * suites.size());
    for (int suite : suites) {
      out.writeShort(suite);
    }
    out.writeShort(0x0100); // no compression
    byte[] extensions = extensions(version);
    out.writeShort(extensions.length);
    out.write(extensions);
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.write(1); // client_hello
    message.write(bytes.size() >> 16);
    message.write(bytes.size() >> 8);
    message.write(bytes.size());
    bytes.writeTo(message);
    return message.toByteArray();
  }

  private static byte[] extensions(int version) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    extension(out, 10, 0, 6, 0, 29, 0, 23, 0, 24); // groups: x25519, P-256, P-384
    extension(out, 11, 1, 0); // points: uncompressed
    // Signatures: ECDSA, RSA-PSS, RSA with SHA-256 and SHA-384, and the two of old with SHA-1.
    extension(out, 13, 0, 16, 4, 3, 5, 3, 8, 4, 8, 5, 4, 1, 5, 1, 2, 1, 2, 3);
    if (version >= TLS_1_3) {
      extension(out, 43, 2, 3, 4);
      int[] share = new int[2 + 2 + 2 + 32];
      share[1] = 36;
      share[3] = 29;
      share[5] = 32;
      share[6] = 9; // the base point: a key of somebody whose secret is 1
      extension(out, 51, share);
    }
    return bytes.toByteArray();
  }

  private static void extension(DataOutputStream out, int type, int... bytes) throws IOException {
    out.writeShort(type);
    out.writeShort(bytes.length);
    for (int each : bytes) {
      out.writeByte(each);
    }
  }
}
