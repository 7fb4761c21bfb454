package leadglass.store.seal;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Key;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/// A long value sealed chunk by chunk under a key of its own. The chunk's number is its nonce, and
/// whether it is the last is in what the tag covers: a chunk left out, moved or repeated shows.
///
/// Confined to one thread: it keeps its cipher.
public final class Chunks {

  /// Plain bytes of every chunk but the last, which has 0 to this many.
  public static final int PLAIN_BYTES = 64 << 10;

  /// Bytes of the tag behind each chunk.
  public static final int TAG_BYTES = 16;

  /// Bytes of a full chunk on disk.
  public static final int SEALED_BYTES = PLAIN_BYTES + TAG_BYTES;

  private final Key key;
  private final byte[] record;
  private final Cipher cipher;

  /// @param key random and used for nothing else
  /// @param record id of the record the chunks belong to
  public Chunks(SecretBytes key, byte[] record) {
    this.key = key.aes();
    this.record = record.clone();
    try {
      this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is part of every Java", e);
    }
  }

  /// How many chunks a value of this length has; an empty one has one.
  public static long count(long plainBytes) {
    return Math.max(1, (plainBytes + PLAIN_BYTES - 1) / PLAIN_BYTES);
  }

  /// What a value of this length takes on disk.
  public static long sealedBytes(long plainBytes) {
    return plainBytes + count(plainBytes) * TAG_BYTES;
  }

  /// Seals one chunk.
  ///
  /// @return how many bytes were put into `into` at `at`
  public int seal(
      long number, boolean last, byte[] plain, int from, int length, byte[] into, int at) {
    try {
      prepare(Cipher.ENCRYPT_MODE, number, last);
      return cipher.doFinal(plain, from, length, into, at);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("sealing a chunk", e);
    }
  }

  /// Opens one chunk into `into` from its start on.
  ///
  /// @return how many bytes it has
  public int open(long number, boolean last, byte[] sealed, int length, byte[] into)
      throws Seal.BrokenException {
    try {
      prepare(Cipher.DECRYPT_MODE, number, last);
      return cipher.doFinal(sealed, 0, length, into, 0);
    } catch (GeneralSecurityException _) {
      throw new Seal.BrokenException();
    }
  }

  private void prepare(int mode, long number, boolean last) throws GeneralSecurityException {
    byte[] nonce = ByteBuffer.allocate(12).putInt(0).putLong(number).array();
    cipher.init(mode, key, new GCMParameterSpec(128, nonce));
    cipher.updateAAD(record);
    cipher.updateAAD(new byte[] {(byte) (last ? 1 : 0)});
  }
}
