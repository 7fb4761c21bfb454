package leadglass.store.catalogue;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leadglass.store.catalogue.Pending.SeriesState;
import leadglass.store.catalogue.Pending.StudyState;
import leadglass.store.keys.KeyStore;
import leadglass.store.pack.LifeEvent;
import leadglass.store.pack.Logged;
import leadglass.store.pack.PackLog.Position;
import leadglass.store.pack.Records.Kept;

/// The one connection that writes the catalogue. Confined to one thread at a time; the totals may
/// be read by any.
final class Writer implements AutoCloseable {
  private final Statements statements;
  private final KeyStore keys;
  private final byte[] identity;
  private final Map<String, Long> packs = new HashMap<>();
  private final Pending pending;
  private Optional<Position> position;
  private long lastInstance;
  private volatile long searchSequence;
  private volatile Totals totals;

  Writer(Connection connection, KeyStore keys) throws SQLException {
    this.statements = new Statements(connection);
    this.keys = keys;
    try (ResultSet row =
        statements
            .with(
                "SELECT identity, pack, pack_offset, last_study, last_series, last_instance,"
                    + " search_sequence, studies, instances, data_bytes FROM state")
            .executeQuery()) {
      row.next();
      identity = row.getBytes(1);
      byte[] pack = row.getBytes(2);
      position =
          pack == null
              ? Optional.empty()
              : Optional.of(new Position(HexFormat.of().formatHex(pack), row.getLong(3)));
      pending = new Pending(statements, row.getLong(4), row.getLong(5));
      lastInstance = row.getLong(6);
      searchSequence = row.getLong(7);
      totals = new Totals(row.getLong(8), row.getLong(9), row.getLong(10));
    }
    try (ResultSet rows = statements.with("SELECT name, number FROM pack").executeQuery()) {
      while (rows.next()) {
        packs.put(HexFormat.of().formatHex(rows.getBytes(1)), rows.getLong(2));
      }
    }
  }

  byte[] identity() {
    return identity;
  }

  Optional<Position> position() {
    return position;
  }

  long searchSequence() {
    return searchSequence;
  }

  Totals totals() {
    return totals;
  }

  List<StudyChange> apply(List<? extends Logged> logged, Position end)
      throws SQLException, IOException {
    Connection connection = statements.connection();
    connection.setAutoCommit(false);
    try {
      for (Logged each : logged) {
        switch (each) {
          case Kept kept -> add(kept);
          case LifeEvent _ -> throw new IOException("not yet");
        }
      }
      List<StudyChange> changes = pending.write(searchSequence);
      long sequence = searchSequence + changes.size();
      Totals more = pending.totals(totals);
      statements
          .with(
              "UPDATE state SET pack = ?, pack_offset = ?, last_study = ?, last_series = ?,"
                  + " last_instance = ?, search_sequence = ?, studies = ?, instances = ?,"
                  + " data_bytes = ?",
              HexFormat.of().parseHex(end.pack()),
              end.offset(),
              pending.lastStudy(),
              pending.lastSeries(),
              lastInstance,
              sequence,
              more.studies(),
              more.instances(),
              more.bytes())
          .executeUpdate();
      connection.commit();
      position = Optional.of(end);
      searchSequence = sequence;
      totals = more;
      pending.done();
      return changes;
    } catch (SQLException | IOException | RuntimeException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private void add(Kept kept) throws SQLException, IOException {
    byte[] hash = keys.hash(kept.filing().site(), "instance", kept.filing().sopInstance());
    StudyState study = pending.study(kept);
    byte[] seriesHash = keys.hash(kept.filing().site(), "series", kept.filing().series());
    SeriesState series = pending.series(study, seriesHash, kept.filing());
    int added =
        statements
            .with(
                "INSERT INTO instance VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (hash) DO NOTHING",
                hash,
                lastInstance + 1,
                series.number,
                pack(kept.at().pack()),
                kept.at().offset(),
                kept.at().length(),
                Values.sealInstance(study.key, hash, kept.filing(), kept.dataSetBytes()))
            .executeUpdate();
    if (added == 1) {
      lastInstance++;
      pending.add(study, series, kept);
    }
  }

  private long pack(String name) throws SQLException {
    Long known = packs.get(name);
    if (known != null) {
      return known;
    }
    long number = packs.size() + 1L;
    statements
        .with("INSERT INTO pack VALUES (?, ?)", number, HexFormat.of().parseHex(name))
        .executeUpdate();
    packs.put(name, number);
    return number;
  }

  @Override
  public void close() throws SQLException {
    statements.close();
  }
}
