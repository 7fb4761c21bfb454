package leadglass.store.catalogue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import leadglass.dicom.data.Uid;
import leadglass.store.InstanceRow;
import leadglass.store.SeriesRow;
import leadglass.store.SiteId;
import leadglass.store.catalogue.Cells.GoneCells;
import leadglass.store.catalogue.Cells.PackCells;
import leadglass.store.keys.KeyStore;
import leadglass.store.pack.Logged;
import leadglass.store.pack.PackLog.Position;
import leadglass.store.seal.Seal;
import leadglass.store.seal.SecretBytes;

/// Where everything lies. A cache of the packs: changed by one thread at a time, read by many.
///
/// Whatever fails on reading is an [java.io.UncheckedIOException]; a row that is not what was
/// written leaves word that the catalogue must be made anew.
public final class Catalogue implements AutoCloseable {
  private static final int CHANGES_AT_ONCE = 1000;

  private final Path file;
  private final KeyStore keys;
  private final boolean bulk;
  private final SecretBytes tagKey;
  private final ReentrantLock writing = new ReentrantLock();
  private final OpenTables tables;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Catalogue(Path file, KeyStore keys, boolean bulk) throws IOException, SQLException {
    this.file = file;
    this.bulk = bulk;
    this.keys = keys;
    this.tagKey = Seal.derive(keys.root(), "tag catalogue");
    this.tables = new OpenTables(this::open);
  }

  /// Opens the catalogue in a file, made if it is not there.
  ///
  /// @throws SQLException if it is damaged or of another version: make it anew
  public static Catalogue open(Path file, KeyStore keys) throws IOException, SQLException {
    return new Catalogue(file, keys, false);
  }

  /// Opens a catalogue that is filled from the first record on and worth nothing before it was
  /// closed: only closing makes it survive power loss.
  public static Catalogue bulk(Path file, KeyStore keys) throws IOException, SQLException {
    return new Catalogue(file, keys, true);
  }

  private OpenTables.Tables open() throws IOException, SQLException {
    if (Files.exists(marker())) {
      throw new SQLException("the catalogue was found damaged");
    }
    var connection = bulk ? Database.bulk(file) : Database.writer(file);
    try {
      Writer writer = new Writer(connection, keys, tagKey);
      return new OpenTables.Tables(writer, new Readers(file, this::mark));
    } catch (DamagedRowException e) {
      connection.close();
      throw new SQLException("the catalogue is damaged", e);
    } catch (SQLException | IOException e) {
      connection.close();
      throw e;
    }
  }

  private Path marker() {
    return file.resolveSibling("damaged");
  }

  /// Leaves word for the next opening. If even that fails, the next opening finds out by itself.
  private void mark() {
    try {
      Files.createFile(marker());
    } catch (IOException _) {
      return;
    }
  }

  /// Random, made with the tables; the search names the catalogue it was made from by it.
  public byte[] identity() {
    return tables.now().writer().identity();
  }

  /// Where the next batch of the log begins that the catalogue has not seen.
  public Optional<Position> position() {
    return tables.now().writer().whole().position();
  }

  /// The last change that the search must learn of.
  public long searchSequence() {
    return tables.now().writer().whole().searchSequence();
  }

  /// Of what is found: without what is put aside or kept apart.
  public Totals totals() {
    return tables.now().writer().whole().totals();
  }

  /// Changes the tables.
  private interface Change<T> {
    T make(Writer writer) throws SQLException, IOException;
  }

  private <T> T write(Change<T> change) throws IOException {
    writing.lock();
    try {
      return change.make(tables.now().writer());
    } catch (DamagedRowException e) {
      mark();
      throw e;
    } catch (SQLException e) {
      if (Readers.isDamage(e)) {
        mark();
      }
      throw new IOException("the catalogue can't be written", e);
    } finally {
      writing.unlock();
    }
  }

  /// Takes what a batch or more of the log tell, in its order, all or none. What is there already
  /// is left as it is. Keys that events destroy or put aside must be so before.
  ///
  /// @param end where the log goes on behind them
  /// @return what the search must learn of, in this order
  public List<StudyChange> apply(List<? extends Logged> logged, Position end) throws IOException {
    return write(writer -> writer.apply(logged, end));
  }

  /// A pack was written anew: switches every row of it over, all or none. A record that died
  /// meanwhile may be among those moved.
  ///
  /// @param end where the log goes on behind the pack that takes the place
  /// @throws IOException if a row is of a record that was not moved, or a key is gone
  public void relocate(String from, String to, Position end, List<Moved> moved) throws IOException {
    write(writer -> {
      writer.relocate(from, to, end, moved);
      return end;
    });
  }

  /// Every tag in a pack verified.
  public void verified(String pack, long millis) throws IOException {
    verified(Map.of(pack, millis));
  }

  /// Every tag in some packs verified, at some time each.
  public void verified(Map<String, Long> packs) throws IOException {
    write(writer -> {
      writer.verified(packs);
      return packs;
    });
  }

  /// Bytes of a pack belong to records that no row can be of any more.
  public void dead(String pack, long bytes) throws IOException {
    write(writer -> {
      writer.dead(pack, bytes);
      return pack;
    });
  }

  /// A pack that no row is of was removed.
  public void forget(String pack) throws IOException {
    write(writer -> {
      writer.forget(pack);
      return pack;
    });
  }

  /// The search has learnt of all changes up to one, and that survives power loss.
  public void searchKnows(long sequence) throws IOException {
    write(writer -> {
      writer.searchKnows(sequence);
      return sequence;
    });
  }

  /// Whether there was a study whose key was destroyed, of which the search may hold something yet.
  public boolean anyGone() {
    return tables.read(statements -> {
      try (ResultSet row = statements.with("SELECT 1 FROM gone LIMIT 1").executeQuery()) {
        return row.next();
      }
    });
  }

  /// Makes what was applied survive power loss, so that the search may be committed up to there.
  public void sync() {
    tables.read(statements -> {
      try (ResultSet row = statements.with("PRAGMA wal_checkpoint(PASSIVE)").executeQuery()) {
        return row.next();
      }
    });
  }

  /// Begins to check all rows. The catalogue must not be replaced meanwhile.
  public CatalogueCheck check() throws IOException {
    try {
      return new CatalogueCheck(new Statements(Database.reader(file)), keys, tagKey);
    } catch (SQLException e) {
      throw new IOException("the catalogue can't be read", e);
    }
  }

  /// Closes the tables, lets their files be replaced and opens what is there then. Readers wait
  /// meanwhile and find what was put in the place.
  public void replace(Replacing replacing) throws IOException {
    writing.lock();
    try {
      tables.replace(replacing);
    } catch (SQLException e) {
      throw new IOException("the catalogue can't be replaced", e);
    } finally {
      writing.unlock();
    }
  }

  /// Names of the packs that the catalogue knows of.
  public Set<String> packs() {
    Set<String> names = new HashSet<>();
    packEntries().forEach(each -> names.add(each.name()));
    return names;
  }

  /// The packs, those first whose tags were not verified for the longest time. A pack that nothing
  /// was ever to be said of is not among them.
  public List<PackEntry> packEntries() {
    return tables.read(statements ->
        Packs.all(statements, tagKey).stream()
            .sorted(
                Comparator.comparingLong(PackCells::verifiedMillis)
                    .thenComparingLong(PackCells::number))
            .map(each -> new PackEntry(each.name(), each.deadBytes(), each.verifiedMillis()))
            .toList());
  }

  /// Where the records of a pack begin that rows are of, in use or not; ascending.
  public long[] places(String pack) {
    return tables.read(statements -> Places.of(statements, pack));
  }

  /// What rows say of a place in a pack.
  public enum Says {
    NOTHING,
    /// There is a record.
    THERE,
    /// Something that is not what was written.
    WRONG
  }

  /// What rows say of the record at a place.
  public Says says(String pack, long offset) {
    return tables.read(statements -> Places.says(statements, keys, pack, offset));
  }

  /// Keys are destroyed before rows go: in between a row is nothing.
  private static <T> Readers.Reading<T> or(T nothing, Readers.Reading<T> reading) {
    return statements -> {
      try {
        return reading.read(statements);
      } catch (GoneKeyException _) {
        return nothing;
      }
    };
  }

  /// Names of the packs with records whose chunks lie in a pack; empty if that can't be told just
  /// now.
  public Optional<Set<String>> keeping(String pack) {
    return tables.read(
        or(Optional.empty(), statements -> Optional.of(Places.keeping(statements, keys, pack))));
  }

  /// What it says is not so: the next opening makes it anew.
  public void distrust() {
    mark();
  }

  /// Whether something it said was found not to be so.
  public boolean isDistrusted() {
    return Files.exists(marker());
  }

  /// The instance in use.
  ///
  /// @param hash keyed hash of its SOP Instance UID
  public Optional<InstanceRow> instance(SiteId site, byte[] hash) {
    String sql = Rows.INSTANCE + " WHERE i.hash = ? AND i.aside = 0";
    return tables.read(
        or(
            Optional.empty(),
            statements -> {
              try (ResultSet rows = statements.with(sql, hash).executeQuery()) {
                return rows.next()
                    ? Optional.of(new Reading(statements, keys).instance(site, rows))
                    : Optional.empty();
              }
            }));
  }

  /// Those of a study in use, or of one of its series, in the order they came.
  public List<InstanceRow> instances(SiteId site, Uid study, Optional<Uid> series) {
    byte[] hash = keys.hash(site, "study", study);
    return tables.readAtOnce(
        or(
            List.of(),
            statements -> {
              Reading reading = new Reading(statements, keys);
              Optional<StudyEntry> entry = inUse(reading, statements, site, hash);
              return entry.isEmpty() ? List.of() : instances(reading, site, entry.get(), series);
            }));
  }

  private static List<InstanceRow> instances(
      Reading reading, SiteId site, StudyEntry study, Optional<Uid> series)
      throws SQLException, IOException {
    if (series.isEmpty()) {
      return reading.instances(site, study, Optional.empty());
    }
    for (Reading.Series each : reading.series(site, study)) {
      if (each.row().series().equals(series.get())) {
        return reading.instances(site, study, Optional.of(each));
      }
    }
    return List.of();
  }

  /// Those of a study, whether it is in use or put aside, in the order they came.
  ///
  /// @param name of its key
  public List<InstanceRow> instances(SiteId site, byte[] name) {
    return tables.readAtOnce(
        or(
            List.of(),
            statements -> {
              Reading reading = new Reading(statements, keys);
              Optional<StudyEntry> entry = named(reading, statements, site, name);
              return entry.isEmpty()
                  ? List.of()
                  : reading.instances(site, entry.get(), Optional.empty());
            }));
  }

  /// Those of a study in use, in the order they came.
  public List<SeriesRow> series(SiteId site, Uid study) {
    byte[] hash = keys.hash(site, "study", study);
    return tables.readAtOnce(
        or(
            List.of(),
            statements -> {
              Reading reading = new Reading(statements, keys);
              Optional<StudyEntry> entry = inUse(reading, statements, site, hash);
              return entry.isEmpty()
                  ? List.of()
                  : reading.series(site, entry.get()).stream().map(Reading.Series::row).toList();
            }));
  }

  private static Optional<StudyEntry> inUse(
      Reading reading, Statements statements, SiteId site, byte[] hash)
      throws SQLException, IOException {
    String sql = Rows.STUDY + " FROM study WHERE hash = ? AND aside = 0 AND instance_count > 0";
    try (ResultSet row = statements.with(sql, hash).executeQuery()) {
      return row.next() ? reading.study(site, row) : Optional.empty();
    }
  }

  private static Optional<StudyEntry> named(
      Reading reading, Statements statements, SiteId site, byte[] name)
      throws SQLException, IOException {
    String sql = Rows.STUDY + " FROM study WHERE name = ?";
    try (ResultSet row = statements.with(sql, name).executeQuery()) {
      return row.next() ? reading.study(site, row) : Optional.empty();
    }
  }

  /// The study in use.
  public Optional<StudyEntry> study(SiteId site, Uid study) {
    byte[] hash = keys.hash(site, "study", study);
    return tables.read(
        or(
            Optional.empty(),
            statements -> inUse(new Reading(statements, keys), statements, site, hash)));
  }

  /// The study of a name, in use or put aside.
  public Optional<StudyEntry> study(SiteId site, byte[] name) {
    return tables.read(
        or(
            Optional.empty(),
            statements -> named(new Reading(statements, keys), statements, site, name)));
  }

  /// Those of some names that there are, in use or put aside.
  public List<StudyEntry> studies(SiteId site, List<byte[]> names) {
    List<StudyEntry> found = new ArrayList<>();
    names.forEach(name -> study(site, name).ifPresent(found::add));
    return found;
  }

  /// What is put aside, oldest first.
  ///
  /// @param after name of the last one of the page before
  public List<AsideEntry> aside(SiteId site, Optional<byte[]> after, int limit) {
    byte[] of = HexFormat.of().parseHex(site.value());
    String sql =
        Rows.STUDY
            + " FROM study WHERE site = ? AND aside = 1 AND (aside_ms > ? OR aside_ms = ? AND"
            + " number > ?) ORDER BY aside_ms, number LIMIT ?";
    return tables.readAtOnce(statements -> {
      long millis = Long.MIN_VALUE;
      long number = 0;
      if (after.isPresent()) {
        String last = "SELECT aside_ms, number FROM study WHERE name = ?";
        try (ResultSet row = statements.with(last, after.get()).executeQuery()) {
          if (row.next()) {
            millis = row.getLong(1);
            number = row.getLong(2);
          }
        }
      }
      Reading reading = new Reading(statements, keys);
      List<AsideEntry> found = new ArrayList<>();
      try (ResultSet row =
          statements.with(sql, of, millis, millis, number, (long) limit).executeQuery()) {
        while (row.next()) {
          add(found, () -> reading.aside(site, row));
        }
      }
      return found;
    });
  }

  /// Reads one row of a list.
  private interface One<T> {
    T read() throws SQLException, IOException;
  }

  private static <T> void add(List<T> found, One<T> one) throws SQLException, IOException {
    try {
      found.add(one.read());
    } catch (GoneKeyException _) {
      return; // it goes in a moment
    }
  }

  /// What is kept apart of studies that are not put aside, in the order it came.
  ///
  /// @param after number of the last one of the page before, 0 for the first page
  public List<ApartEntry> apart(SiteId site, long after, int limit) {
    byte[] of = HexFormat.of().parseHex(site.value());
    String sql =
        Rows.INSTANCE
            + " WHERE i.aside = 2 AND i.number > ? AND t.site = ? AND t.aside = 0"
            + " ORDER BY i.number LIMIT ?";
    return tables.read(statements -> {
      Reading reading = new Reading(statements, keys);
      List<ApartEntry> found = new ArrayList<>();
      try (ResultSet row = statements.with(sql, after, of, (long) limit).executeQuery()) {
        while (row.next()) {
          add(found, () -> reading.apart(site, row));
        }
      }
      return found;
    });
  }

  /// What is kept apart under the id of a record.
  public Optional<ApartEntry> apart(SiteId site, byte[] record) {
    String sql = Rows.INSTANCE + " WHERE i.record = ? AND i.aside = 2";
    return tables.read(
        or(
            Optional.empty(),
            statements -> {
              try (ResultSet row = statements.with(sql, record).executeQuery()) {
                return row.next() && Rows.site(row, Rows.INSTANCE_STUDY_SITE).equals(site)
                    ? Optional.of(new Reading(statements, keys).apart(site, row))
                    : Optional.empty();
              }
            }));
  }

  /// What the search must learn of after a sequence, oldest first. Studies whose key is gone are
  /// left out.
  public void changesAfter(long sequence, Consumer<StudyChange> visitor) {
    long from = sequence;
    while (from < searchSequence()) {
      long behind = from;
      from = tables.readAtOnce(statements -> changes(statements, behind, visitor));
    }
  }

  private long changes(Statements statements, long after, Consumer<StudyChange> visitor)
      throws SQLException, IOException {
    String sql =
        Rows.STUDY + " FROM study WHERE search_sequence > ? ORDER BY search_sequence LIMIT ?";
    Reading reading = new Reading(statements, keys);
    List<StudyChange> changes = new ArrayList<>();
    int rows = 0;
    long last = after;
    try (ResultSet row = statements.with(sql, after, (long) CHANGES_AT_ONCE).executeQuery()) {
      while (row.next()) {
        rows++;
        last = row.getLong(7);
        reading.change(row).ifPresent(changes::add);
      }
    }
    if (rows < CHANGES_AT_ONCE) {
      last = Long.MAX_VALUE; // there is no more
    }
    String gone =
        "SELECT search_sequence, number, name, site, tag FROM gone"
            + " WHERE search_sequence > ? AND search_sequence <= ?";
    try (ResultSet row = statements.with(gone, after, last).executeQuery()) {
      while (row.next()) {
        GoneCells cells =
            new GoneCells(row.getLong(1), row.getLong(2), Rows.id(row, 3), Rows.site(row, 4));
        cells.check(tagKey, row.getBytes(5));
        changes.add(
            StudyChange.removed(cells.site(), cells.number(), cells.name(), cells.sequence()));
      }
    }
    changes.sort(Comparator.comparingLong(StudyChange::sequence));
    changes.forEach(visitor);
    return last;
  }

  @Override
  public void close() throws IOException {
    if (closed.getAndSet(true)) {
      return;
    }
    try {
      tables.close();
      if (bulk) {
        try (FileChannel whole = FileChannel.open(file, StandardOpenOption.WRITE)) {
          whole.force(true);
        }
      }
    } catch (SQLException e) {
      throw new IOException("the catalogue can't be closed: " + file.getFileName(), e);
    }
  }
}
