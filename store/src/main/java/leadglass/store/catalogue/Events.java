package leadglass.store.catalogue;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leadglass.store.Filing;
import leadglass.store.PatientIdentity;
import leadglass.store.catalogue.Cells.GoneCells;
import leadglass.store.catalogue.Cells.InstanceCells;
import leadglass.store.catalogue.Instances.Found;
import leadglass.store.catalogue.Instances.Held;
import leadglass.store.catalogue.Values.AsideNote;
import leadglass.store.keys.KeyStore.StudyKey;
import leadglass.store.pack.EventDetail;
import leadglass.store.pack.LifeEvent;
import leadglass.store.pack.Trailer;
import leadglass.store.seal.SecretBytes;

/// Does what events of the log tell. One that is about something that is not there, or is done
/// already, changes nothing. Confined to the writer's thread.
final class Events {
  private final Statements statements;
  private final SecretBytes tagKey;
  private final Pending pending;
  private final Instances instances;
  private final Sums sums;

  Events(
      Statements statements, SecretBytes tagKey, Pending pending, Instances instances, Sums sums) {
    this.statements = statements;
    this.tagKey = tagKey;
    this.pending = pending;
    this.instances = instances;
    this.sums = sums;
  }

  /// @param changes where the removal of studies is added
  void apply(LifeEvent event, List<StudyChange> changes) throws SQLException, IOException {
    switch (event.kind()) {
      case DELETED -> deleted(event, changes);
      case RESTORED -> restored(event);
      case MOVED -> moved(event);
      case PURGED, ERASED -> destroyed(event, changes);
      case ACCEPTED -> accepted(event);
      case DISCARDED -> discarded(event);
    }
  }

  private Optional<StudyState> study(LifeEvent event, long aside) throws SQLException, IOException {
    return pending
        .study(event.site(), event.subject())
        .filter(study -> !study.isNew && study.aside == aside);
  }

  private void deleted(LifeEvent event, List<StudyChange> changes)
      throws SQLException, IOException {
    if (pending.isKeyGone(event.site(), event.subject())) {
      // The event that destroyed it comes later, but the UID is free from here on.
      destroyed(event, event.subject(), changes);
      return;
    }
    Optional<StudyState> found = study(event, 0);
    if (found.isEmpty()) {
      return;
    }
    StudyState study = found.get();
    sums.count(study, -1);
    study.aside = 1;
    study.asideMillis = event.atMillis();
    AsideNote note = new AsideNote(event.id(), event.by(), event.detail());
    study.asideSealed = Values.sealAside(study.key, study.cells(), note);
    study.changed = true;
    pending.touch(study);
    for (Held each : instances.of(study, InstanceCells.IN_USE)) {
      instances.set(study, each.cells(), InstanceCells.PUT_ASIDE);
    }
  }

  private void restored(LifeEvent event) throws SQLException, IOException {
    Optional<StudyState> found = study(event, 1);
    if (found.isEmpty() || isInUse(found.get().key)) {
      return;
    }
    StudyState study = found.get();
    Map<Long, SeriesState> series = pending.series(study);
    for (SeriesState each : series.values()) {
      each.instances = 0;
      pending.touch(each);
    }
    study.instances = 0;
    study.series = 0;
    study.bytes = 0;
    study.aside = 0;
    for (Held each : instances.of(study, InstanceCells.PUT_ASIDE)) {
      SeriesState into = series.get(each.cells().series());
      if (into != null && instances.set(study, each.cells(), InstanceCells.IN_USE)) {
        pending.count(study, into, Instances.counted(each.value().dataSetBytes()), 1);
      }
    }
    study.changed = true;
    pending.touch(study);
  }

  private boolean isInUse(StudyKey key) throws SQLException {
    String sql = "SELECT 1 FROM study WHERE hash = ? AND aside = 0";
    try (ResultSet row = statements.with(sql, key.study()).executeQuery()) {
      return row.next();
    }
  }

  private void moved(LifeEvent event) throws SQLException, IOException {
    Optional<StudyState> found =
        pending.study(event.site(), event.subject()).filter(study -> !study.isNew);
    if (found.isPresent()) {
      StudyState study = found.get();
      byte[] plain = EventDetail.open(study.key, event.id(), event.detail());
      study.value =
          study.value.movedTo(
              plain.length == 0 ? Optional.empty() : Optional.of(PatientIdentity.decode(plain)));
      study.changed = true;
      pending.touch(study);
    }
  }

  private void destroyed(LifeEvent event, List<StudyChange> changes)
      throws SQLException, IOException {
    List<byte[]> names = new ArrayList<>(event.keys());
    if (event.kind() == LifeEvent.Kind.PURGED) {
      names.add(event.subject());
    }
    for (byte[] name : names) {
      destroyed(event, name, changes);
    }
  }

  private void destroyed(LifeEvent event, byte[] name, List<StudyChange> changes)
      throws SQLException {
    long number;
    String sql = "SELECT number, aside, instance_count, data_bytes FROM study WHERE name = ?";
    try (ResultSet row = statements.with(sql, name).executeQuery()) {
      if (!row.next()) {
        return;
      }
      number = row.getLong(1);
      if (row.getLong(2) == 0 && row.getLong(3) > 0) {
        sums.studies--;
        sums.instances -= row.getLong(3);
        sums.bytes -= row.getLong(4);
      }
    }
    instances.removeAll(number);
    pending.forget(name, number);
    GoneCells gone = new GoneCells(++sums.sequence, number, name, event.site());
    statements.update(
        "INSERT INTO gone VALUES (?, ?, ?, ?, ?)",
        gone.sequence(),
        number,
        name,
        HexFormat.of().parseHex(event.site().value()),
        gone.tag(tagKey));
    changes.add(StudyChange.removed(event.site(), number, name, gone.sequence()));
  }

  private void accepted(LifeEvent event) throws SQLException, IOException {
    Optional<Found> apart = instances.find(" WHERE i.record = ? AND i.aside = 2", event.subject());
    if (apart.isEmpty() || apart.get().study().aside != 0) {
      return;
    }
    StudyState study = apart.get().study();
    Held held = apart.get().held();
    Filing filing = Trailer.filing(study.site, held.value().dataSetBytes(), held.value().trailer());
    Optional<Found> inPlace =
        instances.find(" WHERE i.hash = ? AND i.aside = 0", held.cells().hash());
    if (inPlace.isPresent()) {
      takeOut(inPlace.get());
    }
    statements.update("DELETE FROM instance WHERE number = ?", held.cells().number());
    instances.add(
        study,
        filing.accepted(),
        held.value().dataSetBytes(),
        held.cells().at(),
        held.cells().chunks(),
        held.cells().record());
  }

  private void takeOut(Found found) throws SQLException, IOException {
    SeriesState series = pending.series(found.study()).get(found.held().cells().series());
    if (series == null) {
      throw new DamagedRowException();
    }
    instances.remove(found.held().cells());
    long bytes = Instances.counted(found.held().value().dataSetBytes());
    pending.count(found.study(), series, bytes, -1);
  }

  private void discarded(LifeEvent event) throws SQLException, IOException {
    Optional<Found> apart = instances.find(" WHERE i.record = ? AND i.aside = 2", event.subject());
    if (apart.isPresent()) {
      instances.remove(apart.get().held().cells());
    }
  }
}
