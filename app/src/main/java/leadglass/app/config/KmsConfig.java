package leadglass.app.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How the key service is reached that seals the master key, if one does.
///
/// @param credentials a file with the access key
/// @param endpoint `https://HOST[:PORT]`; plain http to this machine alone
public record KmsConfig(Optional<Path> credentials, String endpoint) {

  public static KmsConfig defaults() {
    return new KmsConfig(Optional.empty(), "");
  }

  public Optional<URI> uri() {
    return endpoint.isEmpty() ? Optional.empty() : Optional.of(URI.create(endpoint));
  }

  List<String> problems() {
    List<String> found = new ArrayList<>();
    if (!endpoint.isEmpty()) {
      Problems.endpoint(found, "keys.kms-endpoint", endpoint);
    }
    return found;
  }
}
