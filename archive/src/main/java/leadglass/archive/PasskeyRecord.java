package leadglass.archive;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// A passkey as it is kept in the account.
///
/// @param id credential id, chosen by the authenticator; unique over all accounts
/// @param key COSE_Key as the authenticator wrote it (RFC 9052 §7)
/// @param counter of signatures, the last one seen; 0 for authenticators that don't count
/// @param label the person's own name for it
/// @param host name it was made under and works under: the RP ID
/// @param made milliseconds since 1970-01-01T00:00Z
/// @param used the same; null: not yet
/// @param backupEligible whether it may be copied to other devices of its owner
/// @param backedUp whether it was when it was used last
/// @param suspect its counter went back once, so that there may be a copy: it is not accepted
record PasskeyRecord(
    byte[] id,
    byte[] key,
    long counter,
    String label,
    String host,
    long made,
    @Nullable Long used,
    boolean backupEligible,
    boolean backedUp,
    boolean suspect) {
  private static final int NAME_BYTES = 16;

  /// What stands for it in an address and in the trail: says nothing of the id.
  String name() {
    return HexFormat.of().formatHex(Arrays.copyOf(Encodings.sha256(id), NAME_BYTES));
  }

  boolean is(byte[] other) {
    return MessageDigest.isEqual(id, other);
  }

  ByteBuffer sought() {
    return ByteBuffer.wrap(id);
  }

  PasskeyRecord usedAt(long now, long count, boolean copied) {
    return new PasskeyRecord(
        id, key, count, label, host, made, now, backupEligible, copied, suspect);
  }

  PasskeyRecord labelled(String other) {
    return new PasskeyRecord(
        id, key, counter, other, host, made, used, backupEligible, backedUp, suspect);
  }

  PasskeyRecord suspected() {
    return new PasskeyRecord(
        id, key, counter, label, host, made, used, backupEligible, backedUp, true);
  }

  @Override
  public String toString() {
    return "PasskeyRecord[]";
  }
}
