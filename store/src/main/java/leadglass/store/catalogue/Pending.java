package leadglass.store.catalogue;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import leadglass.store.SiteId;
import leadglass.store.catalogue.Cells.SeriesCells;
import leadglass.store.catalogue.Cells.StudyCells;
import leadglass.store.keys.KeyStore;
import leadglass.store.keys.KeyStore.StudyKey;
import leadglass.store.pack.Records.Kept;
import leadglass.store.sql.Sqlite;

/// Studies and series as the writer knows them, and what a transaction adds to them: each row is
/// written once, however many instances came. The last few thousand stay in memory.
final class Pending {
  private static final int STUDIES_KEPT = 1000;
  private static final int SERIES_KEPT = 4000;

  private final Statements statements;
  private final KeyStore keys;
  private final Sums sums;
  private final Map<String, StudyState> studies = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<String, SeriesState> series = new LinkedHashMap<>(16, 0.75f, true);
  private final Set<StudyState> touchedStudies = new LinkedHashSet<>();
  private final Set<SeriesState> touchedSeries = new LinkedHashSet<>();

  Pending(Statements statements, KeyStore keys, Sums sums) {
    this.statements = statements;
    this.keys = keys;
    this.sums = sums;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /// The study an instance is of, a new one if there is none; empty if its key was destroyed since
  /// it was kept.
  Optional<StudyState> study(Kept kept) throws SQLException, IOException {
    StudyKey key = kept.study();
    SiteId site = kept.filing().site();
    Optional<StudyState> known = study(site, key.name(), Optional.of(key));
    if (known.isPresent()) {
      return known;
    }
    if (keys.named(site, key.name()).isEmpty()) {
      return Optional.empty();
    }
    StudyValue value = StudyValue.first(kept.filing(), Optional.empty());
    StudyState state = new StudyState(++sums.lastStudy, site, key, value, true);
    state.received = kept.filing().receivedMillis();
    studies.put(hex(key.name()), state);
    return Optional.of(state);
  }

  /// A study there is a row of; empty if there is none, or its key is destroyed.
  Optional<StudyState> study(SiteId site, byte[] name) throws SQLException, IOException {
    return study(site, name, Optional.empty());
  }

  private Optional<StudyState> study(SiteId site, byte[] name, Optional<StudyKey> itsKey)
      throws SQLException, IOException {
    StudyState known = studies.get(hex(name));
    if (known != null) {
      return Optional.of(known);
    }
    try (ResultSet row =
        statements.with(Rows.STUDY + " FROM study WHERE name = ?", name).executeQuery()) {
      if (!row.next()) {
        return Optional.empty();
      }
      Optional<StudyKey> key = itsKey.isPresent() ? itsKey : keys.named(site, name);
      if (key.isEmpty()) {
        return Optional.empty();
      }
      StudyCells cells = Rows.study(row, key.get());
      StudyValue value = Values.study(key.get(), cells, Rows.bytes(row, Rows.STUDY_SEALED));
      byte[] aside = Rows.bytes(row, Rows.STUDY_ASIDE);
      StudyState state = StudyState.of(cells, key.get(), value, aside);
      studies.put(hex(name), state);
      return Optional.of(state);
    }
  }

  /// Whether a study's key was destroyed since what is read of the log now happened.
  boolean isKeyGone(SiteId site, byte[] name) throws IOException {
    return !studies.containsKey(hex(name)) && keys.named(site, name).isEmpty();
  }

  /// A series of a study, a new one if there is none.
  SeriesState series(StudyState study, byte[] hash) throws SQLException, IOException {
    String name = study.number + " " + hex(hash);
    SeriesState known = series.get(name);
    if (known != null) {
      return known;
    }
    SeriesState state = null;
    String sql = Rows.SERIES + " FROM series s WHERE s.study = ? AND s.hash = ?";
    try (ResultSet row = statements.with(sql, study.number, hash).executeQuery()) {
      if (row.next()) {
        state = loaded(study, row);
      }
    }
    if (state == null) {
      state = new SeriesState(study, ++sums.lastSeries, hash, new byte[0], true);
    }
    series.put(name, state);
    return state;
  }

  private static SeriesState loaded(StudyState study, ResultSet row)
      throws SQLException, IOException {
    SeriesCells cells = Rows.series(row, study.tagKey);
    SeriesState state = new SeriesState(study, cells.number(), cells.hash(), new byte[0], false);
    state.instances = cells.instances();
    return state;
  }

  /// All series of a study, by their numbers.
  Map<Long, SeriesState> series(StudyState study) throws SQLException, IOException {
    List<byte[]> hashes = new ArrayList<>();
    String sql = "SELECT hash FROM series WHERE study = ? ORDER BY number";
    try (ResultSet row = statements.with(sql, study.number).executeQuery()) {
      while (row.next()) {
        hashes.add(Sqlite.bytes(row, 1));
      }
    }
    Map<Long, SeriesState> all = new LinkedHashMap<>();
    for (byte[] hash : hashes) {
      SeriesState state = series(study, hash);
      all.put(state.number, state);
    }
    return all;
  }

  void touch(StudyState study) {
    touchedStudies.add(study);
  }

  void touch(SeriesState each) {
    touchedSeries.add(each);
  }

  /// Counts an instance in (1) or out (-1).
  void count(StudyState study, SeriesState into, long bytes, int sign) {
    boolean was = study.visible();
    into.instances += sign;
    study.series += into.instances == 0 ? -1 : sign > 0 && into.instances == 1 ? 1 : 0;
    study.instances += sign;
    study.bytes += sign * bytes;
    if (study.aside == 0) {
      sums.instances += sign;
      sums.bytes += sign * bytes;
    }
    if (was != study.visible()) {
      sums.studies += sign;
      study.changed = true;
    }
    touch(study);
    touch(into);
  }

  /// Writes what is not written yet.
  ///
  /// @param changes where what the search must learn of is added
  void write(List<StudyChange> changes) throws SQLException {
    for (SeriesState each : touchedSeries) {
      write(each);
    }
    touchedSeries.clear();
    for (StudyState each : touchedStudies) {
      if (each.changed) {
        each.sequence = ++sums.sequence;
        write(each);
        changes.add(StudyChange.of(each));
      } else {
        count(each);
      }
      each.isNew = false;
      each.changed = false;
    }
    touchedStudies.clear();
  }

  private void write(SeriesState each) throws SQLException {
    byte[] tag = each.cells().tag(each.study.tagKey);
    if (each.isNew) {
      statements.update(
          "INSERT INTO series VALUES (?, ?, ?, ?, ?, ?)",
          each.number,
          each.study.number,
          each.hash,
          each.instances,
          each.sealed,
          tag);
    } else if (each.sealed.length > 0) {
      statements.update(
          "UPDATE series SET instance_count = ?, sealed = ?, tag = ? WHERE number = ?",
          each.instances,
          each.sealed,
          tag,
          each.number);
    } else {
      statements.update(
          "UPDATE series SET instance_count = ?, tag = ? WHERE number = ?",
          each.instances,
          tag,
          each.number);
    }
    each.isNew = false;
    each.sealed = new byte[0];
  }

  private void write(StudyState study) throws SQLException {
    StudyCells cells = study.cells();
    byte[] sealed = Values.seal(study.key, cells, study.value);
    if (study.isNew) {
      statements.update(
          "INSERT INTO study VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          study.number,
          cells.name(),
          cells.hash(),
          HexFormat.of().parseHex(study.site.value()),
          study.aside,
          study.asideMillis,
          study.asideSealed,
          study.sequence,
          study.series,
          study.instances,
          study.bytes,
          study.received,
          study.lastReceived,
          sealed,
          cells.tag(study.tagKey));
    } else {
      statements.update(
          "UPDATE study SET aside = ?, aside_ms = ?, aside_sealed = ?, received_ms = ?,"
              + " sealed = ? WHERE number = ?",
          study.aside,
          study.asideMillis,
          study.asideSealed,
          study.received,
          sealed,
          study.number);
      count(study);
    }
  }

  private void count(StudyState study) throws SQLException {
    statements.update(
        "UPDATE study SET search_sequence = ?, series_count = ?, instance_count = ?,"
            + " data_bytes = ?, changed_ms = ?, tag = ? WHERE number = ?",
        study.sequence,
        study.series,
        study.instances,
        study.bytes,
        study.lastReceived,
        study.cells().tag(study.tagKey),
        study.number);
  }

  /// A study is no more.
  void forget(byte[] name, long number) {
    studies.remove(hex(name));
    series.values().removeIf(each -> each.study.number == number);
  }

  /// The transaction is kept.
  void done() {
    trim(studies, STUDIES_KEPT);
    trim(series, SERIES_KEPT);
  }

  private static <T> void trim(Map<String, T> map, int max) {
    var eldest = map.keySet().iterator();
    while (map.size() > max) {
      eldest.next();
      eldest.remove();
    }
  }
}
