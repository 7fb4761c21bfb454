package leadglass.net.ul;

/// The states of PS3.8 Tables 9-1 to 9-5.
public enum State {
  /// Idle.
  STA_1,
  /// Connected, awaiting A-ASSOCIATE-RQ.
  STA_2,
  /// Awaiting the local user's answer to it.
  STA_3,
  /// Awaiting that the transport connection opens.
  STA_4,
  /// Awaiting A-ASSOCIATE-AC or -RJ.
  STA_5,
  /// Association established.
  STA_6,
  /// Awaiting A-RELEASE-RP.
  STA_7,
  /// Awaiting the local user's A-RELEASE response.
  STA_8,
  /// Release collision, requestor: awaiting the local user's A-RELEASE response.
  STA_9,
  /// Release collision, acceptor: awaiting A-RELEASE-RP.
  STA_10,
  /// Release collision, requestor: awaiting A-RELEASE-RP.
  STA_11,
  /// Release collision, acceptor: awaiting the local user's A-RELEASE response.
  STA_12,
  /// Awaiting that the transport connection closes.
  STA_13
}
