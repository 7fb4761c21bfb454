package leadglass.app.report;

import java.util.List;

/// An item of the Security Rule.
///
/// @param citation such as `164.312(a)(2)(iv)`
/// @param specification implementation specification; empty: the standard itself
/// @param topics of evidence that speak to it
public record Clause(
    String citation, String standard, String specification, Kind kind, List<String> topics) {
  public Clause {
    topics = List.copyOf(topics);
  }

  /// Whether it has to be done as it stands.
  public enum Kind {
    STANDARD("standard"),
    REQUIRED("required"),
    ADDRESSABLE("addressable");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }

    static Kind of(String letter) {
      return switch (letter) {
        case "S" -> STANDARD;
        case "R" -> REQUIRED;
        case "A" -> ADDRESSABLE;
        default -> throw new IllegalStateException("no kind: " + letter);
      };
    }
  }

  String title() {
    return specification.isEmpty() ? standard : standard + ": " + specification;
  }
}
