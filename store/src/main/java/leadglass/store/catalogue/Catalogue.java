package leadglass.store.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import leadglass.dicom.data.Uid;
import leadglass.store.InstanceRow;
import leadglass.store.InstanceRow.Location;
import leadglass.store.SeriesRow;
import leadglass.store.SiteId;
import leadglass.store.catalogue.Values.InstanceValue;
import leadglass.store.catalogue.Values.SeriesValue;
import leadglass.store.keys.KeyStore;
import leadglass.store.keys.KeyStore.StudyKey;
import leadglass.store.pack.Logged;
import leadglass.store.pack.PackLog.Position;

/// Where everything lies. A cache of the packs: written by one thread, read by many.
///
/// Whatever fails on reading is an [UncheckedIOException].
public final class Catalogue implements AutoCloseable {
  private static final String INSTANCE =
      "SELECT i.hash, p.name, i.pack_offset, i.record_bytes, i.sealed, s.hash, s.sealed, t.hash"
          + " FROM instance i JOIN series s ON s.number = i.series"
          + " JOIN study t ON t.number = s.study JOIN pack p ON p.number = i.pack";
  private static final String STUDY =
      "SELECT number, series_count, instance_count, data_bytes, received_ms, changed_ms, sealed,"
          + " hash, site, search_sequence FROM study";

  private final Path file;
  private final KeyStore keys;
  private final Writer writer;
  private final Readers readers;

  private Catalogue(Path file, KeyStore keys, Writer writer, Readers readers) {
    this.file = file;
    this.keys = keys;
    this.writer = writer;
    this.readers = readers;
  }

  /// Opens the catalogue in a file, made if it is not there.
  ///
  /// @throws SQLException if it is damaged or of another version: make it anew
  public static Catalogue open(Path file, KeyStore keys) throws IOException, SQLException {
    if (Files.exists(marker(file))) {
      throw new SQLException("the catalogue was found damaged");
    }
    Writer writer = new Writer(Database.writer(file), keys);
    try {
      return new Catalogue(file, keys, writer, new Readers(file, () -> mark(file)));
    } catch (SQLException e) {
      writer.close();
      throw e;
    }
  }

  private static Path marker(Path file) {
    return file.resolveSibling("damaged");
  }

  /// Leaves word for the next opening. If even that fails, the next opening finds out by itself.
  private static void mark(Path file) {
    try {
      Files.createFile(marker(file));
    } catch (IOException _) {
      return;
    }
  }

  /// Random, made with the tables; the search names the catalogue it was made from by it.
  public byte[] identity() {
    return writer.identity();
  }

  /// Where the next batch of the log begins that the catalogue has not seen.
  public Optional<Position> position() {
    return writer.position();
  }

  /// The last change that the search must learn of.
  public long searchSequence() {
    return writer.searchSequence();
  }

  public Totals totals() {
    return writer.totals();
  }

  /// Takes what a batch or more of the log tell, in its order, all or none. What is there already
  /// is left as it is.
  ///
  /// @param end where the log goes on behind them
  public List<StudyChange> apply(List<? extends Logged> logged, Position end) throws IOException {
    try {
      return writer.apply(logged, end);
    } catch (SQLException e) {
      throw new IOException("the catalogue can't be written", e);
    }
  }

  /// Makes what was applied survive power loss, so that the search may be committed up to there.
  public void sync() {
    readers.read(statements -> {
      try (ResultSet row = statements.with("PRAGMA wal_checkpoint(PASSIVE)").executeQuery()) {
        return row.next();
      }
    });
  }

  /// Names of the packs that instances lie in.
  public Set<String> packs() {
    return readers.read(statements -> {
      Set<String> names = new HashSet<>();
      try (ResultSet rows = statements.with("SELECT name FROM pack").executeQuery()) {
        while (rows.next()) {
          names.add(HexFormat.of().formatHex(rows.getBytes(1)));
        }
      }
      return names;
    });
  }

  /// @param hash keyed hash of its SOP Instance UID
  public Optional<InstanceRow> instance(SiteId site, byte[] hash) {
    return readers.read(statements -> {
      try (ResultSet rows = statements.with(INSTANCE + " WHERE i.hash = ?", hash).executeQuery()) {
        return rows.next() ? Optional.of(instance(site, rows)) : Optional.empty();
      }
    });
  }

  private InstanceRow instance(SiteId site, ResultSet row) throws SQLException, IOException {
    StudyKey key = key(site, row.getBytes(8));
    SeriesValue series = Values.series(key, row.getBytes(6), row.getBytes(7));
    InstanceValue value = Values.instance(key, row.getBytes(1), row.getBytes(5));
    String pack = HexFormat.of().formatHex(row.getBytes(2));
    return new InstanceRow(
        series.study(),
        series.series(),
        value.sopInstance(),
        value.sopClass(),
        value.transferSyntax(),
        value.dataSetBytes(),
        value.attributes(),
        new Location(pack, row.getLong(3), row.getLong(4)));
  }

  private StudyKey key(SiteId site, byte[] study) throws IOException {
    return keys.study(site, study).orElseThrow(() -> new IOException("the key of a study is gone"));
  }

  /// In the order they came.
  public List<InstanceRow> instances(SiteId site, Uid study, Optional<Uid> series) {
    byte[] hash = keys.hash(site, "study", study);
    String where =
        " WHERE t.hash = ?" + (series.isPresent() ? " AND s.hash = ?" : "") + " ORDER BY i.number";
    Object[] parameters =
        series.isPresent()
            ? new Object[] {hash, keys.hash(site, "series", series.get())}
            : new Object[] {hash};
    return readers.read(statements -> {
      List<InstanceRow> found = new ArrayList<>();
      try (ResultSet rows = statements.with(INSTANCE + where, parameters).executeQuery()) {
        while (rows.next()) {
          found.add(instance(site, rows));
        }
      }
      return found;
    });
  }

  /// In the order they came.
  public List<SeriesRow> series(SiteId site, Uid study) {
    byte[] hash = keys.hash(site, "study", study);
    return readers.read(statements -> {
      List<SeriesRow> found = new ArrayList<>();
      String sql =
          "SELECT s.hash, s.sealed, s.instance_count FROM series s"
              + " JOIN study t ON t.number = s.study WHERE t.hash = ? ORDER BY s.number";
      try (ResultSet rows = statements.with(sql, hash).executeQuery()) {
        while (rows.next()) {
          SeriesValue value = Values.series(key(site, hash), rows.getBytes(1), rows.getBytes(2));
          found.add(
              new SeriesRow(value.study(), value.series(), value.attributes(), rows.getInt(3)));
        }
      }
      return found;
    });
  }

  public Optional<StudyEntry> study(SiteId site, Uid study) {
    return study(site, keys.hash(site, "study", study));
  }

  public Optional<StudyEntry> study(SiteId site, byte[] hash) {
    return readers.read(statements -> {
      try (ResultSet row = statements.with(STUDY + " WHERE hash = ?", hash).executeQuery()) {
        return row.next()
            ? Optional.of(study(row, Values.study(key(site, hash), row.getBytes(7))))
            : Optional.empty();
      }
    });
  }

  private static StudyEntry study(ResultSet row, StudyValue value) throws SQLException {
    return new StudyEntry(
        row.getLong(1),
        value,
        row.getInt(2),
        row.getInt(3),
        row.getLong(4),
        row.getLong(5),
        row.getLong(6));
  }

  /// What the search must learn of after a sequence, oldest first. Studies whose key is gone are
  /// left out.
  public void changesAfter(long sequence, Consumer<StudyChange> visitor) {
    long from = sequence;
    while (from < searchSequence()) {
      long behind = from;
      from = readers.read(statements -> changes(statements, behind, visitor));
    }
  }

  private long changes(Statements statements, long after, Consumer<StudyChange> visitor)
      throws SQLException, IOException {
    String sql = STUDY + " WHERE search_sequence > ? ORDER BY search_sequence LIMIT 1000";
    long last = Long.MAX_VALUE; // unless there is more
    try (ResultSet row = statements.with(sql, after).executeQuery()) {
      while (row.next()) {
        last = row.getLong(10);
        SiteId site = new SiteId(HexFormat.of().formatHex(row.getBytes(9)));
        byte[] hash = row.getBytes(8);
        Optional<StudyKey> key = keys.study(site, hash);
        if (key.isPresent()) {
          StudyValue value = Values.study(key.get(), row.getBytes(7));
          visitor.accept(
              new StudyChange(
                  site, row.getLong(1), hash, value.study().value(), value.terms(), last));
        }
      }
    }
    return last;
  }

  @Override
  public void close() throws IOException {
    try {
      readers.close();
      writer.close();
    } catch (SQLException e) {
      throw new IOException("the catalogue can't be closed: " + file.getFileName(), e);
    }
  }
}
