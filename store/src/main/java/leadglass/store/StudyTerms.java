package leadglass.store;

import java.util.List;

/// What a study is found by. Every list may be empty; text is decoded, as received, untrimmed of
/// nothing but padding.
///
/// @param patientNames every component group of Patient's Name, `Family^Given^…` each
/// @param patientId Patient ID
/// @param issuer Issuer of Patient ID
/// @param birthDate `YYYYMMDD` or empty
/// @param sex Patient's Sex, one character or empty
/// @param studyDate `YYYYMMDD` or empty
/// @param studyTime `HHMMSS.FFFFFF`, a prefix of it, or empty
/// @param accessionNumber Accession Number
/// @param studyId Study ID
/// @param description Study Description
/// @param referrers component groups of Referring Physician's Name
/// @param modalities Modality of each series known so far
public record StudyTerms(
    List<String> patientNames,
    String patientId,
    String issuer,
    String birthDate,
    String sex,
    String studyDate,
    String studyTime,
    String accessionNumber,
    String studyId,
    String description,
    List<String> referrers,
    List<String> modalities) {

  /// What finds nothing.
  public static final StudyTerms NONE =
      new StudyTerms(List.of(), "", "", "", "", "", "", "", "", "", List.of(), List.of());

  /// Never the values: they are a patient's.
  @Override
  public String toString() {
    return "StudyTerms[]";
  }
}
