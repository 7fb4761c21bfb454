package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.security.KeyStore;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorityTest {
  private static final List<String> NAMES =
      List.of("PACS.northlight.example", "192.0.2.10", "2001:db8::10");
  private final Premises premises = new Premises();

  private Authority authority() {
    return premises.authority();
  }

  private List<X509Certificate> ca() throws Exception {
    return PemText.certificates(authority().caPem());
  }

  private static List<X509Certificate> chain(KeyStore keys, String alias) throws Exception {
    List<X509Certificate> chain = new ArrayList<>();
    for (var certificate : keys.getCertificateChain(alias)) {
      chain.add((X509Certificate) certificate);
    }
    return chain;
  }

  /// Leaf and intermediate against the root, as any program does it that follows RFC 5280.
  private void validate(List<X509Certificate> path) throws Exception {
    PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(ca().getFirst(), null)));
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(premises.clock.instant()));
    CertPathValidator.getInstance("PKIX")
        .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
  }

  @Test
  void rootAndIntermediateAreWhatTheySay() throws Exception {
    X509Certificate root = ca().get(0);
    X509Certificate intermediate = ca().get(1);
    root.verify(root.getPublicKey());
    intermediate.verify(root.getPublicKey());
    assertThat(root.getBasicConstraints()).isEqualTo(Integer.MAX_VALUE);
    assertThat(intermediate.getBasicConstraints()).isZero();
    assertThat(root.getKeyUsage()[5]).isTrue();
    assertThat(intermediate.getKeyUsage()[5]).isTrue();
    assertThat(intermediate.getKeyUsage()[0]).isFalse();
    assertThat(years(root)).isEqualTo(10);
    assertThat(years(intermediate)).isEqualTo(5);
    assertThat(root.getSubjectX500Principal().getName())
        .matches("CN=Leadglass root [0-9a-f]{8},O=Leadglass");
    assertThat(premises.details()).containsExactly("authority made");
  }

  private long years(X509Certificate certificate) {
    return ChronoUnit.DAYS.between(
            premises.clock.instant(), certificate.getNotAfter().toInstant().plusSeconds(1))
        / 365;
  }

  @Test
  void serverCertificatesAreValidForEveryNameAndTheHostItself() throws Exception {
    Authority.Identity identity = authority().server(NAMES);
    for (String alias : List.of("ecdsa", "rsa")) {
      List<X509Certificate> chain = chain(identity.keys(), alias);
      X509Certificate leaf = chain.getFirst();
      validate(chain);
      assertThat(chain).hasSize(2).last().isEqualTo(ca().getLast());
      assertThat(leaf.getSubjectAlternativeNames())
          .extracting(name -> (String) name.get(1))
          .containsExactlyInAnyOrder(
              "localhost",
              "127.0.0.1",
              "0:0:0:0:0:0:0:1",
              "pacs.northlight.example",
              "192.0.2.10",
              "2001:db8:0:0:0:0:0:10");
      assertThat(leaf.getExtendedKeyUsage())
          .containsExactly("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
      assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
      assertThat(leaf.getKeyUsage()[0]).isTrue();
      assertThat(leaf.getExtensionValue("2.5.29.14")).isNotNull();
      assertThat(leaf.getExtensionValue("2.5.29.35")).isNotNull();
      assertThat(
              Duration.between(
                  premises.clock.instant(), leaf.getNotAfter().toInstant().plusSeconds(1)))
          .isBetween(Duration.ofDays(397), Duration.ofDays(397).plusMinutes(1));
      assertThat(leaf.getSerialNumber().bitLength()).isBetween(64, 159);
    }
    X509Certificate ecdsa = chain(identity.keys(), "ecdsa").getFirst();
    assertThat(ecdsa.getPublicKey()).isInstanceOf(ECPublicKey.class);
    assertThat(
            ((RSAPublicKey) chain(identity.keys(), "rsa").getFirst().getPublicKey()).getModulus())
        .satisfies(modulus -> assertThat(modulus.bitLength()).isEqualTo(2048));
    assertThat(identity.fingerprint())
        .matches("([0-9A-F]{2}:){31}[0-9A-F]{2}")
        .isEqualTo(
            HexFormat.ofDelimiter(":")
                .withUpperCase()
                .formatHex(Encodings.sha256(ecdsa.getEncoded())));
    assertThat(identity.toString()).isEqualTo("Identity[]");
  }

  @Test
  void theSameCertificatesAreServedUntilNamesChangeOrTheEndIsNear() throws Exception {
    String first = authority().server(NAMES).fingerprint();
    premises.reopen();
    assertThat(authority().server(NAMES.reversed()).fingerprint()).isEqualTo(first);
    premises.clock.turn(Duration.ofDays(366));
    assertThat(authority().server(NAMES).fingerprint()).isEqualTo(first);
    premises.clock.turn(Duration.ofDays(2));
    String second = authority().server(NAMES).fingerprint();
    assertThat(second).isNotEqualTo(first);
    assertThat(authority().server(List.of("other.example")).fingerprint()).isNotEqualTo(second);
  }

  @Test
  void theAuthorityOutlivesARestart() throws Exception {
    String before = authority().caPem();
    premises.reopen();
    assertThat(authority().caPem()).isEqualTo(before);
  }

  @Test
  void ofManyWhoNeedTheAuthorityFirstAllGetTheSame() throws Exception {
    List<Callable<String>> openings = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Identities identities = premises.opened();
      openings.add(() -> identities.authority().caPem());
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var pem : threads.invokeAll(openings)) {
        assertThat(pem.get()).isEqualTo(authority().caPem());
      }
    }
  }

  @Test
  void theIntermediateIsFollowedByAnotherInTimeAndNothingOutlivesItsIssuer() throws Exception {
    X509Certificate first = ca().get(1);
    for (int month = 0; month < 12 * 10; month++) {
      List<X509Certificate> chain = chain(authority().server(NAMES).keys(), "ecdsa");
      validate(chain);
      assertThat(chain.get(0).getNotAfter()).isBeforeOrEqualTo(chain.get(1).getNotAfter());
      assertThat(chain.get(1).getNotAfter()).isBeforeOrEqualTo(ca().getFirst().getNotAfter());
      premises.clock.turn(Duration.ofDays(30));
    }
    assertThat(ca().get(1)).isNotEqualTo(first);
  }

  @Test
  void anIntermediateCannotMakeAnother() throws Exception {
    ca();
    AuthorityRecord record =
        new Documents<>(premises.registry, "authority", AuthorityRecord.class)
            .find("ca")
            .orElseThrow()
            .document();
    java.security.SecureRandom random = new java.security.SecureRandom();
    Issuer rogue = record.intermediate().intermediate(premises.clock.instant(), random);
    X509Certificate leaf =
        rogue.device(KeyPairs.p256(random).getPublic(), premises.clock.instant(), random);
    assertThatThrownBy(
            () -> validate(List.of(leaf, rogue.certificate(), record.intermediate().certificate())))
        .isInstanceOf(CertPathValidatorException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a b",
        "-a",
        "a..b",
        "*.example",
        "fe80::1%eth0",
        "a\nb",
        "http://x",
        "1.2.3.4.5."
      })
  void whatIsNoHostNameIsRefused(String name) {
    assertThatThrownBy(() -> authority().server(List.of(name)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "TLSv1.3, TLS_AES_128_GCM_SHA256, EC",
    "TLSv1.2, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, RSA",
    "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, EC",
  })
  void aClientThatTrustsTheRootTalksToTheServer(String protocol, String suite, String key)
      throws Exception {
    premises.clock.setToNow();
    for (String host : List.of("pacs.northlight.example", "localhost", "192.0.2.10", "::1")) {
      SSLEngine client =
          Handshake.client(ca().subList(0, 1), new javax.net.ssl.KeyManager[0], host);
      client.setEnabledProtocols(new String[] {protocol});
      client.setEnabledCipherSuites(new String[] {suite});
      SSLEngine server = Handshake.server(authority().server(NAMES), new Nobody());
      SSLSession session = Handshake.between(client, server);
      assertThat(session.getProtocol()).isEqualTo(protocol);
      assertThat(session.getPeerCertificates()[0].getPublicKey().getAlgorithm()).isEqualTo(key);
    }
  }

  @Test
  void aClientThatCallsAnotherNameOrTrustsAnotherRootDoesNot() throws Exception {
    premises.clock.setToNow();
    SSLEngine wrongName = Handshake.client(ca(), new javax.net.ssl.KeyManager[0], "evil.example");
    SSLEngine server = Handshake.server(authority().server(NAMES), new Nobody());
    assertThatThrownBy(() -> Handshake.between(wrongName, server)).isInstanceOf(SSLException.class);
    Premises others = new Premises();
    others.clock.setToNow();
    List<X509Certificate> otherRoot = PemText.certificates(others.authority().caPem());
    SSLEngine wrongRoot = Handshake.client(otherRoot, new javax.net.ssl.KeyManager[0], "localhost");
    SSLEngine again = Handshake.server(authority().server(NAMES), new Nobody());
    assertThatThrownBy(() -> Handshake.between(wrongRoot, again)).isInstanceOf(SSLException.class);
  }

  @Test
  void withoutTheTrailNothingIsIssued() {
    premises.trailBroken = true;
    assertThatThrownBy(() -> authority().server(NAMES)).isInstanceOf(IOException.class);
    assertThat(premises.registry.size()).isZero();
  }

  /// Lets nobody in by certificate; the server does not ask for one.
  private static final class Nobody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
