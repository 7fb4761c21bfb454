package leadglass.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebAuthorityTest {
  private static final List<String> NAMES =
      List.of("PACS.northlight.example", "192.0.2.10", "2001:db8::10");
  private final Premises premises = new Premises();
  private final SecureRandom random = new SecureRandom();

  private WebAuthority authority() {
    return premises.identities().webAuthority();
  }

  private List<X509Certificate> ca() throws Exception {
    return PemText.certificates(authority().caPem().orElseThrow());
  }

  private static List<X509Certificate> chain(KeyStore keys, String alias) throws Exception {
    List<X509Certificate> chain = new ArrayList<>();
    for (var certificate : keys.getCertificateChain(alias)) {
      chain.add((X509Certificate) certificate);
    }
    return chain;
  }

  private void validate(List<X509Certificate> path) throws Exception {
    PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(ca().getFirst(), null)));
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(premises.clock.instant()));
    CertPathValidator.getInstance("PKIX")
        .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
  }

  private WebAuthorityRecord kept(String key) {
    return new Documents<>(premises.registry, "web-authority", WebAuthorityRecord.class)
        .find(key)
        .orElseThrow()
        .document();
  }

  /// What a thief of the intermediate's key would make.
  private List<X509Certificate> stolen(String key, String name) {
    Issuer issuer = kept(key).intermediate();
    X509Certificate leaf =
        issuer.server(
            KeyPairs.p256(random).getPublic(),
            HostNames.general(HostNames.only(name)),
            premises.clock.instant(),
            random);
    return List.of(leaf, issuer.certificate());
  }

  @Test
  void thePagesAreShownUnderAnotherRootThanThePortForDevices() throws Exception {
    Authority.Identity web = authority().server(NAMES);
    for (String alias : List.of("ecdsa", "rsa")) {
      List<X509Certificate> chain = chain(web.keys(), alias);
      validate(chain);
      assertThat(chain).last().isEqualTo(ca().getLast());
    }
    List<X509Certificate> devices = PemText.certificates(premises.authority().caPem());
    assertThat(ca()).doesNotContainAnyElementsOf(devices);
    List<X509Certificate> dicom = chain(premises.authority().server(NAMES).keys(), "ecdsa");
    assertThatThrownBy(() -> validate(dicom)).isInstanceOf(CertPathValidatorException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "pacs.northlight.example, true",
    "below.pacs.northlight.example, true",
    "localhost, true",
    "192.0.2.10, true",
    "2001:db8::10, true",
    "northlight.example, false",
    "bank.example, false",
    "192.0.2.11, false",
    "2001:db8::11, false",
    "example, false",
  })
  void whoeverStealsItsKeyIsNoOtherServer(String name, boolean taken) throws Exception {
    authority().server(NAMES);
    List<X509Certificate> path = stolen("web", name);
    if (taken) {
      assertThatCode(() -> validate(path)).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(() -> validate(path)).isInstanceOf(CertPathValidatorException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({"clinic.example, 192.0.2.10", "192.0.2.10, clinic.example", "192.0.2.10, ::1"})
  void whatKindOfNameNoneIsPermittedOfIsClosedWhole(String own, String other) throws Exception {
    authority().of(own);
    validate(stolen("web", own));
    List<X509Certificate> path = stolen("web", other);
    assertThatThrownBy(() -> validate(path)).isInstanceOf(CertPathValidatorException.class);
  }

  @Test
  void itSignsNoClientsAndNoFurtherAuthority() throws Exception {
    authority().server(NAMES);
    Issuer issuer = kept("web").intermediate();
    assertThat(issuer.certificate().getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(issuer.certificate().getBasicConstraints()).isZero();
    for (X509Certificate each : ca()) {
      assertThat(each.getCriticalExtensionOIDs()).contains("2.5.29.30");
    }
  }

  @Test
  void theKeyOfTheRootIsNowhere() throws Exception {
    authority().server(NAMES);
    WebAuthorityRecord record = kept("web");
    byte[] root = KeyPairs.certificate(record.rootCertificate()).getPublicKey().getEncoded();
    byte[] signing = record.intermediate().certificate().getPublicKey().getEncoded();
    assertThat(root).isNotEqualTo(signing);
    // The one key that is kept is the intermediate's: what it signs, only that verifies.
    X509Certificate leaf = stolen("web", "localhost").getFirst();
    leaf.verify(record.intermediate().certificate().getPublicKey());
    assertThatThrownBy(() -> leaf.verify(ca().getFirst().getPublicKey()))
        .isInstanceOf(java.security.SignatureException.class);
  }

  @Test
  void browsersAreToldAgainOnlyWhenANameComesOrTenYearsAreOver() throws Exception {
    authority().server(NAMES);
    List<X509Certificate> first = ca();
    premises.reopen();
    authority().server(NAMES.subList(0, 1));
    assertThat(ca()).as("a name less").isEqualTo(first);
    premises.clock.turn(Duration.ofDays(370));
    String renewed = authority().server(NAMES).fingerprint();
    assertThat(ca()).as("another certificate").isEqualTo(first);
    assertThat(authority().server(NAMES).fingerprint()).isEqualTo(renewed);
    authority().server(List.of("other.example"));
    assertThat(ca()).as("another name").doesNotContainAnyElementsOf(first);
    assertThat(premises.details()).last().isEqualTo("server certificates made");
    assertThat(premises.details())
        .contains("web authority followed by another: browsers have to be told");
    List<X509Certificate> second = ca();
    premises.clock.turn(Duration.ofDays(3652 - 40));
    validate(chain(authority().server(List.of("other.example")).keys(), "rsa"));
    assertThat(ca()).as("not yet").isEqualTo(second);
    premises.clock.turn(Duration.ofDays(20));
    validate(chain(authority().server(List.of("other.example")).keys(), "rsa"));
    assertThat(ca()).as("ten years").doesNotContainAnyElementsOf(second);
  }

  @Test
  void theDoorForPeopleOutsideTellsNothingOfTheNamesInside() throws Exception {
    authority().server(NAMES);
    List<X509Certificate> chain =
        chain(authority().outside(List.of("images.example")).keys(), "ecdsa");
    assertThat(chain.getFirst().getSubjectAlternativeNames())
        .extracting(name -> (String) name.get(1))
        .containsExactly("images.example");
    assertThat(chain).doesNotContain(ca().getLast());
    assertThat(
            new String(chain.getLast().getEncoded(), java.nio.charset.StandardCharsets.ISO_8859_1))
        .contains("images.example")
        .doesNotContain("northlight");
  }

  @Test
  void withoutTheTrailNothingIsIssued() {
    premises.trailBroken = true;
    assertThatThrownBy(() -> authority().server(NAMES)).isInstanceOf(IOException.class);
    assertThat(premises.registry.size()).isZero();
  }
}
