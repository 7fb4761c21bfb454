package leadglass.store.catalogue;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import leadglass.store.Filing;
import leadglass.store.InstanceRow.Location;
import leadglass.store.catalogue.Cells.InstanceCells;
import leadglass.store.catalogue.Values.InstanceValue;
import leadglass.store.keys.KeyStore;
import leadglass.store.pack.Records.Dead;
import leadglass.store.pack.Records.Kept;
import leadglass.store.seal.Padding;
import leadglass.store.sql.Sqlite;

/// Writes the rows of instances. Confined to the writer's thread.
final class Instances {
  private final Statements statements;
  private final KeyStore keys;
  private final Pending pending;
  private final Packs packs;
  private final Sums sums;

  /// A row that was read, with what is sealed in it.
  record Held(InstanceCells cells, InstanceValue value) {}

  Instances(Statements statements, KeyStore keys, Pending pending, Packs packs, Sums sums) {
    this.statements = statements;
    this.keys = keys;
    this.pending = pending;
    this.packs = packs;
    this.sums = sums;
  }

  /// What an instance counts in the sums of bytes. Rounded: they stand in clear, and the length of
  /// a data set tells how long the name in it is.
  static long counted(long dataSetBytes) {
    return Padding.up(dataSetBytes, Padding.DATA_SET_BYTES);
  }

  void add(Dead dead) throws SQLException {
    byte[] chunks = Packs.chunks(dead.extents(), dead.plainBytes());
    packs.dead(dead.at().pack(), dead.at().length(), chunks);
  }

  void add(Kept kept) throws SQLException, IOException {
    byte[] chunks = Packs.chunks(kept.extents(), kept.dataSetBytes());
    Optional<StudyState> study = pending.study(kept);
    if (study.isEmpty()) {
      packs.dead(kept.at().pack(), kept.at().length(), chunks);
      return;
    }
    add(study.get(), kept.filing(), kept.dataSetBytes(), kept.at(), chunks, kept.record());
  }

  void add(
      StudyState study, Filing filing, long dataSetBytes, Location at, byte[] chunks, byte[] record)
      throws SQLException, IOException {
    byte[] hash = keys.hash(filing.site(), "instance", filing.sopInstance());
    byte[] seriesHash = keys.hash(filing.site(), "series", filing.series());
    SeriesState series = pending.series(study, seriesHash);
    boolean apart = filing.apart();
    InstanceCells cells =
        new InstanceCells(
            sums.lastInstance + 1,
            hash,
            series.number,
            apart ? InstanceCells.KEPT_APART : study.aside,
            at,
            chunks,
            apart ? record : new byte[0]);
    boolean known = study.aside != 0 && !apart && holds(series, hash);
    if (known || !insert(study, cells, filing, dataSetBytes)) {
      if (!isPlaceOf(hash, at)) {
        packs.dead(at.pack(), at.length(), chunks);
      }
      return;
    }
    sums.lastInstance++;
    // What was kept apart before says nothing of the series.
    boolean first = !apart && series.instances == 0;
    if (first || (series.isNew && series.sealed.length == 0)) {
      series.sealed = Values.sealSeries(study.key, series.cells(), filing);
    }
    if (apart) {
      pending.touch(study);
      pending.touch(series);
      return;
    }
    if (study.instances == 0) { // what was kept apart before says nothing of the study
      study.value = StudyValue.first(filing, study.value.moved());
      study.received = filing.receivedMillis();
      study.lastReceived = filing.receivedMillis();
      study.changed = true;
    } else {
      study.lastReceived = Math.max(study.lastReceived, filing.receivedMillis());
      study
          .value
          .grownBy(filing)
          .ifPresent(value -> {
            study.value = value;
            study.changed = true;
          });
    }
    pending.count(study, series, counted(dataSetBytes), 1);
  }

  private boolean insert(StudyState study, InstanceCells cells, Filing filing, long dataSetBytes)
      throws SQLException {
    return statements.update(
            "INSERT INTO instance VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            cells.number(),
            cells.hash(),
            cells.series(),
            cells.aside(),
            packs.number(cells.at().pack()),
            cells.at().offset(),
            cells.at().length(),
            cells.chunks(),
            cells.record(),
            Values.sealInstance(study.key, cells, filing, dataSetBytes),
            cells.tag(study.tagKey))
        == 1;
  }

  /// Whether a series of a study that is put aside has an instance.
  private boolean holds(SeriesState series, byte[] hash) throws SQLException {
    String sql = "SELECT 1 FROM instance WHERE series = ? AND hash = ? AND aside = 1";
    try (ResultSet row = statements.with(sql, series.number, hash).executeQuery()) {
      return row.next();
    }
  }

  /// Whether the row of an instance is of the record at a place: then it was told twice.
  private boolean isPlaceOf(byte[] hash, Location at) throws SQLException {
    String sql = "SELECT 1 FROM instance WHERE pack = ? AND pack_offset = ? AND hash = ?";
    try (ResultSet row =
        statements.with(sql, packs.number(at.pack()), at.offset(), hash).executeQuery()) {
      return row.next();
    }
  }

  /// The rows of a study with a state of being aside, checked.
  List<Held> of(StudyState study, long aside) throws SQLException, IOException {
    List<Held> held = new ArrayList<>();
    String sql =
        Rows.INSTANCE_COLUMNS
            + " FROM series s JOIN instance i ON i.series = s.number JOIN pack p ON p.number ="
            + " i.pack WHERE s.study = ? AND i.aside = ? ORDER BY i.number";
    try (ResultSet row = statements.with(sql, study.number, aside).executeQuery()) {
      while (row.next()) {
        held.add(held(study, row));
      }
    }
    return held;
  }

  private static Held held(StudyState study, ResultSet row) throws SQLException, IOException {
    InstanceCells cells = Rows.instance(row, study.tagKey);
    byte[] sealed = Rows.bytes(row, Rows.INSTANCE_SEALED);
    return new Held(cells, Values.instance(study.key, cells, sealed));
  }

  /// A row, and the study it is of.
  record Found(StudyState study, Held held) {}

  /// The one row a condition holds for; empty if there is none, or its key is destroyed.
  Optional<Found> find(String where, byte[] parameter) throws SQLException, IOException {
    try (ResultSet row = statements.with(Rows.INSTANCE + where, parameter).executeQuery()) {
      if (!row.next()) {
        return Optional.empty();
      }
      Optional<StudyState> study =
          pending.study(
              Rows.site(row, Rows.INSTANCE_STUDY_SITE), Rows.id(row, Rows.INSTANCE_STUDY_NAME));
      return study.isPresent()
          ? Optional.of(new Found(study.get(), held(study.get(), row)))
          : Optional.empty();
    }
  }

  /// Puts a row aside or back.
  ///
  /// @return false if another instance has taken its place meanwhile
  boolean set(StudyState study, InstanceCells cells, long aside) throws SQLException {
    return statements.update(
            "UPDATE OR IGNORE instance SET aside = ?, tag = ? WHERE number = ?",
            aside,
            cells.with(aside).tag(study.tagKey),
            cells.number())
        == 1;
  }

  /// Removes a row: its record is dead.
  void remove(InstanceCells cells) throws SQLException {
    statements.update("DELETE FROM instance WHERE number = ?", cells.number());
    packs.dead(cells.at().pack(), cells.at().length(), cells.chunks());
  }

  /// Removes all rows of a study whose key is gone: nothing of them can be checked.
  void removeAll(long study) throws SQLException {
    String sql =
        "SELECT p.name, i.record_bytes, i.chunks FROM series s JOIN instance i"
            + " ON i.series = s.number JOIN pack p ON p.number = i.pack WHERE s.study = ?";
    try (ResultSet row = statements.with(sql, study).executeQuery()) {
      while (row.next()) {
        String pack = HexFormat.of().formatHex(Sqlite.bytes(row, 1));
        packs.dead(pack, row.getLong(2), Rows.bytes(row, 3));
      }
    }
    statements.update(
        "DELETE FROM instance WHERE series IN (SELECT number FROM series WHERE study = ?)", study);
    statements.update("DELETE FROM series WHERE study = ?", study);
    statements.update("DELETE FROM study WHERE number = ?", study);
  }
}
