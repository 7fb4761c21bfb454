package leadglass.archive;

import java.util.Optional;
import leadglass.store.StudyName;
import leadglass.store.StudyRow;

/// What keeps a study from being destroyed.
record Keeping(Holds holds, Retention retention) {

  /// Why a study may not even be deleted or given away, if so: a sentence.
  Optional<String> heldBack(StudyName study) {
    return holds
        .on(study)
        .map(hold ->
            "A legal hold has lain on this "
                + (hold.ofPatient() ? "patient" : "study")
                + " since "
                + Custody.date(hold.setMillis())
                + ". An administrator has to release it first.");
  }

  /// Why a study may not be destroyed, if so: a sentence.
  Optional<String> keeps(StudyName study, StudyRow row) {
    Optional<String> held = heldBack(study);
    return held.isPresent() ? held : retention.keeps(row);
  }
}
