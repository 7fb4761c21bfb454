package leadglass.store.backup;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import leadglass.store.BackupDone.Held;

/// What is kept with the keys, apart from the backup, of one backup: who restores sees by it
/// whether something is missing. Kept sealed.
///
/// @param place the random name of the place the backup lies in
/// @param snapshot SHA-256 of the sealed snapshot
/// @param keys SHA-256 of the copy of the key store
/// @param held what the archive held
/// @param destructions how many of the events destroyed keys
/// @param events as in [Snapshot]
record Checkpoint(
    String place,
    long madeMillis,
    byte[] snapshot,
    byte[] keys,
    Held held,
    int destructions,
    List<byte[]> events) {
  private static final int VERSION = 1;

  byte[] encode() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeByte(VERSION);
    Snapshot.block(out, place.getBytes(StandardCharsets.UTF_8));
    out.writeLong(madeMillis);
    Snapshot.block(out, snapshot);
    Snapshot.block(out, keys);
    out.writeLong(held.studies());
    out.writeLong(held.instances());
    out.writeLong(held.bytes());
    out.writeLong(held.auditEntries());
    out.writeInt(destructions);
    Snapshot.list(out, events);
    return bytes.toByteArray();
  }

  static Checkpoint decode(byte[] encoded) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(encoded);
    try {
      if (in.get() != VERSION) {
        throw new IOException("a checkpoint of a newer version");
      }
      return new Checkpoint(
          new String(Snapshot.block(in), StandardCharsets.UTF_8),
          in.getLong(),
          Snapshot.block(in),
          Snapshot.block(in),
          new Held(in.getLong(), in.getLong(), in.getLong(), in.getLong()),
          in.getInt(),
          Snapshot.list(in));
    } catch (BufferUnderflowException | NegativeArraySizeException e) {
      throw new IOException("a checkpoint is cut short", e);
    }
  }

  @Override
  public String toString() {
    return "Checkpoint[]";
  }
}
