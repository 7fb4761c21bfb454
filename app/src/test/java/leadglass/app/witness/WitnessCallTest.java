package leadglass.app.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import leadglass.app.outbound.OutboundDoor;
import leadglass.archive.WitnessRequest;
import leadglass.testkit.TestCertificate;
import leadglass.testkit.TestTls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What somebody who is no good witness may answer.
@SuppressWarnings("NullAway.Init")
class WitnessCallTest {
  private static final WitnessRequest REQUEST =
      new WitnessRequest(3, List.of(new byte[32]), "trail\n4\nAAAA\n\n\u2014 trail AAAA\n");

  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private SSLServerSocket listening;
  private WitnessCall call;
  private volatile String answer = "";

  @BeforeEach
  void open() throws IOException, GeneralSecurityException {
    TestCertificate own = TestCertificate.selfSigned("witness", TestCertificate.Kind.EC);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(TestTls.keyManagers(own), null, null);
    listening =
        (SSLServerSocket)
            tls.getServerSocketFactory()
                .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::listen);
    OutboundDoor door =
        OutboundDoor.forQuestions(
            Set.of("localhost"),
            TestTls.client(null, own).getSocketFactory(),
            Duration.ofSeconds(20));
    call = new WitnessCall(door, URI.create("https://localhost:" + listening.getLocalPort()));
  }

  @AfterEach
  void close() throws IOException {
    listening.close();
  }

  private void listen() {
    int bytes = REQUEST.body().length;
    while (!listening.isClosed()) {
      try (Socket socket = listening.accept()) {
        socket.setSoTimeout(20_000);
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
          head.append((char) in.read());
        }
        heard.add(head + new String(in.readNBytes(bytes), UTF_8));
        socket.getOutputStream().write(answer.getBytes(UTF_8));
        socket.getOutputStream().flush();
      } catch (IOException _) {
        // The next one, or none.
      }
    }
  }

  private WitnessCall.Answer answered(String status, String type, String body) throws IOException {
    answer =
        "HTTP/1.1 "
            + status
            + " x\r\nContent-Type: "
            + type
            + "\r\nContent-Length: "
            + body.getBytes(UTF_8).length
            + "\r\nLocation: https://localhost/elsewhere\r\nConnection: close\r\n\r\n"
            + body;
    return call.ask("lg1_secret", REQUEST);
  }

  @Test
  void itIsAskedAsTheProtocolHasIt() throws Exception {
    assertThat(answered("200", "text/plain", "\u2014 witness AAAA\n"))
        .isEqualTo(new WitnessCall.Answer.Cosigned("\u2014 witness AAAA\n"));
    String asked = heard.poll(20, TimeUnit.SECONDS);
    assertThat(asked)
        .startsWith("POST /witness/add-checkpoint HTTP/1.1\r\n")
        .contains("Authorization: Bearer lg1_secret\r\n")
        .endsWith("\r\n\r\n" + new String(REQUEST.body(), UTF_8));
  }

  @Test
  void aConflictSaysHowManyEntriesInItsOwnMediaTypeAndNothingElse() throws IOException {
    assertThat(answered("409", "text/x.tlog.size", "17\n"))
        .isEqualTo(new WitnessCall.Answer.Conflict(17));
    WitnessCall.Answer refused = new WitnessCall.Answer.Refused(409);
    assertThat(answered("409", "text/plain", "17\n")).isEqualTo(refused);
    for (String body : List.of("", "-1\n", "1 7\n", "9".repeat(19) + "\n", "seventeen\n")) {
      assertThat(answered("409", "text/x.tlog.size", body)).as(body).isEqualTo(refused);
    }
  }

  @Test
  void everyOtherAnswerIsARefusalAndNobodyIsLedElsewhere() throws IOException {
    assertThat(answered("422", "text/plain", "")).isEqualTo(new WitnessCall.Answer.Inconsistent());
    for (int status : new int[] {201, 302, 307, 308, 400, 401, 403, 404, 413, 500, 503}) {
      assertThat(answered("" + status, "text/plain", "x"))
          .isEqualTo(new WitnessCall.Answer.Refused(status));
    }
    assertThat(heard).hasSize(12);
  }

  @Test
  void anAnswerWithoutEndIsNotTaken() {
    assertThatThrownBy(() -> answered("200", "text/plain", "x".repeat(1 << 20)))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> answered("409", "text/x.tlog.size", "1".repeat(1 << 20)))
        .isInstanceOf(IOException.class);
  }
}
