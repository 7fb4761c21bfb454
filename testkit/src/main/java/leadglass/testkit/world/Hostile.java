package leadglass.testkit.world;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import leadglass.testkit.RawPdu;

/// Behaviours that are of no protocol, or break one.
final class Hostile {
  private static final int BLOCK_BYTES = 64 << 10;
  private static final long SECOND_NANOS = 1_000_000_000;
  private static final long PAUSE_NANOS = 2_000_000;

  private Hostile() {}

  /// Accepts and says nothing.
  static Behaviour silent() {
    return Sockets::exhaust;
  }

  static Behaviour closesAtOnce() {
    return _ -> {};
  }

  static Behaviour resets() {
    return socket -> socket.setSoLinger(true, 0);
  }

  static Behaviour ssh(Names names) {
    return socket -> {
      say(socket, "SSH-2.0-OpenSSH_9.2 " + names.banner() + "\r\n");
      if (socket.getInputStream().read() >= 0) {
        say(socket, "Invalid SSH identification string.\r\n");
        Sockets.farewell(socket);
      }
    };
  }

  /// Every byte comes back.
  static Behaviour sendsBack() {
    return socket -> {
      byte[] block = new byte[4 << 10];
      for (int read = socket.getInputStream().read(block);
          read >= 0;
          read = socket.getInputStream().read(block)) {
        socket.getOutputStream().write(block, 0, read);
      }
    };
  }

  /// PDUs of types that there are not, with lengths that are right.
  static Behaviour garbagePdus(Names names) {
    return asked((socket, out) -> {
      for (int type = 0x80; type < 0x88; type++) {
        out.write(new RawPdu(type, text(names.noise())).encode());
      }
      out.flush();
      Sockets.exhaust(socket);
    });
  }

  /// The header of an A-ASSOCIATE-AC of 4 GiB, and some of it.
  static Behaviour pduOf4Gib(Names names) {
    return asked((socket, out) -> {
      out.write(new byte[] {RawPdu.ASSOCIATE_AC, 0, -1, -1, -1, -1});
      out.write(text(names.noise().repeat(500)));
      out.flush();
      Sockets.exhaust(socket);
    });
  }

  /// An A-ASSOCIATE-AC whose items claim to be longer than it is.
  static Behaviour wrongLengths(Names names) {
    return asked((socket, out) -> {
      byte[] noise = text(names.noise());
      ByteBuffer body = ByteBuffer.allocate(68 + 4 + noise.length);
      body.putShort((short) 1).position(68);
      body.put((byte) 0x50).put((byte) 0).putShort((short) 0x7FFF).put(noise);
      out.write(new RawPdu(RawPdu.ASSOCIATE_AC, body.array()).encode());
      out.flush();
      Sockets.exhaust(socket);
    });
  }

  /// A byte a second, for ever: of HTTP to whoever speaks it, else of an A-ASSOCIATE-AC.
  static Behaviour trickles(Names names) {
    return socket -> {
      int first = socket.getInputStream().read();
      if (first < 0) {
        return;
      }
      boolean http = first >= 'A' && first <= 'Z';
      byte[] start = http ? text("HTTP/1.1 200 OK\r\nX-Name: ") : new byte[] {2, 0, 0, 0, -1, -1};
      byte[] noise = text(names.noise());
      OutputStream out = socket.getOutputStream();
      for (int i = 0; true; i++) {
        out.write(i < start.length ? start[i] : noise[(i - start.length) % noise.length]);
        out.flush();
        LockSupport.parkNanos(SECOND_NANOS);
      }
    };
  }

  /// Bytes without end, from the first moment on.
  static Behaviour floods(Names names) {
    return socket -> pour(socket.getOutputStream(), block(names));
  }

  /// A body of HTTP in chunks, of which there are always more.
  static Behaviour chunksWithoutEnd(Names names) {
    return asked((_, out) -> {
      out.write(
          text(
              """
              HTTP/1.1 200 OK\r
              Content-Type: application/dicom+json\r
              Transfer-Encoding: chunked\r
              \r
              """));
      byte[] content = text("[\"" + names.noise() + "\",");
      StringBuilder chunk = new StringBuilder();
      chunk.append(Integer.toHexString(content.length)).append("\r\n");
      chunk.append(new String(content, StandardCharsets.US_ASCII)).append("\r\n");
      pour(out, text(chunk.toString().repeat(500)));
    });
  }

  /// A head of HTTP that has always one more line.
  static Behaviour headersWithoutEnd(Names names) {
    return asked((_, out) -> {
      out.write(text("HTTP/1.1 200 OK\r\n"));
      pour(out, text(("X-Name: " + names.noise() + "\r\n").repeat(500)));
    });
  }

  /// What comes once the peer has said something.
  @FunctionalInterface
  private interface Saying {
    void say(Socket socket, OutputStream out) throws IOException;
  }

  private static Behaviour asked(Saying saying) {
    return socket -> {
      byte[] block = new byte[4 << 10];
      if (socket.getInputStream().read(block) >= 0) {
        saying.say(socket, socket.getOutputStream());
      }
    };
  }

  private static byte[] block(Names names) {
    return text(names.noise().repeat(BLOCK_BYTES / names.noise().length()));
  }

  /// Until the peer has had enough.
  private static void pour(OutputStream out, byte[] block) throws IOException {
    while (true) {
      out.write(block);
      LockSupport.parkNanos(PAUSE_NANOS); // others need the processor too
    }
  }

  private static void say(Socket socket, String line) throws IOException {
    socket.getOutputStream().write(text(line));
    socket.getOutputStream().flush();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
