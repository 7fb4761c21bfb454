package leadglass.app;

import java.util.logging.LogManager;
import leadglass.app.cli.Leadglass;

/// The program.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    // What libraries say through java.util.logging may quote anything, and nobody needs it.
    LogManager.getLogManager().reset();
    System.exit(Leadglass.run(arguments));
  }
}
