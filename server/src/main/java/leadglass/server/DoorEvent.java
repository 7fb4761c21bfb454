package leadglass.server;

/// What happens to the doors themselves.
public sealed interface DoorEvent {

  /// Which.
  enum Door {
    PAGES,
    DEVICES,
    OUTSIDE
  }

  /// A door shows other certificates from now on.
  record CertificatesRenewed(Door door) implements DoorEvent {}

  /// New certificates can't be had; what is shown stays.
  ///
  /// @param why class of the exception
  record CertificatesFailed(Door door, String why) implements DoorEvent {}
}
