package leadglass.app.oidc;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.util.JSONObjectUtils;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.Prompt;
import com.nimbusds.openid.connect.sdk.claims.ACR;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import leadglass.app.config.OidcConfig;
import leadglass.app.outbound.OutboundDoor;
import leadglass.archive.ProviderSignIns.Question;
import leadglass.server.scp.JsonWebTokens;
import leadglass.server.ui.IdentityProvider;

/// A provider of the configuration: authorization code flow with PKCE, state, nonce and an exact
/// address to come back to (RFC 9700).
final class OidcProvider implements IdentityProvider {
  private static final Duration METADATA = Duration.ofHours(1);
  private static final Duration KEYS = Duration.ofMinutes(10);
  private static final Duration APART = Duration.ofMinutes(1);
  private static final int PARAMETER_CHARS_MAX = 4096;

  /// What a provider says of somebody who went back, or may not (OpenID Connect Core §3.1.2.6).
  private static final Set<String> DECLINED =
      Set.of("access_denied", "login_required", "consent_required", "interaction_required");

  /// Where the client secret lies.
  @FunctionalInterface
  interface ClientSecret {
    /// @return empty if the provider gave none
    Optional<String> read() throws IOException;
  }

  private final OidcConfig config;
  private final ClientSecret secret;
  private final Consumer<Object> events;
  private final Fetch fetch;
  private final TokenCheck check;
  private final Optional<BearerCheck> bearers;
  private final Kept<Endpoints> endpoints;
  private final Kept<JWKSet> keys;

  /// @param secret of the client, read anew each time
  OidcProvider(
      OidcConfig config,
      ClientSecret secret,
      OutboundDoor door,
      InstantSource clock,
      Consumer<Object> events) {
    this.config = config;
    this.secret = secret;
    this.events = events;
    this.fetch = new Fetch(door, config.askedHosts());
    this.check = new TokenCheck(config.issuer(), config.clientId(), clock);
    this.bearers =
        Optional.of(config.dimseAudience())
            .filter(audience -> !audience.isEmpty())
            .map(audience -> new BearerCheck(config.issuer(), audience, clock));
    this.endpoints = new Kept<>(METADATA, APART, clock, this::metadata);
    this.keys = new Kept<>(KEYS, APART, clock, () -> jwks(endpoints.value().keys()));
  }

  @Override
  public String name() {
    return config.name();
  }

  @Override
  public String issuer() {
    return config.issuer();
  }

  @Override
  public String label() {
    return config.label();
  }

  private Endpoints metadata() throws IOException {
    String base = config.issuer().replaceAll("/$", "");
    try {
      String json = fetch.get(URI.create(base + "/.well-known/openid-configuration"));
      return Endpoints.of(json, config.issuer(), fetch::allows);
    } catch (IOException e) {
      throw failed(OidcEvent.Asked.METADATA, e);
    }
  }

  private JWKSet jwks(URI address) throws IOException {
    try {
      return TokenCheck.keys(fetch.get(address));
    } catch (IOException e) {
      throw failed(OidcEvent.Asked.KEYS, e);
    }
  }

  private IOException failed(OidcEvent.Asked asked, IOException e) {
    String why = e.getClass().getSimpleName();
    events.accept(new OidcEvent.ProviderFailed(config.name(), asked, why));
    return e;
  }

  @Override
  public URI leave(Question question, URI back, boolean again) throws IOException {
    AuthenticationRequest.Builder request =
        new AuthenticationRequest.Builder(
                ResponseType.CODE,
                new Scope(config.scopes().toArray(String[]::new)),
                new ClientID(config.clientId()),
                back)
            .endpointURI(endpoints.value().authorization())
            .state(new State(question.state()))
            .nonce(new Nonce(question.nonce()))
            .codeChallenge(new CodeVerifier(question.verifier()), CodeChallengeMethod.S256);
    if (!config.mfaAcr().isEmpty()) {
      request.acrValues(config.mfaAcr().stream().map(ACR::new).toList());
    }
    if (again) {
      // Not 0, which some providers take for no number; it makes them say when they asked.
      request.prompt(Prompt.Type.LOGIN).maxAge(1);
    }
    return request.build().toURI();
  }

  @Override
  public Told ask(Question question, URI back, List<Map.Entry<String, String>> parameters)
      throws IOException {
    Map<String, String> once = new HashMap<>();
    for (Map.Entry<String, String> parameter : parameters) {
      boolean twice = once.put(parameter.getKey(), parameter.getValue()) != null;
      if (twice || parameter.getValue().length() > PARAMETER_CHARS_MAX) {
        return wrong(OidcEvent.Reason.ADDRESS);
      }
    }
    Endpoints known = endpoints.value();
    String issuer = once.get("iss");
    if (issuer == null ? known.namesIssuer() : !issuer.equals(config.issuer())) {
      return wrong(OidcEvent.Reason.ISSUER_OF_ADDRESS);
    }
    String error = once.get("error");
    if (error != null) {
      return DECLINED.contains(error) ? new Told.Declined() : wrong(OidcEvent.Reason.ERROR);
    }
    String code = once.getOrDefault("code", "");
    if (code.isBlank()) {
      return wrong(OidcEvent.Reason.ADDRESS);
    }
    Fetch.Answer answer = exchange(known, code, back, question);
    return answer.status() == HttpURLConnection.HTTP_OK
        ? told(answer.body(), question)
        : wrong(OidcEvent.Reason.CODE);
  }

  private Told wrong(OidcEvent.Reason reason) {
    events.accept(new OidcEvent.ProviderSignInRefused(config.name(), reason));
    return new Told.Wrong();
  }

  private Fetch.Answer exchange(Endpoints known, String code, URI back, Question question)
      throws IOException {
    AuthorizationCodeGrant grant =
        new AuthorizationCodeGrant(
            new AuthorizationCode(code), back, new CodeVerifier(question.verifier()));
    ClientID client = new ClientID(config.clientId());
    Optional<String> shared;
    try {
      shared = secret.read();
    } catch (IOException e) {
      throw failed(OidcEvent.Asked.TOKEN, e);
    }
    TokenRequest request;
    if (shared.isEmpty()) {
      request = new TokenRequest.Builder(known.token(), client, grant).build();
    } else {
      Secret ours = new Secret(shared.get());
      ClientAuthentication proof =
          known.secretInForm()
              ? new ClientSecretPost(client, ours)
              : new ClientSecretBasic(client, ours);
      request = new TokenRequest.Builder(known.token(), proof, grant).build();
    }
    HTTPRequest made = request.toHTTPRequest();
    try {
      Fetch.Answer answer =
          fetch.post(known.token(), Optional.ofNullable(made.getAuthorization()), made.getBody());
      if (answer.status() >= HttpURLConnection.HTTP_INTERNAL_ERROR || isAboutUs(answer)) {
        // Not the person's fault: it is broken, or does not take our secret.
        throw new IOException("status " + answer.status());
      }
      return answer;
    } catch (IOException e) {
      throw failed(OidcEvent.Asked.TOKEN, e);
    }
  }

  /// Whether it is us whom the provider does not know (RFC 6749 §5.2); not all say it by 401.
  private static boolean isAboutUs(Fetch.Answer answer) {
    if (answer.status() == HttpURLConnection.HTTP_UNAUTHORIZED) {
      return true;
    }
    try {
      String error = JSONObjectUtils.getString(JSONObjectUtils.parse(answer.body()), "error");
      return error.equals("invalid_client") || error.equals("unauthorized_client");
    } catch (ParseException _) {
      return false;
    }
  }

  private Told told(String body, Question question) throws IOException {
    String token;
    try {
      token = JSONObjectUtils.getString(JSONObjectUtils.parse(body), "id_token");
    } catch (ParseException _) {
      return wrong(OidcEvent.Reason.TOKEN);
    }
    TokenCheck.Checked checked = check.check(token, keys.value(), question.nonce());
    if (checked instanceof TokenCheck.Checked.UnknownKey) {
      checked = check.check(token, keys.again(), question.nonce());
    }
    return switch (checked) {
      case TokenCheck.Checked.Good(var claims) -> new Told.Proved(Claimed.of(config, claims));
      case TokenCheck.Checked.UnknownKey _ -> wrong(OidcEvent.Reason.CLAIMS);
      case TokenCheck.Checked.Bad(var reason) -> wrong(reason);
    };
  }

  /// Whether tokens of this provider say who uses a device.
  boolean vouches() {
    return bearers.isPresent();
  }

  /// Who a token stands for that was not asked for by us.
  JsonWebTokens.Told vouched(String token) throws IOException {
    BearerCheck bearer = bearers.orElseThrow();
    BearerCheck.Checked checked = bearer.check(token, keys.value());
    if (checked instanceof BearerCheck.Checked.UnknownKey) {
      checked = bearer.check(token, keys.again());
    }
    return switch (checked) {
      case BearerCheck.Checked.Good(var claims) ->
          new JsonWebTokens.Told.Proved(
              Claimed.of(config, claims), claims.getExpirationTime().toInstant().toEpochMilli());
      case BearerCheck.Checked.UnknownKey _ -> unvouched(OidcEvent.Reason.CLAIMS);
      case BearerCheck.Checked.Bad(var reason) -> unvouched(reason);
    };
  }

  private JsonWebTokens.Told unvouched(OidcEvent.Reason reason) {
    events.accept(new OidcEvent.ProviderSignInRefused(config.name(), reason));
    return new JsonWebTokens.Told.Wrong();
  }
}
