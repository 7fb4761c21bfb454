package leadglass.archive;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import leadglass.dicom.data.Uid;
import leadglass.store.Pseudonym;
import leadglass.store.StudyRow;

/// Studies that a caller reaches although their role alone does not: those of a link, of a
/// referrer, of an emergency, of a token that is for some patients alone, or a patient's own.
record Beyond(Custody custody, Referrals referrals, Emergencies emergencies) {

  /// Whether a study is one of those.
  boolean opens(Caller caller, Uid study) {
    if (caller instanceof Caller.Program program && !program.patients().isEmpty()) {
      return isOf(program.patients(), study)
          && (readsAll(program) || referrals.opens(caller, study));
    }
    if (caller instanceof Caller.Patient patient) {
      return isOf(patient.patients(), study);
    }
    return (caller instanceof Caller.Share share && share.studies().contains(study))
        || referrals.opens(caller, study)
        || emergencies.opens(caller, study);
  }

  /// What a caller finds of whom [Reach#SHARED] is said, when they ask for no study in particular.
  Set<Uid> listed(Caller caller) {
    if (caller instanceof Caller.Program program && !program.patients().isEmpty()) {
      return of(program.patients(), caller);
    }
    if (caller instanceof Caller.Patient patient) {
      return of(patient.patients(), caller);
    }
    return caller instanceof Caller.Share share
        ? new HashSet<>(share.studies())
        : referrals.studies(caller);
  }

  private Set<Uid> of(Set<String> patients, Caller caller) {
    Set<Uid> studies = new LinkedHashSet<>();
    for (String patient : patients) {
      custody.lifecycle().studiesOf(custody.site(), new Pseudonym(patient)).stream()
          .flatMap(name -> custody.row(name).stream())
          .map(StudyRow::study)
          .filter(study -> opens(caller, study))
          .forEach(studies::add);
    }
    return studies;
  }

  private boolean isOf(Set<String> patients, Uid study) {
    return custody
        .find(study)
        .flatMap(name -> custody.lifecycle().patientOf(custody.site(), name))
        .filter(patient -> patients.contains(patient.value()))
        .isPresent();
  }

  private static boolean readsAll(Caller.Program program) {
    return program.held().contains(Role.RADIOLOGIST);
  }

  /// Why it is open in an emergency, if it is: then no brake holds.
  Optional<String> emergency(Caller caller, Uid study) {
    return emergencies.reason(caller, study);
  }
}
