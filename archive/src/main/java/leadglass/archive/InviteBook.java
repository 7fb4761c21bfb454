package leadglass.archive;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import leadglass.store.Registry;

/// Links that are open, one a name at most, found by what is kept of their secret.
///
/// Safe for use by several threads.
final class InviteBook {
  private final Documents<InviteRecord> documents;

  InviteBook(Registry registry) {
    this.documents = new Documents<>(registry, InviteRecord.KIND, InviteRecord.class);
  }

  static String key(byte[] hash) {
    return HexFormat.of().formatHex(hash);
  }

  Optional<InviteRecord> find(String key) {
    return documents.find(key).map(Documents.Kept::document);
  }

  List<InviteRecord> list() {
    return documents.list().stream().map(Documents.Kept::document).toList();
  }

  /// In place of one of the same name.
  void put(InviteRecord record) {
    forget(each -> Accounts.key(each.name()).equals(Accounts.key(record.name())));
    if (!documents.put(key(record.hash()), 0, record)) {
      throw new IllegalStateException("two links of one hash");
    }
  }

  void remove(InviteRecord record) {
    documents.remove(key(record.hash()));
  }

  /// @return how many went
  int forget(Predicate<InviteRecord> which) {
    int gone = 0;
    for (InviteRecord each : list()) {
      if (which.test(each)) {
        remove(each);
        gone++;
      }
    }
    return gone;
  }
}
