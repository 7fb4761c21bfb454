package leadglass.app.oidc;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.SSLContext;
import leadglass.testkit.TestCertificate;
import leadglass.testkit.TestTls;

/// Listens like an identity provider, and says whatever it is told to.
public final class SayingProvider implements AutoCloseable {
  public static final String METADATA = "/.well-known/openid-configuration";
  public static final String TOKEN = "/token";
  public static final String KEYS = "/keys";

  private final HttpsServer server;
  private final Path authority;
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final Queue<String> asked = new ConcurrentLinkedQueue<>();

  /// @param folder for its certificate
  public SayingProvider(Path folder) throws IOException, GeneralSecurityException {
    TestCertificate certificate = TestCertificate.selfSigned("localhost", TestCertificate.Kind.EC);
    this.authority = folder.resolve("ca.pem");
    certificate.write(folder.resolve("key.pem"), authority);
    this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(TestTls.keyManagers(certificate), null, null);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          asked.add(path);
          byte[] bytes = answers.getOrDefault(path, "{}").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    says(METADATA, metadata(""));
    says(KEYS, "{\"keys\":[]}");
  }

  public void says(String path, String answer) {
    answers.put(path, answer);
  }

  public String issuer() {
    return "https://localhost:" + server.getAddress().getPort();
  }

  /// PEM of whom its certificate is by.
  public Path authority() {
    return authority;
  }

  /// Paths that were asked for.
  Queue<String> asked() {
    return asked;
  }

  /// @param more members
  String metadata(String more) {
    return """
    {"issuer":"ISSUER","authorization_endpoint":"ISSUER/auth","token_endpoint":"ISSUER/token",
    "jwks_uri":"ISSUER/keys","response_types_supported":["code"],MORE
    "subject_types_supported":["public"],"id_token_signing_alg_values_supported":["RS256"]}\
    """
        .replace("ISSUER", issuer())
        .replace("MORE", more);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
