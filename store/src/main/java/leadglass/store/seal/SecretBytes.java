package leadglass.store.seal;

import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.spec.SecretKeySpec;

/// A 256-bit key in memory. Tells nothing of itself and can be forgotten.
public final class SecretBytes {

  /// Every key has this many bytes.
  public static final int BYTES = 32;

  private final byte[] key;

  /// Takes a copy.
  public SecretBytes(byte[] key) {
    if (key.length != BYTES) {
      throw new IllegalArgumentException("a key of " + key.length + " bytes");
    }
    this.key = key.clone();
  }

  public static SecretBytes random(SecureRandom random) {
    byte[] fresh = new byte[BYTES];
    random.nextBytes(fresh);
    return new SecretBytes(fresh);
  }

  SecretKeySpec aes() {
    return new SecretKeySpec(key, "AES");
  }

  SecretKeySpec mac() {
    return new SecretKeySpec(key, "HmacSHA256");
  }

  /// A copy, for wrapping it or writing it where it is kept.
  public byte[] copy() {
    return key.clone();
  }

  /// Overwrites it; useless afterwards.
  public void forget() {
    Arrays.fill(key, (byte) 0);
  }

  @Override
  public String toString() {
    return "SecretBytes[]";
  }
}
