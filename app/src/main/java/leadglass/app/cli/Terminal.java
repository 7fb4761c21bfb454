package leadglass.app.cli;

import java.io.Console;
import java.util.Optional;

/// Whether a person sits in front of this.
final class Terminal {
  private Terminal() {}

  /// False where input or output is a file or a pipe: then Java has no console at all.
  static boolean isThere() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }
}
