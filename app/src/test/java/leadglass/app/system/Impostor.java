package leadglass.app.system;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import leadglass.testkit.TestCertificate;
import leadglass.testkit.TestTls;

/// A server with a certificate of its own that gives whatever it is asked for and notes every word.
final class Impostor implements AutoCloseable {
  private final HttpsServer server;
  private final List<String> heard = new CopyOnWriteArrayList<>();

  private Impostor(HttpsServer server) {
    this.server = server;
  }

  static Impostor start() throws IOException {
    TestCertificate own = TestCertificate.selfSigned("localhost", TestCertificate.Kind.EC);
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(TestTls.keyManagers(own), null, null);
      HttpsServer server =
          HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setHttpsConfigurator(new HttpsConfigurator(context));
      Impostor impostor = new Impostor(server);
      Path files = Files.createTempDirectory("impostor-");
      own.write(files.resolve("key"), files.resolve("cert"));
      byte[] pem = Files.readAllBytes(files.resolve("cert"));
      Premises.delete(files);
      server.createContext(
          "/",
          exchange -> {
            try (exchange) {
              String body =
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
              impostor.heard.add(exchange.getRequestURI() + " " + body);
              exchange.sendResponseHeaders(200, pem.length);
              exchange.getResponseBody().write(pem);
            }
          });
      server.start();
      return impostor;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("TLS is part of every Java", e);
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  String heard() {
    return String.join("\n", heard);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
