package leadglass.store.trail;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import leadglass.store.pack.Frame;

/// The hashes of RFC 9162 §2.1.1. Confined to one thread.
public final class TreeHash {
  public static final int BYTES = 32;

  private static final byte LEAF = 0;
  private static final byte NODE = 1;
  private static final int RECORD_AT = 12;
  private static final int RECORD_BYTES = 16;

  private final MessageDigest sha = sha256();

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every Java", e);
    }
  }

  /// Of an audit entry: its record id and its payload, as they lie in the frame.
  public byte[] leaf(byte[] record, byte[] payload) {
    sha.update(LEAF);
    sha.update(record);
    return sha.digest(payload);
  }

  /// Of an AUDIT frame, header and payload.
  byte[] leaf(ByteBuffer frame) {
    int start = frame.position();
    sha.update(LEAF);
    sha.update(
        frame.duplicate().position(start + RECORD_AT).limit(start + RECORD_AT + RECORD_BYTES));
    sha.update(frame.duplicate().position(start + Frame.HEADER_BYTES));
    return sha.digest();
  }

  /// Of any leaf, for vectors.
  byte[] leaf(byte[] data) {
    sha.update(LEAF);
    return sha.digest(data);
  }

  byte[] node(byte[] left, byte[] right) {
    sha.update(NODE);
    sha.update(left);
    return sha.digest(right);
  }

  /// Of the complete subtree over hashes of one level that lie one behind the other, a power of two
  /// of them. Changes nothing.
  byte[] subtree(byte[] hashes, int from, int count) {
    byte[] level = new byte[count * BYTES];
    System.arraycopy(hashes, from * BYTES, level, 0, level.length);
    for (int left = count; left > 1; left /= 2) {
      for (int i = 0; i < left / 2; i++) {
        sha.update(NODE);
        sha.update(level, 2 * i * BYTES, 2 * BYTES);
        try {
          sha.digest(level, i * BYTES, BYTES);
        } catch (DigestException e) {
          throw new IllegalStateException("a hash has its room", e);
        }
      }
    }
    byte[] root = new byte[BYTES];
    System.arraycopy(level, 0, root, 0, BYTES);
    return root;
  }

  byte[] of(byte[] data) {
    return sha.digest(data);
  }
}
