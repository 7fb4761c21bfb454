package leadglass.survey;

/// What one probe says of one door.
public enum Verdict {
  /// A stranger gets in, to the level that the decision says (2 to 4).
  OPEN("OPEN"),
  /// A stranger gets nothing here (level 0), or nothing but a hint (level 1).
  CLOSED("CLOSED"),
  /// What came back proves neither.
  CANT_TELL("CAN'T TELL");

  private final String words;

  Verdict(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }
}
