package leadglass.archive;

/// Everything the archive tells the outside. Counts, enums and configured names; nothing read from
/// a data set, nothing a person typed.
public sealed interface ArchiveEvent {

  /// An instance was kept.
  record InstanceStored(Origin.Door door, long dataSetBytes) implements ArchiveEvent {}

  /// An instance was not kept.
  record InstanceRefused(Origin.Door door, StoreOutcome.Reason reason) implements ArchiveEvent {}

  /// Somebody could not prove who they are, or may not do what they asked for.
  record AccessRefused(Origin.Door door) implements ArchiveEvent {}

  /// A try at a password, token or set-up code came too soon after wrong ones.
  record TriesSlowed(Origin.Door door, long waitSeconds) implements ArchiveEvent {}

  /// So much of a day's budget was used.
  ///
  /// @param subject an account or a device
  record BudgetUsed(String subject, int percent) implements ArchiveEvent {}

  /// Somebody was stopped who needs a second person to go on.
  ///
  /// @param subject an account or a device
  record Stopped(String subject) implements ArchiveEvent {}

  /// A link was locked by wrong passcodes.
  ///
  /// @param share its public part
  record ShareLocked(String share) implements ArchiveEvent {}

  /// Somebody did for the first time what they never did.
  ///
  /// @param subject such as `person mara`
  record FirstTime(String subject, Firsts.Pattern pattern) implements ArchiveEvent {}

  /// Somebody opened a patient in an emergency.
  ///
  /// @param account whose
  record EmergencyOpened(String account) implements ArchiveEvent {}

  /// A device proved itself at an hour it may not be here.
  record OutsideHours(String aeTitle) implements ArchiveEvent {}

  /// A device never took the report of a storage commitment it had asked for.
  ///
  /// @param aeTitle as enrolled
  record CommitmentDropped(String aeTitle) implements ArchiveEvent {}

  /// Somebody at the console says that a person lost everything they prove themselves with.
  ///
  /// @param account its name
  record RecoveryAsked(String account) implements ArchiveEvent {}

  /// A person's factors, sessions and tokens ended; a link makes new ones.
  ///
  /// @param account its name
  record Recovered(String account) implements ArchiveEvent {}

  /// A checkpoint of another archive's trail contradicts what was seen of it before.
  ///
  /// @param name of that archive, as it is called here
  record WitnessedTrailFailed(String name) implements ArchiveEvent {}

  /// What the trail is owed could not be written; nothing is given out until it can.
  ///
  /// @param failureClass name of the exception's class
  record TrailFailed(String failureClass) implements ArchiveEvent {}
}
