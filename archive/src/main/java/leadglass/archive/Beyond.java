package leadglass.archive;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import leadglass.dicom.data.Uid;
import leadglass.store.Pseudonym;
import leadglass.store.StudyRow;

/// Studies that a caller reaches although their role alone does not: those of a link, of a
/// referrer, of an emergency, or of a token that is for some patients alone.
record Beyond(Custody custody, Referrals referrals, Emergencies emergencies) {

  /// Whether a study is one of those.
  boolean opens(Caller caller, Uid study) {
    if (caller instanceof Caller.Program program && !program.patients().isEmpty()) {
      return isOf(program, study) && (readsAll(program) || referrals.opens(caller, study));
    }
    return (caller instanceof Caller.Share share && share.studies().contains(study))
        || referrals.opens(caller, study)
        || emergencies.opens(caller, study);
  }

  /// What a caller finds of whom [Reach#SHARED] is said, when they ask for no study in particular.
  Set<Uid> listed(Caller caller) {
    if (caller instanceof Caller.Program program && !program.patients().isEmpty()) {
      Set<Uid> studies = new LinkedHashSet<>();
      for (String patient : program.patients()) {
        custody.lifecycle().studiesOf(custody.site(), new Pseudonym(patient)).stream()
            .flatMap(name -> custody.row(name).stream())
            .map(StudyRow::study)
            .filter(study -> opens(caller, study))
            .forEach(studies::add);
      }
      return studies;
    }
    return caller instanceof Caller.Share share
        ? new HashSet<>(share.studies())
        : referrals.studies(caller);
  }

  private boolean isOf(Caller.Program program, Uid study) {
    return custody
        .find(study)
        .flatMap(name -> custody.lifecycle().patientOf(custody.site(), name))
        .filter(patient -> program.patients().contains(patient.value()))
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
