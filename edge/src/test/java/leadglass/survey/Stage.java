package leadglass.survey;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/// A tiny server on loopback whose every connection plays the same part.
public final class Stage implements AutoCloseable {
  /// What no report may show.
  public static final String CANARY = "CANARY7Q";

  /// A connection's part; the socket is closed after it.
  @FunctionalInterface
  public interface Part {
    void play(InputStream in, OutputStream out) throws IOException;
  }

  private final ServerSocket listening;
  private final AtomicInteger connections = new AtomicInteger();

  public Stage(Part part) throws IOException {
    this(0, part);
  }

  Stage(int port, Part part) throws IOException {
    listening = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(() -> {
      while (!listening.isClosed()) {
        try {
          Socket socket = listening.accept();
          connections.incrementAndGet();
          Thread.startVirtualThread(() -> played(socket, part));
        } catch (IOException _) {
          return;
        }
      }
    });
  }

  private static void played(Socket socket, Part part) {
    try (socket) {
      part.play(socket.getInputStream(), socket.getOutputStream());
      socket.shutdownOutput();
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException _) {
      // The check has seen enough.
    }
  }

  public int port() {
    return listening.getLocalPort();
  }

  int connections() {
    return connections.get();
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }

  /// Sends characters as bytes of the same number.
  static void say(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  /// Reads a line that the check sent.
  static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    int next = in.read();
    while (next >= 0 && next != '\n') {
      line.append((char) next);
      next = in.read();
    }
    return line.toString().strip();
  }
}
