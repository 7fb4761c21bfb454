package leadglass.app.report;

import java.util.Optional;
import leadglass.archive.SecurityFacts;

/// What a report is made of: how the archive is, and the process that has it open.
///
/// @param version of the program that has the archive open
/// @param running whether its doors are open
/// @param forwarding how the sending of audit messages stands, where it runs
/// @param forwardingSet whether the configuration wants them sent
/// @param witness how it stands with the witness of the trail, where there is one and it runs
/// @param contradicted checkpoints that the trail contradicted once, and that nobody took away
public record ReportFacts(
    SecurityFacts security,
    String version,
    boolean running,
    Optional<Forwarding> forwarding,
    boolean forwardingSet,
    int contradicted,
    Optional<Witnessed> witness) {

  public record Forwarding(boolean connected, long behind) {}

  /// @param entries of the newest checkpoint that it cosigned
  /// @param wrong whether it can't be asked, or refuses
  /// @param contradicted whether it has seen another past of the trail
  public record Witnessed(long entries, boolean wrong, boolean contradicted) {}

  /// With what the configuration says.
  public ReportFacts set(boolean wanted) {
    return new ReportFacts(security, version, running, forwarding, wanted, contradicted, witness);
  }
}
