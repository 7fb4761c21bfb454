package leadglass.store.catalogue;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import leadglass.store.InstanceRow;
import leadglass.store.SeriesRow;
import leadglass.store.SiteId;
import leadglass.store.catalogue.Cells.InstanceCells;
import leadglass.store.catalogue.Cells.SeriesCells;
import leadglass.store.catalogue.Cells.StudyCells;
import leadglass.store.catalogue.Values.AsideNote;
import leadglass.store.catalogue.Values.InstanceValue;
import leadglass.store.catalogue.Values.SeriesValue;
import leadglass.store.keys.KeyStore;
import leadglass.store.keys.KeyStore.StudyKey;
import leadglass.store.pack.EventDetail;
import leadglass.store.pack.Trailer;
import leadglass.store.seal.SecretBytes;
import org.jspecify.annotations.Nullable;

/// One reading of rows: each is checked and unsealed; keys and series met last are remembered, for
/// rows of a series come one after the other. Confined to one thread.
final class Reading {
  private final Statements statements;
  private final KeyStore keys;
  private byte[] lastName = new byte[0];
  private @Nullable StudyKey lastKey;
  private @Nullable SecretBytes lastTagKey;
  private @Nullable SeriesCells lastSeries;
  private @Nullable SeriesValue lastSeriesValue;

  Reading(Statements statements, KeyStore keys) {
    this.statements = statements;
    this.keys = keys;
  }

  private StudyKey key(SiteId site, byte[] name) throws IOException {
    StudyKey known = lastKey;
    if (known == null || !Arrays.equals(name, lastName)) {
      known = keys.named(site, name).orElseThrow(GoneKeyException::new);
      lastKey = known;
      lastName = name;
      lastTagKey = Values.tagKey(known);
      lastSeries = null;
      lastSeriesValue = null;
    }
    return known;
  }

  private SecretBytes tagKey(StudyKey key) {
    SecretBytes known = lastTagKey;
    return known == null ? Values.tagKey(key) : known;
  }

  /// The study of a row of [Rows#STUDY]; empty if it is another site's.
  Optional<StudyEntry> study(SiteId site, ResultSet row) throws SQLException, IOException {
    if (!Rows.site(row, Rows.STUDY_SITE).equals(site)) {
      return Optional.empty();
    }
    StudyKey key = key(site, Rows.id(row, Rows.STUDY_NAME));
    return Optional.of(entry(key, Rows.study(row, key), row));
  }

  private static StudyEntry entry(StudyKey key, StudyCells cells, ResultSet row)
      throws SQLException, IOException {
    return new StudyEntry(
        cells.number(),
        cells.name(),
        Values.study(key, cells, Rows.bytes(row, Rows.STUDY_SEALED)),
        cells.aside() != 0,
        Math.toIntExact(cells.series()),
        Math.toIntExact(cells.instances()),
        cells.bytes(),
        cells.receivedMillis(),
        cells.changedMillis());
  }

  /// Of a row of [Rows#STUDY].
  AsideEntry aside(SiteId site, ResultSet row) throws SQLException, IOException {
    StudyKey key = key(site, Rows.id(row, Rows.STUDY_NAME));
    StudyCells cells = Rows.study(row, key);
    AsideNote note = Values.aside(key, cells, Rows.bytes(row, Rows.STUDY_ASIDE));
    return new AsideEntry(
        entry(key, cells, row),
        cells.asideMillis(),
        note.by(),
        EventDetail.open(key, note.event(), note.detail()));
  }

  /// Of a row of [Rows#STUDY]: what the search must learn of it; empty if its key is gone.
  Optional<StudyChange> change(ResultSet row) throws SQLException, IOException {
    SiteId site = Rows.site(row, Rows.STUDY_SITE);
    Optional<StudyKey> key = keys.named(site, Rows.id(row, Rows.STUDY_NAME));
    if (key.isEmpty()) {
      return Optional.empty();
    }
    StudyCells cells = Rows.study(row, key.get());
    StudyValue value = Values.study(key.get(), cells, Rows.bytes(row, Rows.STUDY_SEALED));
    return Optional.of(StudyChange.of(StudyState.of(cells, key.get(), value, new byte[0])));
  }

  private SeriesValue series(StudyKey key, SeriesCells cells, byte[] sealed) throws IOException {
    SeriesCells last = lastSeries;
    SeriesValue value = lastSeriesValue;
    if (value == null || last == null || last.number() != cells.number()) {
      value = Values.series(key, cells, sealed);
      lastSeries = cells;
      lastSeriesValue = value;
    }
    return value;
  }

  /// Of a row of [Rows#INSTANCE].
  InstanceRow instance(SiteId site, ResultSet row) throws SQLException, IOException {
    StudyKey key = key(site, Rows.id(row, Rows.INSTANCE_STUDY_NAME));
    InstanceCells cells = Rows.instance(row, tagKey(key));
    SeriesValue series = series(key, Rows.seriesOf(row, cells), Rows.bytes(row, Rows.SERIES_VALUE));
    InstanceValue value = Values.instance(key, cells, Rows.bytes(row, Rows.INSTANCE_SEALED));
    return new InstanceRow(
        series.study(),
        series.series(),
        value.sopInstance(),
        value.sopClass(),
        value.transferSyntax(),
        value.dataSetBytes(),
        value.attributes(),
        cells.at());
  }

  /// Of a row of [Rows#INSTANCE] of an instance kept apart.
  ApartEntry apart(SiteId site, ResultSet row) throws SQLException, IOException {
    StudyKey key = key(site, Rows.id(row, Rows.INSTANCE_STUDY_NAME));
    InstanceCells cells = Rows.instance(row, tagKey(key));
    InstanceValue value = Values.instance(key, cells, Rows.bytes(row, Rows.INSTANCE_SEALED));
    return new ApartEntry(
        cells.number(),
        cells.record(),
        key.name(),
        Trailer.filing(site, value.dataSetBytes(), value.trailer()),
        value.dataSetBytes(),
        cells.at());
  }

  /// The series of a study that hold anything, in the order they came; with as many as the study
  /// says.
  List<Series> series(SiteId site, StudyEntry study) throws SQLException, IOException {
    StudyKey key = key(site, study.name());
    List<Series> found = new ArrayList<>();
    String sql =
        Rows.SERIES + " FROM series s WHERE s.study = ? AND s.instance_count > 0 ORDER BY s.number";
    try (ResultSet row = statements.with(sql, study.number()).executeQuery()) {
      while (row.next()) {
        SeriesCells cells = Rows.series(row, tagKey(key));
        SeriesValue value = Values.series(key, cells, Rows.bytes(row, Rows.SERIES_SEALED));
        found.add(
            new Series(
                cells,
                new SeriesRow(
                    value.study(),
                    value.series(),
                    value.attributes(),
                    Math.toIntExact(cells.instances()))));
      }
    }
    if (found.size() != study.seriesCount()) {
      throw new DamagedRowException();
    }
    return found;
  }

  /// A series' row, checked and unsealed.
  record Series(SeriesCells cells, SeriesRow row) {}

  /// The instances of a study in some state, in the order they came; with as many as `expected`.
  List<InstanceRow> instances(SiteId site, StudyEntry study, Optional<Series> series)
      throws SQLException, IOException {
    long aside = study.aside() ? InstanceCells.PUT_ASIDE : InstanceCells.IN_USE;
    String where =
        series.isPresent()
            ? " WHERE s.study = ? AND i.aside = ? AND i.series = ? ORDER BY i.number"
            : " WHERE s.study = ? AND i.aside = ? ORDER BY i.number";
    Object[] parameters =
        series.isPresent()
            ? new Object[] {study.number(), aside, series.get().cells().number()}
            : new Object[] {study.number(), aside};
    List<InstanceRow> found = new ArrayList<>();
    try (ResultSet row = statements.with(Rows.INSTANCE + where, parameters).executeQuery()) {
      while (row.next()) {
        found.add(instance(site, row));
      }
    }
    int expected = series.map(each -> each.row().instanceCount()).orElse(study.instanceCount());
    if (found.size() != expected) {
      throw new DamagedRowException();
    }
    return found;
  }
}
