package leadglass.survey.scope;

import java.net.InetAddress;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// Approval of a public address, for tests that never connect to it.
public final class Public {
  private Public() {}

  public static Approved of(InetAddress address) {
    Mandate mandate =
        new Mandate(
            "Somebody",
            "a contract",
            List.of(new Network(address, 8 * address.getAddress().length)),
            LocalDate.EPOCH,
            LocalDate.EPOCH);
    if (Scope.byMandate(mandate, address, Optional.empty(), Instant.EPOCH)
        instanceof Ruling.Allowed allowed) {
      return allowed.approved();
    }
    throw new IllegalArgumentException("no public address");
  }
}
