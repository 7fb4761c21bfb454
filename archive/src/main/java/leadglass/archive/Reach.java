package leadglass.archive;

/// How far a permission goes. What lies outside looks exactly like what is not there.
public enum Reach {
  NOTHING,
  /// Studies of today.
  DAY_LIST,
  EVERYTHING
}
