package leadglass.archive;

import java.util.Optional;
import leadglass.audit.message.PurposeOfUse;

/// Why patient data are used, by who uses them: presumed, for nobody is asked at every look
/// (docs/formats/audit-messages.md has the table). What somebody did say stands beside it.
final class Purposes {
  private Purposes() {}

  /// Empty for what uses no patient's data.
  static Optional<PurposeOfUse> of(AuditEntry entry) {
    return switch (entry.act()) {
      case STORED,
          SEARCHED,
          RETRIEVED,
          DESCRIBED,
          PREVIEWED,
          QUARANTINE,
          SHARED,
          SCHEDULED,
          PERFORMED ->
          AuditTrail.EMERGENCY.equals(entry.detail())
              ? Optional.of(PurposeOfUse.ETREAT)
              : byCaller(entry);
      case EMERGENCY ->
          Optional.of("auditor".equals(entry.hat()) ? PurposeOfUse.HCOMPL : PurposeOfUse.BTG);
      case DELETED, RESTORED, PURGED, MOVED -> Optional.of(PurposeOfUse.HOPERAT);
      case ERASED, ASKED -> Optional.of(PurposeOfUse.PATRQT);
      case HELD, LOG_USED, REVIEWED -> Optional.of(PurposeOfUse.HCOMPL);
      case SECURITY, ACTIVITY, POLICY, STATE -> Optional.empty();
    };
  }

  private static Optional<PurposeOfUse> byCaller(AuditEntry entry) {
    return switch (entry.kind()) {
      case "person" -> Role.of(entry.hat() == null ? "" : entry.hat()).map(Purposes::byHat);
      case "device" -> Optional.of(PurposeOfUse.TREAT);
      case "program" -> Optional.of(PurposeOfUse.HOPERAT);
      case "patient" -> Optional.of(PurposeOfUse.PATRQT);
      case "share" -> Optional.of(PurposeOfUse.COC);
      case "console", "archive" -> Optional.of(PurposeOfUse.SYSADMIN);
      default -> Optional.empty();
    };
  }

  private static PurposeOfUse byHat(Role hat) {
    return switch (hat) {
      case RADIOLOGIST, TECHNOLOGIST, REFERRER -> PurposeOfUse.TREAT;
      case FRONT_DESK -> PurposeOfUse.HOPERAT;
      case ADMINISTRATOR -> PurposeOfUse.SYSADMIN;
      case AUDITOR, WITNESS -> PurposeOfUse.HCOMPL;
    };
  }
}
