package leadglass.bench;

/// Hands out groups of instances that were not sent before.
final class Groups {
  private int last;

  int next() {
    return ++last;
  }
}
