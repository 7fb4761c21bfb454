package leadglass.survey.scope;

/// From where an address can be reached, by its bits alone.
public enum Reach {
  /// Nothing to it crosses a network.
  LOOPBACK,
  /// A house's own network.
  PRIVATE,
  /// The internet.
  PUBLIC
}
