package leadglass.app.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The witness of the `[audit]` table: another archive that keeps the newest checkpoint of this
/// one's trail.
///
/// @param address `https://HOST:PORT`; empty: there is none
/// @param authority PEM file with whoever signed its certificate; empty: whoever the Java platform
///   trusts
/// @param token file with the token it gave, and its verifier key
public record WitnessConfig(String address, Optional<Path> authority, Optional<Path> token) {
  private static final Pattern ADDRESS =
      Pattern.compile(
          "https://(\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9][A-Za-z0-9.-]{0,252})(:[1-9]\\d{0,4})?/?");
  private static final int PORT_MAX = 65_535;

  public static WitnessConfig defaults() {
    return new WitnessConfig("", Optional.empty(), Optional.empty());
  }

  public boolean isSet() {
    return !address.isEmpty();
  }

  /// With nothing behind the port.
  public URI uri() {
    return URI.create(address.replaceFirst("/$", ""));
  }

  List<String> problems() {
    List<String> found = new ArrayList<>();
    if (!isSet()) {
      if (authority.isPresent() || token.isPresent()) {
        found.add("audit.witness: https://HOST:PORT of the archive those files are for");
      }
      return found;
    }
    if (!ADDRESS.matcher(address).matches() || uri().getPort() > PORT_MAX) {
      found.add("audit.witness: https://HOST:PORT, such as https://pacs.example.org:8443");
    }
    if (token.isEmpty()) {
      found.add("audit.witness-token-file: the file with the token that the witness gave");
    }
    return found;
  }
}
