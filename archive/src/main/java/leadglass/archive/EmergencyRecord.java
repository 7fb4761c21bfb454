package leadglass.archive;

import org.jspecify.annotations.Nullable;

/// An emergency access as it is kept in the registry.
///
/// @param by account
/// @param hat worn then
/// @param patient pseudonym
/// @param reason as it was given; does not say who the patient is
/// @param until milliseconds since 1970-01-01T00:00Z, as `at`
/// @param reviewed by whom; null before
record EmergencyRecord(
    String by,
    String hat,
    String patient,
    String reason,
    long at,
    long until,
    @Nullable String reviewed,
    @Nullable Long reviewedAt,
    @Nullable String remark) {

  EmergencyRecord reviewed(String who, long when, String words) {
    return new EmergencyRecord(by, hat, patient, reason, at, until, who, when, words);
  }

  @Override
  public String toString() {
    return "EmergencyRecord[]";
  }
}
