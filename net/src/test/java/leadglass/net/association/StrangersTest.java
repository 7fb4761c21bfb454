package leadglass.net.association;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import leadglass.net.association.NetEvent.ConnectionRefused;
import leadglass.net.association.NetEvent.ConnectionRefused.Cause;
import leadglass.net.dimse.Status;
import leadglass.net.tls.SecureTransport;
import leadglass.net.ul.Rejection;
import leadglass.testkit.RawPdu;
import leadglass.testkit.RawScu;
import leadglass.testkit.TestCertificate;
import leadglass.testkit.TestCertificate.Kind;
import leadglass.testkit.TestTls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whoever has proved nothing, many at a time, at a door of eight places; three for each device.
@SuppressWarnings("NullAway.Init")
class StrangersTest {
  private static final int PLACES = 8;
  private static final int A_DEVICE = 3;
  private static final TestCertificate AUTHORITY =
      TestCertificate.selfSigned("Test authority", Kind.EC);
  private static final TestCertificate SERVER =
      TestCertificate.issued("localhost", Kind.EC, AUTHORITY);
  private static final TestCertificate CT1 = TestCertificate.selfSigned("CT1", Kind.EC);
  private static final TestCertificate CT2 = TestCertificate.selfSigned("CT2", Kind.EC);
  private static final TestCertificate CT3 = TestCertificate.selfSigned("CT3", Kind.EC);

  private final List<Socket> strangers = new ArrayList<>();
  private final List<RawScu> devices = new ArrayList<>();
  private RunningAcceptor server;

  @BeforeEach
  void start() throws GeneralSecurityException {
    AcceptorSettings patient = RunningAcceptor.patient();
    server =
        new RunningAcceptor(
            SecureTransport.of(TestTls.keyManagers(SERVER), _ -> true, InstantSource.system()),
            RunningAcceptor::everyone,
            (_, _, dataSet) -> {
              dataSet.readAllBytes();
              return Status.success();
            },
            new AcceptorSettings(
                PLACES,
                A_DEVICE,
                patient.pduBytesMax(),
                patient.associateBytesMax(),
                Duration.ofSeconds(20),
                patient.artim(),
                patient.idle(),
                patient.grace(),
                patient.implementationClass(),
                patient.implementationVersion()));
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket each : strangers) {
      each.close();
    }
    for (RawScu each : devices) {
      each.close();
    }
    server.close();
  }

  /// Begins a handshake and says no more.
  private Socket stranger(String address) throws IOException {
    Socket socket = new Socket();
    socket.bind(new java.net.InetSocketAddress(InetAddress.ofLiteral(address), 0));
    socket.connect(
        new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), server.acceptor.port()));
    socket.setSoTimeout(20_000);
    socket.getOutputStream().write(new byte[] {0x16, 3, 1, 1, 0});
    strangers.add(socket);
    return socket;
  }

  private RawScu device(TestCertificate certificate) throws IOException {
    RawScu scu = server.scu().tls(TestTls.client(certificate, AUTHORITY)).open();
    devices.add(scu);
    return scu;
  }

  @Test
  void strangersNeverHaveMoreThanHalfOfThePlaces() throws Exception {
    List<Socket> first = new ArrayList<>();
    for (int i = 0; i < PLACES; i++) {
      first.add(stranger("127.0.0.1"));
    }
    for (int i = 0; i < PLACES / 2; i++) {
      assertThat(first.get(i).getInputStream().read()).as("gave way").isNegative();
      assertThat(server.await(ConnectionRefused.class).cause()).isEqualTo(Cause.GAVE_WAY);
    }
    for (int i = 0; i < PLACES / 2; i++) {
      assertThat(first.get(PLACES / 2 + i).getInputStream().available()).isZero();
    }
  }

  @Test
  void devicesComeInWhileStrangersHoldAllTheyMay() throws Exception {
    for (int i = 0; i < PLACES; i++) {
      stranger("127.0.0.1");
    }
    List<TestCertificate> enrolled = List.of(CT1, CT2, CT3, CT1, CT2, CT3, CT1, CT2);
    for (TestCertificate each : enrolled) {
      assertThat(device(each).echo().status()).isZero();
    }

    assertThat(devices).hasSize(PLACES).allSatisfy(scu -> assertThat(scu.echo().status()).isZero());
    assertThatThrownBy(() -> device(CT3)).as("no stranger is left").isInstanceOf(IOException.class);
    server.await(NetEvent.ConnectionShed.class);
  }

  /// Somebody else is just shaking hands, and is not made to pay.
  @Test
  void ofStrangersThoseGiveWayOfWhomMostComeFromOneAddress() throws Exception {
    Socket alone = stranger("127.0.0.2");
    for (int i = 0; i < 3 * PLACES; i++) {
      stranger("127.0.0.1");
    }
    for (int i = 0; i < 3 * PLACES - 3; i++) {
      assertThat(server.await(ConnectionRefused.class).cause()).isEqualTo(Cause.GAVE_WAY);
    }
    alone.setSoTimeout(1);
    assertThatThrownBy(() -> alone.getInputStream().read())
        .isInstanceOf(java.net.SocketTimeoutException.class);
  }

  /// Whoever sends a whole ClientHello is about to show a certificate.
  @Test
  void ofStrangersThoseWhoTrickleGiveWayFirst() throws Exception {
    Socket speaking = stranger("127.0.0.1");
    speaking.getOutputStream().write(new byte[200]); // of the 256 that its record is to have
    for (int i = 0; i < 3 * PLACES; i++) {
      stranger("127.0.0.1");
    }
    for (int i = 0; i < 3 * PLACES - 3; i++) {
      assertThat(server.await(ConnectionRefused.class).cause()).isEqualTo(Cause.GAVE_WAY);
    }
    speaking.setSoTimeout(1);
    assertThatThrownBy(() -> speaking.getInputStream().read())
        .isInstanceOf(java.net.SocketTimeoutException.class);
  }

  /// A device's ClientHello comes at once and whole, or has not come yet.
  @Test
  void whoTricklesGivesWayBeforeWhoeverHasJustConnected() throws Exception {
    Socket connected = new Socket(InetAddress.getLoopbackAddress(), server.acceptor.port());
    strangers.add(connected);
    for (int i = 0; i < 3 * PLACES; i++) {
      stranger("127.0.0.1");
    }
    for (int i = 0; i < 3 * PLACES - 3; i++) {
      assertThat(server.await(ConnectionRefused.class).cause()).isEqualTo(Cause.GAVE_WAY);
    }
    connected.setSoTimeout(1);
    assertThatThrownBy(() -> connected.getInputStream().read())
        .isInstanceOf(java.net.SocketTimeoutException.class);
  }

  @Test
  void aDeviceBeyondItsShareIsRejectedForNow() throws Exception {
    for (int i = 0; i < A_DEVICE; i++) {
      device(CT1);
    }
    assertThatThrownBy(() -> device(CT1))
        .isInstanceOfSatisfying(
            RawScu.NotAcceptedException.class,
            e -> {
              assertThat(e.pdu.type()).isEqualTo(RawPdu.ASSOCIATE_RJ);
              assertThat(e.pdu.body()).as("transient, local limit").containsExactly(0, 2, 3, 2);
            });
    assertThat(server.await(NetEvent.AssociationRejected.class).rejection())
        .isEqualTo(Rejection.LOCAL_LIMIT_EXCEEDED);
    device(CT2);
    devices.getFirst().release();
    server.await(NetEvent.AssociationClosed.class);
    assertThat(device(CT1).echo().status()).as("its own place is free, unclosed").isZero();
  }
}
