package leadglass.app.syslog;

/// What happens on the way to the collector. Names of the configuration, and counts.
public sealed interface ForwardEvent {

  /// Messages go to the collector from here on.
  ///
  /// @param behind entries it does not have yet
  record AuditForwardingBegan(String collector, long behind) implements ForwardEvent {}

  /// They do not. Told once, until they do again.
  ///
  /// @param why class of the exception
  /// @param behind entries it may not have
  record AuditForwardingFailed(String collector, String why, long behind) implements ForwardEvent {}
}
