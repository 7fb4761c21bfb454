package leadglass.store.catalogue;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import leadglass.dicom.data.Uid;
import leadglass.store.Filing;
import leadglass.store.PatientIdentity;
import leadglass.store.StudyTerms;

/// What stands sealed in a study's row.
///
/// @param attributes as filed with the first instance
/// @param filed terms as filed with the first instance, with the modalities of all
/// @param sopClasses of its instances, sorted
/// @param moved the patient it was moved to
public record StudyValue(
    Uid study,
    byte[] attributes,
    StudyTerms filed,
    List<String> sopClasses,
    Optional<PatientIdentity> moved) {

  /// A study of more modalities or SOP classes is none; the rest is left out.
  private static final int KINDS_MAX = 1000;

  static StudyValue first(Filing filing, Optional<PatientIdentity> moved) {
    StudyTerms terms = filing.searchable();
    return new StudyValue(
        filing.study(),
        filing.studyAttributes(),
        with(terms, sorted(List.of(), terms.modalities())),
        List.of(filing.sopClass().value()),
        moved);
  }

  /// What the study is found by: where it was moved, by the patient it was moved to.
  public StudyTerms terms() {
    return moved.map(patient -> with(filed, patient)).orElse(filed);
  }

  StudyValue movedTo(Optional<PatientIdentity> patient) {
    return new StudyValue(study, attributes, filed, sopClasses, patient);
  }

  /// This value once another instance came; empty if that told nothing new.
  Optional<StudyValue> grownBy(Filing filing) {
    List<String> modalities = sorted(filed.modalities(), filing.searchable().modalities());
    List<String> classes = sorted(sopClasses, List.of(filing.sopClass().value()));
    boolean same = modalities.equals(filed.modalities()) && classes.equals(sopClasses);
    return same
        ? Optional.empty()
        : Optional.of(new StudyValue(study, attributes, with(filed, modalities), classes, moved));
  }

  private static List<String> sorted(List<String> known, List<String> more) {
    if (known.containsAll(more)) {
      return known;
    }
    SortedSet<String> all = new TreeSet<>(known);
    for (String each : more) {
      if (!each.isEmpty() && all.size() < KINDS_MAX) {
        all.add(each);
      }
    }
    return List.copyOf(all);
  }

  private static StudyTerms with(StudyTerms terms, List<String> modalities) {
    return new StudyTerms(
        terms.patientNames(),
        terms.patientId(),
        terms.issuer(),
        terms.birthDate(),
        terms.sex(),
        terms.studyDate(),
        terms.studyTime(),
        terms.accessionNumber(),
        terms.studyId(),
        terms.description(),
        terms.referrers(),
        modalities);
  }

  private static StudyTerms with(StudyTerms terms, PatientIdentity patient) {
    return new StudyTerms(
        patient.names(),
        patient.ref().id(),
        patient.ref().issuer(),
        patient.birthDate(),
        patient.sex(),
        terms.studyDate(),
        terms.studyTime(),
        terms.accessionNumber(),
        terms.studyId(),
        terms.description(),
        terms.referrers(),
        terms.modalities());
  }

  @Override
  public String toString() {
    return "StudyValue[]";
  }
}
