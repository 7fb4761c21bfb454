package leadglass.net.ul;

import java.util.Optional;
import java.util.stream.Stream;

/// Why an association is rejected: result, source and reason (PS3.8 Table 9-21).
public enum Rejection {
  NO_REASON(1, 1, 1),
  APPLICATION_CONTEXT_NAME_NOT_SUPPORTED(1, 1, 2),
  CALLING_AE_TITLE_NOT_RECOGNIZED(1, 1, 3),
  CALLED_AE_TITLE_NOT_RECOGNIZED(1, 1, 7),
  NO_REASON_PROVIDER(1, 2, 1),
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

  /// The one with these numbers; empty for one that a peer made up.
  public static Optional<Rejection> of(int result, int source, int reason) {
    return Stream.of(values())
        .filter(each -> each.result == result && each.source == source && each.reason == reason)
        .findFirst();
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
