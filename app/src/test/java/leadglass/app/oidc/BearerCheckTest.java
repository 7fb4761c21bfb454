package leadglass.app.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.function.Consumer;
import leadglass.app.oidc.BearerCheck.Checked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Tokens for devices that no honest provider makes.
@SuppressWarnings("NullAway.Init")
class BearerCheckTest {
  private static final String ISSUER = "https://id.example.org";
  private static final String AUDIENCE = "leadglass-dicom";
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private static RSAKey key;
  private static RSAKey foreign;

  private final BearerCheck check = new BearerCheck(ISSUER, AUDIENCE, InstantSource.fixed(NOW));

  @BeforeAll
  static void keys() throws JOSEException {
    key = new RSAKeyGenerator(2048).keyID("k1").generate();
    foreign = new RSAKeyGenerator(2048).keyID("k1").generate();
  }

  private static Date at(Duration after) {
    return Date.from(NOW.plus(after));
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience(AUDIENCE)
        .subject("24400320")
        .issueTime(at(Duration.ofMinutes(-1)))
        .expirationTime(at(Duration.ofHours(1)));
  }

  private static String signed(JWSHeader.Builder header, RSAKey by, JWTClaimsSet claims)
      throws JOSEException {
    SignedJWT token = new SignedJWT(header.build(), claims);
    token.sign(new RSASSASigner(by));
    return token.serialize();
  }

  private static JWSHeader.Builder header() {
    return new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k1");
  }

  private Checked check(Consumer<JWTClaimsSet.Builder> other) throws JOSEException {
    JWTClaimsSet.Builder claims = claims();
    other.accept(claims);
    return check(signed(header(), key, claims.build()));
  }

  private Checked check(String token) {
    return check.check(token, new JWKSet(key.toPublicJWK()));
  }

  private static Checked bad(OidcEvent.Reason reason) {
    return new Checked.Bad(reason);
  }

  @Test
  void aTokenForThisArchiveIsTaken() throws Exception {
    assertThat(check(_ -> {})).isInstanceOf(Checked.Good.class);
    assertThat(check(claims -> claims.audience(List.of("other", AUDIENCE))))
        .isInstanceOf(Checked.Good.class);
    JWSHeader.Builder access = header().type(new JOSEObjectType("at+jwt"));
    assertThat(check(signed(access, key, claims().build()))).isInstanceOf(Checked.Good.class);
  }

  @Test
  void aTokenForSomebodyElseIsRefused() throws Exception {
    Checked refused = bad(OidcEvent.Reason.CLAIMS);
    assertThat(check(claims -> claims.audience("leadglass"))).isEqualTo(refused);
    assertThat(check(claims -> claims.audience(List.of()))).isEqualTo(refused);
    assertThat(check(claims -> claims.issuer("https://id.example.org/"))).isEqualTo(refused);
    assertThat(check(claims -> claims.subject(null))).isEqualTo(refused);
    assertThat(check(claims -> claims.subject("s".repeat(256)))).isEqualTo(refused);
  }

  @Test
  void aTokenOutOfTimeIsRefused() throws Exception {
    Checked refused = bad(OidcEvent.Reason.CLAIMS);
    assertThat(check(claims -> claims.expirationTime(at(Duration.ZERO)))).isEqualTo(refused);
    assertThat(check(claims -> claims.expirationTime(null))).isEqualTo(refused);
    assertThat(check(claims -> claims.issueTime(null))).isEqualTo(refused);
    assertThat(check(claims -> claims.issueTime(at(Duration.ofMinutes(2))))).isEqualTo(refused);
    assertThat(check(claims -> claims.notBeforeTime(at(Duration.ofMinutes(2))))).isEqualTo(refused);
    assertThat(check(claims -> claims.issueTime(at(Duration.ofHours(-25)))))
        .as("a token that lasts is a password")
        .isEqualTo(bad(OidcEvent.Reason.AGE));
  }

  @Test
  void aTokenThatTheProviderDidNotSignIsRefused() throws Exception {
    assertThat(check(signed(header(), foreign, claims().build())))
        .isEqualTo(bad(OidcEvent.Reason.CLAIMS));
    assertThat(check(signed(header().keyID("k9"), foreign, claims().build())))
        .isInstanceOf(Checked.UnknownKey.class);
    assertThat(check(signed(header().jwk(foreign.toPublicJWK()), foreign, claims().build())))
        .isEqualTo(bad(OidcEvent.Reason.CLAIMS));
    assertThat(check(new PlainJWT(claims().build()).serialize()))
        .isEqualTo(bad(OidcEvent.Reason.TOKEN));
    SignedJWT hmac = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims().build());
    hmac.sign(new MACSigner(key.toRSAPublicKey().getEncoded()));
    assertThat(check(hmac.serialize())).isEqualTo(bad(OidcEvent.Reason.TOKEN));
    assertThat(check("a.b.c")).isEqualTo(bad(OidcEvent.Reason.TOKEN));
    assertThat(check("")).isEqualTo(bad(OidcEvent.Reason.TOKEN));
  }

  @Test
  void aTokenOfAnotherKindIsRefused() throws Exception {
    JWSHeader.Builder logout = header().type(new JOSEObjectType("logout+jwt"));
    assertThat(check(signed(logout, key, claims().build())))
        .isEqualTo(bad(OidcEvent.Reason.CLAIMS));
  }
}
