package leadglass.app.report;

/// One thing that was found, in words of ours with counts and days in them: no name, no address, no
/// place, so that it can be told outside the house.
///
/// @param grave of what is open: whether images are at risk as it is now
/// @param says a sentence or two
/// @param todo what to do about it; empty: nothing
public record Finding(State state, boolean grave, String says, String todo) {

  static Finding supported(String says) {
    return new Finding(State.SUPPORTED, false, says, "");
  }

  /// To be done soon.
  static Finding open(String says, String todo) {
    return new Finding(State.OPEN, false, says, todo);
  }

  /// To be done now.
  static Finding grave(String says, String todo) {
    return new Finding(State.OPEN, true, says, todo);
  }

  static Finding attach(String says, String todo) {
    return new Finding(State.ATTACH, false, says, todo);
  }

  static Finding notKnown(String says, String todo) {
    return new Finding(State.NOT_KNOWN, false, says, todo);
  }
}
