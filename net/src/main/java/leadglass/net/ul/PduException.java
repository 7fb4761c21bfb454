package leadglass.net.ul;

/// Bytes that break PS3.8. The association loop turns it into A-ABORT; nobody else catches it.
public final class PduException extends Exception {
  private static final long serialVersionUID = 1L;

  /// Reason/Diag. of a service provider's A-ABORT (PS3.8 Table 9-26).
  public enum Reason {
    NOT_SPECIFIED(0),
    UNRECOGNIZED_PDU(1),
    UNEXPECTED_PDU(2),
    UNRECOGNIZED_PARAMETER(4),
    UNEXPECTED_PARAMETER(5),
    INVALID_PARAMETER_VALUE(6);

    private final int code;

    Reason(int code) {
      this.code = code;
    }

    public int code() {
      return code;
    }
  }

  private final Reason reason;

  public PduException(Reason reason, String rule) {
    super(rule);
    this.reason = reason;
  }

  PduException(Reason reason, int offsetBytes, String rule) {
    this(reason, rule + " at byte " + offsetBytes);
  }

  /// What the A-ABORT to send says.
  public Reason reason() {
    return reason;
  }
}
