package leadglass.app.key;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KmsClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Tink's client of AWS KMS over its JSON protocol: Encrypt and Decrypt, bound to the associated
/// data the way Tink's own client binds it (encryption context `associatedData`, hexadecimal).
///
/// It asks one address, which follows from the key's ARN or is configured, follows no redirect, and
/// gives up after some seconds.
final class AwsKms implements KmsClient {
  private static final Pattern KEY =
      Pattern.compile(
          "aws-kms://(arn:aws[a-z-]*:kms:([a-z0-9-]{1,32}):[0-9]{12}:key/[A-Za-z0-9-]+)");
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int ANSWER_CHARS_MAX = 1 << 16;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path credentials;
  private final Optional<URI> endpoint;
  private final InstantSource clock;

  AwsKms(Path credentials, Optional<URI> endpoint, InstantSource clock) {
    this.credentials = credentials;
    this.endpoint = endpoint;
    this.clock = clock;
  }

  static boolean isFor(String uri) {
    return uri.startsWith("aws-kms://");
  }

  @Override
  public boolean doesSupport(String uri) {
    return isFor(uri);
  }

  @Override
  public KmsClient withCredentials(String path) {
    return new AwsKms(Path.of(path), endpoint, clock);
  }

  /// None are looked for in the environment or asked of the machine's own service.
  @Override
  public KmsClient withDefaultCredentials() throws GeneralSecurityException {
    throw new GeneralSecurityException("credentials come from a file");
  }

  @Override
  public Aead getAead(String uri) throws GeneralSecurityException {
    Matcher key = KEY.matcher(uri);
    if (!key.matches()) {
      throw new GeneralSecurityException(
          "a key of AWS KMS is aws-kms://arn:aws:kms:REGION:…:key/…");
    }
    String arn = key.group(1);
    String region = key.group(2);
    return new Aead() {
      @Override
      public byte[] encrypt(byte[] plaintext, byte[] associatedData)
          throws GeneralSecurityException {
        return ask(
            "Encrypt", region, arn, "Plaintext", plaintext, associatedData, "CiphertextBlob");
      }

      @Override
      public byte[] decrypt(byte[] ciphertext, byte[] associatedData)
          throws GeneralSecurityException {
        return ask(
            "Decrypt", region, arn, "CiphertextBlob", ciphertext, associatedData, "Plaintext");
      }
    };
  }

  private byte[] ask(
      String act,
      String region,
      String arn,
      String given,
      byte[] value,
      byte[] about,
      String wanted)
      throws GeneralSecurityException {
    byte[] body =
        JSON.writeValueAsBytes(
            Map.of(
                "KeyId",
                arn,
                given,
                Base64.getEncoder().encodeToString(value),
                "EncryptionContext",
                Map.of("associatedData", HexFormat.of().formatHex(about))));
    JsonNode answer = answer(act, region, body);
    if (!answer.path("KeyId").asString("").equals(arn)) {
      throw new GeneralSecurityException("it answered for another key");
    }
    try {
      return Base64.getDecoder().decode(answer.path(wanted).asString(""));
    } catch (IllegalArgumentException _) {
      throw new GeneralSecurityException("it answered what can't be read");
    }
  }

  private JsonNode answer(String act, String region, byte[] body) throws GeneralSecurityException {
    URI at = endpoint.orElseGet(() -> URI.create("https://kms." + region + ".amazonaws.com/"));
    Instant now = clock.instant();
    AwsSignature signature = new AwsSignature(AwsCredentials.read(credentials), region, "kms", now);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(at.resolve("/"))
            .timeout(PATIENCE)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    signature
        .headers(
            at.getRawAuthority(),
            Map.of(
                "content-type",
                "application/x-amz-json-1.1",
                "x-amz-target",
                "TrentService." + act),
            body)
        .forEach(request::header);
    try (HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build()) {
      HttpResponse<String> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (response.body().length() > ANSWER_CHARS_MAX) {
        throw new GeneralSecurityException("it answered too much");
      }
      JsonNode answer = JSON.readTree(response.body());
      if (response.statusCode() != 200) {
        String type = answer.path("__type").asString("").replaceAll("[^A-Za-z]", "");
        throw new GeneralSecurityException("it said " + response.statusCode() + " " + type);
      }
      return answer;
    } catch (JacksonException _) {
      throw new GeneralSecurityException("it answered what can't be read");
    } catch (IOException _) {
      throw new GeneralSecurityException("it can't be reached");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new GeneralSecurityException("it was not waited for");
    }
  }
}
