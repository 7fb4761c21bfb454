package leadglass.server.scp;

import leadglass.archive.Caller;

/// How much one C-FIND may bring. Immutable.
///
/// @param matchesMax where it is known who uses the device, proved or declared; 1 or more
/// @param matchesOfUnknownMax where it is not
record FindLimits(int matchesMax, int matchesOfUnknownMax) {

  /// More than anybody looks through, and more than one study has.
  static final FindLimits USUAL = new FindLimits(50_000, 20_000);

  FindLimits {
    if (matchesMax < 1 || matchesOfUnknownMax < 1) {
      throw new IllegalArgumentException("a query brings something");
    }
  }

  int of(Caller.Device device) {
    return device.person().isPresent() ? matchesMax : matchesOfUnknownMax;
  }
}
