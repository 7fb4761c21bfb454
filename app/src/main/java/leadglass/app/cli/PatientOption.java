package leadglass.app.cli;

import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import leadglass.app.Failure;

/// Patient IDs for commands. Whoever looks at the list of processes sees a command's words, so `-`
/// asks for one instead, or reads a line of standard input.
final class PatientOption {
  private static final int CHARS_MAX = 1024;

  private PatientOption() {}

  /// @param word as given
  /// @param what is asked for, such as `Patient ID`
  static String read(String word, String what) throws Failure {
    if (!word.equals("-")) {
      return word;
    }
    Console console = Terminal.isThere() ? System.console() : null;
    String line = console == null ? line() : console.readLine("%s: ", what);
    if (line == null || line.isBlank() || line.length() > CHARS_MAX) {
      throw new Failure(Failure.USAGE, "no " + what + " came", "type it, or pipe it in as a line");
    }
    return line.strip();
  }

  /// Byte by byte, so that the next line is there for the next question.
  private static String line() throws Failure {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try {
      for (int b = System.in.read(); b >= 0 && b != '\n'; b = System.in.read()) {
        if (line.size() == CHARS_MAX) {
          break;
        }
        line.write(b);
      }
      return line.toString(StandardCharsets.UTF_8);
    } catch (IOException _) {
      throw new Failure(Failure.USAGE, "standard input can't be read", "pipe in one line");
    }
  }
}
