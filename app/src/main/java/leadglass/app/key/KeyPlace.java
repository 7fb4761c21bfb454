package leadglass.app.key;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import leadglass.archive.KeyHome.RefusedException;

/// Where a master key can lie. Its words hold no secret and stand in history and status.
public sealed interface KeyPlace {

  /// In a file beside the data directory, `DIR.key`: a thief of the disk has it.
  record Beside() implements KeyPlace {
    @Override
    public String words() {
      return "beside";
    }
  }

  /// In a file somewhere else, such as a USB stick.
  record InFile(Path path) implements KeyPlace {
    @Override
    public String words() {
      return "file:" + path;
    }
  }

  /// Sealed under a passphrase that is asked for at each start.
  record Passphrase() implements KeyPlace {
    @Override
    public String words() {
      return "passphrase";
    }
  }

  /// Sealed by a key that never leaves a token (PKCS#11).
  ///
  /// @param configuration names library, token and key
  record Token(Path configuration) implements KeyPlace {
    @Override
    public String words() {
      return "pkcs11:" + configuration;
    }
  }

  /// Sealed by a key that never leaves a key service.
  record Service(String uri) implements KeyPlace {
    @Override
    public String words() {
      return "kms:" + uri;
    }
  }

  String words();

  /// What [#words()] gives, or a person types.
  ///
  /// @throws RefusedException with the words there are
  static KeyPlace parse(String words) throws RefusedException {
    int colon = words.indexOf(':');
    String rest = words.substring(colon + 1);
    try {
      return switch (colon < 0 ? words : words.substring(0, colon)) {
        case "beside" -> new Beside();
        case "passphrase" -> new Passphrase();
        case "file" -> new InFile(path(words, rest));
        case "pkcs11" -> new Token(path(words, rest));
        case "kms" -> new Service(rest);
        default -> throw unknown(words);
      };
    } catch (InvalidPathException _) {
      throw unknown(words);
    }
  }

  private static Path path(String words, String path) throws RefusedException {
    if (path.isBlank() || path.equals(words)) {
      throw unknown(words);
    }
    return Path.of(path).toAbsolutePath().normalize();
  }

  private static RefusedException unknown(String words) {
    return new RefusedException(
        "There is no such place for the master key: "
            + words
            + ". There are file:PATH, beside, passphrase, pkcs11:CONFIG and kms:URI.");
  }
}
