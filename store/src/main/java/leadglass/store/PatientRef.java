package leadglass.store;

/// What makes a patient within a site: the issuer and the Patient ID (PS3.3 §C.7.1.1).
///
/// An empty Patient ID identifies nobody, so each such study has a patient of its own: then `id` is
/// empty and the study's UID stands in.
///
/// @param issuer Issuer of Patient ID (0010,0021), may be empty
/// @param id Patient ID (0010,0020), may be empty
public record PatientRef(String issuer, String id) {

  /// Never the values: they are a patient's.
  @Override
  public String toString() {
    return "PatientRef[" + id.length() + " characters]";
  }
}
