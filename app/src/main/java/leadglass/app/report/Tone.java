package leadglass.app.report;

/// How a word stands out. What it means is always in the word, too.
enum Tone {
  GOOD("supported", Ink.GREEN),
  PLAIN("attach", Ink.GREY),
  UNKNOWN("not-known", Ink.GREY),
  WARN("open", Ink.AMBER),
  BAD("grave", Ink.RED);

  private final String style;
  private final Ink ink;

  Tone(String style, Ink ink) {
    this.style = style;
    this.ink = ink;
  }

  /// Its class in a style sheet.
  String style() {
    return style;
  }

  Ink ink() {
    return ink;
  }

  static Tone of(State state, boolean grave) {
    return switch (state) {
      case SUPPORTED -> GOOD;
      case ATTACH -> PLAIN;
      case NOT_KNOWN -> UNKNOWN;
      case OPEN -> grave ? BAD : WARN;
    };
  }
}
