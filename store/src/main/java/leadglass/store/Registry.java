package leadglass.store;

import java.util.List;
import java.util.Optional;

/// The truth that is not in packs: people, devices, tokens, sessions, site policy. Each record is a
/// sealed document of the caller's own making, found by a keyed hash of its key: a thief of the
/// disk sees how many there are of each kind.
///
/// Every change is on stable storage when the method returns. Safe for use by several threads.
public interface Registry {

  /// @param kind a word of ours, such as `person`; not secret
  /// @param key unique within its kind; hashed with a key before it is stored
  /// @param version 1 for a new record, one more with each change
  record Entry(String kind, String key, long version, byte[] document) {
    @Override
    public String toString() {
      return "Entry[" + kind + ", version " + version + "]";
    }
  }

  Optional<Entry> find(String kind, String key);

  /// All records of a kind, in the order they were made.
  List<Entry> list(String kind);

  /// Writes a record if it is still at `expectedVersion` (0: not there yet).
  ///
  /// @return false, with nothing changed, if somebody else was faster
  boolean put(String kind, String key, long expectedVersion, byte[] document);

  /// Removes a record, if it is there.
  void remove(String kind, String key);
}
