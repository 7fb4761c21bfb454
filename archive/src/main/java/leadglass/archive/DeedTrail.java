package leadglass.archive;

import java.io.IOException;
import java.util.Optional;
import leadglass.store.Audit;

/// The part of the audit trail that acts on what is held are written to.
interface DeedTrail {

  /// An entry to be sealed with the act.
  ///
  /// @param detail words and names of ours; it outlives the patient
  /// @param subject what tells who it is about, and what somebody typed; gone with the patient
  Audit entry(
      AuditTrail.Who who, Origin origin, Act act, String detail, Optional<Audit.Subject> subject);

  /// Writes an entry that goes with no act of the store. On stable storage when it returns.
  void write(Audit entry) throws IOException;
}
