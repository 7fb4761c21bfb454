package leadglass.archive;

import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import leadglass.store.Registry;

/// Which accounts belong to people of an identity provider, held in memory beside the registry. One
/// is found by issuer and subject together, never by a name or an address.
///
/// Safe for use by several threads; changes under the lock of [Accounts#changes].
final class Links {
  private final Documents<LinkRecord> documents;
  private final Map<String, Documents.Kept<LinkRecord>> held = new ConcurrentHashMap<>();
  private final Map<String, String> keys = new ConcurrentHashMap<>();

  Links(Registry registry) {
    this.documents = new Documents<>(registry, "person-link", LinkRecord.class);
    documents.list().forEach(this::hold);
  }

  private void hold(Documents.Kept<LinkRecord> kept) {
    held.put(kept.key(), kept);
    keys.put(kept.document().account(), kept.key());
  }

  /// An issuer is an address and has no line break, so that no two pairs read the same.
  private static String key(String issuer, String subject) {
    return HexFormat.of().formatHex(Encodings.sha256(Encodings.utf8(issuer + "\n" + subject)));
  }

  Optional<LinkRecord> find(String issuer, String subject) {
    return Optional.ofNullable(held.get(key(issuer, subject))).map(Documents.Kept::document);
  }

  /// The link of an account, if it has one.
  Optional<LinkRecord> of(String account) {
    return Optional.ofNullable(keys.get(Accounts.key(account)))
        .flatMap(key -> Optional.ofNullable(held.get(key)))
        .map(Documents.Kept::document);
  }

  /// Whether an account signs in at a provider, and so in no other way.
  boolean isLinked(String account) {
    return keys.containsKey(Accounts.key(account));
  }

  /// @throws IllegalStateException if somebody else changed it, who did not hold the lock
  void put(LinkRecord link) {
    String key = key(link.issuer(), link.subject());
    Documents.Kept<LinkRecord> before = held.get(key);
    long version = before == null ? 0 : before.version();
    if (!documents.put(key, version, link)) {
      throw new IllegalStateException("a link was changed by somebody else");
    }
    hold(new Documents.Kept<>(key, version + 1, link));
  }
}
