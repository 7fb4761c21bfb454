package leadglass.app.oidc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import leadglass.app.Failure;
import leadglass.app.config.OidcConfig;
import leadglass.app.outbound.OutboundDoor;
import leadglass.server.scp.JsonWebTokens;
import leadglass.server.ui.IdentityProvider;

/// Makes the providers of the configuration. None is asked yet: one that is down keeps nothing from
/// starting.
public final class OidcProviders {
  private static final Duration WHOLE = Duration.ofSeconds(10);
  private static final int SECRET_BYTES_MAX = 4096;

  private OidcProviders() {}

  /// @throws Failure if a file that one of them names can't be used
  public static List<IdentityProvider> of(
      List<OidcConfig> configs, InstantSource clock, Consumer<Object> events) throws Failure {
    List<IdentityProvider> providers = new ArrayList<>();
    for (OidcConfig config : configs) {
      OidcProvider.ClientSecret secret = () -> secret(config.secretFile());
      try {
        if (secret.read().filter(String::isEmpty).isPresent()) {
          throw unusable(config, "client-secret-file", "is empty");
        }
      } catch (IOException _) {
        throw unusable(config, "client-secret-file", "can't be read");
      }
      OutboundDoor door = OutboundDoor.forQuestions(config.askedHosts(), trust(config), WHOLE);
      providers.add(new OidcProvider(config, secret, door, clock, events));
    }
    return List.copyOf(providers);
  }

  /// Those whose tokens say who uses a device: that have an audience for it.
  public static JsonWebTokens tokens(List<IdentityProvider> providers) {
    List<OidcProvider> taken =
        providers.stream()
            .filter(OidcProvider.class::isInstance)
            .map(OidcProvider.class::cast)
            .filter(OidcProvider::vouches)
            .toList();
    return taken.isEmpty() ? JsonWebTokens.none() : token -> told(taken, token);
  }

  /// Whoever a token names as its issuer says whether it is theirs.
  private static JsonWebTokens.Told told(List<OidcProvider> providers, String token)
      throws IOException {
    String issuer = BearerCheck.issuer(token).orElse("");
    for (OidcProvider each : providers) {
      if (each.issuer().equals(issuer)) {
        return each.vouched(token);
      }
    }
    return new JsonWebTokens.Told.Wrong();
  }

  private static Failure unusable(OidcConfig config, String key, String what) {
    return new Failure(
        Failure.CONFIGURATION,
        "the file of oidc." + config.name() + "." + key + " " + what,
        "docs/operating/sign-in.md says what belongs there");
  }

  private static Optional<String> secret(Optional<Path> file) throws IOException {
    if (file.isEmpty()) {
      return Optional.empty();
    }
    if (Files.size(file.get()) > SECRET_BYTES_MAX) {
      throw new IOException("too large");
    }
    return Optional.of(Files.readString(file.get(), StandardCharsets.UTF_8).strip());
  }

  private static SSLSocketFactory trust(OidcConfig config) throws Failure {
    if (config.authorityFile().isEmpty()) {
      return (SSLSocketFactory) SSLSocketFactory.getDefault();
    }
    try {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      int number = 0;
      try (var in = Files.newInputStream(config.authorityFile().get())) {
        for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
          trusted.setCertificateEntry("authority-" + number++, each);
        }
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context.getSocketFactory();
    } catch (IOException | GeneralSecurityException _) {
      throw unusable(config, "authority-file", "can't be read as PEM certificates");
    }
  }
}
