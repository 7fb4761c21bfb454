package leadglass.archive;

import java.io.IOException;

/// The part of the audit trail that people, tokens and devices write to: [AuditTrail#security].
@FunctionalInterface
interface SecurityTrail {

  /// On stable storage when it returns.
  ///
  /// @param detail words of ours; never a secret, never what a stranger typed
  void security(AuditTrail.Who who, Origin origin, boolean success, String detail)
      throws IOException;
}
