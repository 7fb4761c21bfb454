package leadglass.app.checkpoint;

/// What happens to the checkpoint that is kept elsewhere.
public sealed interface CheckpointEvent {

  /// It is written again, after it could not be.
  record CheckpointKept() implements CheckpointEvent {}

  /// It can't be written. Told once, until it can.
  ///
  /// @param why class of the exception
  record CheckpointFailed(String why) implements CheckpointEvent {}

  /// What lies there is a checkpoint of another trail, or none: it is left alone.
  record CheckpointOfAnotherFailed() implements CheckpointEvent {}

  /// What lies there says otherwise than the trail does now: entries were changed, or an older
  /// state was put back. It is left alone, and says so at every checkpoint.
  record CheckpointContradictedFailed() implements CheckpointEvent {}
}
