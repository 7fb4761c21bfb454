package leadglass.app.cli;

import java.util.Objects;

/// Whether a person sits in front of this.
final class Terminal {
  private Terminal() {}

  static boolean isThere() {
    return Objects.requireNonNull(System.console()).isTerminal();
  }
}
