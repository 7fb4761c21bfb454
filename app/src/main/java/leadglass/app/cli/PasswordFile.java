package leadglass.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import leadglass.app.Failure;

/// Passwords for commands: from a file, never from the command line. Without one a random one is
/// made and shown.
final class PasswordFile {
  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
  private static final int BYTES_MAX = 1024;

  private PasswordFile() {}

  /// The first line.
  static String read(Path file) throws Failure {
    try {
      if (Files.size(file) > BYTES_MAX) {
        throw new Failure(Failure.USAGE, file + " is too long for a password", "one line of text");
      }
      return Files.readString(file).lines().findFirst().orElse("");
    } catch (IOException _) {
      throw new Failure(Failure.USAGE, file + " can't be read", "a file with the password in it");
    }
  }

  /// Four groups of five random letters and digits: 99 bits.
  static String random() {
    SecureRandom random = new SecureRandom();
    StringBuilder made = new StringBuilder();
    for (int i = 0; i < 20; i++) {
      if (i > 0 && i % 5 == 0) {
        made.append('-');
      }
      made.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return made.toString();
  }

  static String from(Optional<Path> file) throws Failure {
    return file.isPresent() ? read(file.get()) : random();
  }
}
