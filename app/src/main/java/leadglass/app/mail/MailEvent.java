package leadglass.app.mail;

/// What becomes of the checkpoint that is sent by e-mail.
public sealed interface MailEvent {

  /// A mail server took it.
  ///
  /// @param entries that it covers
  record CheckpointMailed(long entries) implements MailEvent {}

  /// None took it. Told once, until one does.
  ///
  /// @param why class of the exception
  record CheckpointMailFailed(String why) implements MailEvent {}
}
