package leadglass.app.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSocketFactory;
import leadglass.app.outbound.OutboundDoor;
import org.junit.jupiter.api.Test;

class EndpointsTest {
  private static final String ISSUER = "https://id.example.org/realm";
  private static final String GOOD =
      """
      {"issuer":"https://id.example.org/realm",
      "authorization_endpoint":"https://id.example.org/auth",
      "token_endpoint":"https://tokens.example.org/token",
      "jwks_uri":"https://id.example.org/keys",
      "response_types_supported":["code"],"subject_types_supported":["public"],
      "id_token_signing_alg_values_supported":["RS256"]}\
      """;

  private final Fetch fetch =
      new Fetch(
          OutboundDoor.forQuestions(
              Set.of(), (SSLSocketFactory) SSLSocketFactory.getDefault(), Duration.ofSeconds(1)),
          Set.of("id.example.org", "tokens.example.org"));

  private Endpoints of(String json) throws IOException {
    return Endpoints.of(json, ISSUER, fetch::allows);
  }

  @Test
  void addressesComeFromTheProviderItself() throws Exception {
    assertThat(of(GOOD))
        .isEqualTo(
            new Endpoints(
                URI.create("https://id.example.org/auth"),
                URI.create("https://tokens.example.org/token"),
                URI.create("https://id.example.org/keys"),
                false,
                false));
    String more =
        GOOD.replace(
            "\"response_types",
            "\"authorization_response_iss_parameter_supported\":true,"
                + "\"token_endpoint_auth_methods_supported\":[\"client_secret_post\"],"
                + "\"response_types");
    assertThat(of(more).namesIssuer()).isTrue();
    assertThat(of(more).secretInForm()).isTrue();
  }

  @Test
  void metadataOfAnotherIssuerOrLeadingElsewhereIsRefused() {
    for (String bad :
        new String[] {
          GOOD.replace("\"https://id.example.org/realm\"", "\"https://id.example.org\""),
          GOOD.replace("https://id.example.org/keys", "https://keys.example.com/keys"),
          GOOD.replace("https://id.example.org/keys", "http://id.example.org/keys"),
          GOOD.replace("https://tokens.example.org/", "https://169.254.169.254/"),
          GOOD.replace("https://id.example.org/auth", "https://x@id.example.org/auth"),
          GOOD.replace("https://id.example.org/auth", "javascript:alert(1)"),
          GOOD.replace("\"jwks_uri\":\"https://id.example.org/keys\",", ""),
          "[]",
          "",
        }) {
      assertThatThrownBy(() -> of(bad)).as(bad).isInstanceOf(IOException.class);
    }
  }

  @Test
  void whatIsKnownIsNotAskedForAgainUntilItsTimeIsOver() throws Exception {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    AtomicInteger asked = new AtomicInteger();
    Kept<Integer> kept =
        new Kept<>(Duration.ofMinutes(10), Duration.ofMinutes(1), now::get, asked::incrementAndGet);
    assertThat(kept.value()).isEqualTo(1);
    assertThat(kept.again()).isEqualTo(1);
    now.set(Instant.EPOCH.plusSeconds(61));
    assertThat(kept.value()).isEqualTo(1);
    assertThat(kept.again()).isEqualTo(2);
    now.set(Instant.EPOCH.plusSeconds(61 + 600));
    assertThat(kept.value()).isEqualTo(3);
  }

  @Test
  void aProviderThatIsDownIsNotAskedByEverybody() throws Exception {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    AtomicInteger asked = new AtomicInteger();
    Kept<Integer> kept =
        new Kept<>(
            Duration.ofMinutes(10),
            Duration.ofMinutes(1),
            now::get,
            () -> {
              asked.incrementAndGet();
              throw new IOException("down");
            });
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(kept::value).isInstanceOf(IOException.class);
    }
    assertThat(asked).hasValue(1);
    now.set(Instant.EPOCH.plusSeconds(5));
    assertThatThrownBy(kept::value).hasMessage("down");
    assertThat(asked).hasValue(2);
  }
}
