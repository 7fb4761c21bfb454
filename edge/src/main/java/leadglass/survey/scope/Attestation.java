package leadglass.survey.scope;

import java.util.Optional;

/// Who answers for the hosts, in their own words. It stands in the report.
public record Attestation(String organisation, String person, String authority) {
  private static final int CHARS_MAX = 200;

  /// Reads `ORGANISATION; PERSON; AUTHORITY`; empty unless all three are there.
  public static Optional<Attestation> parse(String text) {
    String[] parts = text.split(";", -1);
    if (parts.length != 3 || text.length() > 3 * CHARS_MAX) {
      return Optional.empty();
    }
    for (int i = 0; i < parts.length; i++) {
      parts[i] = parts[i].strip();
      if (parts[i].length() < 2 || parts[i].chars().anyMatch(Character::isISOControl)) {
        return Optional.empty();
      }
    }
    return Optional.of(new Attestation(parts[0], parts[1], parts[2]));
  }

  public String words() {
    return person + " (" + authority + ", " + organisation + ")";
  }
}
