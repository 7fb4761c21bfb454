package leadglass.archive;

import java.io.IOException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import leadglass.store.Registry;

/// The authority that browsers are told to trust. It has nothing to do with the one that devices
/// trust, and may sign for this site's own names only (RFC 5280 §4.2.1.10): whoever steals its key
/// can't be another server to the computers that trust it. The key of its root is kept nowhere;
/// when a name is added, or after ten years, another authority follows, and browsers have to be
/// told.
///
/// Safe for use by several threads.
public final class WebAuthority {
  private static final String INSIDE = "web";
  private static final String OUTSIDE = "web@outside";

  private final Documents<WebAuthorityRecord> documents;
  private final ServerCertificates servers;
  private final SecurityTrail trail;
  private final InstantSource clock;
  private final SecureRandom random;

  WebAuthority(Registry registry, SecurityTrail trail, InstantSource clock, SecureRandom random) {
    this.documents = new Documents<>(registry, "web-authority", WebAuthorityRecord.class);
    this.servers = new ServerCertificates(registry, clock, random);
    this.trail = trail;
    this.clock = clock;
    this.random = random;
  }

  /// Certificates of the pages for `names` (and localhost, 127.0.0.1, ::1), one ECDSA and one RSA,
  /// each with the intermediate that signed it; made anew when the names change or 30 days before
  /// they end, else the same as last time.
  ///
  /// @throws IllegalArgumentException if one of `names` is no host name and no address
  public Authority.Identity server(List<String> names) throws IOException {
    return server(INSIDE, HostNames.all(names));
  }

  /// As [#server(List)], for one name and nothing of the host itself.
  public Authority.Identity of(String host) throws IOException {
    return server(INSIDE, HostNames.only(host));
  }

  /// Certificates of the door for people outside, for `names` and nothing else, of an authority of
  /// its own.
  ///
  /// @throws IllegalArgumentException if one of `names` is no host name and no address
  public Authority.Identity outside(List<String> names) throws IOException {
    return server(OUTSIDE, HostNames.only(names));
  }

  private Authority.Identity server(String key, List<String> names) throws IOException {
    Issuer issuer = issuer(key, names);
    return servers.of(key, names, issuer, () -> note("server certificates made"));
  }

  private Issuer issuer(String key, List<String> names) throws IOException {
    while (true) {
      Optional<Documents.Kept<WebAuthorityRecord>> kept = documents.find(key);
      if (kept.isPresent() && serves(kept.get().document(), names)) {
        return kept.get().document().intermediate();
      }
      WebAuthorityRecord made = make(names);
      note(
          kept.isPresent()
              ? "web authority followed by another: browsers have to be told"
              : "web authority made");
      if (documents.put(key, kept.map(Documents.Kept::version).orElse(0L), made)) {
        return made.intermediate();
      }
    }
  }

  private boolean serves(WebAuthorityRecord record, List<String> names) {
    return record.names().containsAll(names)
        && record.intermediate().ends().isAfter(clock.instant().plus(ServerCertificates.AHEAD));
  }

  private WebAuthorityRecord make(List<String> names) {
    Issuer root = Issuer.root(HostNames.constraints(names), clock.instant(), random);
    Issuer intermediate = root.intermediate(HostNames.constraints(names), clock.instant(), random);
    return WebAuthorityRecord.of(names, root.certificate(), intermediate);
  }

  /// The certificate that browsers trust; empty until the pages were served for the first time.
  Optional<X509Certificate> root() {
    return documents
        .find(INSIDE)
        .map(kept -> KeyPairs.certificate(kept.document().rootCertificate()));
  }

  /// Root and intermediate, PEM; empty until the pages were served for the first time.
  public Optional<String> caPem() {
    return pem(INSIDE);
  }

  /// Of the door for people outside, likewise.
  public Optional<String> outsidePem() {
    return pem(OUTSIDE);
  }

  private Optional<String> pem(String key) {
    return documents
        .find(key)
        .map(Documents.Kept::document)
        .map(record ->
            Pem.certificates(
                KeyPairs.certificate(record.rootCertificate()),
                record.intermediate().certificate()));
  }

  private void note(String what) throws IOException {
    Origin origin = new Origin(Origin.Door.CONSOLE, "console");
    trail.security(new AuditTrail.Who("console", "", null), origin, true, what);
  }
}
