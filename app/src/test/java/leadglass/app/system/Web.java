package leadglass.app.system;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import leadglass.testkit.TestTls;

/// HTTPS to an archive, trusting its own authority and nobody else.
final class Web implements AutoCloseable {
  static final String AS_STORED =
      "multipart/related; type=\"application/dicom\"; transfer-syntax=*";

  private final int port;
  private final HttpClient client;

  Web(int port, Path authority) throws IOException {
    this(port, TestTls.trusting(authority));
  }

  /// @param trust whom it trusts, and what it shows
  Web(int port, SSLContext trust) {
    this.port = port;
    this.client =
        HttpClient.newBuilder().sslContext(trust).connectTimeout(Duration.ofSeconds(30)).build();
  }

  int port() {
    return port;
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("https://localhost:" + port + path))
        .timeout(Duration.ofSeconds(60));
  }

  HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException {
    try {
      return client.send(request.build(), BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  HttpResponse<byte[]> get(String token, String path, String accept) throws IOException {
    return send(request(path).header("Authorization", "Bearer " + token).header("Accept", accept));
  }

  /// STOW-RS of one file.
  HttpResponse<byte[]> stow(String token, byte[] file) throws IOException {
    return send(
        request("/dicomweb/studies")
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/dicom")
            .POST(BodyPublishers.ofByteArray(file)));
  }

  /// The one part of a multipart answer.
  static byte[] part(HttpResponse<byte[]> response) throws IOException {
    byte[] body = response.body();
    String text = new String(body, StandardCharsets.ISO_8859_1);
    int head = text.indexOf("\r\n");
    int start = text.indexOf("\r\n\r\n") + 4;
    int end = text.lastIndexOf("\r\n" + text.substring(0, Math.max(head, 0)) + "--");
    if (head < 0 || start < 4 || end < start) {
      throw new IOException("no multipart of one part");
    }
    return java.util.Arrays.copyOfRange(body, start, end);
  }

  static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  /// All that a client sees of an answer, but for the time.
  static String seen(HttpResponse<byte[]> response) {
    Map<String, List<String>> headers = new TreeMap<>(response.headers().map());
    headers.remove("date");
    return response.statusCode() + " " + headers + "\n" + text(response);
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
