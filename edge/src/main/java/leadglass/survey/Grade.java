package leadglass.survey;

/// What a check comes to, always as seen at one time from one vantage point.
public enum Grade {
  A("A"),
  B("B"),
  C("C"),
  D("D"),
  F("F"),
  /// Nothing bad was found, and something that was asked about could not be told.
  UNKNOWN("?");

  private final String letter;

  Grade(String letter) {
    this.letter = letter;
  }

  public String letter() {
    return letter;
  }
}
