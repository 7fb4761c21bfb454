package leadglass.app.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Checks a JSON Web Token (RFC 7519, RFC 8725) that a device shows for whoever uses it: signed by
/// a key of the provider with an algorithm of two keys, made for this archive, in time.
///
/// @param audience that has to be among the token's
record BearerCheck(String issuer, String audience, InstantSource clock) {

  /// Between being issued and being shown here: one that never ends would be a password.
  static final Duration AGE_MAX = Duration.ofHours(24);

  /// What came of it.
  sealed interface Checked {
    record Good(JWTClaimsSet claims) implements Checked {
      @Override
      public String toString() {
        return "Good[]";
      }
    }

    /// None of the keys made the signature: they may have changed.
    record UnknownKey() implements Checked {}

    record Bad(OidcEvent.Reason reason) implements Checked {}
  }

  /// Who a token says that it is of; nothing is checked.
  static Optional<String> issuer(String token) {
    try {
      Optional<SignedJWT> signed = TokenCheck.signed(token);
      return signed.isEmpty()
          ? Optional.empty()
          : Optional.ofNullable(signed.get().getJWTClaimsSet().getIssuer());
    } catch (ParseException _) {
      return Optional.empty();
    }
  }

  Checked check(String token, JWKSet keys) {
    Optional<SignedJWT> signed = TokenCheck.signed(token);
    if (signed.isEmpty()) {
      return new Checked.Bad(OidcEvent.Reason.TOKEN);
    }
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(TokenCheck.ALGORITHMS, new ImmutableJWKSet<>(keys)));
    processor.setJWTClaimsSetVerifier((_, _) -> {
      // By our clock, below.
    });
    try {
      return checked(processor.process(signed.get(), null));
    } catch (BadJOSEException | JOSEException _) {
      // Whose messages quote what came.
      boolean known = keys.getKeys().stream().anyMatch(key -> TokenCheck.isOf(key, signed.get()));
      return known ? new Checked.Bad(OidcEvent.Reason.CLAIMS) : new Checked.UnknownKey();
    }
  }

  private Checked checked(JWTClaimsSet claims) {
    String subject = claims.getSubject();
    boolean ours =
        issuer.equals(claims.getIssuer())
            && claims.getAudience().contains(audience)
            && subject != null
            && !subject.isEmpty()
            && subject.length() <= TokenCheck.SUBJECT_CHARS_MAX;
    if (!ours || !isOn(claims)) {
      return new Checked.Bad(OidcEvent.Reason.CLAIMS);
    }
    Instant oldest = clock.instant().minus(AGE_MAX).minus(TokenCheck.SKEW);
    return claims.getIssueTime().toInstant().isBefore(oldest)
        ? new Checked.Bad(OidcEvent.Reason.AGE)
        : new Checked.Good(claims);
  }

  /// Whether it says when it was issued and when it ends, and now lies between.
  private boolean isOn(JWTClaimsSet claims) {
    if (claims.getIssueTime() == null || claims.getExpirationTime() == null) {
      return false;
    }
    Instant now = clock.instant();
    Instant ahead = now.plus(TokenCheck.SKEW);
    boolean begun =
        claims.getNotBeforeTime() == null || !claims.getNotBeforeTime().toInstant().isAfter(ahead);
    return begun
        && !claims.getIssueTime().toInstant().isAfter(ahead)
        && claims.getExpirationTime().toInstant().isAfter(now);
  }
}
