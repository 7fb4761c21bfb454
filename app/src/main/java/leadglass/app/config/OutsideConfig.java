package leadglass.app.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The `[outside]` table: a listener for people who come by a link, for patients, and nobody else.
///
/// @param listen IP address; empty: there is no such listener
/// @param port 0 for any free one
/// @param names host names that it answers under; links are made for the first
/// @param certificate PEM file with the server's certificate and those that signed it; empty: one
///   of the archive's own authority, which nobody outside trusts
/// @param key PEM file with its key
public record OutsideConfig(
    String listen, int port, List<String> names, Optional<Path> certificate, Optional<Path> key) {

  public static OutsideConfig defaults() {
    return new OutsideConfig("", 443, List.of(), Optional.empty(), Optional.empty());
  }

  public boolean isOpen() {
    return !listen.isEmpty();
  }

  List<String> problems() {
    List<String> found = new ArrayList<>();
    if (!isOpen()) {
      return found;
    }
    Problems.port(found, "outside.port", port);
    Problems.address(found, "outside.listen", listen);
    if (names.isEmpty()) {
      found.add("outside.names: the host name that links are opened under");
    }
    for (String name : names) {
      if (!name.matches("[A-Za-z0-9]([A-Za-z0-9.:-]{0,251}[A-Za-z0-9])?")) {
        found.add("outside.names: each a host name or an IP address");
      }
    }
    if (certificate.isPresent() != key.isPresent()) {
      found.add("outside.certificate-file and outside.key-file go together");
    }
    return found;
  }
}
