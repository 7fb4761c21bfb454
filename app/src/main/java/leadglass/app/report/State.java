package leadglass.app.report;

/// How it stands with something, from best to worst. What nobody here can know is never the best.
public enum State {
  /// Live evidence speaks for it.
  SUPPORTED("supported"),
  /// Papers of the site's own belong here.
  ATTACH("attach"),
  /// Nothing here can tell.
  NOT_KNOWN("not known"),
  /// Something is to be done.
  OPEN("open");

  private final String words;

  State(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }

  State worse(State other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
