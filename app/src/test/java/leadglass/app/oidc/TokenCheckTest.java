package leadglass.app.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.opts.AllowWeakRSAKey;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import leadglass.app.oidc.TokenCheck.Checked;
import org.junit.jupiter.api.Test;

/// Tokens that a real provider never sends, signed by keys of the test.
class TokenCheckTest {
  private static final String ISSUER = "https://id.example.org";
  private static final String CLIENT = "leadglass";
  private static final String NONCE = "n-0S6_WzA2Mj";
  private static final RSAKey RSA = rsa("k1");
  private static final ECKey EC = ec("k2");
  private static final RSAKey FOREIGN = rsa("k1");

  private final Instant now = Instant.now();
  private final TokenCheck check = new TokenCheck(ISSUER, CLIENT, InstantSource.fixed(now));
  private final JWKSet keys = published(RSA, EC);

  private static RSAKey rsa(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ECKey ec(String id) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JWKSet published(JWK... all) {
    try {
      return TokenCheck.keys(new JWKSet(List.of(all)).toString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience(CLIENT)
        .subject("24400320")
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(300)))
        .claim("nonce", NONCE);
  }

  private String signed(Consumer<JWTClaimsSet.Builder> other) throws JOSEException {
    JWTClaimsSet.Builder claims = claims();
    other.accept(claims);
    return signed(
        new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k1").build(),
        new RSASSASigner(RSA),
        claims.build());
  }

  private static String signed(JWSHeader header, JWSSigner signer, JWTClaimsSet claims)
      throws JOSEException {
    SignedJWT token = new SignedJWT(header, claims);
    token.sign(signer);
    return token.serialize();
  }

  private Checked check(String token) {
    return check.check(token, keys, NONCE);
  }

  private static Checked bad(OidcEvent.Reason reason) {
    return new Checked.Bad(reason);
  }

  @Test
  void aTokenForUsIsTakenWhicheverOfItsKeysSignedIt() throws Exception {
    assertThat(check(signed(claims -> {})))
        .isInstanceOfSatisfying(
            Checked.Good.class,
            good -> assertThat(good.claims().getSubject().getValue()).isEqualTo("24400320"));
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("k2").build();
    assertThat(check(signed(header, new ECDSASigner(EC), claims().build())))
        .isInstanceOf(Checked.Good.class);
  }

  @Test
  void algorithmNoneIsRefused() {
    assertThat(check(new PlainJWT(claims().build()).serialize()))
        .isEqualTo(bad(OidcEvent.Reason.TOKEN));
    String unsigned = new PlainJWT(claims().build()).serialize();
    assertThat(check(unsigned + "AAAA")).isEqualTo(bad(OidcEvent.Reason.TOKEN));
  }

  /// The public key taken for the secret of an HMAC, which everybody has.
  @Test
  void anHmacIsRefusedWhateverItsKey() throws Exception {
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("k1").build();
    byte[] known = RSA.toRSAPublicKey().getEncoded();
    assertThat(check(signed(header, new MACSigner(known), claims().build())))
        .isEqualTo(bad(OidcEvent.Reason.TOKEN));
  }

  @Test
  void anotherKeyIsRefusedEvenUnderTheSameName() throws Exception {
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k1").build();
    assertThat(check(signed(header, new RSASSASigner(FOREIGN), claims().build())))
        .isEqualTo(bad(OidcEvent.Reason.CLAIMS));
    JWSHeader unknown = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k9").build();
    assertThat(check(signed(unknown, new RSASSASigner(FOREIGN), claims().build())))
        .isInstanceOf(Checked.UnknownKey.class);
  }

  @Test
  void aKeyThatTheTokenBringsAlongIsNotBelieved() throws Exception {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.RS256)
            .keyID("k1")
            .type(JOSEObjectType.JWT)
            .jwk(FOREIGN.toPublicJWK())
            .build();
    assertThat(check(signed(header, new RSASSASigner(FOREIGN), claims().build())))
        .isEqualTo(bad(OidcEvent.Reason.CLAIMS));
  }

  @Test
  void aSignatureThatWasCutOrChangedIsRefused() throws Exception {
    String good = signed(claims -> {});
    int dot = good.lastIndexOf('.');
    assertThat(check(good.substring(0, dot + 1))).isNotInstanceOf(Checked.Good.class);
    String other = signed(claims -> claims.subject("1"));
    String swapped = other.substring(0, other.lastIndexOf('.')) + good.substring(dot);
    assertThat(check(swapped)).isEqualTo(bad(OidcEvent.Reason.CLAIMS));
  }

  @Test
  void whatIsForAnotherOrFromAnotherIsRefused() throws Exception {
    for (Consumer<JWTClaimsSet.Builder> other :
        List.<Consumer<JWTClaimsSet.Builder>>of(
            claims -> claims.audience("another"),
            claims -> claims.audience(List.of()),
            claims -> claims.audience(List.of(CLIENT, "another")),
            claims -> claims.audience(List.of(CLIENT, "another")).claim("azp", "another"),
            claims -> claims.claim("azp", "another"),
            claims -> claims.issuer("https://id.example.org/"),
            claims -> claims.issuer("https://evil.example.org"),
            claims -> claims.issuer(null),
            claims -> claims.subject(null),
            claims -> claims.subject("x".repeat(256)),
            claims -> claims.claim("nonce", "another"),
            claims -> claims.claim("nonce", null))) {
      assertThat(check(signed(other))).isEqualTo(bad(OidcEvent.Reason.CLAIMS));
    }
    assertThat(
            check(
                signed(claims -> claims.audience(List.of(CLIENT, "another")).claim("azp", CLIENT))))
        .isInstanceOf(Checked.Good.class);
  }

  @Test
  void clocksMayBeAMinuteApartAndNoMore() throws Exception {
    Duration skew = TokenCheck.SKEW;
    Instant justNow = now.minus(skew).plusSeconds(20);
    assertThat(check(signed(claims -> claims.expirationTime(Date.from(justNow)))))
        .isInstanceOf(Checked.Good.class);
    Instant expired = now.minus(skew).minusSeconds(5);
    assertThat(check(signed(claims -> claims.expirationTime(Date.from(expired)))))
        .isEqualTo(bad(OidcEvent.Reason.CLAIMS));
    Instant future = now.plus(skew).plusSeconds(30);
    assertThat(
            check(
                signed(claims ->
                    claims
                        .issueTime(Date.from(future))
                        .expirationTime(Date.from(future.plusSeconds(300))))))
        .isEqualTo(bad(OidcEvent.Reason.CLAIMS));
    Instant old = now.minus(TokenCheck.AGE_MAX).minus(skew).minusSeconds(5);
    assertThat(check(signed(claims -> claims.issueTime(Date.from(old)))))
        .isEqualTo(bad(OidcEvent.Reason.AGE));
    assertThat(check(signed(claims -> claims.expirationTime(null))))
        .isEqualTo(bad(OidcEvent.Reason.CLAIMS));
    assertThat(check(signed(claims -> claims.issueTime(null))))
        .isEqualTo(bad(OidcEvent.Reason.CLAIMS));
  }

  @Test
  void whatIsNoTokenIsRefusedAndSoIsOneThatIsHuge() throws Exception {
    for (String none : List.of("", "a", "a.b", "a.b.c", "..", "{}", "é.é.é", "a.b.c.d.e")) {
      assertThat(check(none)).as(none).isEqualTo(bad(OidcEvent.Reason.TOKEN));
    }
    assertThat(check(signed(claims -> claims.claim("name", "x".repeat(70_000)))))
        .isEqualTo(bad(OidcEvent.Reason.TOKEN));
  }

  @Test
  void weakKeysAndSecretsAmongTheKeysSignNothing() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(1024);
    KeyPair weak = generator.generateKeyPair();
    RSAKey small = new RSAKey.Builder((RSAPublicKey) weak.getPublic()).keyID("weak").build();
    String shared =
        "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"},"
            + small.toJSONString()
            + "]}";
    assertThat(TokenCheck.keys(shared).getKeys()).isEmpty();
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("weak").build();
    JWSSigner signer = new RSASSASigner(weak.getPrivate(), Set.of(AllowWeakRSAKey.getInstance()));
    assertThat(check.check(signed(header, signer, claims().build()), published(small), NONCE))
        .isNotInstanceOf(Checked.Good.class);
  }

  @Test
  void keysAreBoundedInNumber() {
    JWK[] many =
        IntStream.range(0, 101)
            .mapToObj(i -> new ECKey.Builder(EC).keyID("k" + i).build())
            .toArray(JWK[]::new);
    assertThatThrownBy(() -> TokenCheck.keys(new JWKSet(List.of(many)).toString()))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> TokenCheck.keys("nothing")).isInstanceOf(IOException.class);
  }
}
