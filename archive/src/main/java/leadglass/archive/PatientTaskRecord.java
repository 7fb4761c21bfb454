package leadglass.archive;

import org.jspecify.annotations.Nullable;

/// What a patient asked, as it is kept in the registry. Removed when the patient is erased.
///
/// @param account id of the patient's
/// @param patient pseudonym
/// @param at milliseconds since 1970-01-01T00:00Z
/// @param share id of the link that is to end; null if it is about something else
/// @param access that is questioned; null if it is about something else
/// @param words the patient's; they do not say who the patient is
/// @param answer null while it is open
record PatientTaskRecord(
    long number,
    String account,
    String patient,
    long at,
    @Nullable String share,
    @Nullable Questioned access,
    String words,
    @Nullable Answer answer) {
  static final String KIND = "patient-task";

  /// What is questioned, as the patient was told it.
  ///
  /// @param number of its entry in the trail
  record Questioned(long number, long at, String who, String did) {}

  record Answer(String by, long at, String words) {
    @Override
    public String toString() {
      return "Answer[]";
    }
  }

  PatientTaskRecord answered(Answer with) {
    return new PatientTaskRecord(number, account, patient, at, share, access, words, with);
  }

  @Override
  public String toString() {
    return "PatientTaskRecord[]";
  }
}
