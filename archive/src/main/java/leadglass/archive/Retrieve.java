package leadglass.archive;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.store.InstanceRow;
import leadglass.store.SiteId;
import leadglass.store.Store;
import leadglass.store.StudyRow;

/// Gives instances out. The audit entry is written before this returns.
///
/// Safe for use by several threads.
public final class Retrieve {
  private final Store store;
  private final SiteId site;
  private final Gate gate;
  private final AuditTrail trail;
  private final Clock clock;

  Retrieve(Store store, SiteId site, Gate gate, AuditTrail trail, Clock clock) {
    this.store = store;
    this.site = site;
    this.gate = gate;
    this.trail = trail;
    this.clock = clock;
  }

  /// The instances asked for, in the order they came; empty if there are none or `caller` may not
  /// have them, which looks the same.
  ///
  /// @param instance needs `series`
  public List<Held> open(
      Caller caller, Look look, Uid study, Optional<Uid> series, Optional<Uid> instance)
      throws IOException {
    Reach reach = gate.reach(caller, look.verb());
    if (reach == Reach.NOTHING || (reach == Reach.DAY_LIST && !isOfToday(study))) {
      return List.of();
    }
    List<InstanceRow> rows =
        instance.isPresent()
            ? one(study, series, instance.get())
            : store.instances(site, study, series);
    if (!rows.isEmpty()) {
      trail.touched(caller, look.act(), study, rows.size());
    }
    Optional<DataSet> patient =
        store.study(site, study).flatMap(StudyRow::moved).map(PatientLevel::decode);
    return rows.stream().map(row -> new Held(store, site, row, patient)).toList();
  }

  private List<InstanceRow> one(Uid study, Optional<Uid> series, Uid instance) {
    return store.instance(site, instance).stream()
        .filter(row -> row.study().equals(study))
        .filter(row -> series.isEmpty() || series.get().equals(row.series()))
        .toList();
  }

  private boolean isOfToday(Uid study) {
    String today = Query.today(clock);
    return store
        .study(site, study)
        .flatMap(row -> Rows.whole(row).string(Tag.STUDY_DATE))
        .filter(date -> date.replace(".", "").equals(today))
        .isPresent();
  }
}
