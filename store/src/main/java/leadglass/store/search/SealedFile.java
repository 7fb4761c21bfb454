package leadglass.store.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import leadglass.store.seal.Seal;
import leadglass.store.seal.SecretBytes;

/// How a file of the search lies on disk: 16 random bytes, then chunks of 16 KiB, each with its tag
/// behind it; docs/formats/index.md. The file's key comes from the directory's key and the random
/// bytes, so a chunk's number is nonce enough; name, number and whether it is the last are in what
/// the tag covers.
final class SealedFile {
  static final int SALT_BYTES = 16;
  static final int PLAIN_BYTES = 16 << 10;
  static final int TAG_BYTES = 16;
  static final int SEALED_BYTES = PLAIN_BYTES + TAG_BYTES;
  private static final String PENDING = "pending_";

  private final SecretKeySpec key;
  private final byte[] name;

  SealedFile(SecretBytes directory, String name, byte[] salt) {
    this.key =
        new SecretKeySpec(
            Seal.derive(directory, "file " + HexFormat.of().formatHex(salt)).copy(), "AES");
    // Lucene writes pending_segments_N and renames it: the seal must outlive that.
    String lasting = name.startsWith(PENDING) ? name.substring(PENDING.length()) : name;
    this.name = lasting.getBytes(UTF_8);
  }

  static long chunks(long plainBytes) {
    return Math.max(1, (plainBytes + PLAIN_BYTES - 1) / PLAIN_BYTES);
  }

  /// Length of what a file of this size holds; negative if it can't be one.
  static long plainBytes(long fileBytes) {
    long sealed = fileBytes - SALT_BYTES;
    long chunks = (sealed + SEALED_BYTES - 1) / SEALED_BYTES;
    return sealed - chunks * TAG_BYTES;
  }

  static Cipher cipher() {
    try {
      return Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is part of every Java", e);
    }
  }

  int seal(Cipher cipher, long number, boolean last, byte[] plain, int length, byte[] into)
      throws GeneralSecurityException {
    prepare(cipher, Cipher.ENCRYPT_MODE, number, last);
    return cipher.doFinal(plain, 0, length, into, 0);
  }

  byte[] open(Cipher cipher, long number, boolean last, byte[] sealed)
      throws GeneralSecurityException {
    prepare(cipher, Cipher.DECRYPT_MODE, number, last);
    return cipher.doFinal(sealed);
  }

  private void prepare(Cipher cipher, int mode, long number, boolean last)
      throws GeneralSecurityException {
    byte[] nonce = ByteBuffer.allocate(12).putInt(0).putLong(number).array();
    cipher.init(mode, key, new GCMParameterSpec(128, nonce));
    cipher.updateAAD(name);
    cipher.updateAAD(ByteBuffer.allocate(9).putLong(number).put((byte) (last ? 1 : 0)).array());
  }
}
