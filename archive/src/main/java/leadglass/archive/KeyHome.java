package leadglass.archive;

import java.io.IOException;
import leadglass.store.MasterKey;

/// Where a master key can be laid, by words such as `file:/media/key/leadglass.key`, `passphrase`
/// or `pkcs11:CONFIG`. The room `app` knows the places.
@SuppressWarnings("exports") // `app` alone lays keys, and requires the store itself
public interface KeyHome {

  /// Seals the archive by a key.
  interface Sealing {
    void by(MasterKey key) throws IOException;
  }

  /// Lays a key at a place, proves that it can be read there, has the archive sealed by it, and
  /// takes the one before away. Cut off anywhere, the archive opens at the next start, with the one
  /// or the other.
  ///
  /// @param where in words; empty: where the one before lies
  /// @param secret a passphrase, where the place wants one; else empty
  /// @return the key as it was read back
  /// @throws RefusedException if there is no such place, or it can't be used; nothing changed
  MasterKey replace(String where, char[] secret, byte[] key, Sealing sealing)
      throws IOException, RefusedException;

  /// Whether keys can be laid elsewhere at all.
  default boolean movable() {
    return true;
  }

  /// The place can't be used; the message says why and holds no secret.
  final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    public RefusedException(String rule) {
      super(rule);
    }
  }

  /// Keys stay where they are.
  static KeyHome fixed() {
    return new KeyHome() {
      @Override
      public MasterKey replace(String where, char[] secret, byte[] key, Sealing sealing)
          throws RefusedException {
        throw new RefusedException("The master key of this archive stays where it is.");
      }

      @Override
      public boolean movable() {
        return false;
      }
    };
  }
}
