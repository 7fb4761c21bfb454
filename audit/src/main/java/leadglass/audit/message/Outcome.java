package leadglass.audit.message;

/// `EventOutcomeIndicator`.
public enum Outcome {
  SUCCESS(0),
  /// Refused; it may be tried again.
  MINOR_FAILURE(4),
  /// Refused and ended, such as a session after too many wrong codes.
  SERIOUS_FAILURE(8),
  /// Nothing works any more, such as for an account that is disabled.
  MAJOR_FAILURE(12);

  private final int code;

  Outcome(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
