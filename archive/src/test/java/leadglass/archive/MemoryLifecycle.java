package leadglass.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.dicom.io.DataSets;
import leadglass.store.Audit;
import leadglass.store.Lifecycle;
import leadglass.store.PatientIdentity;
import leadglass.store.PatientRef;
import leadglass.store.Pseudonym;
import leadglass.store.SiteId;
import leadglass.store.StudyName;
import leadglass.store.StudyRow;

/// A store of studies without images that forgets everything at its end; passes the contract of the
/// real one.
final class MemoryLifecycle implements Lifecycle {
  private final Map<StudyName, Kept> studies = new LinkedHashMap<>();
  private final List<Audit> audit = new ArrayList<>();
  private final java.time.InstantSource clock;
  private int made;
  private String failing = "";

  MemoryLifecycle(java.time.InstantSource clock) {
    this.clock = clock;
  }

  private static final class Kept {
    final StudyName name;
    final StudyRow row;
    final Pseudonym filedUnder;
    Pseudonym patient;
    Optional<PatientIdentity> moved = Optional.empty();
    Optional<Aside> aside = Optional.empty();

    Kept(StudyName name, StudyRow row, Pseudonym patient) {
      this.name = name;
      this.row = row;
      this.filedUnder = patient;
      this.patient = patient;
    }
  }

  /// Keeps a study that came at `receivedMillis`.
  synchronized StudyName file(SiteId site, DataSet dataSet, long receivedMillis) {
    Uid uid = dataSet.uid(Tag.STUDY_INSTANCE_UID).orElseThrow();
    StudyName name = new StudyName(String.format("%032x", ++made));
    DataSet.Builder study = DataSet.builder().utf8();
    dataSet.forEach(element -> {
      if (Levels.STUDY.contains(element.tag())) {
        study.add(element);
      }
    });
    StudyRow row =
        new StudyRow(
            uid,
            DataSets.encode(study.build()),
            dataSet.string(Tag.MODALITY).stream().toList(),
            List.of(Samples.CT.value()),
            1,
            1,
            100,
            receivedMillis,
            receivedMillis,
            Optional.empty(),
            "");
    String id = dataSet.string(Tag.PATIENT_ID).orElse("");
    String issuer = dataSet.string(Tag.ISSUER_OF_PATIENT_ID).orElse("");
    Pseudonym patient =
        id.isEmpty()
            ? hash(site, "study", uid.value())
            : pseudonym(site, new PatientRef(issuer, id));
    studies.put(name, new Kept(name, row, patient));
    return name;
  }

  /// Every entry that went with an act, as JSON, its subject behind it.
  List<String> trail() {
    return audit.stream().map(MemoryLifecycle::text).toList();
  }

  static String text(Audit entry) {
    return new String(entry.entry(), StandardCharsets.UTF_8)
        + entry.subject().map(s -> new String(s.detail(), StandardCharsets.UTF_8)).orElse("");
  }

  List<Audit> audit() {
    return audit;
  }

  /// The next act of that name fails before anything happens.
  void failOnce(String act) {
    failing = act;
  }

  private void perhapsFail(String act) throws IOException {
    if (failing.equals(act)) {
      failing = "";
      throw new IOException("the power was cut");
    }
  }

  /// The patient a study was given to.
  PatientIdentity movedTo(StudyName study) {
    return Optional.ofNullable(studies.get(study)).flatMap(kept -> kept.moved).orElseThrow();
  }

  private static Pseudonym hash(SiteId site, String kind, String value) {
    byte[] hash = Encodings.sha256(Encodings.utf8(site.value() + "\0" + kind + "\0" + value));
    return new Pseudonym(HexFormat.of().formatHex(hash, 0, 16));
  }

  private Optional<Kept> live(Predicate<Kept> which) {
    return studies.values().stream().filter(kept -> kept.aside.isEmpty()).filter(which).findFirst();
  }

  @Override
  public synchronized Optional<StudyName> name(SiteId site, Uid study) {
    return live(kept -> kept.row.study().equals(study)).map(kept -> kept.name);
  }

  @Override
  public synchronized Optional<Pseudonym> patientOf(SiteId site, StudyName study) {
    return Optional.ofNullable(studies.get(study)).map(kept -> kept.patient);
  }

  @Override
  public Pseudonym pseudonym(SiteId site, PatientRef patient) {
    if (patient.id().isEmpty()) {
      throw new IllegalArgumentException("a patient without an ID is known by a study");
    }
    return hash(site, patient.issuer(), patient.id());
  }

  @Override
  public synchronized List<StudyName> studiesOf(SiteId site, Pseudonym patient) {
    return studies.values().stream()
        .filter(kept -> kept.patient.equals(patient))
        .map(kept -> kept.name)
        .toList();
  }

  @Override
  public synchronized Optional<StudyRow> study(SiteId site, StudyName name) {
    return Optional.ofNullable(studies.get(name)).map(MemoryLifecycle::today);
  }

  private static StudyRow today(Kept kept) {
    StudyRow row = kept.row;
    return new StudyRow(
        row.study(),
        row.attributes(),
        row.modalities(),
        row.sopClasses(),
        row.seriesCount(),
        row.instanceCount(),
        row.bytes(),
        row.receivedMillis(),
        row.changedMillis(),
        kept.moved,
        row.cursor());
  }

  @Override
  public synchronized Done delete(SiteId site, StudyName study, byte[] reason, Doing doing) {
    Kept kept = studies.get(study);
    if (kept == null || kept.aside.isPresent()) {
      return Done.NOT_THERE;
    }
    kept.aside =
        Optional.of(
            new Aside(
                study, kept.patient, today(kept), clock.millis(), doing.by(), reason.clone()));
    return done(doing);
  }

  private Done done(Doing doing) {
    audit.addAll(doing.audit());
    return Done.DONE;
  }

  @Override
  public synchronized Done restore(SiteId site, StudyName study, Doing doing) {
    Kept kept = studies.get(study);
    if (kept == null || kept.aside.isEmpty()) {
      return Done.NOT_THERE;
    }
    if (name(site, kept.row.study()).isPresent()) {
      return Done.CAME_AGAIN;
    }
    kept.aside = Optional.empty();
    return done(doing);
  }

  @Override
  public synchronized Done purge(SiteId site, StudyName study, Doing doing) {
    Kept kept = studies.get(study);
    if (kept == null || kept.aside.isEmpty()) {
      return Done.NOT_THERE;
    }
    studies.remove(study);
    return done(doing);
  }

  @Override
  public synchronized Done move(
      SiteId site, StudyName study, Optional<PatientIdentity> to, Doing doing) throws IOException {
    perhapsFail("move");
    Kept kept = studies.get(study);
    if (kept == null || kept.aside.isPresent()) {
      return Done.NOT_THERE;
    }
    kept.moved = to;
    kept.patient = to.map(identity -> pseudonym(site, identity.ref())).orElse(kept.filedUnder);
    return done(doing);
  }

  @Override
  public synchronized int erase(SiteId site, Pseudonym patient, Doing doing) throws IOException {
    perhapsFail("erase");
    List<StudyName> gone = studiesOf(site, patient);
    gone.forEach(studies::remove);
    done(doing);
    return gone.size();
  }

  @Override
  public List<Apart> apart(SiteId site, long after, int limit) {
    return List.of(); // no images, so none is kept apart
  }

  @Override
  public Optional<Apart> apart(SiteId site, String record) {
    return Optional.empty();
  }

  @Override
  public Done accept(SiteId site, String record, Doing doing) {
    return Done.NOT_THERE;
  }

  @Override
  public Done discard(SiteId site, String record, byte[] reason, Doing doing) {
    return Done.NOT_THERE;
  }

  @Override
  public synchronized List<Aside> aside(SiteId site, Optional<StudyName> after, int limit) {
    List<Aside> all =
        studies.values().stream()
            .flatMap(kept -> kept.aside.stream())
            .sorted(Comparator.comparingLong(Aside::deletedMillis))
            .toList();
    int from = 0;
    if (after.isPresent()) {
      List<StudyName> names = all.stream().map(Aside::name).toList();
      from = names.indexOf(after.get()) + 1;
    }
    return all.subList(from, Math.min(all.size(), from + limit));
  }
}
