package leadglass.archive;

import java.util.List;
import leadglass.dicom.data.Uid;

/// What became of one instance offered for storage. Every door answers every case.
public sealed interface StoreOutcome {

  /// Data set and audit entry are on stable storage: the peer may now delete its copy.
  ///
  /// @param warnings what is wrong with the data set though it could be kept; rules, never values
  record Stored(InstanceUids uids, long dataSetBytes, List<String> warnings)
      implements StoreOutcome {}

  /// The same bytes were held before; nothing was written.
  record AlreadyHeld(InstanceUids uids) implements StoreOutcome {}

  /// Nothing was kept.
  ///
  /// @param rule in words a technician can act on; names tags and rules, never a value
  record Refused(Reason reason, String rule) implements StoreOutcome {}

  /// Which instance.
  record InstanceUids(Uid study, Uid series, Uid sopInstance, Uid sopClass) {}

  /// Why not.
  enum Reason {
    NOT_AUTHORIZED,
    OUT_OF_RESOURCES,
    SOP_CLASS_MISMATCH,
    MALFORMED,
    UNSUPPORTED,
    UID_TAKEN
  }
}
