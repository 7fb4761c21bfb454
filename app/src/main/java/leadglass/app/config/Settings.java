package leadglass.app.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import leadglass.app.Failure;

/// The configuration in force, and the file it came from.
///
/// @param file where it was read from, if it was
public record Settings(Config config, Optional<Path> file) {

  /// Reads `named`, else `leadglass.toml` in the data directory if it is there, else takes the
  /// defaults.
  public static Settings of(Path data, Optional<Path> named) throws Failure {
    Path usual = data.resolve("leadglass.toml");
    Optional<Path> file = named.isPresent() || !Files.exists(usual) ? named : Optional.of(usual);
    if (file.isEmpty()) {
      return new Settings(Config.defaults(), file);
    }
    try {
      return new Settings(ConfigFile.read(file.get()), file);
    } catch (ConfigException e) {
      throw new Failure(
          Failure.CONFIGURATION,
          String.join("\nleadglass: error: ", e.problems()),
          "mend " + file.get() + "; docs/operating/configuration.md lists every setting");
    }
  }
}
