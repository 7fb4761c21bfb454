package leadglass.archive;

/// What an audit entry is about; each stands for an event of PS3.15 §A.5.3.
public enum Act {
  /// DICOM Instances Transferred, towards the archive.
  STORED,
  /// Query.
  SEARCHED,
  /// DICOM Instances Accessed or Transferred, away from the archive.
  RETRIEVED,
  /// Metadata of a study looked at, no pixels.
  DESCRIBED,
  /// Previews only.
  PREVIEWED,
  /// User Authentication and Security Alert: sign-ins, enrolments, roles, tokens, refusals.
  SECURITY,
  /// Application Activity: start and stop.
  ACTIVITY
}
