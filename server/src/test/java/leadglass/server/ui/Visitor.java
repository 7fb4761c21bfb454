package leadglass.server.ui;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A browser without script: keeps cookies, sends forms, follows nothing by itself. Trusts the
/// archive's own authority and nobody else.
final class Visitor implements AutoCloseable {
  private final TestArchive archive;
  private final HttpClient client;
  final Map<String, String> cookies = new TreeMap<>();

  /// What came back.
  record Seen(int status, String location, String body, List<String> setCookies, String cache) {}

  Visitor(TestArchive archive) throws IOException {
    this.archive = archive;
    this.client =
        HttpClient.newBuilder()
            .sslContext(trusting(archive.archive.webAuthority().caPem().orElseThrow()))
            .connectTimeout(Duration.ofSeconds(10))
            .build();
  }

  private static SSLContext trusting(String pem) throws IOException {
    try {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      byte[] bytes = pem.getBytes(StandardCharsets.US_ASCII);
      trusted.setCertificateEntry(
          "root",
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(bytes)));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  Seen get(String path) throws IOException, InterruptedException {
    return send(request(path).GET().build());
  }

  Seen post(String path, String... form) throws IOException, InterruptedException {
    List<String> fields = new ArrayList<>();
    for (int i = 0; i < form.length; i += 2) {
      fields.add(form[i] + "=" + URLEncoder.encode(form[i + 1], StandardCharsets.UTF_8));
    }
    return send(
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Sec-Fetch-Site", "same-origin")
            .POST(HttpRequest.BodyPublishers.ofString(String.join("&", fields)))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("https://localhost:" + archive.web.port() + path))
            .header("Accept", "text/html")
            .timeout(Duration.ofSeconds(30));
    List<String> pairs = new ArrayList<>();
    cookies.forEach((name, value) -> pairs.add(name + "=" + value));
    return pairs.isEmpty() ? request : request.header("Cookie", String.join("; ", pairs));
  }

  private Seen send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    List<String> set = answer.headers().allValues("Set-Cookie");
    for (String cookie : set) {
      String pair = cookie.substring(0, cookie.indexOf(';'));
      String name = pair.substring(0, pair.indexOf('='));
      if (cookie.contains("Max-Age=0")) {
        cookies.remove(name);
      } else {
        cookies.put(name, pair.substring(name.length() + 1));
      }
    }
    return new Seen(
        answer.statusCode(),
        answer.headers().firstValue("Location").orElse(""),
        answer.body(),
        set,
        answer.headers().firstValue("Cache-Control").orElse(""));
  }

  @Override
  public void close() {
    client.close();
  }
}
