package leadglass.survey.scope;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import leadglass.survey.Door;
import leadglass.testkit.TestCertificate;
import leadglass.testkit.TestTls;
import org.junit.jupiter.api.Test;

/// Proofs of control, on loopback: what a public address would have to show.
class ProofsOfControlTest {
  private static final Attestation ADA =
      Attestation.parse("Poe Imaging; Ada Poe; owner").orElseThrow();
  private final Instant now = Instant.now();
  private final InetAddress here = InetAddress.getLoopbackAddress();
  private final Challenge challenge = Challenge.fresh(here, new SecureRandom());

  /// Answers every connection with the same bytes.
  private ServerSocket answering(String answer, AtomicInteger asked) throws IOException {
    ServerSocket server = new ServerSocket(0, 8, here);
    Thread.ofVirtual()
        .start(() -> {
          while (!server.isClosed()) {
            try (Socket socket = server.accept();
                OutputStream out = socket.getOutputStream()) {
              asked.incrementAndGet();
              int last = 0;
              while (last != ('\r' << 24 | '\n' << 16 | '\r' << 8 | '\n')) {
                last = last << 8 | socket.getInputStream().read();
              }
              out.write(answer.getBytes(StandardCharsets.US_ASCII));
            } catch (IOException _) {
              // The test is over.
            }
          }
        });
    return server;
  }

  private boolean web(String answer) throws IOException {
    try (ServerSocket server = answering(answer, new AtomicInteger())) {
      return Scope.byWeb(challenge, server.getLocalPort(), Optional.empty(), ADA)
          instanceof Ruling.Allowed;
    }
  }

  @Test
  void theAddressServesItsChallenge() throws IOException {
    assertThat(web("HTTP/1.1 200 OK\r\nX: y\r\n\r\n" + challenge.word() + "\n")).isTrue();
    assertThat(web("HTTP/1.1 200 OK\r\n\r\n30\r\n" + challenge.word() + "\r\n0\r\n\r\n")).isTrue();
    assertThat(web("HTTP/1.1 404 Not Found\r\n\r\n" + challenge.word())).isFalse();
    assertThat(web("HTTP/1.1 200 OK\r\n\r\nleadglass-check=0123")).isFalse();
    assertThat(web("HTTP/1.1 200 OK\r\nX: " + challenge.word() + "\r\n\r\n")).isFalse();
  }

  @Test
  void aRedirectProvesNothingAndIsNotFollowed() throws IOException {
    AtomicInteger elsewhere = new AtomicInteger();
    try (ServerSocket other = answering("HTTP/1.1 200 OK\r\n\r\n" + challenge.word(), elsewhere)) {
      String to = "http://127.0.0.1:" + other.getLocalPort() + "/";
      assertThat(web("HTTP/1.1 302 Found\r\nLocation: " + to + "\r\n\r\n")).isFalse();
    }
    assertThat(elsewhere).hasValue(0);
  }

  /// A name server that has one TXT record.
  private DatagramSocket zone(String name, String text) throws IOException {
    DatagramSocket server = new DatagramSocket(new InetSocketAddress(here, 0));
    Thread.ofVirtual()
        .start(() -> {
          byte[] buffer = new byte[512];
          while (!server.isClosed()) {
            try {
              DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
              server.receive(packet);
              byte[] answer = answer(packet, name, text);
              server.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException _) {
              return;
            }
          }
        });
    return server;
  }

  private static byte[] answer(DatagramPacket packet, String name, String text) {
    ByteBuffer query = ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
    StringBuilder asked = new StringBuilder();
    int at = 12;
    while (query.get(at) != 0) {
      int length = query.get(at);
      asked
          .append(asked.isEmpty() ? "" : ".")
          .append(new String(packet.getData(), at + 1, length, StandardCharsets.US_ASCII));
      at += length + 1;
    }
    boolean known = asked.toString().equals(name);
    ByteBuffer out = ByteBuffer.allocate(512);
    out.putShort(query.getShort(0)).putShort((short) (known ? 0x8580 : 0x8583));
    out.putShort((short) 1).putShort((short) (known ? 1 : 0)).putInt(0);
    out.put(packet.getData(), 12, at + 5 - 12);
    if (known) {
      byte[] value = text.getBytes(StandardCharsets.US_ASCII);
      out.putShort((short) 0xC00C).putShort((short) 16).putShort((short) 1).putInt(60);
      out.putShort((short) (value.length + 1)).put((byte) value.length).put(value);
    }
    byte[] answer = new byte[out.position()];
    out.flip().get(answer);
    return answer;
  }

  @Test
  void theReverseZoneHasItsChallenge() throws IOException {
    assertThat(challenge.record()).isEqualTo("_leadglass-check.1.0.0.127.in-addr.arpa");
    try (DatagramSocket server = zone(challenge.record(), challenge.word())) {
      Optional<String> dns = Optional.of("dns://127.0.0.1:" + server.getLocalPort());
      assertThat(Scope.byDns(challenge, dns, Optional.empty(), ADA))
          .isInstanceOf(Ruling.Allowed.class);
      Challenge other = Challenge.fresh(here, new SecureRandom());
      assertThat(Scope.byDns(other, dns, Optional.empty(), ADA))
          .isInstanceOf(Ruling.NotAsked.class);
    }
  }

  @Test
  void anAddressOfTheLongKindHasItsReverseZoneToo() {
    Challenge six = Challenge.fresh(InetAddress.ofLiteral("2001:db8::7"), new SecureRandom());
    assertThat(six.record())
        .startsWith("_leadglass-check.7.0.0.0.0.0.")
        .endsWith(".8.b.d.0.1.0.0.2.ip6.arpa");
    assertThat(six.url()).isEqualTo("http://[2001:db8:0:0:0:0:0:7]/.well-known/leadglass-check");
  }

  @Test
  void theArchiveShowsTheKeyThatSignedItsTicket() throws Exception {
    TestCertificate own = TestCertificate.selfSigned("own", TestCertificate.Kind.EC);
    TestCertificate others = TestCertificate.selfSigned("others", TestCertificate.Kind.EC);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(TestTls.keyManagers(own), null, null);
    try (ServerSocket server = context.getServerSocketFactory().createServerSocket(0, 8, here)) {
      Thread.ofVirtual()
          .start(() -> {
            while (!server.isClosed()) {
              try (Socket socket = server.accept()) {
                ((javax.net.ssl.SSLSocket) socket).startHandshake();
              } catch (IOException _) {
                // The test is over.
              }
            }
          });
      int port = server.getLocalPort();
      List<Door> doors = List.of(Door.parse("443/https").orElseThrow());
      String mine = Ticket.print(port, doors, now.plusSeconds(60), own.key());
      assertThat(allowed(mine, now)).isTrue();
      assertThat(Ticket.parse(mine).orElseThrow().doors()).isEqualTo(doors);
      assertThat(allowed(mine, now.plusSeconds(61))).isFalse();
      assertThat(allowed(Ticket.print(port, doors, now.plusSeconds(60), others.key()), now))
          .isFalse();
    }
  }

  private boolean allowed(String ticket, Instant at) {
    return Scope.byTicket(Ticket.parse(ticket).orElseThrow(), here, Optional.empty(), ADA, at)
        instanceof Ruling.Allowed;
  }
}
