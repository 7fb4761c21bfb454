package leadglass.store.catalogue;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import leadglass.store.InstanceRow.Location;
import leadglass.store.SiteId;
import leadglass.store.catalogue.Cells.InstanceCells;
import leadglass.store.catalogue.Cells.SeriesCells;
import leadglass.store.catalogue.Cells.StudyCells;
import leadglass.store.keys.KeyStore.StudyKey;
import leadglass.store.seal.SecretBytes;

/// Columns of rows to cells, checked against the row's tag.
final class Rows {

  /// The columns [#study(ResultSet, StudyKey)] reads, from the first on.
  static final String STUDY =
      "SELECT number, name, hash, site, aside, aside_ms, search_sequence, series_count,"
          + " instance_count, data_bytes, received_ms, changed_ms, tag, sealed, aside_sealed";

  static final int STUDY_NAME = 2;
  static final int STUDY_SITE = 4;
  static final int STUDY_SEALED = 14;
  static final int STUDY_ASIDE = 15;

  /// The columns [#series(ResultSet, SecretBytes)] reads.
  static final String SERIES =
      "SELECT s.number, s.study, s.hash, s.instance_count, s.tag, s.sealed";

  static final int SERIES_SEALED = 6;

  /// The columns [#instance(ResultSet, SecretBytes)] reads, and where they come from.
  static final String INSTANCE_COLUMNS =
      "SELECT i.number, i.hash, i.series, i.aside, p.name, i.pack_offset, i.record_bytes, i.chunks,"
          + " i.record, i.tag, i.sealed";

  static final int INSTANCE_SEALED = 11;

  /// The columns behind those: of the series, and name and site of the study.
  static final String INSTANCE =
      INSTANCE_COLUMNS
          + ", s.study, s.hash, s.sealed, t.name, t.site FROM instance i"
          + " JOIN series s ON s.number = i.series JOIN study t ON t.number = s.study"
          + " JOIN pack p ON p.number = i.pack";

  static final int SERIES_STUDY = 12;
  static final int SERIES_HASH = 13;
  static final int SERIES_VALUE = 14;
  static final int INSTANCE_STUDY_NAME = 15;
  static final int INSTANCE_STUDY_SITE = 16;

  private Rows() {}

  /// The bytes of a column, empty when it is NULL.
  static byte[] bytes(ResultSet row, int column) throws SQLException {
    byte[] bytes = row.getBytes(column);
    return bytes == null ? new byte[0] : bytes;
  }

  /// The 16 bytes of a column.
  static byte[] id(ResultSet row, int column) throws SQLException, DamagedRowException {
    byte[] id = row.getBytes(column);
    if (id == null || id.length != 16) {
      throw new DamagedRowException();
    }
    return id;
  }

  static SiteId site(ResultSet row, int column) throws SQLException, DamagedRowException {
    return new SiteId(HexFormat.of().formatHex(id(row, column)));
  }

  static StudyCells study(ResultSet row, StudyKey key) throws SQLException, IOException {
    StudyCells cells =
        new StudyCells(
            row.getLong(1),
            id(row, STUDY_NAME),
            id(row, 3),
            site(row, STUDY_SITE),
            row.getLong(5),
            row.getLong(6),
            row.getLong(7),
            row.getLong(8),
            row.getLong(9),
            row.getLong(10),
            row.getLong(11),
            row.getLong(12));
    cells.check(Values.tagKey(key), row.getBytes(13));
    return cells;
  }

  static SeriesCells series(ResultSet row, SecretBytes tagKey) throws SQLException, IOException {
    SeriesCells cells = new SeriesCells(row.getLong(1), row.getLong(2), id(row, 3), row.getLong(4));
    cells.check(tagKey, row.getBytes(5));
    return cells;
  }

  static InstanceCells instance(ResultSet row, SecretBytes tagKey)
      throws SQLException, IOException {
    String pack = HexFormat.of().formatHex(id(row, 5));
    InstanceCells cells =
        new InstanceCells(
            row.getLong(1),
            id(row, 2),
            row.getLong(3),
            row.getLong(4),
            new Location(pack, row.getLong(6), row.getLong(7)),
            bytes(row, 8),
            bytes(row, 9));
    cells.check(tagKey, row.getBytes(10));
    return cells;
  }

  /// What the row of [#INSTANCE] says of its series' cells, but for the count, which no sealed
  /// value is bound to.
  static SeriesCells seriesOf(ResultSet row, InstanceCells instance)
      throws SQLException, DamagedRowException {
    return new SeriesCells(instance.series(), row.getLong(SERIES_STUDY), id(row, SERIES_HASH), 0);
  }
}
