package leadglass.archive;

/// Where a request came from: the door it knocked at and the network address.
///
/// @param address of the peer, without its port; `console` for a command
public record Origin(Door door, String address) {

  /// The ways in.
  public enum Door {
    DIMSE,
    DICOMWEB,
    PAGE,
    CONSOLE,
    /// None: what the archive does by itself when its time has come.
    ARCHIVE
  }
}
