package leadglass.archive;

import java.util.List;
import java.util.Optional;
import leadglass.archive.Accounts.Known;
import leadglass.archive.RoleRecord.Provisional;
import leadglass.store.Registry;

/// Roles given at the console that their owners have not confirmed yet.
///
/// Safe for use by several threads.
final class Provisionals {
  private final Documents<Provisional> documents;

  Provisionals(Registry registry) {
    this.documents = new Documents<>(registry, Provisional.KIND, Provisional.class);
  }

  private static String key(String account, String role) {
    return Accounts.key(account) + " " + role; // an account's name has no space
  }

  void put(Provisional given) {
    String key = key(given.account(), given.role());
    long version = documents.find(key).map(Documents.Kept::version).orElse(0L);
    documents.put(key, version, given);
  }

  Optional<Provisional> find(String account, Role role) {
    return documents.find(key(account, role.word())).map(Documents.Kept::document);
  }

  List<Provisional> list() {
    return documents.list().stream().map(Documents.Kept::document).toList();
  }

  boolean remove(String account, String role) {
    boolean there = documents.find(key(account, role)).isPresent();
    documents.remove(key(account, role));
    return there;
  }

  /// Whether somebody administers, and will tomorrow.
  boolean administersForGood(Known known) {
    return known.record().administers() && find(known.key(), Role.ADMINISTRATOR).isEmpty();
  }
}
