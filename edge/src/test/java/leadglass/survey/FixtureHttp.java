package leadglass.survey;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import leadglass.testkit.TestCertificate;
import leadglass.testkit.TestTls;

/// A tiny web server that answers by method and path, as well or as badly as a test wants.
public final class FixtureHttp implements AutoCloseable {

  /// Writes an answer, byte by byte if it must be.
  public interface Answers {
    /// @param path without query
    void answer(String method, String path, String query, OutputStream out) throws IOException;
  }

  private final ServerSocket server;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> heads = new CopyOnWriteArrayList<>();

  private FixtureHttp(ServerSocket server) {
    this.server = server;
  }

  public static FixtureHttp of(Answers answers) throws IOException {
    FixtureHttp made = new FixtureHttp(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    Thread.startVirtualThread(() -> made.listen(answers));
    return made;
  }

  /// Likewise inside TLS, with a certificate of its own making.
  public static FixtureHttp overTls(Answers answers) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          TestTls.keyManagers(
              TestCertificate.selfSigned("archive.example", TestCertificate.Kind.EC)),
          null,
          null);
      FixtureHttp made =
          new FixtureHttp(
              context
                  .getServerSocketFactory()
                  .createServerSocket(0, 50, InetAddress.getLoopbackAddress()));
      Thread.startVirtualThread(() -> made.listen(answers));
      made.shakeHands();
      return made;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The first handshake of a process takes longer than a check waits.
  private void shakeHands() throws IOException {
    try (Socket socket =
        TestTls.believing(null, null)
            .getSocketFactory()
            .createSocket(InetAddress.getLoopbackAddress(), port())) {
      ((SSLSocket) socket).startHandshake();
    }
  }

  private void listen(Answers answers) {
    try {
      while (true) {
        Socket socket = server.accept();
        Thread.startVirtualThread(() -> serve(socket, answers));
      }
    } catch (IOException _) {
      // Closed: the test is over.
    }
  }

  private void serve(Socket socket, Answers answers) {
    try (socket) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      String first = in.readLine();
      StringBuilder head = new StringBuilder();
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        head.append(line).append('\n');
      }
      if (first == null || !first.endsWith(" HTTP/1.1")) {
        return;
      }
      String[] words = first.split(" ", -1);
      heads.add(head.toString());
      asked.add(words[0] + " " + words[1]);
      int query = words[1].indexOf('?');
      answers.answer(
          words[0],
          query < 0 ? words[1] : words[1].substring(0, query),
          query < 0 ? "" : words[1].substring(query + 1),
          socket.getOutputStream());
      socket.getOutputStream().flush();
    } catch (IOException _) {
      // Whoever asked has heard enough.
    }
  }

  public int port() {
    return server.getLocalPort();
  }

  /// Such as `GET /studies?limit=1`.
  public List<String> asked() {
    return asked;
  }

  /// The header fields of every request.
  public List<String> heads() {
    return heads;
  }

  public HostReport check() {
    return Checks.of(Declared.NOTHING, port() + "/http");
  }

  /// As a host that was given by this name, over HTTPS.
  public HostReport check(String name) {
    return Checks.named(name, port() + "/https");
  }

  /// An answer with a length.
  ///
  /// @param status such as `200 OK`
  /// @param fields each without its line end
  public static void say(OutputStream out, String status, String body, String... fields)
      throws IOException {
    StringBuilder all = new StringBuilder("HTTP/1.1 " + status + "\r\n");
    for (String each : fields) {
      all.append(each).append("\r\n");
    }
    all.append("Content-Length: ").append(body.length()).append("\r\n\r\n").append(body);
    out.write(all.toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  public static void nothing(OutputStream out) throws IOException {
    say(out, "404 Not Found", "<html>Not Found</html>", "Content-Type: text/html");
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
