package leadglass.net.association;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import leadglass.net.association.NetEvent.ConnectionRefused;
import leadglass.net.association.NetEvent.ConnectionRefused.Cause;
import leadglass.net.dimse.Status;
import leadglass.net.tls.SecureTransport;
import leadglass.testkit.Corpus;
import leadglass.testkit.RawPdu;
import leadglass.testkit.RawScu;
import leadglass.testkit.TestCertificate;
import leadglass.testkit.TestCertificate.Kind;
import leadglass.testkit.TestTls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// PS3.15 §B.12, from both ends of a loopback connection.
class SecureTransportTest {
  private static final TestCertificate AUTHORITY =
      TestCertificate.selfSigned("Test authority", Kind.EC);
  private static final TestCertificate RSA_SERVER =
      TestCertificate.issued("localhost", Kind.RSA, AUTHORITY);
  private static final TestCertificate EC_SERVER =
      TestCertificate.issued("localhost", Kind.EC, AUTHORITY);
  private static final TestCertificate DEVICE = TestCertificate.selfSigned("device", Kind.EC);
  private static final TestCertificate RSA_DEVICE = TestCertificate.selfSigned("device", Kind.RSA);

  private final Set<PublicKey> enrolled = ConcurrentHashMap.newKeySet();
  private RunningAcceptor server;

  @BeforeEach
  void start() throws GeneralSecurityException {
    start(RunningAcceptor.patient());
  }

  private void start(AcceptorSettings settings) throws GeneralSecurityException {
    enrolled.add(DEVICE.certificate().getPublicKey());
    enrolled.add(RSA_DEVICE.certificate().getPublicKey());
    SecureTransport transport =
        SecureTransport.of(
            TestTls.keyManagers(EC_SERVER, RSA_SERVER),
            chain -> enrolled.contains(chain.getFirst().getPublicKey()),
            InstantSource.system());
    server =
        new RunningAcceptor(
            transport,
            arrival ->
                new Admission.Admitted<>(
                    arrival.certificates().getFirst().getSubjectX500Principal().getName(),
                    "enrolled",
                    RunningAcceptor::everything),
            (_, _, dataSet) -> {
              dataSet.readAllBytes();
              return Status.success();
            },
            settings);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void anEnrolledDeviceStoresOverEitherVersion(String protocol) throws Exception {
    for (TestCertificate device : List.of(DEVICE, RSA_DEVICE)) {
      SSLContext context = TestTls.client(device, AUTHORITY);
      try (RawScu scu = server.scu().tls(context, protocol).open()) {
        assertThat(((SSLSocket) scu.socket()).getSession().getProtocol()).isEqualTo(protocol);
        assertThat(scu.echo().status()).isZero();
        assertThat(scu.store(3, RunningAcceptor.CT.value(), "1.2.3", new byte[1_000_000]).status())
            .isZero();
        scu.release();
      }
    }
  }

  @Test
  void theNewerVersionAndOurFirstCipherSuiteAreChosen() throws Exception {
    try (RawScu scu = server.scu().tls(TestTls.client(DEVICE, AUTHORITY)).connect()) {
      var session = ((SSLSocket) scu.socket()).getSession();
      assertThat(session.getProtocol()).isEqualTo("TLSv1.3");
      assertThat(session.getCipherSuite()).isEqualTo("TLS_AES_256_GCM_SHA384");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,   RSA",
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, EC"
  })
  void aClientGetsTheCertificateItCanRead(String suite, String algorithm) throws Exception {
    try (SSLSocket socket = socket(TestTls.client(DEVICE, AUTHORITY))) {
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      socket.setEnabledCipherSuites(new String[] {suite});
      socket.startHandshake();

      var certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      assertThat(certificate.getPublicKey().getAlgorithm()).isEqualTo(algorithm);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TLS_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
        "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384"
      })
  void suitesOutsideTheProfileAreRefused(String suite) throws Exception {
    SSLContext context = TestTls.client(DEVICE, AUTHORITY);
    try (SSLSocket socket = socket(context)) {
      if (Arrays.asList(socket.getSupportedCipherSuites()).contains(suite)) {
        socket.setEnabledProtocols(new String[] {"TLSv1.2"});
        socket.setEnabledCipherSuites(new String[] {suite});

        assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
      }
    }
  }

  @Test
  void aPeerWithoutACertificateIsRefusedBeforeAnyPduIsRead() throws Exception {
    refused(TestTls.client(null, AUTHORITY));
  }

  @Test
  void aPeerWithAnUnknownCertificateIsRefused() throws Exception {
    refused(TestTls.client(TestCertificate.selfSigned("stranger", Kind.EC), AUTHORITY));
  }

  @Test
  void aCertificateOfTheSameNameAndAuthorityIsNotTheOneEnrolled() throws Exception {
    refused(TestTls.client(TestCertificate.issued("device", Kind.EC, AUTHORITY), AUTHORITY));
  }

  @Test
  void anExpiredCertificateIsRefusedThoughItsKeyIsEnrolled() throws Exception {
    Instant now = Instant.now();
    TestCertificate expired =
        TestCertificate.make(
            "old", Kind.EC, null, now.minus(Duration.ofDays(9)), now.minus(Duration.ofHours(1)));
    enrolled.add(expired.certificate().getPublicKey());
    refused(TestTls.client(expired, AUTHORITY));
  }

  @Test
  void aCertificateThatIsNotValidYetIsRefused() throws Exception {
    Instant now = Instant.now();
    TestCertificate early =
        TestCertificate.make(
            "early", Kind.EC, null, now.plus(Duration.ofHours(1)), now.plus(Duration.ofDays(9)));
    enrolled.add(early.certificate().getPublicKey());
    refused(TestTls.client(early, AUTHORITY));
  }

  @Test
  void aShortKeyIsRefusedThoughItIsEnrolled() throws Exception {
    TestCertificate weak = TestCertificate.selfSigned("weak", Kind.RSA_1024);
    enrolled.add(weak.certificate().getPublicKey());
    refused(TestTls.client(weak, AUTHORITY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void aDeviceStruckOffIsRefusedThoughItResumesItsSession(String protocol) throws Exception {
    SSLContext context = TestTls.client(DEVICE, AUTHORITY);
    try (RawScu scu = server.scu().tls(context, protocol).open()) {
      scu.echo();
      scu.release();
    }
    enrolled.clear();
    refused(context, protocol);
  }

  @Test
  void aPeerThatSpeaksNoTlsIsRefused() throws Exception {
    try (RawScu scu = server.scu().connect()) {
      assertThatThrownBy(scu::associate).isInstanceOf(IOException.class);
    }
    assertThat(server.await(ConnectionRefused.class).cause()).isEqualTo(Cause.NOT_SECURED);
  }

  @Test
  void aHandshakeThatDripsIsTimedOut() throws Exception {
    server.close();
    AcceptorSettings patient = RunningAcceptor.patient();
    start(
        new AcceptorSettings(
            8,
            8,
            64 << 10,
            1 << 20,
            Duration.ofMillis(700),
            patient.artim(),
            patient.idle(),
            patient.grace(),
            patient.implementationClass(),
            patient.implementationVersion()));
    try (RawScu scu = server.scu().connect()) {
      scu.send(new byte[] {0x16, 3, 1, 1, 0}); // a handshake record of 256 bytes
      Thread drip = HostilePeerTest.drip(scu);

      assertThat(server.await(ConnectionRefused.class).cause()).isEqualTo(Cause.TIMED_OUT);
      drip.interrupt();
    }
  }

  @Test
  void renegotiationIsRefused() throws Exception {
    SSLContext context = TestTls.client(DEVICE, AUTHORITY);
    try (RawScu scu = server.scu().tls(context, "TLSv1.2").open()) {
      SSLSocket socket = (SSLSocket) scu.socket();
      assertThat(scu.echo().status()).isZero();

      assertThatThrownBy(
              () -> {
                socket.startHandshake();
                scu.echo();
              })
          .isInstanceOf(IOException.class);
    }
    assertThat(server.await(NetEvent.AssociationClosed.class).messages()).isOne();
  }

  @Test
  void anIdlePeerIsReleasedOverTlsToo() throws Exception {
    server.close();
    start(RunningAcceptor.settings(Duration.ofSeconds(20), Duration.ofSeconds(1)));
    try (RawScu scu = server.scu().tls(TestTls.client(DEVICE, AUTHORITY)).open()) {
      assertThat(scu.receive().type()).isEqualTo(RawPdu.RELEASE_RQ);
      scu.send(new RawPdu(RawPdu.RELEASE_RP, new byte[4]).encode());

      assertThat(scu.closedByPeer()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void closingAbortsAnIdleAssociationOverTlsToo(String protocol) throws Exception {
    SSLContext context = TestTls.client(DEVICE, AUTHORITY);
    try (RawScu scu = server.scu().tls(context, protocol).open()) {
      assertThat(scu.echo().status()).isZero();
      server.acceptor.close();

      assertThat(scu.receive().type()).isEqualTo(RawPdu.ABORT);
    }
    assertThat(server.await(NetEvent.AssociationClosed.class).ending())
        .isEqualTo(NetEvent.Ending.STOPPED);
  }

  @Test
  void anAbortReachesThePeerThatIsStillSending() throws Exception {
    SSLContext context = TestTls.client(DEVICE, AUTHORITY);
    try (RawScu scu = server.scu().tls(context).open()) {
      scu.send(new RawPdu(9, new byte[0]).encode());
      scu.send(new byte[1_000_000]);

      assertThat(scu.receive().type()).isEqualTo(RawPdu.ABORT);
    }
  }

  @Test
  void strangersWhoSayNothingDoNotKeepADeviceOut() throws Exception {
    List<RawScu> silent = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      silent.add(server.scu().connect());
    }
    try (RawScu scu = server.scu().tls(TestTls.client(DEVICE, AUTHORITY)).open()) {
      assertThat(scu.echo().status()).isZero();
    }
    for (RawScu each : silent) {
      each.close();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"RSA", "EC"})
  void dcmtkEchoesAndStores(Kind kind, @TempDir Path folder) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/storescu")), "DCMTK is not installed");
    assumeTrue(Corpus.find().isPresent(), Corpus.ABSENT);
    Path key = folder.resolve("key.pem");
    Path certificate = folder.resolve("cert.pem");
    Path authority = folder.resolve("ca.pem");
    (kind == Kind.RSA ? RSA_DEVICE : DEVICE).write(key, certificate);
    AUTHORITY.write(folder.resolve("ca-key.pem"), authority);
    String port = Integer.toString(server.acceptor.port());
    String image =
        Corpus.find().orElseThrow().rows().stream()
            .filter(row -> row.expected().equals("ok"))
            .filter(row -> row.column("ts").equals(RawScu.EXPLICIT_VR_LITTLE_ENDIAN))
            .filter(row -> row.column("sop").equals(RunningAcceptor.CT.value()))
            .map(row -> row.file().toString())
            .findFirst()
            .orElseThrow();
    List<String> tls =
        List.of("+tls", key.toString(), certificate.toString(), "+cf", authority.toString());

    assertThat(run("echoscu", tls, "localhost", port)).contains("Echo Response (Success)");
    assertThat(run("storescu", tls, "-R", "localhost", port, image))
        .contains("Store Response (Success)");
  }

  private static String run(String tool, List<String> options, String... more) throws Exception {
    List<String> command = new ArrayList<>(List.of(tool, "-v"));
    command.addAll(options);
    command.addAll(List.of(more));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return output;
  }

  private SSLSocket socket(SSLContext context) throws IOException {
    SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", server.acceptor.port());
    socket.setSoTimeout(20_000);
    return socket;
  }

  /// In TLS 1.3 the client's handshake ends before the server has looked at its certificate.
  private void refused(SSLContext context, String... protocols) throws Exception {
    server.events.clear();
    assertThatThrownBy(() -> server.scu().tls(context, protocols).open().close())
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(RawScu.NotAcceptedException.class);
    assertThat(server.await(ConnectionRefused.class).cause()).isEqualTo(Cause.NOT_SECURED);
  }
}
