package leadglass.store;

import java.util.List;
import java.util.Optional;

/// What a backup did.
///
/// @param snapshot its name
/// @param atMillis when it was begun
/// @param held what it holds
/// @param packs how many it consists of
/// @param packBytes of these
/// @param packsCopied those that were not there before
/// @param bytesCopied of these
/// @param bytesRead of the data directory
/// @param destroyable whether the copy could be overwritten or deleted from here
/// @param lockedUntilMillis until when nobody can take anything of it away; empty if the place
///   locks nothing
/// @param sameDevice whether what takes one of data, copy and keys takes another one too
/// @param keys the copy of the key store
/// @param keysRemoved names of older copies that knew keys that have been destroyed since
public record BackupDone(
    String snapshot,
    long atMillis,
    Held held,
    long packs,
    long packBytes,
    long packsCopied,
    long bytesCopied,
    long bytesRead,
    boolean destroyable,
    Optional<Long> lockedUntilMillis,
    boolean sameDevice,
    KeyCopy keys,
    List<String> keysRemoved) {

  /// How much is held.
  ///
  /// @param bytes of all data sets
  public record Held(long studies, long instances, long bytes, long auditEntries) {}

  /// A copy of the key store.
  ///
  /// @param name of its file
  /// @param sha256 of its bytes, hexadecimal
  /// @param masterKey name of the file with the master key beside it, if there is one
  public record KeyCopy(String name, String sha256, Optional<String> masterKey) {}
}
