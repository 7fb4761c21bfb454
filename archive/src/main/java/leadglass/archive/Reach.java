package leadglass.archive;

/// How far a permission goes. What lies outside looks exactly like what is not there.
public enum Reach {
  NOTHING,
  /// The studies of one link: [Caller.Share#studies()].
  SHARED,
  /// Studies of today.
  DAY_LIST,
  EVERYTHING
}
