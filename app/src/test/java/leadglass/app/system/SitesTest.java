package leadglass.app.system;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.DeviceKey;
import leadglass.archive.DeviceTerms;
import leadglass.archive.Devices;
import leadglass.archive.Role;
import leadglass.archive.SetUp;
import leadglass.archive.Tenants;
import leadglass.archive.Tokens;
import leadglass.testkit.RawScu;
import leadglass.testkit.TestTls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A site that was added while the server runs, seen from its own doors and from those of the first
/// one.
@SuppressWarnings("NullAway.Init")
class SitesTest {
  private static final String HOST = "north.example.org";
  private static final String CALLED = "NORTH";
  private static final int OK = 0;
  private static final Made MADE =
      new Made(
          new Made.Patient("ISO_IR 192", "Nobody^North", "ID1"), "2.25.1", "2.25.2", "2.25.3", 1);

  @TempDir private Path folder;
  private OpenArchive open;
  private Archive north;
  private SSLContext device;
  private String token = "";

  @BeforeEach
  void open() throws IOException {
    open = new OpenArchive(Premises.in(folder));
    Archive house = open.running.archive();
    Tenants.Added added =
        house
            .tenants()
            .add(
                Premises.CONSOLE,
                new Tenants.Site("north", "Clinic North", HOST, CALLED),
                List.of(
                    new SetUp.Person("noor", Premises.PASSWORD.toCharArray(), Role.ADMINISTRATOR),
                    new SetUp.Person("nils", Premises.PASSWORD.toCharArray(), Role.RADIOLOGIST)));
    assertThat(added).isInstanceOf(Tenants.Added.Done.class);
    north = house.tenants().named("north").orElseThrow();
    Tokens.Made made =
        north
            .tokens()
            .create(
                Premises.CONSOLE,
                "nils",
                Set.of(Caller.Scope.READ, Caller.Scope.WRITE),
                Duration.ofDays(1));
    token = ((Tokens.Made.Token) made).secret();
    device = enrol();
  }

  /// A device of the same AE title as one of the first site's.
  private SSLContext enrol() throws IOException {
    Devices.Change.Done done =
        (Devices.Change.Done)
            north
                .devices()
                .add(
                    Premises.CONSOLE,
                    Premises.CT1,
                    new DeviceTerms("Nina Poe", Set.of(), Optional.empty()),
                    new DeviceKey.Made(""));
    return TestTls.client(
        Files.writeString(folder.resolve("n.key"), done.key()),
        Files.writeString(folder.resolve("n.pem"), done.certificate()),
        Files.writeString(folder.resolve("n.ca"), done.ca()));
  }

  @AfterEach
  void close() throws IOException {
    open.close();
  }

  private SSLSocket connect(String host) throws IOException {
    String authority = host.equals(HOST) ? "ca-" + HOST + ".pem" : "ca.pem";
    return connect(host, authority);
  }

  private SSLSocket connect(String host, String authority) throws IOException {
    SSLContext trust = TestTls.trusting(open.premises.data().resolve(authority));
    SSLSocket socket =
        (SSLSocket)
            trust
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), open.web.port());
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setServerNames(List.of(new SNIHostName(host)));
    parameters.setApplicationProtocols(new String[] {"http/1.1"});
    socket.setSSLParameters(parameters);
    socket.setSoTimeout(30_000);
    socket.startHandshake();
    return socket;
  }

  /// Status of the answer.
  private int get(String host, String path, String secret) throws IOException {
    try (SSLSocket socket = connect(host)) {
      String request =
          "GET "
              + path
              + " HTTP/1.1\r\nHost: "
              + host
              + "\r\nAccept: application/dicom+json\r\nAuthorization: Bearer "
              + secret
              + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      return Integer.parseInt(answer.split(" ", 3)[1]);
    }
  }

  private List<String> namesShown(String host) throws IOException {
    try (SSLSocket socket = connect(host)) {
      X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      Collection<List<?>> names = Objects.requireNonNull(shown.getSubjectAlternativeNames());
      return names.stream().map(name -> String.valueOf(name.get(1))).toList();
    } catch (java.security.cert.CertificateParsingException e) {
      throw new IOException(e);
    }
  }

  private int store(SSLContext with, String called) throws IOException {
    try (RawScu scu =
        RawScu.to(open.running.doors().dicomPort())
            .tls(with)
            .called(called)
            .calling(Premises.CT1)
            .propose(Made.CT, RawScu.EXPLICIT_VR_LITTLE_ENDIAN)
            .open()) {
      int context = scu.context(Made.CT, RawScu.EXPLICIT_VR_LITTLE_ENDIAN);
      return scu.store(context, Made.CT, MADE.instance(), MADE.dataSet()).status();
    }
  }

  @Test
  void whatADeviceSendsIsFoundAtItsOwnSiteAlone() throws IOException {
    assertThat(store(device, CALLED)).isEqualTo(OK);
    String study = "/dicomweb/studies/" + MADE.study() + "/metadata";
    String reader = open.token(Role.RADIOLOGIST);

    assertThat(get(HOST, study, token)).isEqualTo(200);
    assertThat(get("localhost", study, reader)).isEqualTo(404);
    assertThat(Web.text(open.web.get(reader, "/dicomweb/studies", "application/dicom+json")))
        .isEqualTo("[]");
  }

  @Test
  void aTokenOfOneSiteIsNobodysAtTheOther() throws IOException {
    assertThat(get(HOST, "/dicomweb/studies", token)).isEqualTo(200);
    assertThat(get("localhost", "/dicomweb/studies", token)).isEqualTo(401);
    assertThat(get(HOST, "/dicomweb/studies", open.token(Role.RADIOLOGIST))).isEqualTo(401);
  }

  @Test
  void aDeviceOfOneSiteIsUnknownToTheOtherWhateverItCallsAndIsCalled() throws IOException {
    SSLContext ofHouse = open.premises.device(Premises.CT1);
    assertThatThrownBy(() -> store(device, Premises.AE_TITLE))
        .isInstanceOf(RawScu.NotAcceptedException.class);
    assertThatThrownBy(() -> store(ofHouse, CALLED))
        .isInstanceOf(RawScu.NotAcceptedException.class);
    assertThat(store(ofHouse, Premises.AE_TITLE)).isEqualTo(OK);
    assertThat(store(device, CALLED)).isEqualTo(OK);
  }

  @Test
  void whoTrustsOneSiteTrustsNoOther() {
    assertThatThrownBy(() -> connect(HOST, "ca.pem")).isInstanceOf(SSLException.class);
    assertThatThrownBy(() -> connect("localhost", "ca-" + HOST + ".pem"))
        .isInstanceOf(SSLException.class);
  }

  @Test
  void aCertificateTellsOfNoOtherSite() throws IOException {
    assertThat(namesShown(HOST)).containsExactly(HOST);
    assertThat(namesShown("localhost")).contains("localhost").doesNotContain(HOST);
    assertThat(namesShown("unknown.example.org")).contains("localhost").doesNotContain(HOST);
  }

  @Test
  void anUnknownNameGetsNothing() throws IOException {
    assertThat(get("south.example.org", "/dicomweb/studies", token)).isEqualTo(421);
  }
}
