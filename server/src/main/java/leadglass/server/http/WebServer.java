package leadglass.server.http;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Collection;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Predicate;
import leadglass.archive.Authority;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.WindowRateControl;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.ssl.X509;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/// HTTPS: HTTP/1.1 and HTTP/2 over TLS 1.3 or 1.2, and nothing else on this port. Every request
/// runs on a virtual thread of its own.
///
/// Safe for use by several threads.
public final class WebServer implements AutoCloseable {

  /// Authenticated encryption with forward secrecy (RFC 9325 §4.2), best first.
  private static final String[] CIPHER_SUITES = {
    "TLS_AES_256_GCM_SHA384",
    "TLS_AES_128_GCM_SHA256",
    "TLS_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"
  };

  private static final int HEAD_BYTES_MAX = 16 << 10;
  private static final int SESSION_WINDOW_BYTES = 4 << 20;
  private static final int STREAM_WINDOW_BYTES = 1 << 20;
  private static final int STREAMS_MAX = 128;
  private static final long QUIET_MILLIS = 5_000;

  /// Scrolling through images cancels many requests; more frames that only cost than this a second
  /// are an attack.
  private static final int COSTLY_FRAMES_PER_SECOND = 200;

  private final Server server;
  private final ServerConnector connector;
  private final SslContextFactory.Server tls;
  private final Watchdog watchdog;
  private final Routes routes;

  private WebServer(
      Server server,
      ServerConnector connector,
      SslContextFactory.Server tls,
      Watchdog watchdog,
      Routes routes) {
    this.server = server;
    this.connector = connector;
    this.tls = tls;
    this.watchdog = watchdog;
    this.routes = routes;
  }

  /// A server that has one site.
  ///
  /// @param pages what a problem looks like to a person
  /// @throws IOException if the address can't be listened on
  public static WebServer start(
      WebSettings settings,
      Predicate<InetAddress> near,
      Authority.Identity identity,
      Routes routes,
      Doorkeeper doorkeeper,
      ProblemPages pages,
      Consumer<? super HttpEvent> events)
      throws IOException {
    Entrance entrance = new Entrance(routes, doorkeeper, pages);
    return start(settings, near, identity, Entrances.of(entrance), events);
  }

  /// Listens and serves until closed.
  ///
  /// @param near whose connections are accepted at all
  /// @param identity certificates shown: a further site's to whoever asks for it by name, else the
  ///   first site's
  /// @throws IOException if the address can't be listened on
  public static WebServer start(
      WebSettings settings,
      Predicate<InetAddress> near,
      Authority.Identity identity,
      Entrances entrances,
      Consumer<? super HttpEvent> events)
      throws IOException {
    QueuedThreadPool threads = new QueuedThreadPool();
    threads.setName("web");
    threads.setVirtualThreadsExecutor(
        VirtualThreads.getNamedVirtualThreadsExecutor("web-request-"));
    Server server = new Server(threads);
    SslContextFactory.Server tls = tls(identity);
    Connections connections =
        new Connections(near, settings.perAddressMax(), settings.firstRequest(), events);
    Watchdog watchdog = new Watchdog(connections);
    ServerConnector connector = connector(server, settings, tls);
    connector.addBean(connections);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(settings.connectionsMax(), connector));
    server.setErrorHandler(new ErrorAnswers());
    server.setHandler(
        new GracefulHandler(new Reception(settings, entrances, connections, watchdog, events)));
    server.setStopTimeout(settings.stopGrace().toMillis());
    WebServer web = new WebServer(server, connector, tls, watchdog, entrances.house().routes());
    web.listen();
    return web;
  }

  private void listen() throws IOException {
    try {
      server.start();
    } catch (Exception e) {
      close();
      throw e instanceof IOException io ? io : new IOException("can't serve HTTPS", e);
    }
  }

  private static SslContextFactory.Server tls(Authority.Identity identity) {
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    tls.setIncludeCipherSuites(CIPHER_SUITES);
    tls.setUseCipherSuitesOrder(true);
    tls.setRenegotiationAllowed(false);
    tls.setSNISelector((keyType, _, _, sniHost, shown) -> alias(keyType, sniHost, shown));
    show(tls, identity);
    return tls;
  }

  /// A site's own certificate for whoever asks for that site; else the first site's. Nobody learns
  /// from a certificate what other sites there are.
  private static @Nullable String alias(
      String keyType, @Nullable String sniHost, Collection<X509> shown) {
    String host = sniHost == null ? "" : sniHost.toLowerCase(Locale.ROOT);
    String kind = Authority.Identity.kind(keyType);
    String own = Authority.Identity.alias(kind, host);
    String house = Authority.Identity.alias(kind, "");
    return shown.stream()
        .map(X509::getAlias)
        .filter(own::equals)
        .findFirst()
        .or(() -> shown.stream().map(X509::getAlias).filter(house::equals).findFirst())
        .orElse(null);
  }

  private static void show(SslContextFactory tls, Authority.Identity identity) {
    String password = new String(identity.password());
    tls.setKeyStore(identity.keys());
    tls.setKeyStorePassword(password);
    tls.setKeyManagerPassword(password);
  }

  private static ServerConnector connector(
      Server server, WebSettings settings, SslContextFactory.Server tls) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    http.setRequestHeaderSize(HEAD_BYTES_MAX);
    http.setResponseHeaderSize(HEAD_BYTES_MAX);
    http.setOutputBufferSize(64 << 10);
    http.setOutputAggregationSize(64 << 10);
    http.setIdleTimeout(settings.idle().toMillis());
    // Our own check of Host stands before every handler; certificates don't depend on names.
    http.addCustomizer(new SecureRequestCustomizer(false));
    HTTP2ServerConnectionFactory h2 = new HTTP2ServerConnectionFactory(http);
    h2.setInitialSessionRecvWindow(SESSION_WINDOW_BYTES);
    h2.setInitialStreamRecvWindow(STREAM_WINDOW_BYTES);
    h2.setMaxConcurrentStreams(STREAMS_MAX);
    h2.setStreamIdleTimeout(settings.idle().toMillis());
    h2.setRateControlFactory(new WindowRateControl.Factory(COSTLY_FRAMES_PER_SECOND));
    ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
    HttpConnectionFactory h1 = new HttpConnectionFactory(http);
    alpn.setDefaultProtocol(h1.getProtocol());
    SslConnectionFactory ssl = new SslConnectionFactory(tls, alpn.getProtocol());
    ServerConnector connector = new ServerConnector(server, ssl, alpn, h2, h1);
    connector.setHost(settings.listen());
    connector.setPort(settings.port());
    connector.setIdleTimeout(settings.idle().toMillis());
    connector.setAcceptQueueSize(256);
    // When it stops: a request that is at work and sends nothing for a while is no idle connection.
    connector.setShutdownIdleTimeout(Math.min(QUIET_MILLIS, settings.stopGrace().toMillis()));
    return connector;
  }

  /// The port listened on.
  public int port() {
    return connector.getLocalPort();
  }

  /// Every way in to the first site; the further ones have the same.
  public Routes routes() {
    return routes;
  }

  /// Shows other certificates from the next handshake on.
  public void reload(Authority.Identity identity) throws IOException {
    try {
      tls.reload(factory -> show(factory, identity));
    } catch (Exception e) {
      throw new IOException("can't show the new certificates", e);
    }
  }

  /// Takes no further request, lets the running ones end, then closes what is left.
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception _) {
      // Requests that didn't end in time were cut; there is nothing left to do.
    } finally {
      server.destroy();
      watchdog.close();
    }
  }
}
