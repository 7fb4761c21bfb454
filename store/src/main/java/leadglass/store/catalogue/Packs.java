package leadglass.store.catalogue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import leadglass.store.catalogue.Cells.PackCells;
import leadglass.store.pack.Frame;
import leadglass.store.pack.Reception;
import leadglass.store.pack.RecordHead.Extent;
import leadglass.store.seal.Chunks;
import leadglass.store.seal.SecretBytes;

/// The rows of packs. Confined to the writer's thread.
final class Packs {
  private static final int SPREAD_BYTES = 24;

  private final Statements statements;
  private final SecretBytes tagKey;
  private final Sums sums;
  private final Map<String, PackCells> known = new HashMap<>();
  private final Set<String> touched = new LinkedHashSet<>();

  Packs(Statements statements, SecretBytes tagKey, Sums sums) throws SQLException, IOException {
    this.statements = statements;
    this.tagKey = tagKey;
    this.sums = sums;
    for (PackCells each : all(statements, tagKey)) {
      known.put(each.name(), each);
    }
  }

  /// @throws DamagedRowException if one is not what was written
  static List<PackCells> all(Statements statements, SecretBytes tagKey)
      throws SQLException, IOException {
    List<PackCells> packs = new ArrayList<>();
    String sql = "SELECT number, name, dead_bytes, verified_ms, tag FROM pack ORDER BY number";
    try (ResultSet row = statements.with(sql).executeQuery()) {
      while (row.next()) {
        PackCells pack =
            new PackCells(
                row.getLong(1),
                HexFormat.of().formatHex(Rows.id(row, 2)),
                row.getLong(3),
                row.getLong(4));
        pack.check(tagKey, row.getBytes(5));
        packs.add(pack);
      }
    }
    return packs;
  }

  private PackCells cells(String name) throws SQLException {
    PackCells there = known.get(name);
    if (there != null) {
      return there;
    }
    PackCells fresh = new PackCells(++sums.lastPack, name, 0, 0);
    statements.update(
        "INSERT INTO pack VALUES (?, ?, ?, ?, ?)",
        fresh.number(),
        HexFormat.of().parseHex(name),
        0L,
        0L,
        fresh.tag(tagKey));
    known.put(name, fresh);
    return fresh;
  }

  long number(String name) throws SQLException {
    return cells(name).number();
  }

  /// No row is of some bytes in a pack any more.
  void dead(String name, long bytes) throws SQLException {
    PackCells pack = cells(name);
    known.put(
        name, new PackCells(pack.number(), name, pack.deadBytes() + bytes, pack.verifiedMillis()));
    touched.add(name);
  }

  /// No row is of a record any more.
  void dead(String name, long bytes, byte[] chunks) throws SQLException {
    dead(name, bytes);
    for (Map.Entry<String, Long> each : spread(chunks).entrySet()) {
      dead(each.getKey(), each.getValue());
    }
  }

  void verified(String name, long millis) throws SQLException {
    PackCells pack = cells(name);
    known.put(name, new PackCells(pack.number(), name, pack.deadBytes(), millis));
    touched.add(name);
  }

  void remove(String name) throws SQLException {
    if (known.remove(name) != null) {
      touched.remove(name);
      statements.update("DELETE FROM pack WHERE name = ?", HexFormat.of().parseHex(name));
    }
  }

  void write() throws SQLException {
    for (String name : touched) {
      PackCells pack = cells(name);
      statements.update(
          "UPDATE pack SET dead_bytes = ?, verified_ms = ?, tag = ? WHERE number = ?",
          pack.deadBytes(),
          pack.verifiedMillis(),
          pack.tag(tagKey),
          pack.number());
    }
    touched.clear();
  }

  /// Bytes of the frames of chunks in each pack, in the form a row holds them; empty when there are
  /// no extents.
  static byte[] chunks(List<Extent> extents, long plainBytes) {
    Map<String, Long> bytes = new LinkedHashMap<>();
    long full = Frame.HEADER_BYTES + (long) Reception.FRAME_CHUNKS * Chunks.SEALED_BYTES;
    long left = Chunks.sealedBytes(plainBytes);
    for (Extent each : extents) {
      left += (long) each.frames() * Frame.HEADER_BYTES;
    }
    for (Extent each : extents) {
      long here = Math.min(left, each.frames() * full);
      bytes.merge(each.pack(), here, Long::sum);
      left -= here;
    }
    return chunks(bytes);
  }

  static byte[] chunks(Map<String, Long> bytes) {
    ByteBuffer spread = ByteBuffer.allocate(SPREAD_BYTES * bytes.size());
    bytes.forEach((pack, each) -> spread.put(HexFormat.of().parseHex(pack)).putLong(each));
    return spread.array();
  }

  static Map<String, Long> spread(byte[] chunks) {
    Map<String, Long> bytes = new LinkedHashMap<>();
    ByteBuffer buffer = ByteBuffer.wrap(chunks);
    while (buffer.remaining() >= SPREAD_BYTES) {
      byte[] pack = new byte[SPREAD_BYTES - Long.BYTES];
      buffer.get(pack);
      bytes.merge(HexFormat.of().formatHex(pack), buffer.getLong(), Long::sum);
    }
    return bytes;
  }
}
