package leadglass.archive;

import java.util.HashSet;
import java.util.Set;
import leadglass.dicom.data.Uid;

/// Studies that a caller reaches although their role alone does not: those of a link, of a
/// referrer, of an emergency.
record Beyond(Referrals referrals, Emergencies emergencies) {

  /// Whether a study is one of those.
  boolean opens(Caller caller, Uid study) {
    return (caller instanceof Caller.Share share && share.studies().contains(study))
        || referrals.opens(caller, study)
        || emergencies.opens(caller, study);
  }

  /// What a caller finds of whom [Reach#SHARED] is said, when they ask for no study in particular.
  Set<Uid> listed(Caller caller) {
    return caller instanceof Caller.Share share
        ? new HashSet<>(share.studies())
        : referrals.studies(caller);
  }

  /// Whether it is an emergency's: then no brake holds.
  boolean isEmergency(Caller caller, Uid study) {
    return emergencies.opens(caller, study);
  }
}
