package leadglass.archive;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.store.InstanceRow;
import leadglass.store.Pseudonym;
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
  private final Brakes brakes;
  private final Beyond beyond;
  private final Firsts firsts;
  private final Clock clock;

  Retrieve(
      Store store,
      SiteId site,
      Gate gate,
      AuditTrail trail,
      Brakes brakes,
      Beyond beyond,
      Firsts firsts,
      Clock clock) {
    this.store = store;
    this.site = site;
    this.gate = gate;
    this.trail = trail;
    this.brakes = brakes;
    this.beyond = beyond;
    this.firsts = firsts;
    this.clock = clock;
  }

  /// What came of asking for instances.
  public sealed interface Answer {

    /// In the order they came; none if there are none or the caller may not have them, which looks
    /// the same.
    record Given(List<Held> held) implements Answer {
      @Override
      public String toString() {
        return "Given[" + held.size() + "]";
      }
    }

    /// There would be some, but they would be of one patient too many.
    record Braked(Brakes.Stop stop) implements Answer {}
  }

  /// Opens the instances asked for.
  ///
  /// @param instance needs `series`
  public Answer open(
      Caller caller, Look look, Uid study, Optional<Uid> series, Optional<Uid> instance)
      throws IOException {
    Reach reach = gate.reach(caller, look.verb());
    if (!reaches(reach, caller, study)) {
      return new Answer.Given(List.of());
    }
    List<InstanceRow> rows =
        instance.isPresent()
            ? one(study, series, instance.get())
            : store.instances(site, study, series);
    Optional<String> emergency = beyond.emergency(caller, study);
    Optional<Brakes.Stop> stop =
        rows.isEmpty() || isFree(look, study) || emergency.isPresent()
            ? Optional.empty()
            : brakes.opening(caller, patient(study));
    if (stop.isPresent()) {
      return new Answer.Braked(stop.get());
    }
    if (!rows.isEmpty() && !isFree(look, study) && firsts.wants(caller, study)) {
      Optional<StudyRow> row = store.study(site, study);
      if (row.isPresent()) {
        firsts.opened(caller, patient(study), Rows.whole(row.get()));
      }
    }
    if (rows.isEmpty()) {
      return new Answer.Given(List.of());
    }
    Stated stated = new Stated(emergency.or(() -> brakes.purpose(caller)).orElse(null), null);
    Delivered delivered =
        trail.touched(caller, look.act(), study, rows.size(), stated, emergency.isPresent());
    Optional<DataSet> patient =
        store.study(site, study).flatMap(StudyRow::moved).map(PatientLevel::decode);
    return new Answer.Given(
        rows.stream().map(row -> new Held(store, site, row, patient, delivered)).toList());
  }

  private boolean reaches(Reach reach, Caller caller, Uid study) {
    return switch (reach) {
      case NOTHING -> false;
      case SHARED -> beyond.opens(caller, study);
      case DAY_LIST -> isOfToday(study) || beyond.opens(caller, study);
      case EVERYTHING -> true;
    };
  }

  /// Previews stand in today's list.
  private boolean isFree(Look look, Uid study) {
    return look == Look.PREVIEW && isOfToday(study);
  }

  private String patient(Uid study) {
    return store
        .lifecycle()
        .name(site, study)
        .flatMap(name -> store.lifecycle().patientOf(site, name))
        .map(Pseudonym::value)
        .orElse(study.value());
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
