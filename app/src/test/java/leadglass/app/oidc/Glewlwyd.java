package leadglass.app.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import leadglass.testkit.TestCertificate;
import leadglass.testkit.TestTls;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Glewlwyd (Debian package `glewlwyd`) as a process of its own: somebody else's identity provider,
/// with three issuers and one client at each.
public final class Glewlwyd implements AutoCloseable {
  public static final String CLIENT = "leadglass";
  public static final String SECRET = "7hJm2Lw0sVtR9bQx";
  public static final String PASSWORD = "violet harbour 71 lamps";
  private static final Path PROGRAM = Path.of("/usr/bin/glewlwyd");
  private static final Path TABLES =
      Path.of("/usr/share/doc/glewlwyd/database/init.sqlite3.sql.gz");
  private static final long WAIT_SECONDS = 60;
  private static final int TRIES = 3;

  private final Path folder;
  private final Process process;
  private final int port;
  private final Visitor administrator;

  public static boolean isInstalled() {
    return Files.isExecutable(PROGRAM) && Files.exists(TABLES);
  }

  /// Returns when it answers.
  ///
  /// @param folder empty, for its settings
  public Glewlwyd(Path folder) throws IOException {
    this.folder = folder;
    TestCertificate.selfSigned("localhost", TestCertificate.Kind.RSA)
        .write(folder.resolve("key.pem"), authority());
    Started started = start();
    this.process = started.process();
    this.port = started.port();
    this.administrator = new Visitor();
    try {
      settle();
    } catch (IOException | RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private record Started(Process process, int port) {}

  /// It can't be asked for a port that is free, so one is looked for; somebody else may be faster.
  private Started start() throws IOException {
    for (int i = 0; ; i++) {
      makeTables();
      int free;
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        free = socket.getLocalPort();
      }
      Process started =
          new ProcessBuilder(PROGRAM.toString(), "--config-file=" + settings(free))
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log").toFile())
              .start();
      if (answers(started, free)) {
        return new Started(started, free);
      }
      started.destroyForcibly();
      if (i == TRIES) {
        throw new IOException("it does not answer: " + Files.readString(folder.resolve("log")));
      }
    }
  }

  private boolean answers(Process started, int candidate) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
    try (HttpClient client = client()) {
      while (started.isAlive() && System.nanoTime() < end) {
        try {
          URI uri = URI.create("https://localhost:" + candidate + "/config/");
          client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding());
          return true;
        } catch (IOException _) {
          if (started.waitFor(50, TimeUnit.MILLISECONDS)) {
            return false;
          }
        }
      }
      return false;
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private void makeTables() throws IOException {
    Path file = folder.resolve("glewlwyd.db");
    Files.deleteIfExists(file);
    String script;
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(TABLES))) {
      script = new String(in.readAllBytes(), UTF_8);
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (String each : script.replaceAll("(?m)--.*$", "").split(";\\s*\n", -1)) {
        if (!each.isBlank()) {
          statement.executeUpdate(each);
        }
      }
      // People have groups, and prove themselves by a password at least.
      statement.executeUpdate(
          """
          update g_user_module_instance set gumi_parameters = json_set(gumi_parameters, \
          '$.data-format.groups', json('{"multiple":true,"read":true,"write":true}'))\
          """);
      statement.executeUpdate(
          "update g_scope set gs_password_required = 1, gs_password_max_age = 0"
              + " where gs_name = 'openid'");
      connection.commit();
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  private Path settings(int candidate) throws IOException {
    String text =
        """
        port=PORT
        bind_address="127.0.0.1"
        external_url="https://localhost:PORT"
        login_url="login.html"
        api_prefix="api"
        static_files_path="/usr/share/glewlwyd/webapp/"
        log_mode="console"
        log_level="WARNING"
        cookie_domain="localhost"
        cookie_secure=1
        session_expiration=2419200
        session_key="GLEWLWYD2_SESSION_ID"
        admin_scope="g_admin"
        profile_scope="g_profile"
        user_module_path="/usr/lib/glewlwyd/user"
        user_middleware_module_path="/usr/lib/glewlwyd/user_middleware"
        client_module_path="/usr/lib/glewlwyd/client"
        user_auth_scheme_module_path="/usr/lib/glewlwyd/scheme"
        plugin_module_path="/usr/lib/glewlwyd/plugin"
        use_secure_connection=true
        secure_connection_key_file="FOLDER/key.pem"
        secure_connection_pem_file="FOLDER/authority.pem"
        hash_algorithm = "SHA512"
        database = { type = "sqlite3" path = "FOLDER/glewlwyd.db" };
        """;
    return Files.writeString(
        folder.resolve("glewlwyd.conf"),
        text.replace("PORT", Integer.toString(candidate)).replace("FOLDER", folder.toString()));
  }

  private HttpClient client() throws IOException {
    return HttpClient.newBuilder()
        .sslContext(TestTls.trusting(authority()))
        .connectTimeout(Duration.ofSeconds(WAIT_SECONDS))
        .build();
  }

  private void settle() throws IOException {
    administrator.post("/auth/", "{\"username\":\"admin\",\"password\":\"password\"}");
    issuer("first");
    issuer("second");
    issuer("third");
    administrator.post(
        "/mod/scheme/",
        """
        {"module":"otp","name":"otp","display_name":"otp","expiration":600,"max_use":0,
        "allow_user_register":true,"parameters":{"issuer":"test","issuer-allowed":true,
        "secret-minimum-size":16,"otp-length":6,"hotp-allow":false,"totp-allow":true,
        "totp-window":1,"totp-start-offset":0,"hotp-window":0}}\
        """);
    administrator.post(
        "/scope/",
        """
        {"name":"strong","display_name":"strong","description":"two factors",
        "password_required":true,"password_max_age":0,"scheme":{"2":[{"scheme_name":"otp",
        "scheme_type":"otp"}]},"scheme_required":{"2":1}}\
        """);
  }

  private void issuer(String name) throws IOException {
    KeyPair pair;
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      pair = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    String text =
        """
        {"module":"oidc","name":"NAME","display_name":"NAME","parameters":{"iss":"ISSUER",
        "jwt-type":"rsa","jwt-key-size":"256","key":"PRIVATE","cert":"PUBLIC",
        "access-token-duration":3600,"refresh-token-duration":3600,"code-duration":60,
        "refresh-token-rolling":false,"allow-non-oidc":false,"auth-type-code-enabled":true,
        "auth-type-implicit-enabled":false,"auth-type-none-enabled":false,
        "auth-type-password-enabled":false,"auth-type-client-enabled":false,
        "auth-type-refresh-enabled":false,"auth-type-token-enabled":false,
        "auth-type-device-enabled":false,"auth-type-code-revoke-replayed":true,"scope":[],
        "additional-parameters":[],"claims":[{"name":"groups","user-property":"groups",
        "type":"string","mandatory":true,"scope":[]}],"jwks-show":true,"jwks-x5c":[],
        "request-parameter-allow":false,"subject-type":"public","pkce-allowed":true,
        "pkce-method-plain-allowed":false,"pkce-required":true,"oauth-as-iss-id":true,
        "name-claim":"mandatory","email-claim":"no","scope-claim":"no",
        "introspection-revocation-allowed":false,"register-client-allowed":false,
        "session-management-allowed":false}}\
        """;
    administrator.post(
        "/mod/plugin/",
        text.replace("NAME", name)
            .replace("ISSUER", issuerOf(name))
            .replace("PRIVATE", pem("PRIVATE KEY", pair.getPrivate().getEncoded()))
            .replace("PUBLIC", pem("PUBLIC KEY", pair.getPublic().getEncoded())));
  }

  private static String pem(String type, byte[] der) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return ("-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n")
        .replace("\n", "\\n");
  }

  /// PEM of whom to trust.
  public Path authority() {
    return folder.resolve("authority.pem");
  }

  public String issuerOf(String name) {
    return "https://localhost:" + port + "/api/" + name;
  }

  /// Registers the client that people are led back to.
  public void client(String... backs) throws IOException {
    administrator.post(
        "/client/",
        """
        {"client_id":"%s","name":"Leadglass","confidential":true,"enabled":true,
        "client_secret":"%s","redirect_uri":["%s"],"authorization_type":["code"],
        "token_endpoint_auth_method":["client_secret_basic"],"scope":["openid","strong"]}\
        """
            .formatted(CLIENT, SECRET, String.join("\",\"", backs)));
  }

  /// Somebody who knows [#PASSWORD].
  public void person(String name, String... groups) throws IOException {
    administrator.post(
        "/user/",
        """
        {"username":"%s","name":"%s","password":"%s","enabled":true,
        "scope":["openid","strong","g_profile"],"groups":["%s"]}\
        """
            .formatted(name, name, PASSWORD, String.join("\",\"", groups)));
  }

  /// Moves somebody into other groups.
  public void regroup(String name, String... groups) throws IOException {
    administrator.send(
        "PUT",
        "/user/" + name,
        """
        {"username":"%s","name":"%s","enabled":true,
        "scope":["openid","strong","g_profile"],"groups":["%s"]}\
        """
            .formatted(name, name, String.join("\",\"", groups)));
  }

  /// A browser at the provider, with its cookies there.
  public final class Visitor {
    private final HttpClient client;

    /// The JDK's own keeps no cookie of a host without a dot.
    private final Map<String, String> cookies = new TreeMap<>();

    public Visitor() throws IOException {
      this.client = client();
    }

    JsonNode post(String path, String json) throws IOException {
      return send("POST", path, json);
    }

    JsonNode send(String method, String path, String json) throws IOException {
      URI uri = URI.create("https://localhost:" + port + "/api" + path);
      HttpResponse<String> answer =
          exchange(
              HttpRequest.newBuilder(uri)
                  .header("Content-Type", "application/json")
                  .method(method, BodyPublishers.ofString(json)));
      if (answer.statusCode() != 200) {
        throw new IOException(path + ": " + answer.statusCode() + " " + answer.body());
      }
      return answer.body().isEmpty()
          ? JsonMapper.shared().nullNode()
          : JsonMapper.shared().readTree(answer.body());
    }

    private HttpResponse<String> exchange(HttpRequest.Builder request) throws IOException {
      String header =
          cookies.entrySet().stream()
              .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
              .collect(Collectors.joining("; "));
      if (!header.isEmpty()) {
        request.header("Cookie", header);
      }
      try {
        HttpResponse<String> answer =
            client.send(
                request.timeout(Duration.ofSeconds(WAIT_SECONDS)).build(), BodyHandlers.ofString());
        for (String set : answer.headers().allValues("Set-Cookie")) {
          int equals = set.indexOf('=');
          int end = set.indexOf(';');
          cookies.put(
              set.substring(0, equals), set.substring(equals + 1, end < 0 ? set.length() : end));
        }
        return answer;
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }

    /// With the password alone.
    public Visitor signIn(String name) throws IOException {
      post("/auth/", "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(name, PASSWORD));
      for (String scope : new String[] {"openid", "openid strong"}) {
        send("PUT", "/auth/grant/" + CLIENT, "{\"scope\":\"" + scope + "\"}");
      }
      return this;
    }

    /// Registers an authenticator app.
    ///
    /// @param secret base32
    public Visitor enrol(String name, String secret) throws IOException {
      post(
          "/profile/scheme/register/",
          """
          {"username":"%s","scheme_type":"otp","scheme_name":"otp","value":{"type":"TOTP",
          "time_step_size":30,"start_offset":0,"secret":"%s"}}\
          """
              .formatted(name, secret));
      return this;
    }

    /// With a code of it.
    public Visitor code(String name, String code) throws IOException {
      post(
          "/auth/",
          """
          {"username":"%s","scheme_type":"otp","scheme_name":"otp","value":{"value":"%s"}}\
          """
              .formatted(name, code));
      return this;
    }

    /// Opens the address that we sent the browser to, and goes on there as the page does that asks
    /// nothing more.
    ///
    /// @return where the provider sends the browser
    public URI open(URI address) throws IOException {
      URI goingOn = URI.create(address + "&g_continue");
      HttpResponse<String> answer = exchange(HttpRequest.newBuilder(goingOn).GET());
      return URI.create(
          answer
              .headers()
              .firstValue("Location")
              .orElseThrow(() -> new IOException("status " + answer.statusCode())));
    }
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
