package leadglass.app.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.claims.AuthorizedParty;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Checks an ID token (OpenID Connect Core 1.0 §3.1.3.7): signed by a key of the provider with an
/// algorithm of two keys, for us and nobody else, in time, for this sign-in.
record TokenCheck(String issuer, String clientId, InstantSource clock) {

  /// As far as clocks may be apart.
  static final Duration SKEW = Duration.ofSeconds(60);

  /// Between being issued and being shown here.
  static final Duration AGE_MAX = Duration.ofMinutes(10);

  private static final int TOKEN_CHARS_MAX = 64 << 10;
  static final int SUBJECT_CHARS_MAX = 255; // §2
  private static final int KEYS_MAX = 100;
  private static final int RSA_BITS_MIN = 2048;
  private static final int RSA_BITS_MAX = 8192;

  /// Neither `none` nor an HMAC, whose key would be the client secret.
  static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  /// What came of it.
  sealed interface Checked {
    record Good(IDTokenClaimsSet claims) implements Checked {
      @Override
      public String toString() {
        return "Good[]";
      }
    }

    /// None of the keys made the signature: they may have changed.
    record UnknownKey() implements Checked {}

    record Bad(OidcEvent.Reason reason) implements Checked {}
  }

  /// The keys of a JWKS (RFC 7517) that may sign.
  static JWKSet keys(String json) throws IOException {
    List<JWK> all;
    try {
      all = JWKSet.parse(json).toPublicJWKSet().getKeys();
    } catch (ParseException _) {
      throw new IOException("keys that can't be read");
    }
    if (all.size() > KEYS_MAX) {
      throw new IOException("more than " + KEYS_MAX + " keys");
    }
    return new JWKSet(all.stream().filter(TokenCheck::isStrong).toList());
  }

  private static boolean isStrong(JWK key) {
    return switch (key) {
      case ECKey _ -> true;
      case RSAKey rsa -> rsa.size() >= RSA_BITS_MIN && rsa.size() <= RSA_BITS_MAX;
      default -> false;
    };
  }

  Checked check(String text, JWKSet keys, String nonce) {
    Optional<SignedJWT> read = signed(text);
    if (read.isEmpty()) {
      return new Checked.Bad(OidcEvent.Reason.TOKEN);
    }
    SignedJWT signed = read.get();
    IDTokenValidator validator =
        new IDTokenValidator(
            new Issuer(issuer),
            new ClientID(clientId),
            new JWSVerificationKeySelector<SecurityContext>(
                ALGORITHMS, new ImmutableJWKSet<>(keys)),
            null);
    validator.setMaxClockSkew((int) SKEW.toSeconds());
    try {
      return checked(validator.validate(signed, new Nonce(nonce)));
    } catch (BadJOSEException | JOSEException _) {
      // Whose messages quote what came.
      boolean known = keys.getKeys().stream().anyMatch(key -> isOf(key, signed));
      return known ? new Checked.Bad(OidcEvent.Reason.CLAIMS) : new Checked.UnknownKey();
    }
  }

  /// A token signed by an algorithm of two keys; whether it holds is not looked at.
  static Optional<SignedJWT> signed(String text) {
    if (text.length() > TOKEN_CHARS_MAX) {
      return Optional.empty();
    }
    try {
      return JWTParser.parse(text) instanceof SignedJWT signed
              && ALGORITHMS.contains(signed.getHeader().getAlgorithm())
          ? Optional.of(signed)
          : Optional.empty();
    } catch (ParseException | RuntimeException _) {
      return Optional.empty();
    }
  }

  static boolean isOf(JWK key, SignedJWT signed) {
    String id = signed.getHeader().getKeyID();
    return id != null && id.equals(key.getKeyID());
  }

  private Checked checked(IDTokenClaimsSet claims) {
    AuthorizedParty party = claims.getAuthorizedParty();
    boolean forAnother =
        party == null ? claims.getAudience().size() > 1 : !party.getValue().equals(clientId);
    int subject = claims.getSubject().getValue().length();
    if (forAnother || subject > SUBJECT_CHARS_MAX) {
      return new Checked.Bad(OidcEvent.Reason.CLAIMS);
    }
    long age = clock.millis() - claims.getIssueTime().toInstant().toEpochMilli();
    return age > AGE_MAX.plus(SKEW).toMillis()
        ? new Checked.Bad(OidcEvent.Reason.AGE)
        : new Checked.Good(claims);
  }
}
