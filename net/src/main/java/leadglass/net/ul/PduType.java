package leadglass.net.ul;

import java.util.Optional;

/// The first byte of every PDU (PS3.8 §9.3.1).
public enum PduType {
  A_ASSOCIATE_RQ(0x01, Event.EVT_6),
  A_ASSOCIATE_AC(0x02, Event.EVT_3),
  A_ASSOCIATE_RJ(0x03, Event.EVT_4),
  P_DATA_TF(0x04, Event.EVT_10),
  A_RELEASE_RQ(0x05, Event.EVT_12),
  A_RELEASE_RP(0x06, Event.EVT_13),
  A_ABORT(0x07, Event.EVT_16);

  /// Bytes in front of every PDU's body: type, one reserved, length.
  public static final int HEADER_BYTES = 6;

  private static final PduType[] BY_CODE = values();

  private final int code;
  private final Event arrival;

  PduType(int code, Event arrival) {
    this.code = code;
    this.arrival = arrival;
  }

  public int code() {
    return code;
  }

  /// What its coming is to the state table.
  public Event arrival() {
    return arrival;
  }

  public static Optional<PduType> of(int code) {
    return code >= 1 && code <= BY_CODE.length ? Optional.of(BY_CODE[code - 1]) : Optional.empty();
  }
}
