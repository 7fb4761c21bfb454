package leadglass.app.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Everything `leadglass.toml` may say. What is insecure cannot be expressed.
///
/// @param keyFile where the master key lies; by default in the user's own configuration folder,
///   named after the data directory, and so outside of it
public record Config(Optional<Path> keyFile, WebConfig web, DimseConfig dimse) {

  public static Config defaults() {
    return new Config(Optional.empty(), WebConfig.defaults(), DimseConfig.defaults());
  }

  /// All that is wrong, so that an operator mends the file once.
  public List<String> problems() {
    List<String> found = new ArrayList<>();
    found.addAll(web.problems());
    found.addAll(dimse.problems());
    return List.copyOf(found);
  }
}
