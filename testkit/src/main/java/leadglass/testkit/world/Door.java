package leadglass.testkit.world;

/// One port of a host.
///
/// @param service what `targets.csv` calls it, if it says so
record Door(Means means, String service) {

  /// What becomes of a connection to it.
  sealed interface Means {}

  record Serves(Behaviour behaviour) implements Means {}

  /// Nobody listens.
  record Refuses() implements Means {}

  /// Nobody says yes or no.
  record NeverAnswers() implements Means {}

  static Door of(String service, Behaviour behaviour) {
    return new Door(new Serves(behaviour), service);
  }
}
