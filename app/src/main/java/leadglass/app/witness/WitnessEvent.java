package leadglass.app.witness;

/// What happens between this archive and its witness.
public sealed interface WitnessEvent {

  /// The newest checkpoint is witnessed: for the first time since the start, or after it was not.
  ///
  /// @param entries that it covers
  record CheckpointWitnessed(String witness, long entries) implements WitnessEvent {}

  /// It is not. Told once, until it is or the reason is another.
  ///
  /// @param why class of the exception, or the status of the answer
  record CheckpointNotWitnessedFailed(String witness, String why) implements WitnessEvent {}

  /// The witness has seen another past of this trail: entries were changed, or an older state was
  /// put back. Told once, until it says otherwise.
  ///
  /// @param entries of the newest checkpoint here
  record WitnessContradictsFailed(String witness, long entries) implements WitnessEvent {}
}
