package leadglass.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PublicKey;
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

/// The archive's own certificate authority: a root, an intermediate, and what it issues. Keys are
/// kept sealed in the registry.
///
/// Safe for use by several threads.
public final class Authority {
  private static final String KEY = "ca";
  private static final String SERVER_KEY = "server";

  /// Made anew this long before the end.
  private static final Duration AHEAD = Duration.ofDays(30);

  /// What the intermediate issues lasts 13 months; it is followed by another in good time.
  private static final Duration INTERMEDIATE_AHEAD = Duration.ofDays(730);

  private final Documents<AuthorityRecord> documents;
  private final Documents<ServerRecord> servers;
  private final SecurityTrail trail;
  private final InstantSource clock;
  private final SecureRandom random;

  Authority(Registry registry, SecurityTrail trail, InstantSource clock, SecureRandom random) {
    this.documents = new Documents<>(registry, "authority", AuthorityRecord.class);
    this.servers = new Documents<>(registry, "server-certificate", ServerRecord.class);
    this.trail = trail;
    this.clock = clock;
    this.random = random;
  }

  /// Certificates of this server for `names` (and localhost, 127.0.0.1, ::1), one ECDSA and one
  /// RSA, each with the intermediate that signed it; made anew when the names change or 30 days
  /// before they end, else the same as last time.
  ///
  /// @throws IllegalArgumentException if one of `names` is no host name and no address
  public Identity server(List<String> names) throws IOException {
    return server(SERVER_KEY, HostNames.all(names));
  }

  private Identity server(String key, List<String> all) throws IOException {
    Chain chain = chain();
    while (true) {
      Optional<Documents.Kept<ServerRecord>> kept = servers.find(key);
      if (kept.isPresent() && lasts(kept.get().document(), all)) {
        return identity(kept.get().document());
      }
      ServerRecord made = make(all, chain);
      note("server certificates made");
      if (servers.put(key, kept.map(Documents.Kept::version).orElse(0L), made)) {
        return identity(made);
      }
    }
  }

  /// Certificates of the door for people outside, for `names` and nothing else.
  ///
  /// @throws IllegalArgumentException if one of `names` is no host name and no address
  public Identity outside(List<String> names) throws IOException {
    return server(SERVER_KEY + "@outside", HostNames.only(names));
  }

  /// A certificate that somebody else made, such as one that browsers trust everywhere.
  ///
  /// @param certificates PEM: the server's, then those that signed it
  /// @param key PEM, PKCS #8, not encrypted
  /// @throws IllegalArgumentException if they are not that, or don't belong together; the message
  ///   says which
  public static Identity given(byte[] certificates, byte[] key) {
    return GivenIdentity.of(certificates, key);
  }

  /// As [#server(List)], and a certificate of its own for each of `others`, so that none of them
  /// tells of another.
  public Identity server(List<String> names, List<String> others) throws IOException {
    Identity all = server(names);
    for (String host : others) {
      all = all.with(host, server(SERVER_KEY + "@" + host, HostNames.only(host)));
    }
    return all;
  }

  /// Root and intermediate, PEM.
  ///
  /// @throws UncheckedIOException if they are made now and that can't be written to the audit trail
  public String caPem() {
    try {
      Chain chain = chain();
      return Pem.certificates(chain.root().certificate(), chain.intermediate().certificate());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// @param keys in memory, entries `ecdsa` and `rsa`, and those of further sites with `@` and
  ///   their host names
  /// @param password of the entries
  /// @param fingerprint SHA-256 of the ECDSA certificate, upper-case hex pairs parted by colons
  /// @param endsMillis when the first of them ends
  public record Identity(KeyStore keys, char[] password, String fingerprint, long endsMillis) {

    /// The kind of entry that a type of key of the Java platform is found in.
    public static String kind(String keyType) {
      return keyType.startsWith("RSA") ? "rsa" : "ecdsa";
    }

    /// Name of an entry.
    ///
    /// @param host of a further site; empty for the first one
    public static String alias(String kind, String host) {
      return host.isEmpty() ? kind : kind + "@" + host;
    }

    private Identity with(String host, Identity other) {
      try {
        for (String kind : List.of("ecdsa", "rsa")) {
          keys.setKeyEntry(
              alias(kind, host),
              other.keys.getKey(kind, other.password),
              password,
              other.keys.getCertificateChain(kind));
        }
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("no key store in memory", e);
      }
      return new Identity(keys, password, fingerprint, Math.min(endsMillis, other.endsMillis));
    }

    @Override
    public String toString() {
      return "Identity[]";
    }
  }

  /// A device's certificate and the one that signed it.
  record Issued(X509Certificate certificate, X509Certificate issuer) {
    /// What tells it from every other one.
    DeviceRecord.Issued named() {
      return new DeviceRecord.Issued(certificate.getSerialNumber().toString(16), name(issuer));
    }
  }

  private static String name(X509Certificate issuer) {
    return HexFormat.of().formatHex(DeviceBook.pinned(issuer));
  }

  /// The list of what the intermediate of now has issued and what counts no more (RFC 5280 §5),
  /// DER. What one before it has issued is not in it: that one's key is not kept.
  byte[] revocations(List<RevocationRecord> records, BigInteger number, Duration next)
      throws IOException {
    Issuer issuer = chain().intermediate();
    String own = name(issuer.certificate());
    List<RevocationRecord> ours =
        records.stream().filter(record -> record.issuer().equals(own)).toList();
    return issuer.revocations(ours, number, now(), now().plus(next), random);
  }

  /// The certificate that everything here goes back to.
  X509Certificate root() throws IOException {
    return chain().root().certificate();
  }

  Issued device(PublicKey key) throws IOException {
    Issuer issuer = chain().intermediate();
    return new Issued(issuer.device(key, clock.instant(), random), issuer.certificate());
  }

  private record Chain(Issuer root, Issuer intermediate) {}

  private Chain chain() throws IOException {
    while (true) {
      Optional<Documents.Kept<AuthorityRecord>> kept = documents.find(KEY);
      Issuer root = kept.isPresent() ? kept.get().document().root() : Issuer.root(now(), random);
      if (kept.isPresent()) {
        Issuer intermediate = kept.get().document().intermediate();
        if (lasts(intermediate, root)) {
          return new Chain(root, intermediate);
        }
      }
      Issuer intermediate = root.intermediate(now(), random);
      note(kept.isPresent() ? "intermediate authority followed by another" : "authority made");
      AuthorityRecord record = AuthorityRecord.of(root, intermediate);
      if (documents.put(KEY, kept.map(Documents.Kept::version).orElse(0L), record)) {
        return new Chain(root, intermediate);
      }
    }
  }

  private boolean lasts(Issuer intermediate, Issuer root) {
    // One that ends with its root can't be followed by a longer one.
    return intermediate.ends().isAfter(now().plus(INTERMEDIATE_AHEAD))
        || !intermediate.ends().isBefore(root.ends());
  }

  private boolean lasts(ServerRecord record, List<String> names) {
    return record.names().equals(names)
        && Instant.ofEpochMilli(record.ends()).isAfter(now().plus(AHEAD));
  }

  /// Certificates for these names by an authority that is forgotten at once: for a server that
  /// can't get at its own. Nobody has a reason to trust them.
  ///
  /// @throws IllegalArgumentException if one of `names` is no host name and no address
  public static Identity passing(List<String> names, InstantSource clock) {
    SecureRandom random = new SecureRandom();
    Instant now = clock.instant();
    Issuer root = Issuer.root(now, random);
    Issuer intermediate = root.intermediate(now, random);
    return identity(make(HostNames.all(names), intermediate, now, random), random);
  }

  private ServerRecord make(List<String> names, Chain chain) {
    return make(names, chain.intermediate(), now(), random);
  }

  private static ServerRecord make(
      List<String> names, Issuer issuer, Instant now, SecureRandom random) {
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

  private Identity identity(ServerRecord record) {
    return identity(record, random);
  }

  private static Identity identity(ServerRecord record, SecureRandom random) {
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
      return new Identity(keys, password, fingerprint(record.ecdsa()), record.ends());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("no key store in memory", e);
    }
  }

  private static String fingerprint(byte[] certificate) {
    return HexFormat.ofDelimiter(":").withUpperCase().formatHex(Encodings.sha256(certificate));
  }

  private void note(String what) throws IOException {
    Origin origin = new Origin(Origin.Door.CONSOLE, "console");
    trail.security(new AuditTrail.Who("console", "", null), origin, true, what);
  }

  private Instant now() {
    return clock.instant();
  }
}
