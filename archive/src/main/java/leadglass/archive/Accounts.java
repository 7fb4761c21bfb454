package leadglass.archive;

import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import leadglass.store.Registry;

/// All accounts, held in memory beside the registry: a session or a token is asked for with every
/// request. The process that holds the data directory is the only one that changes them.
///
/// Safe for use by several threads.
final class Accounts {

  /// An archive for more people than this would need another list of them.
  static final int COUNT_MAX = 5_000;

  private final Documents<AccountRecord> documents;
  private final Map<String, Known> held = new ConcurrentHashMap<>();

  /// Accounts by the ids of their passkeys. May hold one that was removed meanwhile.
  private final Map<ByteBuffer, String> owners = new ConcurrentHashMap<>();

  /// Held over a change that depends on all accounts, such as who is the last administrator.
  private final ReentrantLock changes = new ReentrantLock();

  /// A known account, at the version it was read at.
  ///
  /// @param key its name without case
  /// @param roles held, ready for use
  record Known(String key, long version, AccountRecord record, Set<Role> roles) {
    static Known of(String key, long version, AccountRecord record) {
      return new Known(key, version, record, record.held());
    }

    boolean enabled() {
      return record.enabled();
    }

    @Override
    public String toString() {
      return "Known[]";
    }
  }

  Accounts(Registry registry) {
    this.documents = new Documents<>(registry, "person", AccountRecord.class);
    for (Documents.Kept<AccountRecord> kept : documents.list()) {
      String key = key(kept.document().name());
      held.put(key, Known.of(key, kept.version(), kept.document()));
      own(key, kept.document());
    }
  }

  static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  ReentrantLock changes() {
    return changes;
  }

  Optional<Known> find(String name) {
    return Optional.ofNullable(held.get(key(name)));
  }

  private void own(String key, AccountRecord record) {
    for (PasskeyRecord passkey : record.passkeys()) {
      owners.put(passkey.sought(), key);
    }
  }

  /// The account that a passkey belongs to.
  Optional<Known> owner(byte[] passkey) {
    return Optional.ofNullable(owners.get(ByteBuffer.wrap(passkey)))
        .flatMap(this::find)
        .filter(known -> known.record().passkey(passkey).isPresent());
  }

  /// In the order of their names.
  List<Known> list() {
    return held.values().stream().sorted(Comparator.comparing(Known::key)).toList();
  }

  int count() {
    return held.size();
  }

  /// @return false, with nothing changed, if there is one of that name
  boolean add(AccountRecord record) {
    return write(key(record.name()), 0, record);
  }

  /// @return false, with nothing changed, if `account` is not the newest version
  boolean replace(Known account, AccountRecord record) {
    if (!write(account.key(), account.version(), record)) {
      return false;
    }
    for (PasskeyRecord before : account.record().passkeys()) {
      if (record.passkey(before.id()).isEmpty()) {
        owners.remove(before.sought(), account.key());
      }
    }
    return true;
  }

  private boolean write(String key, long version, AccountRecord record) {
    if (!documents.put(key, version, record)) {
      return false;
    }
    own(key, record);
    Known written = Known.of(key, version + 1, record);
    // Two changes may arrive here in another order than on the disk.
    held.merge(key, written, (old, fresh) -> old.version() > fresh.version() ? old : fresh);
    return true;
  }
}
