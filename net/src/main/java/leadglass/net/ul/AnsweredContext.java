package leadglass.net.ul;

/// A presentation context as answered (PS3.8 §9.3.3.2).
///
/// @param transferSyntax the one chosen; not significant, but sent, unless accepted
public record AnsweredContext(int id, Result result, String transferSyntax) {

  /// Result/Reason (PS3.8 Table 9-18).
  public enum Result {
    ACCEPTANCE(0),
    USER_REJECTION(1),
    NO_REASON(2),
    ABSTRACT_SYNTAX_NOT_SUPPORTED(3),
    TRANSFER_SYNTAXES_NOT_SUPPORTED(4);

    private final int code;

    Result(int code) {
      this.code = code;
    }

    /// What is not in the table is no reason given.
    static Result of(int code) {
      for (Result each : values()) {
        if (each.code == code) {
          return each;
        }
      }
      return NO_REASON;
    }

    int code() {
      return code;
    }
  }

  public boolean accepted() {
    return result == Result.ACCEPTANCE;
  }
}
