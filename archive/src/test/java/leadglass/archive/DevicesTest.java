package leadglass.archive;

import static leadglass.archive.Premises.PAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509TrustManager;
import leadglass.archive.Devices.Change;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DevicesTest {
  private static final Origin SCANNER = new Origin(Origin.Door.DIMSE, "192.0.2.50");
  private final Premises premises = new Premises();

  @BeforeEach
  void found() throws IOException {
    premises.founded();
  }

  private Devices devices() {
    return premises.devices();
  }

  private Change.Done added(String aeTitle) throws IOException {
    return premises.device(aeTitle);
  }

  private Change added(Caller by, String aeTitle) throws IOException {
    return devices().add(by, aeTitle, Premises.TERMS, new DeviceKey.Made(""));
  }

  private static X509Certificate certificate(Change.Done done) throws Exception {
    return PemText.certificates(done.certificate()).getFirst();
  }

  private static String rule(Change change) {
    return switch (change) {
      case Change.Done _ -> "";
      case Change.Refused(String rule) -> rule;
    };
  }

  /// A certificate that its owner signed for another ten years.
  private X509Certificate selfSigned(X509Certificate certificate, PrivateKey key) {
    return new Issuer(Issuer.root(premises.clock.instant(), new SecureRandom()).certificate(), key)
        .device(certificate.getPublicKey(), premises.clock.instant(), new SecureRandom());
  }

  @Test
  void aDeviceGetsAKeyItsCertificateAndTheAuthority() throws Exception {
    Change.Done done = added("CT1");
    X509Certificate certificate = certificate(done);
    List<X509Certificate> chain = PemText.certificates(done.certificate());
    certificate.verify(chain.get(1).getPublicKey());
    assertThat(PemText.certificates(done.ca())).hasSize(2).last().isEqualTo(chain.get(1));
    assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
    assertThat(certificate.getSubjectX500Principal().getName()).doesNotContain("CT1");
    assertThat(done.toString()).isEqualTo("Done[]");
    assertThat(devices().list(premises.console))
        .containsExactly(
            new Devices.Device(
                "CT1",
                Devices.State.VALID,
                Premises.TERMS,
                Optional.of(certificate.getNotAfter().toInstant().toEpochMilli()),
                List.of(),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    assertThat(premises.details().getLast()).isEqualTo("device enrolled: CT1");
  }

  @Test
  void certificateAndAeTitleTogetherAdmitADevice() throws Exception {
    X509Certificate certificate = certificate(added("CT1"));
    premises.reopen();
    assertThat(devices().knows(certificate)).isTrue();
    assertThat(devices().admit(SCANNER, certificate, "CT1"))
        .contains(new Caller.Device("CT1", SCANNER));
    assertThat(devices().admit(SCANNER, certificate, " CT1            ")).isPresent();
  }

  @Test
  void aCertificateUnderAnotherAeTitleIsRefused() throws Exception {
    X509Certificate first = certificate(added("CT1"));
    added("CT2");
    premises.trail.clear();
    for (String title :
        new String[] {"CT2", "CT3", "ct1", "", "CT1\\CT1", "CT1\t", "x".repeat(9999)}) {
      assertThat(devices().admit(SCANNER, first, title)).isEmpty();
    }
    assertThat(premises.trail)
        .containsExactly(
            new Premises.Entry(
                new AuditTrail.Who("device", "CT1", null),
                SCANNER,
                false,
                "another AE title refused"));
    assertThat(premises.events).contains(new ArchiveEvent.AccessRefused(Origin.Door.DIMSE));
  }

  @Test
  void aCertificateOfAnotherAuthorityIsUnknown() throws Exception {
    added("CT1");
    Premises others = new Premises();
    others.founded();
    X509Certificate foreign = certificate(others.device("CT1"));
    assertThat(devices().knows(foreign)).isFalse();
    premises.trail.clear();
    assertThat(devices().admit(SCANNER, foreign, "CT1")).isEmpty();
    assertThat(premises.trail)
        .containsExactly(
            new Premises.Entry(
                new AuditTrail.Who("stranger", "", null),
                SCANNER,
                false,
                "unknown device refused"));
  }

  @Test
  void aCertificateOfThisAuthorityForAKeyNobodyEnrolledIsUnknown() throws Exception {
    KeyPair pair = KeyPairs.p256(new SecureRandom());
    X509Certificate issued = premises.authority().device(pair.getPublic()).certificate();
    assertThat(devices().knows(issued)).isFalse();
  }

  @Test
  void aCertificateEndsAfterAYearEvenIfItsOwnerSignsALongerOne() throws Exception {
    Change.Done done = added("CT1");
    X509Certificate certificate = certificate(done);
    premises.clock.turn(Duration.ofDays(364));
    X509Certificate longer = selfSigned(certificate, PemText.key(done.key()));
    assertThat(devices().knows(certificate)).isTrue();
    premises.clock.turn(Duration.ofDays(2));
    assertThat(devices().admit(SCANNER, certificate, "CT1").map(Caller.Device::proof))
        .contains(Caller.Proof.ENDED_CERTIFICATE);
    assertThat(longer.getNotAfter().toInstant()).isAfter(premises.clock.instant());
    assertThat(devices().knows(longer)).isFalse();
    assertThat(devices().admit(SCANNER, longer, "CT1")).isEmpty();
    X509Certificate next = certificate(added("CT1"));
    assertThat(devices().admit(SCANNER, next, "CT1")).isPresent();
    assertThat(devices().knows(certificate)).isFalse();
    premises.reopen();
    assertThat(devices().admit(SCANNER, next, "CT1")).isPresent();
    assertThat(devices().list(premises.console)).hasSize(1);
  }

  @Test
  void forThirtyDaysAfterItsEndACertificateMayStoreAndNothingElse() throws Exception {
    DeviceTerms all =
        new DeviceTerms(
            "Ada Poe",
            Set.of(),
            Optional.empty(),
            Set.of(DeviceVerb.values()),
            Optional.empty(),
            Optional.of("Bo Lund"));
    Change made = devices().add(premises.console, "CT1", all, new DeviceKey.Made(""));
    X509Certificate certificate = certificate((Change.Done) made);
    Caller.Device before = devices().admit(SCANNER, certificate, "CT1").orElseThrow();
    premises.clock.turn(Duration.ofDays(366));
    assertThat(devices().stands(before, certificate)).isFalse();
    Caller.Device after = devices().admit(SCANNER, certificate, "CT1").orElseThrow();
    assertThat(after)
        .isEqualTo(
            new Caller.Device(
                "CT1",
                Set.of(DeviceVerb.STORE),
                Optional.empty(),
                SCANNER,
                Caller.Proof.ENDED_CERTIFICATE));
    assertThat(devices().stands(after, certificate)).isTrue();
    assertThat(devices().admit(SCANNER, certificate, "CT2")).isEmpty();
    premises.clock.turn(Duration.ofDays(30));
    assertThat(devices().knows(certificate)).isFalse();
    assertThat(devices().stands(after, certificate)).isFalse();
    assertThat(devices().admit(SCANNER, certificate, "CT1")).isEmpty();
  }

  @Test
  void whatWasRenewedOrRevokedStoresNothingAfterItsEnd() throws Exception {
    X509Certificate renewed = certificate(added("CT1"));
    devices().renew(premises.console, "CT1", new DeviceKey.Made(""));
    X509Certificate revoked = certificate(added("CT2"));
    devices().revoke(premises.console, "CT2", "sold");
    premises.clock.turn(Duration.ofDays(366));
    assertThat(devices().knows(renewed)).isFalse();
    assertThat(devices().knows(revoked)).isFalse();
  }

  @Test
  void anAeTitleIsUnique() throws Exception {
    X509Certificate first = certificate(added("CT1"));
    assertThat(rule(added(premises.console, " CT1 "))).contains("already");
    assertThat(devices().knows(first)).isTrue();
    assertThat(rule(added(premises.console, "ct1"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "    ", "A\\B", "A\nB", "ÄE", "SEVENTEEN_LETTERS"})
  void whatIsNoAeTitleIsRefused(String title) throws Exception {
    assertThat(rule(added(premises.console, title))).startsWith("An AE title is");
  }

  @Test
  void onlyAdministratorsAndTheConsoleEnrol() throws Exception {
    Caller eva = premises.in(premises.add("eva", Role.RADIOLOGIST)).caller();
    for (Caller caller : List.of(eva, new Caller.Stranger(PAGE))) {
      assertThat(rule(added(caller, "CT1"))).isEqualTo("You may not do this.");
      assertThat(devices().list(caller)).isEmpty();
    }
    Caller bea = premises.in(premises.add("bea", Role.ADMINISTRATOR)).caller();
    assertThat(rule(added(bea, "CT1"))).isEmpty();
  }

  @Test
  void withoutTheTrailNoDeviceIsEnrolled() throws Exception {
    added("CT1");
    premises.trailBroken = true;
    assertThatThrownBy(() -> added("CT2")).isInstanceOf(IOException.class);
    assertThat(premises.registry.list("device")).hasSize(1);
  }

  @Test
  void aDeviceShakesHandsAndAStrangerDoesNot() throws Exception {
    premises.clock.setToNow();
    Change.Done done = added("CT1");
    PrivateKey key = PemText.key(done.key());
    List<X509Certificate> chain = PemText.certificates(done.certificate());
    List<X509Certificate> ca = PemText.certificates(done.ca()).subList(0, 1);
    Authority.Identity identity = premises.authority().server(List.of());
    for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
      SSLEngine client = Handshake.client(ca, keys(key, chain), "localhost");
      client.setEnabledProtocols(new String[] {protocol});
      SSLEngine server = Handshake.server(identity, new Enrolled());
      server.setNeedClientAuth(true);
      Handshake.between(client, server);
      X509Certificate seen = (X509Certificate) server.getSession().getPeerCertificates()[0];
      assertThat(devices().admit(SCANNER, seen, "CT1")).isPresent();
    }
    KeyPair other = KeyPairs.p256(new SecureRandom());
    var issued = premises.authority().device(other.getPublic());
    SSLEngine stranger =
        Handshake.client(ca, keys(other.getPrivate(), List.of(issued.certificate())), "localhost");
    SSLEngine server = Handshake.server(identity, new Enrolled());
    server.setNeedClientAuth(true);
    assertThatThrownBy(() -> Handshake.between(stranger, server)).isInstanceOf(SSLException.class);
  }

  private static KeyManager[] keys(PrivateKey key, List<X509Certificate> chain) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("device", key, new char[] {'x'}, chain.toArray(new Certificate[0]));
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, new char[] {'x'});
    return keys.getKeyManagers();
  }

  /// Lets in whose key is enrolled.
  private final class Enrolled implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      if (!devices().knows(chain[0])) {
        throw new CertificateException("not enrolled");
      }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw new CertificateException("not a client");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
