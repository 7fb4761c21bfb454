package leadglass.archive;

/// Stands in front of the archive's own on the class path of tests, and of the servers that they
/// start: theirs would be most of the time they take. `ShippedCostTest` has the real one.
final class StandardCost {
  private StandardCost() {}

  static int memory() {
    return 64;
  }

  static int passes() {
    return 1;
  }
}
