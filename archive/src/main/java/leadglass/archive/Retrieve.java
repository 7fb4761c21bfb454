package leadglass.archive;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.store.InstanceRow;
import leadglass.store.Pseudonym;
import leadglass.store.SiteId;
import leadglass.store.Store;
import leadglass.store.StudyRow;
import leadglass.store.StudySearch;
import org.jspecify.annotations.Nullable;

/// Gives instances out. The audit entry is written before this returns.
///
/// Safe for use by several threads.
public final class Retrieve {
  private static final int PAGE = 200;

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
    List<InstanceRow> rows = rows(caller, look, study, series, instance);
    Optional<Brakes.Stop> stop = rows.isEmpty() ? Optional.empty() : stop(caller, look, study);
    if (stop.isPresent()) {
      return new Answer.Braked(stop.get());
    }
    return new Answer.Given(rows.isEmpty() ? List.of() : held(caller, look, study, rows, null));
  }

  /// What came of asking for instances of several studies.
  public sealed interface Several {

    /// Study by study in the order asked for, each in the order it came.
    record Given(List<Held> held) implements Several {
      @Override
      public String toString() {
        return "Given[" + held.size() + "]";
      }
    }

    /// Some of them would be of one patient too many; none is given.
    record Braked(Brakes.Stop stop) implements Several {}

    /// More than was allowed at a time; none is given.
    record TooMany() implements Several {}
  }

  /// Opens instances of several studies, or none of them.
  ///
  /// @param instancesMax how many at most
  /// @param recipient the device that gets them, if it is not the caller
  public Several open(
      Caller caller, Look look, List<Wanted> wanted, int instancesMax, Optional<String> recipient)
      throws IOException {
    Map<Uid, List<InstanceRow>> found = new LinkedHashMap<>();
    int count = 0;
    for (Wanted each : wanted) {
      List<InstanceRow> rows = rows(caller, look, each);
      count += rows.size();
      if (count > instancesMax) {
        return new Several.TooMany();
      }
      if (!rows.isEmpty()) {
        found.computeIfAbsent(each.study(), _ -> new ArrayList<>()).addAll(rows);
      }
    }
    for (Uid study : found.keySet()) {
      Optional<Brakes.Stop> stop = stop(caller, look, study);
      if (stop.isPresent()) {
        return new Several.Braked(stop.get());
      }
    }
    String told = recipient.map(title -> Stated.device(title, caller)).orElse(null);
    List<Held> held = new ArrayList<>(count);
    for (Map.Entry<Uid, List<InstanceRow>> each : found.entrySet()) {
      held.addAll(held(caller, look, each.getKey(), each.getValue(), told));
    }
    return new Several.Given(held);
  }

  private List<InstanceRow> rows(Caller caller, Look look, Wanted wanted) {
    Optional<Uid> series =
        wanted.series().size() == 1
            ? Optional.of(wanted.series().iterator().next())
            : Optional.empty();
    if (wanted.instances().size() == 1) {
      return rows(caller, look, wanted.study(), series, wanted.instances().stream().findFirst());
    }
    return rows(caller, look, wanted.study(), series, Optional.empty()).stream()
        .filter(row -> wanted.series().isEmpty() || wanted.series().contains(row.series()))
        .filter(
            row -> wanted.instances().isEmpty() || wanted.instances().contains(row.sopInstance()))
        .toList();
  }

  /// None if there are none or the caller may not have them.
  private List<InstanceRow> rows(
      Caller caller, Look look, Uid study, Optional<Uid> series, Optional<Uid> instance) {
    if (!reaches(gate.reach(caller, look.verb()), caller, study)) {
      return List.of();
    }
    return instance.isPresent()
        ? one(study, series, instance.get())
        : store.instances(site, study, series);
  }

  /// What it takes first, if the study is of one patient too many.
  private Optional<Brakes.Stop> stop(Caller caller, Look look, Uid study) throws IOException {
    return isFree(look, study) || beyond.emergency(caller, study).isPresent()
        ? Optional.empty()
        : brakes.opening(caller, patient(study));
  }

  private List<Held> held(
      Caller caller, Look look, Uid study, List<InstanceRow> rows, @Nullable String recipient)
      throws IOException {
    if (!isFree(look, study) && firsts.wants(caller, study)) {
      Optional<StudyRow> row = store.study(site, study);
      if (row.isPresent()) {
        firsts.opened(caller, patient(study), Rows.whole(row.get()));
      }
    }
    Optional<String> emergency = beyond.emergency(caller, study);
    Stated stated = new Stated(emergency.or(() -> brakes.purpose(caller)).orElse(null), recipient);
    Delivered delivered =
        trail.touched(caller, look.act(), study, rows.size(), stated, emergency.isPresent());
    Optional<DataSet> patient =
        store.study(site, study).flatMap(StudyRow::moved).map(PatientLevel::decode);
    return rows.stream().map(row -> new Held(store, site, row, patient, delivered)).toList();
  }

  /// The studies of a patient that the caller reaches. Nothing is given yet.
  ///
  /// @param patient an empty issuer: of every patient with that ID
  /// @param studiesMax no more than that and one
  public List<Uid> studies(Caller caller, Look look, About.Patient patient, int studiesMax) {
    Reach reach = gate.reach(caller, look.verb());
    if (reach == Reach.NOTHING) {
      return List.of();
    }
    List<StudySearch.Condition> conditions = new ArrayList<>();
    conditions.add(new StudySearch.Condition.Equal(StudySearch.Field.PATIENT_ID, patient.id()));
    if (!patient.issuer().isEmpty()) {
      conditions.add(new StudySearch.Condition.Equal(StudySearch.Field.ISSUER, patient.issuer()));
    }
    List<Uid> studies = new ArrayList<>();
    Optional<String> after = Optional.empty();
    do {
      List<StudyRow> page = store.studies(new StudySearch(site, conditions, 0, PAGE, after)).rows();
      page.stream()
          .map(StudyRow::study)
          .filter(study -> reaches(reach, caller, study))
          .forEach(studies::add);
      after = page.size() < PAGE ? Optional.empty() : Optional.of(page.getLast().cursor());
    } while (after.isPresent() && studies.size() <= studiesMax);
    return studies.subList(0, Math.min(studies.size(), studiesMax + 1));
  }

  /// Whether a study is a patient's now; false if the caller does not reach it. Nothing is given
  /// yet.
  ///
  /// @param patient an empty issuer: any
  public boolean isOf(Caller caller, Look look, Uid study, About.Patient patient) {
    return reaches(gate.reach(caller, look.verb()), caller, study)
        && store
            .study(site, study)
            .map(Rows::whole)
            .filter(row -> row.string(Tag.PATIENT_ID).orElse("").equals(patient.id()))
            .filter(row ->
                patient.issuer().isEmpty()
                    || row.string(Tag.ISSUER_OF_PATIENT_ID).orElse("").equals(patient.issuer()))
            .isPresent();
  }

  /// Where instances are that are named by nothing but themselves, as far as the caller reaches
  /// them. Nothing is given yet.
  public List<Wanted> find(Caller caller, Look look, Collection<Uid> instances) {
    Reach reach = gate.reach(caller, look.verb());
    Map<Uid, Set<Uid>> found = new LinkedHashMap<>();
    if (reach != Reach.NOTHING) {
      for (Uid instance : instances) {
        store
            .instance(site, instance)
            .filter(row -> reaches(reach, caller, row.study()))
            .ifPresent(row ->
                found.computeIfAbsent(row.study(), _ -> new LinkedHashSet<>()).add(instance));
      }
    }
    return found.entrySet().stream()
        .map(each -> new Wanted(each.getKey(), Set.of(), each.getValue()))
        .toList();
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
