package leadglass.app.cli;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import leadglass.app.Failure;
import leadglass.app.key.Secrets;

/// A passphrase from a file, from standard input (`-`), or typed without echo. Never from the
/// command line or the environment: other programs see those.
record PassphraseSource(Optional<Path> file, String option) implements Secrets {
  private static final int BYTES_MAX = 4096;

  @Override
  public char[] passphrase(boolean fresh) throws Failure {
    if (file.isPresent()) {
      return firstLine(file.get());
    }
    char[] first = typed(fresh ? "New passphrase of the master key: " : "Passphrase: ");
    if (fresh) {
      char[] again = typed("Once more: ");
      boolean same = Arrays.equals(first, again);
      Arrays.fill(again, '\0');
      if (!same) {
        Arrays.fill(first, '\0');
        throw new Failure(Failure.NO, "the two passphrases are not the same", "type it again");
      }
    }
    return first;
  }

  @Override
  public char[] pin(String token) throws Failure {
    return typed("PIN of the token with key " + token + ": ");
  }

  private char[] typed(String prompt) throws Failure {
    Console console = Terminal.isThere() ? System.console() : null;
    char[] typed = console == null ? null : console.readPassword("%s", prompt);
    if (typed == null) {
      throw new Failure(
          Failure.CONFIGURATION,
          "the master key is sealed, and nobody is there to type what opens it",
          "name a file with " + option + ", or - for standard input");
    }
    return typed;
  }

  private static char[] firstLine(Path file) throws Failure {
    byte[] bytes;
    try {
      bytes = file.toString().equals("-") ? System.in.readNBytes(BYTES_MAX) : bounded(file);
    } catch (IOException _) {
      throw new Failure(Failure.USAGE, file + " can't be read", "a file with the passphrase in it");
    }
    char[] all = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes)).array();
    int length = 0;
    while (length < all.length && all[length] != '\n' && all[length] != '\r' && all[length] != 0) {
      length++;
    }
    char[] line = Arrays.copyOf(all, length);
    Arrays.fill(bytes, (byte) 0);
    Arrays.fill(all, '\0');
    return line;
  }

  private static byte[] bounded(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(BYTES_MAX);
    }
  }
}
