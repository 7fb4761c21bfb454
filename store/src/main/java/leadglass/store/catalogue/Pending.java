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
import java.util.Set;
import leadglass.store.Filing;
import leadglass.store.SiteId;
import leadglass.store.keys.KeyStore.StudyKey;
import leadglass.store.pack.Records.Kept;
import leadglass.store.seal.Padding;

/// Studies and series as the writer knows them, and what a transaction adds to them: each row is
/// written once, however many instances came. The last few thousand stay in memory.
final class Pending {
  private static final int STUDIES_KEPT = 1000;
  private static final int SERIES_KEPT = 4000;

  private final Statements statements;
  private final Map<String, StudyState> studies = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<String, SeriesState> series = new LinkedHashMap<>(16, 0.75f, true);
  private final Set<StudyState> touchedStudies = new LinkedHashSet<>();
  private final Set<SeriesState> touchedSeries = new LinkedHashSet<>();
  private long lastStudy;
  private long lastSeries;

  /// A study, and what is not written yet.
  static final class StudyState {
    final long number;
    final SiteId site;
    final StudyKey key;
    StudyValue value;
    boolean isNew;
    boolean changed;
    long series;
    long instances;
    long bytes;
    long received;
    long lastReceived;

    StudyState(long number, SiteId site, StudyKey key, StudyValue value, boolean isNew) {
      this.number = number;
      this.site = site;
      this.key = key;
      this.value = value;
      this.isNew = isNew;
      this.changed = isNew;
    }
  }

  /// A series, and what is not written yet.
  static final class SeriesState {
    final long number;
    final byte[] hash;
    final byte[] sealed;
    boolean isNew;
    long instances;

    SeriesState(long number, byte[] hash, byte[] sealed, boolean isNew) {
      this.number = number;
      this.hash = hash;
      this.sealed = sealed;
      this.isNew = isNew;
    }
  }

  Pending(Statements statements, long lastStudy, long lastSeries) {
    this.statements = statements;
    this.lastStudy = lastStudy;
    this.lastSeries = lastSeries;
  }

  long lastStudy() {
    return lastStudy;
  }

  long lastSeries() {
    return lastSeries;
  }

  StudyState study(Kept kept) throws SQLException, IOException {
    StudyKey key = kept.study();
    String name = HexFormat.of().formatHex(key.study());
    StudyState known = studies.get(name);
    if (known != null) {
      return known;
    }
    StudyState state = null;
    try (ResultSet row =
        statements
            .with("SELECT number, sealed FROM study WHERE hash = ?", key.study())
            .executeQuery()) {
      if (row.next()) {
        StudyValue value = Values.study(key, row.getBytes(2));
        state = new StudyState(row.getLong(1), kept.filing().site(), key, value, false);
      }
    }
    if (state == null) {
      StudyValue value = StudyValue.first(kept.filing());
      state = new StudyState(++lastStudy, kept.filing().site(), key, value, true);
      state.received = kept.filing().receivedMillis();
    }
    studies.put(name, state);
    return state;
  }

  SeriesState series(StudyState study, byte[] hash, Filing filing) throws SQLException {
    String name = study.number + " " + HexFormat.of().formatHex(hash);
    SeriesState known = series.get(name);
    if (known != null) {
      return known;
    }
    SeriesState state = null;
    try (ResultSet row =
        statements
            .with("SELECT number FROM series WHERE study = ? AND hash = ?", study.number, hash)
            .executeQuery()) {
      if (row.next()) {
        state = new SeriesState(row.getLong(1), hash, new byte[0], false);
      }
    }
    if (state == null) {
      byte[] sealed = Values.sealSeries(study.key, hash, filing);
      state = new SeriesState(++lastSeries, hash, sealed, true);
    }
    series.put(name, state);
    return state;
  }

  /// Counts an instance that was not there before.
  void add(StudyState study, SeriesState into, Kept kept) throws SQLException {
    if (into.isNew && into.instances == 0) {
      study.series++;
      statements
          .with(
              "INSERT INTO series VALUES (?, ?, ?, 0, ?)",
              into.number,
              study.number,
              into.hash,
              into.sealed)
          .executeUpdate();
    }
    into.instances++;
    study.instances++;
    // Rounded: it stands in clear, and the length of a data set tells how long the name in it is.
    study.bytes += Padding.up(kept.dataSetBytes(), Padding.DATA_SET_BYTES);
    study.lastReceived = Math.max(study.lastReceived, kept.filing().receivedMillis());
    study
        .value
        .grownBy(kept.filing())
        .ifPresent(value -> {
          study.value = value;
          study.changed = true;
        });
    touchedStudies.add(study);
    touchedSeries.add(into);
  }

  /// Writes what was added.
  ///
  /// @return studies the search must learn of, numbered on from `sequence`
  List<StudyChange> write(long sequence) throws SQLException {
    List<StudyChange> changes = new ArrayList<>();
    for (SeriesState each : touchedSeries) {
      statements
          .with(
              "UPDATE series SET instance_count = instance_count + ? WHERE number = ?",
              each.instances,
              each.number)
          .executeUpdate();
    }
    for (StudyState each : touchedStudies) {
      if (each.changed) {
        long next = sequence + changes.size() + 1;
        changes.add(
            new StudyChange(
                each.site,
                each.number,
                each.key.study(),
                each.value.study().value(),
                each.value.terms(),
                next));
        change(each, next);
      }
      count(each);
    }
    return changes;
  }

  private void change(StudyState study, long sequence) throws SQLException {
    byte[] sealed = Values.seal(study.key, study.value);
    if (study.isNew) {
      statements
          .with(
              "INSERT INTO study VALUES (?, ?, ?, ?, 0, 0, 0, ?, ?, ?)",
              study.key.study(),
              study.number,
              HexFormat.of().parseHex(study.site.value()),
              sequence,
              study.received,
              study.received,
              sealed)
          .executeUpdate();
    } else {
      statements
          .with(
              "UPDATE study SET search_sequence = ?, sealed = ? WHERE number = ?",
              sequence,
              sealed,
              study.number)
          .executeUpdate();
    }
  }

  private void count(StudyState study) throws SQLException {
    statements
        .with(
            "UPDATE study SET series_count = series_count + ?, instance_count = instance_count + ?,"
                + " data_bytes = data_bytes + ?,"
                + " changed_ms = CASE WHEN changed_ms < ? THEN ? ELSE changed_ms END"
                + " WHERE number = ?",
            study.series,
            study.instances,
            study.bytes,
            study.lastReceived,
            study.lastReceived,
            study.number)
        .executeUpdate();
  }

  /// `before` and what this transaction adds.
  Totals totals(Totals before) {
    long fresh = 0;
    long instances = 0;
    long bytes = 0;
    for (StudyState each : touchedStudies) {
      fresh += each.isNew ? 1 : 0;
      instances += each.instances;
      bytes += each.bytes;
    }
    return new Totals(
        before.studies() + fresh, before.instances() + instances, before.bytes() + bytes);
  }

  /// The transaction is kept.
  void done() {
    for (StudyState each : touchedStudies) {
      each.isNew = false;
      each.changed = false;
      each.series = 0;
      each.instances = 0;
      each.bytes = 0;
    }
    for (SeriesState each : touchedSeries) {
      each.isNew = false;
      each.instances = 0;
    }
    touchedStudies.clear();
    touchedSeries.clear();
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
