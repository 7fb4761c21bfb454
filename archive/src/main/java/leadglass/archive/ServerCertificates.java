package leadglass.archive;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import leadglass.store.Registry;
import org.bouncycastle.asn1.x509.GeneralName;

/// Certificates of this server, one ECDSA and one RSA for the same names, as they are kept in the
/// registry. Safe for use by several threads.
final class ServerCertificates {

  /// Made anew this long before the end.
  static final Duration AHEAD = Duration.ofDays(30);

  private final Documents<ServerRecord> servers;
  private final InstantSource clock;
  private final SecureRandom random;

  ServerCertificates(Registry registry, InstantSource clock, SecureRandom random) {
    this.servers = new Documents<>(registry, "server-certificate", ServerRecord.class);
    this.clock = clock;
    this.random = random;
  }

  /// Told before certificates are made.
  @FunctionalInterface
  interface Noting {
    void made() throws IOException;
  }

  /// Those kept as `key`; made anew by `issuer` when the names, the issuer or what it signs for
  /// changed, or in good time before they end.
  ///
  /// @param names in one spelling and order
  Authority.Identity of(String key, List<String> names, Issuer issuer, Noting noting)
      throws IOException {
    while (true) {
      Optional<Documents.Kept<ServerRecord>> kept = servers.find(key);
      if (kept.isPresent() && lasts(kept.get().document(), names, issuer)) {
        return identity(kept.get().document(), random);
      }
      ServerRecord made = make(names, issuer, clock.instant(), random);
      noting.made();
      if (servers.put(key, kept.map(Documents.Kept::version).orElse(0L), made)) {
        return identity(made, random);
      }
    }
  }

  private boolean lasts(ServerRecord record, List<String> names, Issuer issuer) {
    Instant ends = Instant.ofEpochMilli(record.ends());
    return record.names().equals(names)
        && Issuer.isForClients(KeyPairs.certificate(record.ecdsa()))
            == Issuer.isForClients(issuer.certificate())
        && KeyPairs.certificate(record.issuer())
            .getIssuerX500Principal()
            .equals(issuer.certificate().getIssuerX500Principal())
        && (ends.isAfter(clock.instant().plus(AHEAD)) || !ends.isBefore(issuer.ends()));
  }

  static ServerRecord make(List<String> names, Issuer issuer, Instant now, SecureRandom random) {
    List<GeneralName> general = HostNames.general(names);
    KeyPair ecdsaPair = KeyPairs.p256(random);
    KeyPair rsaPair = KeyPairs.rsa(random);
    X509Certificate ecdsa = issuer.server(ecdsaPair.getPublic(), general, now, random);
    X509Certificate rsa = issuer.server(rsaPair.getPublic(), general, now, random);
    Instant ends = ecdsa.getNotAfter().toInstant();
    Instant rsaEnds = rsa.getNotAfter().toInstant();
    return new ServerRecord(
        names,
        Pem.der(issuer.certificate()),
        Pem.der(ecdsa),
        ecdsaPair.getPrivate().getEncoded(),
        Pem.der(rsa),
        rsaPair.getPrivate().getEncoded(),
        (ends.isBefore(rsaEnds) ? ends : rsaEnds).toEpochMilli());
  }

  static Authority.Identity identity(ServerRecord record, SecureRandom random) {
    char[] password = new Secrets(random).fresh().toCharArray();
    X509Certificate issuer = KeyPairs.certificate(record.issuer());
    try {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(null, null);
      keys.setKeyEntry(
          "ecdsa",
          KeyPairs.key("EC", record.ecdsaKey()),
          password,
          new Certificate[] {KeyPairs.certificate(record.ecdsa()), issuer});
      keys.setKeyEntry(
          "rsa",
          KeyPairs.key("RSA", record.rsaKey()),
          password,
          new Certificate[] {KeyPairs.certificate(record.rsa()), issuer});
      return new Authority.Identity(keys, password, fingerprint(record.ecdsa()), record.ends());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("no key store in memory", e);
    }
  }

  private static String fingerprint(byte[] certificate) {
    return HexFormat.ofDelimiter(":").withUpperCase().formatHex(Encodings.sha256(certificate));
  }
}
