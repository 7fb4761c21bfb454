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
  /// Application Activity: the archive runs from now on, or does not any more.
  ACTIVITY,
  /// DICOM Study Deleted: a study put aside.
  DELETED,
  /// DICOM Study Deleted, undone: a study brought back.
  RESTORED,
  /// DICOM Study Deleted: its key destroyed.
  PURGED,
  /// Patient Record, update: a study given to another patient, patients merged or parted again.
  MOVED,
  /// Security Alert, general: a legal hold set or released.
  HELD,
  /// Patient Record, delete: an erasure asked for, confirmed, taken back, done, ticked off.
  ERASED,
  /// Security Alert, security configuration: a rule of the site set.
  POLICY,
  /// DICOM Instances Accessed, update: an instance kept apart was accepted or dropped.
  QUARANTINE,
  /// Security Alert, emergency override: opened or reviewed.
  EMERGENCY,
  /// Export: a link to studies made for somebody outside, opened, or ended.
  SHARED,
  /// Audit Log Used: this trail itself read, exported or forwarded.
  LOG_USED,
  /// Patient Record, disclosure questioned: a patient asked about what was done with their images,
  /// or was answered.
  ASKED,
  /// Security Alert, security configuration: who may do what from now on, and what holds the key.
  STATE,
  /// Audit Log Used: a week was reviewed and signed off.
  REVIEWED,
  /// Procedure Record: an entry of the worklist made, changed or cancelled.
  SCHEDULED,
  /// Procedure Record: a modality says that a procedure step was begun, or how it goes.
  PERFORMED
}
