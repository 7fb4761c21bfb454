package leadglass.archive;

/// What a caller can want of the archive. Every route and every SOP class names one of these, and
/// the [Gate] answers it.
public enum Verb {
  /// Anybody, known or not: sign-in, set-up while it lasts, style sheets. Never patient data.
  KNOCK,
  /// Somebody who proved who they are, whatever their role.
  BE_KNOWN,
  /// Put instances in.
  STORE,
  /// List studies, series and instances.
  FIND,
  /// Take out images and their metadata.
  RETRIEVE,
  /// Look at small previews.
  PREVIEW,
  /// People, devices, settings of a site.
  ADMINISTER,
  /// What is of the whole archive, whatever its sites: keys, copies, packs, how it is doing.
  OPERATE,
  /// Read the audit trail.
  READ_AUDIT,
  /// Put right what was filed wrongly: delete a study and bring it back, give it to another
  /// patient, merge patients, decide what becomes of instances kept apart.
  CORRECT,
  /// Ask for a patient's erasure, and take it back.
  ERASE,
  /// Be the second person of what needs two.
  CONFIRM,
  /// Put a legal hold on a study or a patient, and release it.
  HOLD,
  /// Open a patient beyond one's role in an emergency.
  BREAK_GLASS,
  /// Load the viewer's own files. Never patient data.
  VIEW,
  /// Take instances away as files.
  DOWNLOAD,
  /// Give somebody outside a link to studies.
  SHARE,
  /// List such links, and stop them.
  UNSHARE,
  /// Give a patient a way to their own studies.
  INVITE_PATIENT,
  /// Of a patient: what was done with one's own studies, and asking about it.
  OWN_RECORD,
  /// See procedures that are planned; of a modality, report on them too.
  WORKLIST,
  /// Plan procedures, change and cancel them.
  SCHEDULE,
  /// Of a program of another archive: have a checkpoint of that one's trail witnessed.
  WITNESS,
  /// See what a stranger sees of the archive's doors: the last checks.
  EXPOSURE
}
