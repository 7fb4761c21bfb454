package leadglass.store.catalogue;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;
import leadglass.store.catalogue.Cells.StateCells;
import leadglass.store.pack.PackLog.Position;
import leadglass.store.seal.SecretBytes;
import leadglass.store.sql.Sqlite;

/// The row of the catalogue as a whole: where the log goes on, last numbers given, sums. Confined
/// to the writer's thread.
final class Sums {
  final byte[] identity;
  Optional<Position> position;
  long lastStudy;
  long lastSeries;
  long lastInstance;
  long lastPack;
  long sequence;
  long studies;
  long instances;
  long bytes;

  /// @throws DamagedRowException if it is not what was written
  Sums(Statements statements, SecretBytes tagKey) throws SQLException, IOException {
    String sql =
        "SELECT identity, pack, pack_offset, last_study, last_series, last_instance, last_pack,"
            + " search_sequence, studies, instances, data_bytes, tag FROM state";
    try (ResultSet row = statements.with(sql).executeQuery()) {
      if (!row.next()) {
        throw new DamagedRowException();
      }
      identity = Sqlite.bytes(row, 1);
      byte[] pack = row.getBytes(2);
      position =
          pack == null
              ? Optional.empty()
              : Optional.of(new Position(HexFormat.of().formatHex(pack), row.getLong(3)));
      lastStudy = row.getLong(4);
      lastSeries = row.getLong(5);
      lastInstance = row.getLong(6);
      lastPack = row.getLong(7);
      sequence = row.getLong(8);
      studies = row.getLong(9);
      instances = row.getLong(10);
      bytes = row.getLong(11);
      // Made with the tables, before there was anything to tag.
      boolean untouched = pack == null && row.getBytes(12) == null && lastInstance == 0;
      if (!untouched) {
        cells().check(tagKey, row.getBytes(12));
      }
    }
  }

  private StateCells cells() {
    return new StateCells(
        Database.VERSION,
        identity,
        position.map(each -> HexFormat.of().parseHex(each.pack())).orElse(new byte[0]),
        position.map(Position::offset).orElse(0L),
        lastStudy,
        lastSeries,
        lastInstance,
        lastPack,
        sequence,
        studies,
        instances,
        bytes);
  }

  Totals totals() {
    return new Totals(studies, instances, bytes);
  }

  /// Counts a study and what it holds in (1) or out (-1), if it is one that is found.
  void count(StudyState study, int sign) {
    if (study.instances > 0) {
      studies += sign;
      instances += sign * study.instances;
      bytes += sign * study.bytes;
    }
  }

  void write(Statements statements, SecretBytes tagKey) throws SQLException {
    statements.update(
        "UPDATE state SET pack = ?, pack_offset = ?, last_study = ?, last_series = ?,"
            + " last_instance = ?, last_pack = ?, search_sequence = ?, studies = ?, instances = ?,"
            + " data_bytes = ?, tag = ?",
        position.map(each -> HexFormat.of().parseHex(each.pack())).orElse(new byte[0]),
        position.map(Position::offset).orElse(0L),
        lastStudy,
        lastSeries,
        lastInstance,
        lastPack,
        sequence,
        studies,
        instances,
        bytes,
        cells().tag(tagKey));
  }
}
