package leadglass.app.system;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import leadglass.app.cli.Leadglass;

/// A command of the program, run in this process.
///
/// @param exit its exit code
record Command(int exit, String out, String err) {

  /// Runs to its end. One at a time: the standard streams are the process's.
  static Command run(Object... arguments) {
    String[] words = new String[arguments.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = arguments[i].toString();
    }
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    ByteArrayOutputStream complained = new ByteArrayOutputStream();
    try (PrintStream first = new PrintStream(said, true, StandardCharsets.UTF_8);
        PrintStream second = new PrintStream(complained, true, StandardCharsets.UTF_8)) {
      System.setOut(first);
      System.setErr(second);
      int exit = Leadglass.run(words);
      return new Command(
          exit, said.toString(StandardCharsets.UTF_8), complained.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }
}
