package leadglass.archive;

/// A key from a passphrase, with the cost of a password's hash (Argon2id, one lane).
public final class Passphrase {

  /// What guessing one costs: a thief of the disk tries as often as they like.
  public static final int CHARS_MIN = 20;

  public static final int MEMORY_KIB = Passwords.Cost.STANDARD.memoryKib();
  public static final int PASSES = Passwords.Cost.STANDARD.passes();

  private Passphrase() {}

  /// @param salt 16 random bytes
  /// @return 32 bytes
  public static byte[] stretch(char[] passphrase, byte[] salt, int memoryKib, int passes) {
    return Passwords.derive(passphrase, salt, memoryKib, passes);
  }
}
