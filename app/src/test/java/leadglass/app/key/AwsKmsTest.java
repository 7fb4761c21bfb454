package leadglass.app.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import leadglass.archive.KeyHome.RefusedException;
import leadglass.store.MasterKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// AWS KMS as it speaks on the wire: a service on this machine that checks signatures, seals, and
/// answers in the same JSON.
class AwsKmsTest {
  private static final String ARN =
      "arn:aws:kms:eu-central-1:000000000000:key/00000000-0000-4000-8000-000000000000";
  private static final AwsCredentials RIGHT =
      new AwsCredentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "");
  private static final Instant NOW = Instant.parse("2015-08-30T12:36:00Z");

  @TempDir private Path folder;
  private final Map<String, String> held = new HashMap<>();
  private HttpServer server;
  private String redirect = "";

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    credentials(RIGHT.secret());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void credentials(String secret) throws IOException {
    Files.writeString(
        folder.resolve("credentials"),
        "[other]\naws_access_key_id = X\naws_secret_access_key = Y\n[default]\n"
            + "aws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = "
            + secret
            + "\n");
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    int status = 200;
    String text;
    if (!redirect.isEmpty()) {
      exchange.getResponseHeaders().set("Location", redirect);
      status = 307;
      text = "{}";
    } else if (!signed(exchange, body)) {
      status = 400;
      text = "{\"__type\":\"InvalidSignatureException\"}";
    } else {
      JsonNode asked = JsonMapper.builder().build().readTree(body);
      String context = asked.path("EncryptionContext").toString();
      if (target.equals("TrentService.Encrypt")) {
        String blob = Base64.getEncoder().encodeToString(("blob" + held.size()).getBytes(UTF_8));
        held.put(blob + context, asked.path("Plaintext").asString());
        text = "{\"KeyId\":\"" + ARN + "\",\"CiphertextBlob\":\"" + blob + "\"}";
      } else {
        String plain = held.get(asked.path("CiphertextBlob").asString() + context);
        status = plain == null ? 400 : 200;
        text =
            plain == null
                ? "{\"__type\":\"InvalidCiphertextException\"}"
                : "{\"KeyId\":\"" + ARN + "\",\"Plaintext\":\"" + plain + "\"}";
      }
    }
    exchange.sendResponseHeaders(status, text.length());
    exchange.getResponseBody().write(text.getBytes(UTF_8));
    exchange.close();
  }

  private static boolean signed(HttpExchange exchange, byte[] body) {
    String given = exchange.getRequestHeaders().getFirst("Authorization");
    Map<String, String> headers = new HashMap<>();
    String names = given.replaceAll(".*SignedHeaders=([^,]*),.*", "$1");
    for (String name : names.split(";", -1)) {
      headers.put(name, exchange.getRequestHeaders().getFirst(name));
    }
    try {
      return names.contains("host")
          && names.contains("x-amz-target")
          && given.equals(
              new AwsSignature(RIGHT, "eu-central-1", "kms", NOW)
                  .authorization("POST", headers, body));
    } catch (GeneralSecurityException _) {
      return false;
    }
  }

  private Services services() {
    return new Services(
        Optional.of(folder.resolve("credentials")),
        Optional.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort())),
        InstantSource.fixed(NOW));
  }

  private ServiceSeal open(String arn) throws RefusedException {
    return ServiceSeal.open(new KeyPlace.Service("aws-kms://" + arn), services());
  }

  @Test
  void requestsAreSignedAsThePublishedExampleIs() throws GeneralSecurityException {
    // "get-vanilla" of AWS's test suite for Signature Version 4.
    assertThat(
            new AwsSignature(RIGHT, "us-east-1", "service", NOW)
                .authorization(
                    "GET",
                    Map.of("host", "example.amazonaws.com", "x-amz-date", "20150830T123600Z"),
                    new byte[0]))
        .isEqualTo(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                + " SignedHeaders=host;x-amz-date, Signature="
                + "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
  }

  @Test
  void theServiceSealsAndOpensTheMasterKey() throws Exception {
    byte[] key = MasterKey.fresh();

    Laid laid = open(ARN).seal(key);

    assertThat(laid.place().words()).isEqualTo("kms:aws-kms://" + ARN);
    assertThat(open(ARN).unseal(laid)).isEqualTo(key);
    assertThat(held.keySet().iterator().next()).contains("associatedData");
  }

  @Test
  void whatGoesWrongIsSaidWithoutASecret() throws Exception {
    Laid laid = open(ARN).seal(MasterKey.fresh());
    assertThatThrownBy(() -> open(ARN).unseal(laid.with("sealed", "00ff")))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("InvalidCiphertextException");
    assertThatThrownBy(() -> open(ARN.replace("0000-", "1111-")).unseal(laid))
        .isInstanceOf(RefusedException.class);
    assertThatThrownBy(() -> open("arn:aws:kms:../x:1:key/y")).isInstanceOf(RefusedException.class);
    redirect = "http://127.0.0.1:1/";
    assertThatThrownBy(() -> open(ARN).unseal(laid))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("307");
    redirect = "";
    credentials("another secret");
    assertThatThrownBy(() -> open(ARN).unseal(laid))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("InvalidSignatureException")
        .hasMessageNotContaining("another secret");
    server.stop(0);
    assertThatThrownBy(() -> open(ARN).unseal(laid))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("can't be reached");
  }
}
