package leadglass.app.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import leadglass.testkit.TestCertificate;
import leadglass.testkit.TestTls;
import org.junit.jupiter.api.Test;

class OutboundDoorTest {
  private static final TestCertificate AUTHORITY =
      TestCertificate.selfSigned("authority", TestCertificate.Kind.EC);

  private static OutboundDoor naming(String host) {
    SSLContext trusting = TestTls.client(null, AUTHORITY);
    return OutboundDoor.forQuestions(
        Set.of(host), trusting.getSocketFactory(), Duration.ofSeconds(2));
  }

  @Test
  void aNameThatLeadsIntoThisMachineOrItsCloudIsNotFollowed() throws IOException {
    OutboundDoor door = new OutboundDoor("s3.example.org");
    for (String inside :
        new String[] {"localhost", "169.254.169.254", "fd00:ec2::254", "0.0.0.0", "224.0.0.1"}) {
      assertThatThrownBy(() -> door.check(inside))
          .as(inside)
          .isInstanceOf(OutboundDoor.ClosedException.class);
    }
    door.check("192.0.2.7");
    new OutboundDoor("localhost").check("localhost");
    new OutboundDoor("127.0.0.1").check("127.0.0.1");
  }

  @Test
  void theAddressThatCountsIsTheOneConnectedTo() throws IOException {
    OutboundDoor door = naming("id.example.org");
    InetAddress here = InetAddress.getLoopbackAddress();
    assertThatThrownBy(() -> door.check("id.example.org", here))
        .isInstanceOf(OutboundDoor.ClosedException.class);
    HttpURLConnection connection = door.open(URI.create("https://localhost:9/"));
    assertThatThrownBy(connection::getResponseCode)
        .isInstanceOf(OutboundDoor.ClosedException.class);
  }

  private static SSLServerSocket server() throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          TestTls.keyManagers(
              TestCertificate.issued("localhost", TestCertificate.Kind.EC, AUTHORITY)),
          null,
          null);
      return (SSLServerSocket)
          context
              .getServerSocketFactory()
              .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
    } catch (java.security.GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  @Test
  void aRedirectIsAnAnswerAndIsNotFollowed() throws Exception {
    try (SSLServerSocket server = server()) {
      Thread serving =
          Thread.ofVirtual().start(() -> answer(server, "HTTP/1.1 302 Found\r\nLocation: /x\r\n"));
      HttpURLConnection connection =
          naming("localhost").open(URI.create("https://localhost:" + server.getLocalPort() + "/"));
      assertThat(connection.getResponseCode()).isEqualTo(302);
      serving.join();
    }
  }

  private static void answer(SSLServerSocket server, String head) {
    try (Socket socket = server.accept()) {
      socket.getInputStream().read(new byte[4096]);
      socket
          .getOutputStream()
          .write((head + "Content-Length: 0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void whoeverAnswersAByteAtATimeIsLeftWhenTheWholeTimeIsOver() throws Exception {
    try (SSLServerSocket server = server()) {
      Thread.ofVirtual().start(() -> trickle(server));
      HttpURLConnection connection =
          naming("localhost").open(URI.create("https://localhost:" + server.getLocalPort() + "/"));
      assertThatThrownBy(
              () -> {
                try (InputStream in = connection.getInputStream()) {
                  in.readAllBytes();
                }
              })
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  /// A byte whenever the one before was taken, and long pauses in between.
  private static void trickle(SSLServerSocket server) {
    try (Socket socket = server.accept()) {
      socket.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      socket.setSoTimeout(300);
      for (int i = 0; i < 100; i++) {
        socket.getOutputStream().write('x');
        pause(socket);
      }
    } catch (IOException _) {
      // The other side went, as it should.
    }
  }

  /// Until something comes, or a third of a second.
  private static void pause(Socket socket) throws IOException {
    try {
      assertThat(socket.getInputStream().read(new byte[4096])).isNotZero();
    } catch (SocketTimeoutException _) {
      // As long as it should be.
    }
  }
}
