package leadglass.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import leadglass.store.Registry;

/// The archive's own certificate authority for devices and the port they call: a root, an
/// intermediate, and what it issues. Keys are kept sealed in the registry. Browsers trust another
/// one: [WebAuthority].
///
/// Safe for use by several threads.
public final class Authority {
  private static final String KEY = "ca";
  private static final String SERVER_KEY = "server";

  /// What the intermediate issues lasts 13 months; it is followed by another in good time.
  private static final Duration INTERMEDIATE_AHEAD = Duration.ofDays(730);

  private final Documents<AuthorityRecord> documents;
  private final ServerCertificates servers;
  private final SecurityTrail trail;
  private final InstantSource clock;
  private final SecureRandom random;

  Authority(Registry registry, SecurityTrail trail, InstantSource clock, SecureRandom random) {
    this.documents = new Documents<>(registry, "authority", AuthorityRecord.class);
    this.servers = new ServerCertificates(registry, clock, random);
    this.trail = trail;
    this.clock = clock;
    this.random = random;
  }

  /// Certificates of the port for devices, and of this server where it calls one, for `names` (and
  /// localhost, 127.0.0.1, ::1), one ECDSA and one RSA, each with the intermediate that signed it;
  /// made anew when the names change or 30 days before they end, else the same as last time.
  ///
  /// @throws IllegalArgumentException if one of `names` is no host name and no address
  public Identity server(List<String> names) throws IOException {
    List<String> all = HostNames.all(names);
    return servers.of(
        SERVER_KEY, all, chain().intermediate(), () -> note("server certificates made"));
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
  /// @param others fingerprints of the further sites' certificates
  public record Identity(
      KeyStore keys, char[] password, String fingerprint, long endsMillis, List<String> others) {
    public Identity {
      others = List.copyOf(others);
    }

    /// Of one site alone.
    public Identity(KeyStore keys, char[] password, String fingerprint, long endsMillis) {
      this(keys, password, fingerprint, endsMillis, List.of());
    }

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

    /// With a certificate of its own for a further site's host name, so that none tells of another.
    public Identity with(String host, Identity other) {
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
      List<String> all = new ArrayList<>(others);
      all.add(other.fingerprint);
      return new Identity(keys, password, fingerprint, Math.min(endsMillis, other.endsMillis), all);
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

  /// Certificates for these names by an authority that is forgotten at once: for a server that
  /// can't get at its own. Nobody has a reason to trust them.
  ///
  /// @throws IllegalArgumentException if one of `names` is no host name and no address
  public static Identity passing(List<String> names, InstantSource clock) {
    SecureRandom random = new SecureRandom();
    Instant now = clock.instant();
    Issuer root = Issuer.root(now, random);
    Issuer intermediate = root.intermediate(now, random);
    ServerRecord record = ServerCertificates.make(HostNames.all(names), intermediate, now, random);
    return ServerCertificates.identity(record, random);
  }

  private void note(String what) throws IOException {
    Origin origin = new Origin(Origin.Door.CONSOLE, "console");
    trail.security(new AuditTrail.Who("console", "", null), origin, true, what);
  }

  private Instant now() {
    return clock.instant();
  }
}
