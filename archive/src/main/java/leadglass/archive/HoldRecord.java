package leadglass.archive;

import org.jspecify.annotations.Nullable;

/// A legal hold as it is kept in the registry.
///
/// @param subject a study's name or a patient's pseudonym
/// @param set milliseconds since 1970-01-01T00:00Z
/// @param releasedBy with the two that follow: null while it holds
record HoldRecord(
    boolean ofPatient,
    String subject,
    String reason,
    String by,
    long set,
    @Nullable String releasedBy,
    @Nullable Long released,
    @Nullable String releaseReason) {

  boolean holds() {
    return releasedBy == null;
  }

  HoldRecord released(String who, long when, String why) {
    return new HoldRecord(ofPatient, subject, reason, by, set, who, when, why);
  }

  @Override
  public String toString() {
    return "HoldRecord[]";
  }
}
