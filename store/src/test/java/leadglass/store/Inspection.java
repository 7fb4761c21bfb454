package leadglass.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import leadglass.dicom.data.Uid;
import leadglass.store.Act.Kind;
import leadglass.store.Coming.Sent;
import leadglass.store.Coming.Status;
import leadglass.store.StudySearch.Condition;
import leadglass.store.StudySearch.Field;

/// Compares an archive with what those who worked in it were told.
final class Inspection {
  private final Store store;
  private final SiteId site;
  private final List<String> wrong = new ArrayList<>();

  private Inspection(Store store, SiteId site) {
    this.store = store;
    this.site = site;
  }

  /// What is not as it should be; settles the acts that nobody answered.
  static List<String> of(Store store, SiteId site, SafePlace place, List<Ward> wards)
      throws IOException {
    Inspection inspection = new Inspection(store, site);
    inspection.copies(place, wards);
    for (Ward ward : wards) {
      ward.unanswered()
          .filter(act -> inspection.isDone(act, ward))
          .ifPresent(act -> ward.settled(act.name()));
      ward.settled();
    }
    for (Ward ward : wards) {
      inspection.studies(ward);
    }
    inspection.patients(wards);
    inspection.sums(wards);
    inspection.audit(wards);
    inspection.sessions(wards);
    return inspection.wrong;
  }

  /// Every snapshot that was told of is there, and no more than one that was not.
  private void copies(SafePlace place, List<Ward> wards) throws IOException {
    List<String> there = place.snapshots();
    place.hoardKeys();
    Set<String> known = new HashSet<>();
    wards.forEach(ward -> ward.copies.forEach(copy -> known.add(copy.snapshot())));
    expect(there.containsAll(known), "snapshots are there: " + there, known);
    List<String> others = there.stream().filter(each -> !known.contains(each)).toList();
    List<Ward> asking =
        wards.stream()
            .filter(ward -> ward.unanswered().filter(act -> act.kind() == Kind.BACKUP).isPresent())
            .sorted(Comparator.comparingLong(Ward::asked))
            .toList();
    expect(others.size() <= asking.size(), "snapshots nobody asked for", others);
    for (int i = 0; i < Math.min(others.size(), asking.size()); i++) {
      asking.get(i).settled(others.get(i)); // of whom it is, nothing tells: of the earliest
    }
  }

  private void sessions(List<Ward> wards) throws IOException {
    for (Ward ward : wards) {
      for (int each : ward.sessions) {
        boolean there = store.registry().find("session", Integer.toString(each)).isPresent();
        expect(there, "a session", each);
      }
    }
  }

  private Lifecycle lifecycle() {
    return store.lifecycle();
  }

  private boolean isDone(Act act, Ward ward) {
    Uid study = Samples.studyUid(act.study());
    return switch (act.kind()) {
      case FILE -> store.instance(site, act.filing(site).sopInstance()).isPresent();
      case AUDIT, MENTION, FULL, REPACK, SCRUB, BACKUP -> false; // or nothing that tells
      case DELETE -> store.study(site, study).isEmpty();
      case RESTORE ->
          lifecycle().name(site, study).map(StudyName::value).equals(Optional.of(act.name()));
      case PURGE -> lifecycle().study(site, new StudyName(act.name())).isEmpty();
      case MOVE ->
          lifecycle()
              .name(site, study)
              .flatMap(name -> lifecycle().patientOf(site, name))
              .equals(Optional.of(lifecycle().pseudonym(site, Act.patient(act.patient()))));
      case ERASE ->
          ward.comings.stream()
              .filter(each -> each.patient == act.patient() && each.status != Status.GONE)
              .allMatch(each -> lifecycle().study(site, new StudyName(each.name)).isEmpty());
    };
  }

  private void expect(boolean is, String what, Object of) {
    if (!is) {
      wrong.add(what + " (" + of + ")");
    }
  }

  private void studies(Ward ward) throws IOException {
    for (Coming each : ward.comings) {
      if (each.status == Status.HELD) {
        Optional<StudyName> name = lifecycle().name(site, Samples.studyUid(each.study));
        if (each.name.equals("-")) {
          each.name = name.map(StudyName::value).orElse("-");
        }
        expect(
            name.map(StudyName::value).equals(Optional.of(each.name)),
            "a study has its name",
            each);
        held(each);
      } else {
        Optional<StudyRow> row = lifecycle().study(site, new StudyName(each.name));
        boolean aside = each.status == Status.ASIDE;
        expect(row.isPresent() == aside, "a study is put aside or gone", each);
        expect(
            ward.held(each.study).isPresent()
                || store.study(site, Samples.studyUid(each.study)).isEmpty(),
            "a study that is not held is not found",
            each);
      }
    }
  }

  private void held(Coming study) throws IOException {
    Uid uid = Samples.studyUid(study.study);
    Optional<StudyRow> row = store.study(site, uid);
    expect(row.isPresent(), "a study is there", study);
    expect(
        row.isEmpty() || row.get().instanceCount() == study.instances.size(), "its count", study);
    Set<String> listed =
        store.instances(site, uid, Optional.empty()).stream()
            .map(each -> each.sopInstance().value())
            .collect(Collectors.toSet());
    Set<String> known = new HashSet<>();
    for (Map.Entry<Integer, Sent> each : study.instances.entrySet()) {
      Uid instance = Samples.instanceUid(study.study, 1, each.getKey());
      known.add(instance.value());
      try {
        byte[] held = Samples.read(store, site, instance);
        expect(
            Arrays.equals(held, each.getValue().bytes()),
            "bytes are what was sent",
            instance.value());
      } catch (IOException | java.util.NoSuchElementException e) {
        expect(false, "an instance is there and can be read: " + Tally.causes(e), instance.value());
      }
    }
    expect(listed.equals(known), "its instances are listed", study);
  }

  /// The search finds each patient's studies that are held, and no others.
  private void patients(List<Ward> wards) {
    Map<Integer, Set<String>> held =
        wards.stream()
            .flatMap(ward -> ward.comings.stream())
            .collect(
                Collectors.groupingBy(
                    each -> each.patient,
                    Collectors.filtering(
                        each -> each.status == Status.HELD,
                        Collectors.mapping(
                            each -> Samples.studyUid(each.study).value(), Collectors.toSet()))));
    held.forEach((patient, studies) -> {
      Condition is = new Condition.Equal(Field.PATIENT_ID, Act.patient(patient).id());
      List<String> found =
          store.studies(Samples.all(site, is)).rows().stream()
              .map(row -> row.study().value())
              .toList();
      expect(
          found.size() == studies.size() && studies.containsAll(found),
          "a patient's studies are found: %s, not %s".formatted(studies, found),
          patient);
    });
  }

  private void sums(List<Ward> wards) {
    long studies = 0;
    long instances = 0;
    Set<String> aside = new HashSet<>();
    for (Ward ward : wards) {
      for (Coming each : ward.comings) {
        if (each.status == Status.HELD) {
          studies++;
          instances += each.instances.size();
        } else if (each.status == Status.ASIDE) {
          aside.add(each.name);
        }
      }
    }
    Store.Health health = store.health();
    expect(health.studies() == studies, "how many studies: " + health.studies(), studies);
    expect(health.instances() == instances, "how many instances: " + health.instances(), instances);
    List<String> listed =
        lifecycle().aside(site, Optional.empty(), 10_000).stream()
            .map(each -> each.name().value())
            .toList();
    expect(
        listed.size() == aside.size() && aside.containsAll(listed),
        "what is put aside is listed: " + listed.size(),
        aside.size());
  }

  private void audit(List<Ward> wards) throws IOException {
    List<String> entries = new ArrayList<>();
    store.trail().read(0, (_, entry) -> entries.add(new String(entry.entry(), US_ASCII)));
    Set<String> all = new HashSet<>(entries);
    expect(all.size() == entries.size(), "no audit entry is there twice", entries.size());
    for (Ward ward : wards) {
      for (int each : ward.entries.keySet()) {
        expect(all.contains(Act.entry(each)), "an audit entry", each);
      }
      ward.mentions.forEach(each -> expect(all.contains(Act.entry(each)), "a mention", each));
    }
  }
}
