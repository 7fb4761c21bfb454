package leadglass.server.scp;

/// What happens to the doors of lanes. Names are those of enrolled devices.
public sealed interface LaneEvent {

  /// A lane's door is open.
  record LaneOpened(String aeTitle, int port) implements LaneEvent {}

  /// A lane's door is closed: it ended, was revoked or removed.
  record LaneClosed(String aeTitle) implements LaneEvent {}

  /// A lane's door can't be opened. It is tried again every minute.
  ///
  /// @param why class of the exception
  record LaneFailed(String aeTitle, String why) implements LaneEvent {}

  /// Somebody connected to a lane from another address than its device's; it was closed before a
  /// byte was read.
  record LaneKnocked(String aeTitle) implements LaneEvent {}
}
