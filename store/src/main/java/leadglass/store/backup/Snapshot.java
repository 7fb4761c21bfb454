package leadglass.store.backup;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import leadglass.store.BackupDone.Held;

/// What one backup consists of; docs/formats/backup.md. Kept sealed.
///
/// @param archive its name
/// @param madeMillis milliseconds since 1970-01-01T00:00Z
/// @param held what an archive restored from it holds
/// @param registry the copy of the registry
/// @param packs in the order of the log
/// @param events EVENT frames, whole, of everything that happened so far to what is held
/// @param files small files of the data directory
record Snapshot(
    String archive,
    long madeMillis,
    Held held,
    FileCopy registry,
    List<PackCopy> packs,
    List<byte[]> events,
    Map<String, byte[]> files) {
  private static final int VERSION = 2;

  /// Of before there were locks; still read.
  private static final int VERSION_WITHOUT_LOCKS = 1;

  Snapshot {
    packs = List.copyOf(packs);
    events = List.copyOf(events);
    files = Map.copyOf(files);
  }

  /// A file and what it must be.
  record FileCopy(long bytes, byte[] sha256) {}

  /// A pack and what is in it.
  ///
  /// @param number its place in the log
  /// @param side whether it holds nothing but chunks of one large data set
  /// @param lockedUntilMillis until when nobody can take the copy away; 0 if it was not locked
  record PackCopy(
      String name,
      long number,
      boolean side,
      FileCopy file,
      long instances,
      long auditEntries,
      long lockedUntilMillis) {

    PackCopy lockedUntil(long millis) {
      return new PackCopy(name, number, side, file, instances, auditEntries, millis);
    }

    String path() {
      return path(name);
    }

    /// Where a pack lies in a place, and in a data directory.
    static String path(String name) {
      return "packs/" + name.substring(0, 2) + "/" + name + ".pack";
    }
  }

  long packBytes() {
    return packs.stream().mapToLong(pack -> pack.file().bytes()).sum();
  }

  byte[] encode() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeByte(VERSION);
    text(out, archive);
    out.writeLong(madeMillis);
    out.writeLong(held.studies());
    out.writeLong(held.instances());
    out.writeLong(held.bytes());
    out.writeLong(held.auditEntries());
    file(out, registry);
    out.writeInt(packs.size());
    for (PackCopy pack : packs) {
      out.write(HexFormat.of().parseHex(pack.name()));
      out.writeLong(pack.number());
      out.writeByte(pack.side() ? 1 : 0);
      file(out, pack.file());
      out.writeLong(pack.instances());
      out.writeLong(pack.auditEntries());
      out.writeLong(pack.lockedUntilMillis());
    }
    list(out, events);
    out.writeInt(files.size());
    for (Map.Entry<String, byte[]> each : files.entrySet()) {
      text(out, each.getKey());
      block(out, each.getValue());
    }
    return bytes.toByteArray();
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    block(out, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  static void block(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static void list(DataOutputStream out, Collection<byte[]> blocks) throws IOException {
    out.writeInt(blocks.size());
    for (byte[] each : blocks) {
      block(out, each);
    }
  }

  private static void file(DataOutputStream out, FileCopy file) throws IOException {
    out.writeLong(file.bytes());
    out.write(file.sha256());
  }

  /// Reads what [#encode] made. It was sealed, so that what does not fit is a mistake of ours.
  static Snapshot decode(byte[] encoded) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(encoded);
    try {
      int version = in.get();
      if (version != VERSION && version != VERSION_WITHOUT_LOCKS) {
        throw new IOException("a snapshot of a newer version");
      }
      String archive = text(in);
      long made = in.getLong();
      Held held = new Held(in.getLong(), in.getLong(), in.getLong(), in.getLong());
      FileCopy registry = file(in);
      List<PackCopy> packs = new ArrayList<>();
      for (int left = in.getInt(); left > 0; left--) {
        packs.add(pack(in, version));
      }
      List<byte[]> events = list(in);
      Map<String, byte[]> files = new LinkedHashMap<>();
      for (int left = in.getInt(); left > 0; left--) {
        files.put(text(in), block(in));
      }
      return new Snapshot(archive, made, held, registry, packs, events, files);
    } catch (BufferUnderflowException | NegativeArraySizeException e) {
      throw new IOException("a snapshot is cut short", e);
    }
  }

  private static PackCopy pack(ByteBuffer in, int version) {
    byte[] name = new byte[16];
    in.get(name);
    return new PackCopy(
        HexFormat.of().formatHex(name),
        in.getLong(),
        in.get() == 1,
        file(in),
        in.getLong(),
        in.getLong(),
        version == VERSION_WITHOUT_LOCKS ? 0 : in.getLong());
  }

  private static FileCopy file(ByteBuffer in) {
    long bytes = in.getLong();
    byte[] sha256 = new byte[Digests.BYTES];
    in.get(sha256);
    return new FileCopy(bytes, sha256);
  }

  private static String text(ByteBuffer in) {
    return new String(block(in), java.nio.charset.StandardCharsets.UTF_8);
  }

  static byte[] block(ByteBuffer in) {
    int length = in.getInt();
    if (length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  static List<byte[]> list(ByteBuffer in) {
    List<byte[]> blocks = new ArrayList<>();
    for (int left = in.getInt(); left > 0; left--) {
      blocks.add(block(in));
    }
    return blocks;
  }

  @Override
  public String toString() {
    return "Snapshot[" + packs.size() + " packs]";
  }
}
