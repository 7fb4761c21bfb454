package leadglass.server.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.Origin;
import leadglass.archive.Role;
import leadglass.archive.SetUp;
import leadglass.archive.Tokens;
import leadglass.server.http.Doorkeeper;
import leadglass.server.http.HttpEvent;
import leadglass.server.http.Route;
import leadglass.server.http.Routes;
import leadglass.server.http.WebServer;
import leadglass.server.http.WebSettings;
import leadglass.store.MasterKey;
import leadglass.store.Stores;

/// A real archive in a folder, set up, behind a real web server on a free port, with tokens for
/// whoever is asked for.
final class TestArchive implements AutoCloseable {
  private static final Caller CONSOLE =
      new Caller.Console("tester", new Origin(Origin.Door.CONSOLE, "console"));

  final Archive archive;
  final WebServer web;
  final HttpClient client;
  final Queue<Object> events = new ConcurrentLinkedQueue<>();
  private final SSLContext trust;
  private final Map<Role, String> tokens = new EnumMap<>(Role.class);

  TestArchive(Path folder) throws IOException {
    this(folder, DicomWeb::routes);
  }

  TestArchive(Path folder, Function<Archive, List<Route>> routes) throws IOException {
    MasterKey master = MasterKey.open(folder.resolve("key").resolve("master.key"), true);
    Clock clock = Clock.systemUTC();
    archive =
        Archive.open(
            Stores.open(folder.resolve("data"), master, clock, events::add),
            master,
            clock,
            events::add);
    SetUp.Unattended _ =
        archive
            .setUp()
            .unattended(
                CONSOLE,
                "Test Imaging",
                EnumSet.allOf(Role.class).stream()
                    .map(role ->
                        new SetUp.Person(
                            role.word(), "violet harbour 71 lamps".toCharArray(), role))
                    .toList());
    web =
        WebServer.start(
            WebSettings.of("127.0.0.1", 0, List.of(), 16),
            _ -> true,
            archive.webAuthority().server(List.of()),
            Routes.of(routes.apply(archive)),
            Doorkeeper.of(archive),
            problem -> problem.title(),
            events::add);
    trust = trusting(archive.webAuthority().caPem().orElseThrow());
    client =
        HttpClient.newBuilder().sslContext(trust).connectTimeout(Duration.ofSeconds(20)).build();
  }

  private String token(Role role) throws IOException {
    Tokens.Made made =
        archive
            .tokens()
            .create(
                CONSOLE,
                role.word(),
                Set.of(Caller.Scope.READ, Caller.Scope.WRITE),
                Duration.ofDays(1));
    if (!(made instanceof Tokens.Made.Token token)) {
      throw new IOException(made.toString());
    }
    return token.secret();
  }

  private static SSLContext trusting(String pem) {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      int count = 0;
      for (Certificate each :
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))) {
        trusted.setCertificateEntry("ca" + count++, each);
      }
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  String bearer(Role role) throws IOException {
    String token = tokens.get(role);
    if (token == null) {
      token = token(role);
      tokens.put(role, token);
    }
    return "Bearer " + token;
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("https://localhost:" + web.port() + path))
        .timeout(Duration.ofSeconds(60));
  }

  HttpRequest.Builder as(Role role, String path) throws IOException {
    return request(path).header("Authorization", bearer(role));
  }

  HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException {
    try {
      return client.send(request.build(), BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /// What a radiologist gets.
  HttpResponse<byte[]> get(String path, String accept) throws IOException {
    UnaryOperator<HttpRequest.Builder> accepting =
        request -> accept.isEmpty() ? request : request.header("Accept", accept);
    return send(accepting.apply(as(Role.RADIOLOGIST, path)));
  }

  HttpResponse<byte[]> store(String path, String contentType, byte[] body) throws IOException {
    return send(
        as(Role.TECHNOLOGIST, path)
            .header("Content-Type", contentType)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  HttpResponse<byte[]> storeFile(byte[] file) throws IOException {
    return store("/dicomweb/studies", "application/dicom", file);
  }

  SSLSocket socket() throws IOException {
    SSLSocket socket =
        (SSLSocket)
            trust
                .getSocketFactory()
                .createSocket(java.net.InetAddress.getLoopbackAddress(), web.port());
    socket.setSoTimeout(30_000);
    return socket;
  }

  boolean anyFailed() {
    return events.stream().anyMatch(HttpEvent.Failed.class::isInstance);
  }

  @Override
  public void close() throws IOException {
    client.close();
    web.close();
    archive.close();
  }
}
