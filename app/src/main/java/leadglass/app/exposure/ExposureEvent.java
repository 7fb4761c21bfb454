package leadglass.app.exposure;

/// What comes of looking at one's own doors.
public sealed interface ExposureEvent {

  /// They were looked at.
  ///
  /// @param doors how many
  record ExposureChecked(String grade, int doors, long tookMillis) implements ExposureEvent {}

  /// It is worse than it was.
  record ExposureDropped(String from, String to) implements ExposureEvent {}

  /// They could not be looked at.
  ///
  /// @param why class of the exception
  record ExposureFailed(String why) implements ExposureEvent {}

  /// A mail server took the news that it is worse.
  record ExposureMailed() implements ExposureEvent {}

  /// None took it. Told once, until one does.
  ///
  /// @param why class of the exception
  record ExposureMailFailed(String why) implements ExposureEvent {}
}
