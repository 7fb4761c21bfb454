package leadglass.store.catalogue;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import leadglass.store.InstanceRow.Location;
import leadglass.store.SiteId;
import leadglass.store.catalogue.Cells.InstanceCells;
import leadglass.store.catalogue.Cells.SeriesCells;
import leadglass.store.catalogue.Cells.StudyCells;
import leadglass.store.catalogue.Values.InstanceValue;
import leadglass.store.catalogue.Values.SeriesValue;
import leadglass.store.keys.KeyStore;
import leadglass.store.keys.KeyStore.StudyKey;
import leadglass.store.seal.SecretBytes;
import leadglass.store.sql.Sqlite;

/// Reads every row of a catalogue, on a connection of its own that has nothing in memory yet, and
/// says whether rows are what was written and agree with one another. Confined to one thread.
///
/// @see leadglass.store.catalogue.Catalogue#check()
public final class CatalogueCheck implements AutoCloseable {
  private final Statements statements;
  private final KeyStore keys;
  private final SecretBytes tagKey;

  /// An instance's row, all of it.
  ///
  /// @param study name of its study's key
  public record Row(
      byte[] study,
      String studyUid,
      String seriesUid,
      String sopInstance,
      String sopClass,
      String transferSyntax,
      long dataSetBytes,
      byte[] attributes,
      Location at) {
    @Override
    public String toString() {
      return "Row[]";
    }
  }

  /// A study, and whether its rows agree.
  ///
  /// @param change what the search should know of it; empty if its key is gone or it does not open
  /// @param whole whether every row of it is what was written and counts agree
  /// @param rows of its instances
  public record Study(long number, Optional<StudyChange> change, boolean whole, long rows) {}

  CatalogueCheck(Statements statements, KeyStore keys, SecretBytes tagKey) {
    this.statements = statements;
    this.keys = keys;
    this.tagKey = tagKey;
  }

  /// Whatever fails is an [IOException].
  private interface Query<T> {
    T ask() throws SQLException, IOException;
  }

  private static <T> T ask(Query<T> query) throws IOException {
    try {
      return query.ask();
    } catch (SQLException e) {
      throw new IOException("the catalogue can't be read", e);
    }
  }

  private <T> T atOnce(Query<T> query) throws IOException {
    return ask(() -> {
      statements.connection().setAutoCommit(false);
      try {
        return query.ask();
      } finally {
        statements.connection().rollback();
        statements.connection().setAutoCommit(true);
      }
    });
  }

  private long number(String sql) throws SQLException {
    try (ResultSet row = statements.with(sql).executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /// What is wrong with the tables as such: words without values.
  public List<String> tables() throws IOException {
    return atOnce(() -> {
      List<String> wrong = new ArrayList<>();
      try (ResultSet row = statements.with("PRAGMA integrity_check(1)").executeQuery()) {
        if (!row.next() || !"ok".equals(row.getString(1))) {
          wrong.add("the file of the catalogue is damaged");
          return wrong;
        }
      }
      Totals totals = new Sums(statements, tagKey).totals();
      Packs.all(statements, tagKey);
      String found = " FROM study WHERE aside = 0 AND instance_count > 0";
      Totals counted =
          new Totals(
              number("SELECT count(*)" + found),
              number("SELECT sum(instance_count)" + found),
              number("SELECT sum(data_bytes)" + found));
      if (!totals.equals(counted)) {
        wrong.add("the sums are not those of the studies");
      }
      long stray =
          number("SELECT count(*) FROM instance WHERE series NOT IN (SELECT number FROM series)")
              + number("SELECT count(*) FROM instance WHERE pack NOT IN (SELECT number FROM pack)")
              + number("SELECT count(*) FROM series WHERE study NOT IN (SELECT number FROM study)");
      if (stray > 0) {
        wrong.add("rows that belong to nothing: " + stray);
      }
      return wrong;
    });
  }

  /// Some studies in the order they came.
  ///
  /// @param after number of the last one of the page before, 0 for the first page
  public List<Study> studies(long after, int limit) throws IOException {
    String sql = Rows.STUDY + " FROM study WHERE number > ? ORDER BY number LIMIT ?";
    return atOnce(() -> {
      List<Study> page = new ArrayList<>();
      try (ResultSet row = statements.with(sql, after, (long) limit).executeQuery()) {
        while (row.next()) {
          page.add(study(row));
        }
      }
      return page;
    });
  }

  private Study study(ResultSet row) throws SQLException {
    long number = row.getLong(1);
    try {
      SiteId site = Rows.site(row, Rows.STUDY_SITE);
      Optional<StudyKey> key = keys.named(site, Rows.bytes(row, Rows.STUDY_NAME));
      if (key.isEmpty()) {
        return new Study(number, Optional.empty(), false, 0);
      }
      StudyCells cells = Rows.study(row, key.get());
      StudyValue value = Values.study(key.get(), cells, Rows.bytes(row, Rows.STUDY_SEALED));
      StudyState state = StudyState.of(cells, key.get(), value, Rows.bytes(row, Rows.STUDY_ASIDE));
      if (cells.asideMillis() != 0) {
        Values.aside(key.get(), cells, state.asideSealed);
      }
      long[] rows = new long[1];
      boolean whole = hold(state, rows);
      return new Study(number, Optional.of(StudyChange.of(state)), whole, rows[0]);
    } catch (IOException | RuntimeException _) {
      return new Study(number, Optional.empty(), false, 0);
    }
  }

  /// Whether series and instances of a study are what was written, and as many as it says.
  private boolean hold(StudyState study, long[] rows) throws SQLException, IOException {
    Map<Long, SeriesCells> series = new HashMap<>();
    Map<Long, Long> counts = new HashMap<>();
    String sql = Rows.SERIES + " FROM series s WHERE s.study = ?";
    try (ResultSet row = statements.with(sql, study.number).executeQuery()) {
      while (row.next()) {
        SeriesCells cells = Rows.series(row, study.tagKey);
        Values.series(study.key, cells, Rows.bytes(row, Rows.SERIES_SEALED));
        series.put(cells.number(), cells);
      }
    }
    long bytes = 0;
    String all =
        Rows.INSTANCE_COLUMNS
            + " FROM series s JOIN instance i ON i.series = s.number JOIN pack p ON p.number ="
            + " i.pack WHERE s.study = ?";
    try (ResultSet row = statements.with(all, study.number).executeQuery()) {
      while (row.next()) {
        rows[0]++;
        InstanceCells cells = Rows.instance(row, study.tagKey);
        InstanceValue value =
            Values.instance(study.key, cells, Rows.bytes(row, Rows.INSTANCE_SEALED));
        if (cells.aside() == study.aside) {
          counts.merge(cells.series(), 1L, Long::sum);
          bytes += Instances.counted(value.dataSetBytes());
        }
      }
    }
    long filled = series.values().stream().filter(each -> each.instances() > 0).count();
    long instances = counts.values().stream().mapToLong(Long::longValue).sum();
    return series.values().stream()
            .allMatch(each -> each.instances() == counts.getOrDefault(each.number(), 0L))
        && filled == study.series
        && instances == study.instances
        && bytes == study.bytes;
  }

  /// The row of the record at a place; empty if there is none.
  ///
  /// @throws IOException if it is not what was written
  public Optional<Row> at(String pack, long offset) throws IOException {
    byte[] name = HexFormat.of().parseHex(pack);
    return ask(() -> {
      String sql = Rows.INSTANCE + " WHERE p.name = ? AND i.pack_offset = ?";
      try (ResultSet row = statements.with(sql, name, offset).executeQuery()) {
        return row.next() ? Optional.of(row(row)) : Optional.empty();
      }
    });
  }

  private Row row(ResultSet row) throws SQLException, IOException {
    SiteId site = Rows.site(row, Rows.INSTANCE_STUDY_SITE);
    byte[] study = Rows.bytes(row, Rows.INSTANCE_STUDY_NAME);
    StudyKey key = keys.named(site, study).orElseThrow(GoneKeyException::new);
    InstanceCells cells = Rows.instance(row, Values.tagKey(key));
    SeriesValue series =
        Values.series(key, Rows.seriesOf(row, cells), Rows.bytes(row, Rows.SERIES_VALUE));
    InstanceValue value = Values.instance(key, cells, Rows.bytes(row, Rows.INSTANCE_SEALED));
    return new Row(
        study,
        series.study().value(),
        series.series().value(),
        value.sopInstance().value(),
        value.sopClass().value(),
        value.transferSyntax().value(),
        value.dataSetBytes(),
        value.attributes(),
        cells.at());
  }

  /// Where the records of a pack begin that rows are of.
  public Set<Long> offsets(String pack) throws IOException {
    byte[] name = HexFormat.of().parseHex(pack);
    return ask(() -> {
      Set<Long> offsets = new HashSet<>();
      String sql =
          "SELECT i.pack_offset FROM pack p JOIN instance i ON i.pack = p.number WHERE p.name = ?";
      try (ResultSet row = statements.with(sql, name).executeQuery()) {
        while (row.next()) {
          offsets.add(row.getLong(1));
        }
      }
      return offsets;
    });
  }

  /// Names of the packs that rows are of.
  public Set<String> packs() throws IOException {
    return ask(() -> {
      Set<String> names = new HashSet<>();
      String sql = "SELECT name FROM pack WHERE number IN (SELECT DISTINCT pack FROM instance)";
      try (ResultSet row = statements.with(sql).executeQuery()) {
        while (row.next()) {
          names.add(HexFormat.of().formatHex(Sqlite.bytes(row, 1)));
        }
      }
      return names;
    });
  }

  /// Whether there is a row of an instance in a study, whatever record it is of.
  ///
  /// @param study name of its key
  public boolean holds(byte[] study, byte[] instance) throws IOException {
    String sql =
        "SELECT 1 FROM study t JOIN series s ON s.study = t.number"
            + " JOIN instance i ON i.series = s.number WHERE t.name = ? AND i.hash = ?";
    return ask(() -> {
      try (ResultSet row = statements.with(sql, study, instance).executeQuery()) {
        return row.next();
      }
    });
  }

  @Override
  public void close() throws IOException {
    try {
      statements.close();
    } catch (SQLException e) {
      throw new IOException("the catalogue can't be closed", e);
    }
  }
}
