package leadglass.audit.message;

/// `EventActionCode`.
public enum Action {
  CREATE("C"),
  READ("R"),
  UPDATE("U"),
  DELETE("D"),
  EXECUTE("E");

  private final String code;

  Action(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }
}
