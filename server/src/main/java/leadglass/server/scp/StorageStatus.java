package leadglass.server.scp;

import leadglass.archive.StoreOutcome;
import leadglass.net.dimse.Status;

/// What a device is told of an instance.
final class StorageStatus {
  private StorageStatus() {}

  /// The C-STORE status (0000,0900) for an outcome: PS3.4 Table B.2-1, else PS3.7 Annex C.
  static Status of(StoreOutcome outcome) {
    return switch (outcome) {
      case StoreOutcome.Stored _, StoreOutcome.AlreadyHeld _ -> Status.success();
      case StoreOutcome.Refused(var reason, var rule) -> Status.of(code(reason), rule);
    };
  }

  private static int code(StoreOutcome.Reason reason) {
    return switch (reason) {
      case NOT_AUTHORIZED -> 0x0124;
      case OUT_OF_RESOURCES -> 0xA700;
      case SOP_CLASS_MISMATCH -> 0xA900;
      case MALFORMED, UNSUPPORTED -> 0xC000;
      case UID_TAKEN -> 0xC101; // ours within Cxxx; docs/conformance.md
    };
  }
}
