package leadglass.archive;

import leadglass.dicom.data.Uid;

/// Whom a hold or an erasure is about, as a person names them.
public sealed interface About {

  /// A study that is held and found; of an erasure, its patient.
  record Study(Uid study) implements About {}

  /// A patient, by what the study was filed under or given to.
  ///
  /// @param issuer Issuer of Patient ID (0010,0021), may be empty
  /// @param id Patient ID (0010,0020), not empty: who has none is named by a study
  record Patient(String issuer, String id) implements About {
    @Override
    public String toString() {
      return "Patient[]";
    }
  }
}
