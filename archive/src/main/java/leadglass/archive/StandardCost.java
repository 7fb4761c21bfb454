package leadglass.archive;

/// What a password's hash, and so each guess at it, costs. It is code, and nothing that could be
/// set: only tests put another class of this name in front of it (docs/adr/0200).
final class StandardCost {
  private StandardCost() {}

  /// @return KiB
  static int memory() {
    return 64 * 1024;
  }

  static int passes() {
    return 3;
  }
}
