package leadglass.net.ul;

/// Why an association is rejected: result, source and reason (PS3.8 Table 9-21).
public enum Rejection {
  NO_REASON(1, 1, 1),
  APPLICATION_CONTEXT_NAME_NOT_SUPPORTED(1, 1, 2),
  CALLING_AE_TITLE_NOT_RECOGNIZED(1, 1, 3),
  CALLED_AE_TITLE_NOT_RECOGNIZED(1, 1, 7),
  PROTOCOL_VERSION_NOT_SUPPORTED(1, 2, 2),
  TEMPORARY_CONGESTION(2, 3, 1),
  LOCAL_LIMIT_EXCEEDED(2, 3, 2);

  private final int result;
  private final int source;
  private final int reason;

  Rejection(int result, int source, int reason) {
    this.result = result;
    this.source = source;
    this.reason = reason;
  }

  /// 1 permanent, 2 transient.
  public int result() {
    return result;
  }

  /// 1 service user, 2 service provider (ACSE), 3 service provider (presentation).
  public int source() {
    return source;
  }

  public int reason() {
    return reason;
  }
}
