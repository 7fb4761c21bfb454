package leadglass.survey.scope;

import java.net.InetAddress;
import java.util.Optional;

/// Approval of a public address, for tests that never connect to it.
public final class Public {
  private Public() {}

  public static Approved of(InetAddress address) {
    Attestation by = Attestation.parse("Clinic; Somebody; owner").orElseThrow();
    if (Scope.proven(address, Optional.empty(), "it said so", by)
        instanceof Ruling.Allowed allowed) {
      return allowed.approved();
    }
    throw new IllegalArgumentException("no public address");
  }
}
