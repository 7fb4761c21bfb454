package leadglass.server.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import leadglass.archive.Authority;
import leadglass.archive.Verb;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Bounds, and what goes over the wire.
@Timeout(120)
class WebServerTest {
  /// More than the heap that a test has.
  private static final long LARGE = 640L << 20;

  private static final String COOKIE = "__Host-leadglass=radiologist";

  private static Route route(String method, String pattern, Handler handler) {
    return new Route(method, pattern, Routes.door(pattern), Verb.BE_KNOWN, handler);
  }

  private static final Route COUNTING =
      route(
          "POST",
          "/dicomweb/count",
          request -> {
            long count = request.body().transferTo(OutputStream.nullOutputStream());
            return Response.of(200, "text/plain", Long.toString(count).getBytes(ISO_8859_1));
          });

  private static final Route GIVING =
      route("GET", "/dicomweb/give", _ -> Response.of(200).with(zeros(LARGE)));

  private static Response.Body zeros(long count) {
    return new Response.Body() {
      @Override
      public long length() {
        return -1;
      }

      @Override
      public void writeTo(OutputStream out) throws IOException {
        byte[] chunk = new byte[64 << 10];
        for (long left = count; left > 0; left -= chunk.length) {
          out.write(chunk);
        }
      }
    };
  }

  private static WebSettings impatient() {
    WebSettings usual = TestServer.settings();
    return new WebSettings(
        usual.listen(),
        usual.port(),
        usual.names(),
        1,
        usual.connectionsMax(),
        3,
        usual.idle(),
        Duration.ofMillis(700),
        Duration.ofMillis(700),
        1024,
        Duration.ofMillis(50),
        usual.stopGrace());
  }

  private static HttpClient client(TestServer server, String version) {
    return version.equals("h2") ? server.h2 : server.h1;
  }

  @ParameterizedTest
  @ValueSource(strings = {"h1", "h2"})
  void moreThanTheHeapGoesUpAndDownWithoutBeingHeld(String version) throws Exception {
    try (TestServer server = new TestServer(List.of(COUNTING, GIVING))) {
      HttpClient client = client(server, version);
      HttpResponse<String> up =
          client.send(
              server.request(
                  "/dicomweb/count",
                  request ->
                      request
                          .headers("Cookie", COOKIE, "Sec-Fetch-Site", "same-origin")
                          .timeout(Duration.ofSeconds(100))
                          .POST(BodyPublishers.ofInputStream(() -> new Zeros(LARGE)))),
              BodyHandlers.ofString());
      assertThat(up.body()).isEqualTo(Long.toString(LARGE));
      HttpResponse<InputStream> down =
          client.send(
              server.request("/dicomweb/give", request -> request.header("Cookie", COOKIE)),
              BodyHandlers.ofInputStream());
      try (InputStream body = down.body()) {
        assertThat(body.transferTo(OutputStream.nullOutputStream())).isEqualTo(LARGE);
      }
      assertThat(down.version())
          .isEqualTo(
              version.equals("h2") ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1);
    }
  }

  /// Zeros without end in memory.
  private static final class Zeros extends InputStream {
    private long left;

    Zeros(long count) {
      this.left = count;
    }

    @Override
    public int read() {
      return left-- > 0 ? 0 : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      int count = (int) Math.min(left, length);
      left -= count;
      return count;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TLSv1.3, TLS_AES_256_GCM_SHA384, EC",
    "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, EC",
    "TLSv1.2, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, RSA",
  })
  void bothCertificatesAreShown(String protocol, String suite, String key) throws IOException {
    try (TestServer server = new TestServer(List.of());
        SSLSocket socket = server.socket()) {
      socket.setEnabledProtocols(new String[] {protocol});
      socket.setEnabledCipherSuites(new String[] {suite});
      socket.startHandshake();
      assertThat(shown(socket).getPublicKey().getAlgorithm()).isEqualTo(key);
    }
  }

  private static X509Certificate shown(SSLSocket socket) throws IOException {
    return (X509Certificate) socket.getSession().getPeerCertificates()[0];
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384",
        "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
        "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384"
      })
  void otherCipherSuitesAreNotSpoken(String suite) throws IOException {
    try (TestServer server = new TestServer(List.of());
        SSLSocket socket = server.socket()) {
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      socket.setEnabledCipherSuites(new String[] {suite});
      assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
    }
  }

  @Test
  void newCertificatesAreShownFromTheNextHandshakeOn() throws IOException {
    try (TestServer server = new TestServer(List.of())) {
      Authority.Identity renewed = TestIdentity.fresh();
      server.web.reload(renewed);
      try (SSLSocket socket =
          (SSLSocket)
              TestIdentity.trusting(renewed)
                  .getSocketFactory()
                  .createSocket(InetAddress.getLoopbackAddress(), server.web.port())) {
        socket.startHandshake();
        assertThat(shown(socket)).isEqualTo(TestIdentity.certificate(renewed, "ecdsa"));
      }
    }
  }

  /// What comes back for bytes as they are, until the server closes.
  private static String raw(TestServer server, String request) throws IOException {
    try (SSLSocket socket = server.socket()) {
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  private static String get(String target, String... headers) {
    return "GET "
        + target
        + " HTTP/1.1\r\nConnection: close\r\n"
        + String.join("", List.of(headers).stream().map(header -> header + "\r\n").toList())
        + "\r\n";
  }

  @ParameterizedTest
  @CsvSource({
    "archive.test, 401",
    "archive.test:1234, 401",
    "evil.example, 421",
    "evil.example:8443, 421",
    "archive.test.evil.example, 421",
    "'', 400",
  })
  void aRequestForAnotherNameIsNotAnswered(String host, int status) throws IOException {
    try (TestServer server = new TestServer(List.of(GIVING))) {
      String answer = raw(server, get("/dicomweb/give", "Host: " + host));
      assertThat(answer).startsWith("HTTP/1.1 " + status);
      assertThat(answer.contains("Strict-Transport-Security")).isEqualTo(status == 401);
    }
  }

  @Test
  void requestsThatAreNoneGetAProblemAndLearnNothing() throws IOException {
    try (TestServer server = new TestServer(List.of(GIVING))) {
      String long1 = "X-Long: " + "a".repeat(20_000);
      for (String request :
          List.of(
              "GARBAGE\r\n\r\n",
              get("/dicomweb/give"),
              get("/dicomweb/give", "Host: localhost", "Host: localhost"),
              get("/dicomweb/%2e%2e/give", "Host: localhost"),
              get("/dicomweb/a%2Fb", "Host: localhost"),
              get("/dicomweb/give;x=1/..;/y", "Host: localhost"),
              get("/dicomweb/%zz", "Host: localhost"),
              get("/dicomweb/give", "Host: localhost", "Content-Length: 1", "Content-Length: 2"),
              get("/dicomweb/give", "Host: localhost", long1),
              get("/" + "a".repeat(20_000), "Host: localhost"))) {
        String answer = raw(server, request);
        assertThat(answer)
            .as(request.substring(0, Math.min(60, request.length())))
            .startsWith("HTTP/1.1 4")
            .contains("application/problem+json")
            .contains("Content-Security-Policy: sandbox; default-src 'none'")
            .doesNotContain("Server:", "Jetty", "jetty", "xception");
      }
    }
  }

  @Test
  void plainTextIsNotSpoken() throws IOException {
    try (TestServer server = new TestServer(List.of(GIVING));
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.web.port())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(get("/", "Host: localhost").getBytes(ISO_8859_1));
      assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
          .doesNotContain("HTTP");
    }
  }

  @Test
  void aBodyThatStandsStillIsGivenUp() throws Exception {
    try (TestServer server = new TestServer(impatient(), List.of(COUNTING));
        SSLSocket socket = server.socket()) {
      String head =
          "POST /dicomweb/count HTTP/1.1\r\nHost: localhost\r\nCookie: "
              + COOKIE
              + "\r\nSec-Fetch-Site: same-origin\r\nContent-Length: 1000000\r\n\r\nten bytes.";
      socket.getOutputStream().write(head.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
      String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      assertThat(answer).startsWith("HTTP/1.1 408").contains("too-slow");
    }
  }

  @Test
  void aPeerThatDoesNotReadIsGivenUp() throws Exception {
    try (TestServer server = new TestServer(impatient(), List.of(GIVING));
        SSLSocket socket = server.socket()) {
      socket
          .getOutputStream()
          .write(
              get("/dicomweb/give", "Host: localhost", "Cookie: " + COOKIE).getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
      assertThat(server.await(HttpEvent.CutShort.class).cause())
          .isEqualTo(HttpEvent.Cause.TOO_SLOW);
    }
  }

  @Test
  void aPeerThatGoesAwayEndsItsRequest() throws Exception {
    try (TestServer server = new TestServer(List.of(GIVING))) {
      for (HttpClient client : List.of(server.h1, server.h2)) {
        HttpResponse<InputStream> response =
            client.send(
                server.request("/dicomweb/give", request -> request.header("Cookie", COOKIE)),
                BodyHandlers.ofInputStream());
        response.body().close();
        assertThat(server.await(HttpEvent.CutShort.class).cause())
            .isEqualTo(HttpEvent.Cause.PEER_GONE);
      }
    }
  }

  @Test
  void aConnectionThatAsksForNothingIsDropped() throws Exception {
    try (TestServer server = new TestServer(impatient(), List.of());
        SSLSocket silent = server.socket();
        Socket silentBeforeTls = new Socket(InetAddress.getLoopbackAddress(), server.web.port())) {
      silent.startHandshake();
      silent.getOutputStream().write("GET / HT".getBytes(ISO_8859_1));
      silentBeforeTls.setSoTimeout(30_000);
      assertThat(silentBeforeTls.getInputStream().read()).isNegative();
      assertThat(server.await(HttpEvent.ConnectionDropped.class).cause())
          .isEqualTo(HttpEvent.Cause.TOO_SLOW);
      assertThat(silent.getInputStream().readAllBytes()).isEmpty();
    } catch (SSLException _) {
      // Closed without a farewell: dropped, too.
    }
  }

  @Test
  void somebodyFromOutsideIsDroppedBeforeTheHandshake() throws Exception {
    try (TestServer server = new TestServer(TestServer.settings(), _ -> false, List.of());
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.web.port())) {
      socket.setSoTimeout(10_000);
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
      assertThat(server.await(HttpEvent.ConnectionDropped.class).cause())
          .isEqualTo(HttpEvent.Cause.FROM_OUTSIDE);
    }
  }

  @Test
  void oneAddressHasSoManyConnectionsAndNoMore() throws Exception {
    try (TestServer server = new TestServer(impatient(), List.of());
        Socket a = new Socket(InetAddress.getLoopbackAddress(), server.web.port());
        Socket b = new Socket(InetAddress.getLoopbackAddress(), server.web.port());
        Socket c = new Socket(InetAddress.getLoopbackAddress(), server.web.port());
        Socket d = new Socket(InetAddress.getLoopbackAddress(), server.web.port())) {
      assertThat(List.of(a, b, c, d)).allMatch(Socket::isConnected);
      assertThat(server.await(HttpEvent.ConnectionDropped.class).cause())
          .isEqualTo(HttpEvent.Cause.TOO_MANY);
    }
  }

  @Test
  void oneRequestTooManyIsToldToComeBack() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Route waiting = route("GET", "/dicomweb/wait", _ -> waited(running, go));
    try (TestServer server = new TestServer(impatient(), List.of(waiting))) {
      Future<HttpResponse<String>> first =
          server.h2.sendAsync(
              server.request("/dicomweb/wait", request -> request.header("Cookie", COOKIE)),
              BodyHandlers.ofString());
      assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();
      HttpResponse<String> second = server.get("/dicomweb/wait", "Cookie", COOKIE);
      assertThat(second.statusCode()).isEqualTo(503);
      assertThat(second.headers().firstValue("Retry-After")).isPresent();
      go.countDown();
      assertThat(first.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }
  }

  private static Response waited(CountDownLatch running, CountDownLatch go) throws IOException {
    running.countDown();
    try {
      boolean _ = go.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    return Response.of(200, "text/plain", "done".getBytes(ISO_8859_1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"h1", "h2"})
  void runningRequestsEndBeforeTheServerDoes(String version) throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Route waiting = route("GET", "/dicomweb/wait", _ -> waited(running, go));
    try (TestServer server = new TestServer(List.of(waiting))) {
      Future<HttpResponse<String>> response =
          client(server, version)
              .sendAsync(
                  server.request("/dicomweb/wait", request -> request.header("Cookie", COOKIE)),
                  BodyHandlers.ofString());
      assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();
      int port = server.web.port();
      Thread closing = Thread.ofVirtual().start(server.web::close);
      awaitRefusal(port);
      go.countDown();
      assertThat(response.get(30, TimeUnit.SECONDS).body()).isEqualTo("done");
      assertThat(closing.join(Duration.ofSeconds(60))).isTrue();
    }
  }

  private static void awaitRefusal(int port) throws IOException {
    while (true) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        assertThat(socket.isConnected()).isTrue();
      } catch (ConnectException _) {
        return;
      } catch (SocketException _) {
        // It was closed while this one waited to be accepted.
      }
    }
  }
}
