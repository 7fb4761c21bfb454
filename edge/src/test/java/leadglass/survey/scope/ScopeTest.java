package leadglass.survey.scope;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeTest {
  private static final Attestation ADA =
      Attestation.parse("Poe Imaging; Ada Poe; owner").orElseThrow();
  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

  private static Ruling named(String address, Optional<Attestation> by) {
    return Scope.named(InetAddress.ofLiteral(address), Optional.empty(), by);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.200.3.4", "::1"})
  void thisMachineMayAlwaysBeAsked(String address) {
    assertThat(named(address, Optional.empty())).isInstanceOf(Ruling.Allowed.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.1", "172.16.0.1", "172.31.255.254", "192.168.1.1", "fd00::1"})
  void aPrivateAddressNeedsSomebodyWhoAnswersForIt(String address) {
    assertThat(named(address, Optional.empty())).isInstanceOf(Ruling.NotAsked.class);
    assertThat(named(address, Optional.of(ADA))).isInstanceOf(Ruling.Allowed.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"203.0.113.5", "8.8.8.8", "172.32.0.1", "192.169.0.1", "2001:db8::1"})
  void aPublicAddressIsNotAskedWhoeverAnswersForIt(String address) {
    assertThat(named(address, Optional.of(ADA))).isInstanceOf(Ruling.NotAsked.class);
  }

  @ParameterizedTest
  @CsvSource({
    "100.64.0.1",
    "100.127.255.254",
    "169.254.169.254",
    "0.0.0.0",
    "0.1.2.3",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "fe80::1",
    "ff02::1",
    "::",
    "2002:7f00:1::1",
    "2001::1",
    "64:ff9b::7f00:1"
  })
  void whatIsNoHostOfOneOwnerIsNeverAskedByNoProofAndNoMandate(String address) throws Exception {
    assertThat(named(address, Optional.of(ADA))).isInstanceOf(Ruling.NotAsked.class);
    Mandate all =
        new Mandate(
            "CERT",
            "law",
            List.of(Network.parse("0.0.0.0/0").orElseThrow(), Network.parse("::/0").orElseThrow()),
            java.time.LocalDate.MIN,
            java.time.LocalDate.MAX);
    InetAddress literal = InetAddress.ofLiteral(address);
    assertThat(Scope.byMandate(all, literal, Optional.empty(), NOW))
        .isInstanceOf(Ruling.NotAsked.class);
    Challenge challenge = Challenge.fresh(literal, new SecureRandom());
    assertThat(Scope.byWeb(challenge, 80, Optional.empty(), ADA))
        .isInstanceOf(Ruling.NotAsked.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"127.0.0.0/24", "203.0.113.0/24", "10.0.0.0/8", "100.64.1.0/24", "169.254.1.0/24"})
  void onlyAPrivateTwentyFourIsLookedThrough(String range) {
    assertThat(Range.isRange(range)).isTrue();
    assertThat(Range.addresses(range)).isEmpty();
  }

  @Test
  void anAttestationHasThreeParts() {
    assertThat(Attestation.parse("Ada")).isEmpty();
    assertThat(Attestation.parse("Poe Imaging; ; owner")).isEmpty();
    assertThat(Attestation.parse("Poe Imaging; Ada\nPoe; owner")).isEmpty();
    assertThat(ADA.words()).isEqualTo("Ada Poe (owner, Poe Imaging)");
  }

  private static Path mandate(Path folder, KeyPair issuer, String text) throws Exception {
    Path file = folder.resolve("mandate.json");
    Files.writeString(file, text);
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(issuer.getPrivate());
    signature.update(Files.readAllBytes(file));
    Files.writeString(
        folder.resolve("mandate.json.sig"),
        Base64.getMimeEncoder().encodeToString(signature.sign()));
    Files.writeString(
        folder.resolve("issuer.pem"),
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(issuer.getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----\n");
    return file;
  }

  private static final String TEXT =
      """
      {"mandate": 1, "issuer": "CERT-XX", "basis": "Act 7 § 3",
       "addresses": ["203.0.113.0/25", "2001:db8::/64"], "from": "2026-11-01", "until": "2026-11-26"}
      """;

  @Test
  void aMandateCoversItsAddressesOnItsDaysIfItsIssuerIsTrusted(@TempDir Path folder)
      throws Exception {
    KeyPair issuer = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Path file = mandate(folder, issuer, TEXT);
    Mandate read = Mandate.read(file, List.of(folder.resolve("issuer.pem")));
    assertThat(covered(read, "203.0.113.127", NOW)).isTrue();
    assertThat(covered(read, "2001:db8::7", NOW)).isTrue();
    assertThat(covered(read, "203.0.113.128", NOW)).isFalse();
    assertThat(covered(read, "203.0.113.1", NOW.plusSeconds(86_400))).isFalse();
    assertThat(covered(read, "203.0.113.1", NOW.minusSeconds(40 * 86_400))).isFalse();
  }

  private static boolean covered(Mandate mandate, String address, Instant at) {
    return Scope.byMandate(mandate, InetAddress.ofLiteral(address), Optional.empty(), at)
        instanceof Ruling.Allowed;
  }

  @Test
  void aMandateThatSomebodyElseSignedOrThatWasChangedIsNone(@TempDir Path folder) throws Exception {
    KeyPair issuer = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Path file = mandate(folder, issuer, TEXT);
    Files.writeString(file, TEXT.replace("/25", "/8"));
    assertNone(file, List.of(folder.resolve("issuer.pem")), "none of the issuers");
    Files.writeString(file, TEXT);
    assertNone(file, List.of(), "no issuer's key");
    Files.delete(folder.resolve("mandate.json.sig"));
    assertNone(file, List.of(folder.resolve("issuer.pem")), "can't be read");
  }

  private static void assertNone(Path file, List<Path> keys, String why) {
    try {
      Mandate.read(file, keys);
      throw new AssertionError("it was taken");
    } catch (Mandate.NoMandate e) {
      assertThat(e).hasMessageContaining(why);
    }
  }

  @Test
  void aTicketIsForWhoeverShowsTheKeyThatSignedIt() throws IOException {
    assertThat(Ticket.parse("")).isEmpty();
    assertThat(Ticket.parse("a.b")).isEmpty();
    assertThat(Ticket.parse("*.*")).isEmpty();
    assertThat(Ticket.parse("x".repeat(10_000))).isEmpty();
  }

  @Test
  void whatAnInterfaceOfThisMachineHasIsItsOwnAndNothingElse() throws IOException {
    for (InetAddress each :
        NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses).toList()) {
      Ground expected = each.isLoopbackAddress() ? new Ground.Loopback() : new Ground.Own();
      assertThat(Scope.own(each, Optional.empty()))
          .isInstanceOfSatisfying(
              Ruling.Allowed.class,
              allowed -> assertThat(allowed.approved().ground()).isEqualTo(expected));
    }
    for (String other : List.of("192.0.2.77", "10.255.255.254", "0.0.0.0", "::", "224.0.0.1")) {
      assertThat(Scope.own(InetAddress.ofLiteral(other), Optional.empty()))
          .as(other)
          .isInstanceOf(Ruling.NotAsked.class);
    }
  }
}
