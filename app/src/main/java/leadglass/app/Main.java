package leadglass.app;

import leadglass.app.cli.Leadglass;

/// The program.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(Leadglass.run(arguments));
  }
}
