package leadglass.app.enrol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import leadglass.app.Failure;
import leadglass.archive.EnrolmentCode;
import leadglass.archive.EnrolmentRequest;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Enrols this machine with an archive by a code that somebody read out.
///
/// First the archive's root certificate is fetched, without trusting anybody and without telling
/// anything, and compared with the fingerprint in the code. Then that root alone is trusted, and
/// only to a server that proves it by its certificate the code is sent.
public final class Enroller {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int ANSWER_BYTES_MAX = 64 << 10;
  private static final int OK = 200;
  private static final int SLOWED = 429;
  private static final int UNFIT = 422;
  private static final Pattern ADDRESS =
      Pattern.compile("(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9.-]+):\\d{1,5}");

  private final String address;

  private Enroller(String address) {
    this.address = address;
  }

  /// What the device needs, PEM.
  public record Enrolled(String aeTitle, String key, String certificate, String ca) {
    @Override
    public String toString() {
      return "Enrolled[]";
    }
  }

  /// @param address host and port of the archive's pages
  /// @param typed the code
  public static Enrolled enrol(String address, String typed) throws Failure {
    if (!ADDRESS.matcher(address).matches()) {
      throw new Failure(Failure.USAGE, "that is no HOST:PORT", "such as archive.example:8443");
    }
    Optional<EnrolmentCode> code = EnrolmentCode.read(typed);
    if (code.isEmpty()) {
      throw new Failure(
          Failure.USAGE, "the code is mistyped", "eight groups of four letters and digits");
    }
    Enroller enroller = new Enroller(address);
    return enroller.ask(code.get(), enroller.root(code.get()));
  }

  private X509Certificate root(EnrolmentCode code) throws Failure {
    HttpRequest request = request("/trust/ca.pem").GET().build();
    Answer answer = send(Unverified.MANAGER, request);
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (Certificate each :
          factory.generateCertificates(new ByteArrayInputStream(answer.body()))) {
        if (each instanceof X509Certificate certificate && code.isOf(certificate)) {
          return certificate;
        }
      }
    } catch (CertificateException _) {
      // Whatever that was, it was not the archive's certificate.
    }
    throw new Failure(
        Failure.NO,
        address + " is not the archive this code was made by; the code was not sent",
        "check the address; if it is right, somebody stands in between");
  }

  private Enrolled ask(EnrolmentCode code, X509Certificate root) throws Failure {
    EnrolmentRequest made = EnrolmentRequest.fresh();
    String form =
        "code="
            + URLEncoder.encode(code.secret(), UTF_8)
            + "&csr="
            + URLEncoder.encode(made.request(), UTF_8);
    HttpRequest request =
        request("/enrol")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    Answer answer = send(trusting(root), request);
    return switch (answer.status()) {
      case OK -> enrolled(answer.body(), made);
      case SLOWED ->
          throw new Failure(Failure.NO, "too many wrong codes came from here", "wait five minutes");
      case UNFIT ->
          throw new Failure(
              Failure.NO,
              "the archive can't enrol this device now",
              "ask whoever made the code: leadglass device list");
      default ->
          throw new Failure(
              Failure.NO,
              "the archive refused the code: it was used, has ended, or is another one's",
              "ask for a new one: leadglass device invite");
    };
  }

  private static Enrolled enrolled(byte[] body, EnrolmentRequest made) throws Failure {
    try {
      JsonNode json = JsonMapper.builder().build().readTree(body);
      String certificate = json.path("certificate").asString("");
      String ca = json.path("ca").asString("");
      if (!certificate.isEmpty() && !ca.isEmpty()) {
        return new Enrolled(json.path("aeTitle").asString(""), made.key(), certificate, ca);
      }
    } catch (JacksonException _) {
      // As if it were empty.
    }
    throw new Failure(Failure.FAILED, "the archive's answer can't be read", "");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("https://" + address + path)).timeout(TIMEOUT);
  }

  private record Answer(int status, byte[] body) {}

  private Answer send(TrustManager trust, HttpRequest request) throws Failure {
    try (HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            .proxy(HttpClient.Builder.NO_PROXY)
            .sslContext(context(trust))
            .build()) {
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        return new Answer(response.statusCode(), body.readNBytes(ANSWER_BYTES_MAX));
      }
    } catch (SSLException _) {
      throw new Failure(
          Failure.NO,
          address + " did not prove that it is the archive; the code was not sent",
          "use a name or address that the archive was started with");
    } catch (IOException _) {
      throw new Failure(
          Failure.FAILED, address + " can't be reached", "check the address and the network");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new Failure(Failure.FAILED, "interrupted", "");
    }
  }

  private static TrustManager trusting(X509Certificate root) {
    try {
      KeyStore known = KeyStore.getInstance("PKCS12");
      known.load(null, null);
      known.setCertificateEntry("root", root);
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(known);
      return factory.getTrustManagers()[0];
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("a key store in memory is part of every Java", e);
    }
  }

  private static SSLContext context(TrustManager trust) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {trust}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("TLS is part of every Java", e);
    }
  }
}
