package leadglass.app.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import leadglass.testkit.TestTls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which versions and cipher suites the open ports speak: every number there is was offered.
@SuppressWarnings("NullAway.Init")
class CipherSuitesTest {
  private static final List<Integer> TLS_1_3 = List.of(0x1302, 0x1301, 0x1303);

  /// ECDHE with AES-GCM: RFC 9325 §4.2, which PS3.15 §B.12 asks for.
  private static final List<Integer> TLS_1_2 = List.of(0xc02c, 0xc030, 0xc02b, 0xc02f);

  /// With ChaCha20-Poly1305, for browsers on devices without AES in hardware.
  private static final List<Integer> CHACHA = List.of(0xcca9, 0xcca8);

  @TempDir private Path folder;
  private OpenArchive archive;

  @BeforeEach
  void open() throws IOException {
    archive = new OpenArchive(Premises.in(folder));
  }

  @AfterEach
  void close() throws IOException {
    archive.close();
  }

  @Test
  void theDicomPortSpeaksThePinnedSuitesAndNoOther() throws IOException {
    int port = archive.running.doors().dicomPort();
    assertThat(RawHello.accepted(port, RawHello.TLS_1_3)).containsExactlyElementsOf(TLS_1_3);
    assertThat(RawHello.accepted(port, RawHello.TLS_1_2)).containsExactlyElementsOf(TLS_1_2);
  }

  @Test
  void theHttpsPortSpeaksThePinnedSuitesAndNoOther() throws IOException {
    int port = archive.running.doors().httpsPort();
    assertThat(RawHello.accepted(port, RawHello.TLS_1_3)).containsExactlyElementsOf(TLS_1_3);
    assertThat(RawHello.accepted(port, RawHello.TLS_1_2))
        .startsWith(TLS_1_2.toArray(Integer[]::new))
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(TLS_1_2.stream(), CHACHA.stream()).toList());
  }

  @Test
  void olderVersionsAreRefused() throws IOException {
    List<Integer> old = IntStream.rangeClosed(0, 0xfe).boxed().toList();
    List<Integer> newer = IntStream.rangeClosed(0xc000, 0xc0ff).boxed().toList();
    for (int port :
        new int[] {archive.running.doors().dicomPort(), archive.running.doors().httpsPort()}) {
      for (int version : new int[] {0x0300, 0x0301, 0x0302}) {
        assertThat(RawHello.offer(port, version, old)).as("version %x", version).isEmpty();
        assertThat(RawHello.offer(port, version, newer)).as("version %x", version).isEmpty();
      }
    }
  }

  /// A client of TLS 1.2 that asks for another handshake on a connection costs the server much and
  /// itself little. The connection is closed instead, which testssl.sh takes for a yes.
  @Test
  void nobodyNegotiatesAgain() throws Exception {
    try (SSLSocket https = socket(archive.running.doors().httpsPort(), "ca.pem");
        SSLSocket dicom = socket(archive.running.doors().dicomPort(), "dicom-ca.pem")) {
      for (SSLSocket socket : List.of(https, dicom)) {
        socket.setEnabledProtocols(new String[] {"TLSv1.2"});
        socket.startHandshake();
        assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.2");
        assertThatThrownBy(
                () -> {
                  socket.startHandshake();
                  socket.getInputStream().read();
                })
            .isInstanceOf(IOException.class);
      }
    }
  }

  private SSLSocket socket(int port, String authority) throws IOException {
    Path files = archive.premises.folder().resolve("devices").resolve(Premises.CT1);
    Path ca = archive.premises.data().resolve(authority);
    SSLSocket socket =
        (SSLSocket)
            TestTls.client(files.resolve("key.pem"), files.resolve("cert.pem"), ca)
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(20_000);
    return socket;
  }
}
