package leadglass.archive;

/// How far a permission goes. What lies outside looks exactly like what is not there.
public enum Reach {
  NOTHING,
  /// Studies that were named for this caller: those of a link, or of a referrer.
  SHARED,
  /// Studies of today.
  DAY_LIST,
  EVERYTHING
}
