package leadglass.app.oidc;

import static leadglass.app.oidc.SayingProvider.METADATA;
import static leadglass.app.oidc.SayingProvider.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import leadglass.app.config.OidcConfig;
import leadglass.archive.ProviderSignIns.Question;
import leadglass.server.ui.IdentityProvider;
import leadglass.server.ui.IdentityProvider.Told;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What comes back in the address, and answers that no honest provider gives: a server says them
/// that is none.
@SuppressWarnings("NullAway.Init")
class OidcAnswersTest {
  private static final URI BACK = URI.create("https://pacs.example.org/sign-in/with/hospital/back");
  private static final Question QUESTION = new Question("state", "nonce", "v".repeat(43));

  @TempDir private Path folder;
  private SayingProvider server;
  private IdentityProvider provider;
  private final Queue<Object> events = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void open() throws Exception {
    server = new SayingProvider(folder);
    Path secret = Files.writeString(folder.resolve("secret"), "s");
    OidcConfig config =
        new OidcConfig(
            "hospital",
            "x",
            issuer(),
            "leadglass",
            Optional.of(secret),
            Optional.of(folder.resolve("ca.pem")),
            List.of(),
            List.of("openid"),
            "groups",
            List.of("mfa"),
            List.of(),
            Map.of("radiologist", List.of("r")),
            "");
    provider = OidcProviders.of(List.of(config), InstantSource.system(), events::add).getFirst();
  }

  @AfterEach
  void close() {
    server.close();
  }

  private String issuer() {
    return server.issuer();
  }

  private Told told(String... parameters) throws IOException {
    List<Map.Entry<String, String>> all = new ArrayList<>();
    for (int i = 0; i < parameters.length; i += 2) {
      all.add(Map.entry(parameters[i], parameters[i + 1]));
    }
    return provider.ask(QUESTION, BACK, all);
  }

  private void refused(OidcEvent.Reason reason, String... parameters) throws IOException {
    events.clear();
    server.asked().clear();
    assertThat(told(parameters)).isInstanceOf(Told.Wrong.class);
    assertThat(events).containsExactly(new OidcEvent.ProviderSignInRefused("hospital", reason));
    assertThat(server.asked()).doesNotContain("/token");
  }

  @Test
  void theBrowserIsSentWithEverythingThatHasToComeBack() throws IOException {
    String to = provider.leave(QUESTION, BACK, false).toString();
    assertThat(to)
        .startsWith(issuer() + "/auth?")
        .contains(
            "response_type=code",
            "client_id=leadglass",
            "state=state",
            "nonce=nonce",
            "code_challenge_method=S256",
            "redirect_uri=https%3A%2F%2Fpacs.example.org%2Fsign-in%2Fwith%2Fhospital%2Fback")
        .doesNotContain("v".repeat(43), "prompt");
    assertThat(provider.leave(QUESTION, BACK, true).toString()).contains("prompt=login");
  }

  @Test
  void parametersThatAreMissingTwiceOrHugeAreRefusedBeforeAnybodyIsAsked() throws IOException {
    refused(OidcEvent.Reason.ADDRESS);
    refused(OidcEvent.Reason.ADDRESS, "code", " ");
    refused(OidcEvent.Reason.ADDRESS, "code", "1", "code", "1");
    refused(OidcEvent.Reason.ADDRESS, "code", "1", "iss", issuer(), "iss", issuer());
    refused(OidcEvent.Reason.ADDRESS, "code", "x".repeat(5000));
    refused(OidcEvent.Reason.ISSUER_OF_ADDRESS, "code", "1", "iss", issuer() + "/");
    refused(OidcEvent.Reason.ISSUER_OF_ADDRESS, "code", "1", "iss", "https://evil.example.org");
    refused(OidcEvent.Reason.ERROR, "error", "server_error");
    assertThat(told("error", "access_denied")).isInstanceOf(Told.Declined.class);
  }

  @Test
  void aProviderThatSaysItNamesItselfHasTo() throws IOException {
    server.says(
        METADATA, server.metadata("\"authorization_response_iss_parameter_supported\":true,"));
    refused(OidcEvent.Reason.ISSUER_OF_ADDRESS, "code", "1");
  }

  @Test
  void answersWithoutATokenOfItsKeysAreRefused() throws IOException {
    for (String bad :
        new String[] {"{}", "[]", "", "{\"id_token\":7}", "{\"id_token\":\"a.b.c\"}"}) {
      server.says(TOKEN, bad);
      assertThat(told("code", "1")).as(bad).isInstanceOf(Told.Wrong.class);
    }
  }

  @Test
  void answersWithoutEndAreCutOff() {
    server.says(TOKEN, "x".repeat(300_000));
    assertThatThrownBy(() -> told("code", "1")).isInstanceOf(IOException.class);
    assertThat(events)
        .contains(new OidcEvent.ProviderFailed("hospital", OidcEvent.Asked.TOKEN, "IOException"));
  }

  @Test
  void metadataOfAnotherIssuerKeepsEverybodyOut() {
    server.says(
        METADATA,
        server.metadata("").replace("\"issuer\":\"" + issuer(), "\"issuer\":\"https://evil"));
    assertThatThrownBy(() -> provider.leave(QUESTION, BACK, false)).isInstanceOf(IOException.class);
  }
}
