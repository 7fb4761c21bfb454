package leadglass.app.key;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import leadglass.archive.KeyHome.RefusedException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.toml.TomlMapper;

/// How a token is reached: a TOML file of `library`, `slot` (a number) or `slot-list-index`, `key`
/// (the label of an AES key, or of an RSA key with its certificate) and, if the PIN is not to be
/// asked for, `pin-file`.
record TokenConfiguration(String library, String slot, String key, Optional<Path> pinFile) {

  static TokenConfiguration read(Path file) throws RefusedException {
    JsonNode root;
    try {
      root = new TomlMapper().readTree(Files.readAllBytes(file));
    } catch (JacksonException | IOException _) {
      throw new RefusedException("The token's configuration " + file + " can't be read as TOML.");
    }
    String library = text(root, "library");
    String key = text(root, "key");
    String slot =
        root.has("slot-list-index")
            ? "slotListIndex = " + root.get("slot-list-index").asInt(0)
            : "slot = " + root.path("slot").asLong(0);
    if (library.isEmpty() || key.isEmpty() || library.contains("\n")) {
      throw new RefusedException(
          "The token's configuration " + file + " must name a library and a key (its label).");
    }
    Optional<Path> pinFile =
        Optional.of(text(root, "pin-file")).filter(path -> !path.isEmpty()).map(Path::of);
    return new TokenConfiguration(library, slot, key, pinFile);
  }

  private static String text(JsonNode root, String name) {
    JsonNode node = root.path(name);
    return node.isString() ? node.stringValue() : "";
  }

  /// For the JDK's provider.
  String forProvider() {
    return "--name = leadglass\nlibrary = " + library + "\n" + slot + "\n";
  }
}
