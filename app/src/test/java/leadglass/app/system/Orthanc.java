package leadglass.app.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Debian's Orthanc beside the test: DICOM over TLS with client certificates, REST on loopback.
final class Orthanc implements AutoCloseable {
  static final String AE_TITLE = "ORTHANC";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Tool tool;
  private final HttpClient client = HttpClient.newHttpClient();
  final int dicomPort;
  private final int httpPort;

  /// @param files its `key.pem`, `cert.pem` and `ca.pem`
  /// @param dicomPort a free one, told to others already
  /// @param archive port of the archive that it calls `leadglass`
  Orthanc(Path folder, Path files, int dicomPort, int archive) throws IOException {
    this.dicomPort = dicomPort;
    this.httpPort = freePort();
    Path configuration = Files.createDirectories(folder).resolve("orthanc.json");
    Files.writeString(
        configuration,
        """
        {"Name": "Orthanc", "StorageDirectory": "FOLDER/db", "IndexDirectory": "FOLDER/db",
         "HttpPort": HTTP, "KeepAlive": false, "RemoteAccessAllowed": false, "AuthenticationEnabled": false,
         "DicomAet": "ORTHANC", "DicomPort": DICOM, "DicomCheckCalledAet": true,
         "DicomTlsEnabled": true, "DicomTlsRemoteCertificateRequired": true,
         "DicomTlsCertificate": "FILES/cert.pem", "DicomTlsPrivateKey": "FILES/key.pem",
         "DicomTlsTrustedCertificates": "FILES/ca.pem", "DicomAlwaysAllowEcho": true,
         "DicomAlwaysAllowStore": true, "DicomAlwaysAllowFind": true, "DicomAlwaysAllowGet": true,
         "DicomAlwaysAllowMove": true, "Plugins": [], "UnknownSopClassAccepted": true,
         "DicomModalities": {
           "leadglass": {"AET": "LEADGLASS", "Host": "127.0.0.1", "Port": ARCHIVE,
                         "UseDicomTls": true}}}
        """
            .replace("FOLDER", folder.toString())
            .replace("FILES", files.toString())
            .replace("HTTP", Integer.toString(httpPort))
            .replace("\"DicomPort\": DICOM", "\"DicomPort\": " + dicomPort)
            .replace("ARCHIVE", Integer.toString(archive)));
    this.tool =
        Tool.start(
            folder.resolve("orthanc.log"),
            List.of(Tool.find("Orthanc").orElseThrow().toString(), configuration.toString()));
    tool.await("Orthanc has started");
  }

  /// Free at the moment: Orthanc can't choose one itself.
  static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return client.send(
          request.timeout(Duration.ofMinutes(2)).build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + path));
  }

  JsonNode get(String path) throws IOException {
    return JSON.readTree(send(request(path)).body());
  }

  /// @return the answer
  /// @throws IOException with what Orthanc said, if it is not 200
  JsonNode post(String path, String body) throws IOException {
    return answer(send(request(path).POST(HttpRequest.BodyPublishers.ofString(body))));
  }

  JsonNode post(String path, byte[] body) throws IOException {
    return answer(send(request(path).POST(HttpRequest.BodyPublishers.ofByteArray(body))));
  }

  private JsonNode answer(HttpResponse<String> answer) throws IOException {
    if (answer.statusCode() != 200) {
      throw new IOException("Orthanc: " + answer.body() + tool.said());
    }
    return JSON.readTree(answer.body().isBlank() ? "{}" : answer.body());
  }

  @Override
  public void close() {
    tool.close();
  }
}
