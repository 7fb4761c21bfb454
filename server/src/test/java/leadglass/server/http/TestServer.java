package leadglass.server.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLSocket;
import leadglass.archive.Authority;
import leadglass.archive.Caller;
import leadglass.archive.Gate;
import leadglass.archive.Origin;
import leadglass.archive.Role;
import leadglass.dicom.data.Uid;

/// A web server on a free port whose people and tokens are made up: the session cookie holds the
/// word of a role, the token `read` or `write`.
final class TestServer implements AutoCloseable {
  static final Authority.Identity IDENTITY = identity();

  final BlockingQueue<HttpEvent> events = new LinkedBlockingQueue<>();
  final AtomicBoolean setUp = new AtomicBoolean(true);
  final AtomicBoolean fresh = new AtomicBoolean(true);
  final WebServer web;
  final HttpClient h1 = client(HttpClient.Version.HTTP_1_1);
  final HttpClient h2 = client(HttpClient.Version.HTTP_2);

  private static Authority.Identity identity() {
    try {
      return TestIdentity.fresh();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static WebSettings settings() {
    return WebSettings.of("127.0.0.1", 0, List.of("archive.test"), 8);
  }

  TestServer(List<Route> routes) throws IOException {
    this(settings(), routes);
  }

  TestServer(WebSettings settings, List<Route> routes) throws IOException {
    this(settings, _ -> true, routes);
  }

  TestServer(WebSettings settings, Predicate<InetAddress> near, List<Route> routes)
      throws IOException {
    Doorkeeper doorkeeper =
        new Doorkeeper(
            new Gate(),
            TestServer::person,
            TestServer::program,
            TestServer::guest,
            TestServer::patient,
            _ -> fresh.get(),
            (_, _) -> {},
            setUp::get,
            "/sign-in",
            Optional.empty());
    web =
        WebServer.start(
            settings,
            near,
            IDENTITY,
            Routes.of(routes),
            doorkeeper,
            problem -> "<!doctype html><title>" + problem.title() + "</title>",
            events::add);
  }

  private static Optional<Caller.Person> person(Origin origin, String secret) {
    for (Role role : EnumSet.allOf(Role.class)) {
      if (role.word().equals(secret)) {
        return Optional.of(new Caller.Person("somebody", role, Set.of(role), origin));
      }
    }
    return Optional.empty();
  }

  private static Optional<Caller.Share> guest(Origin origin, String share, String secret) {
    return secret.equals("opened-" + share)
        ? Optional.of(new Caller.Share(share, Set.of(new Uid("2.25.1")), false, origin))
        : Optional.empty();
  }

  private static Optional<Caller.Patient> patient(Origin origin, String secret) {
    return secret.equals("patient")
        ? Optional.of(new Caller.Patient("0", Set.of("pseudonym"), origin))
        : Optional.empty();
  }

  private static Optional<Caller.Program> program(Origin origin, String secret) {
    Set<Caller.Scope> scopes =
        switch (secret) {
          case "read" -> Set.of(Caller.Scope.READ);
          case "write" -> Set.of(Caller.Scope.WRITE);
          default -> Set.of();
        };
    return scopes.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Caller.Program("t1", "somebody", Set.of(Role.RADIOLOGIST), scopes, origin));
  }

  private static HttpClient client(HttpClient.Version version) {
    return HttpClient.newBuilder()
        .version(version)
        .sslContext(TestIdentity.trusting(IDENTITY))
        .connectTimeout(Duration.ofSeconds(10))
        .build();
  }

  URI uri(String pathAndQuery) {
    return URI.create("https://localhost:" + web.port() + pathAndQuery);
  }

  HttpRequest request(String path, UnaryOperator<HttpRequest.Builder> more) {
    return more.apply(HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(30))).build();
  }

  HttpResponse<String> send(String path, UnaryOperator<HttpRequest.Builder> more)
      throws IOException, InterruptedException {
    return h2.send(request(path, more), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    return send(path, builder -> headers.length == 0 ? builder : builder.headers(headers));
  }

  SSLSocket socket() throws IOException {
    SSLSocket socket =
        (SSLSocket)
            TestIdentity.trusting(IDENTITY)
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), web.port());
    socket.setSoTimeout(30_000);
    return socket;
  }

  /// Waits for an event of this kind; those before it are dropped.
  <E extends HttpEvent> E await(Class<E> kind) throws InterruptedException {
    while (true) {
      HttpEvent event = events.poll(30, TimeUnit.SECONDS);
      if (event == null) {
        throw new AssertionError("no " + kind.getSimpleName());
      }
      if (kind.isInstance(event)) {
        return kind.cast(event);
      }
    }
  }

  @Override
  public void close() {
    h1.close();
    h2.close();
    web.close();
  }
}
