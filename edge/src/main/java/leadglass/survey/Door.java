package leadglass.survey;

import java.util.Optional;

/// A port to be looked at.
///
/// @param hint what it is said to speak; else it is found out
/// @param named whoever asked named this very port: what can't be told of it counts
public record Door(int port, Optional<Service> hint, boolean named) {
  public Door {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("no port: " + port);
    }
  }

  /// Reads `PORT` or `PORT/service`; empty if it is neither.
  public static Optional<Door> parse(String text) {
    int slash = text.indexOf('/');
    String number = slash < 0 ? text : text.substring(0, slash);
    if (!number.matches("[1-9][0-9]{0,4}") || Integer.parseInt(number) > 65_535) {
      return Optional.empty();
    }
    Optional<Service> hint =
        slash < 0 ? Optional.empty() : Service.ofWord(text.substring(slash + 1));
    return slash >= 0 && hint.isEmpty()
        ? Optional.empty()
        : Optional.of(new Door(Integer.parseInt(number), hint, true));
  }
}
