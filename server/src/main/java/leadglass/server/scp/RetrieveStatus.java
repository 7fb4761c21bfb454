package leadglass.server.scp;

/// Statuses of C-GET and C-MOVE beside the general ones (PS3.4 §C.4.2.1.5, §C.4.3.1.4).
final class RetrieveStatus {
  /// Out of resources: unable to calculate the number of matches.
  static final int TOO_MANY = 0xA701;

  /// Out of resources: unable to perform sub-operations.
  static final int NONE_SENT = 0xA702;

  static final int DESTINATION_UNKNOWN = 0xA801;

  /// The identifier does not match the SOP class.
  static final int WRONG_IDENTIFIER = 0xA900;

  /// Sub-operations complete, one or more failures or warnings.
  static final int SOME_FAILED = 0xB000;

  private RetrieveStatus() {}
}
