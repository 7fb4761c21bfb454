package leadglass.survey.scope;

/// Whether an address may be asked.
public sealed interface Ruling {
  record Allowed(Approved approved) implements Ruling {}

  /// It may not, and nothing was sent to it.
  ///
  /// @param hint what would change that
  record NotAsked(String why, String hint) implements Ruling {}
}
