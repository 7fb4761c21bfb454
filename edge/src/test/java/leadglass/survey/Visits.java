package leadglass.survey;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import leadglass.survey.scope.Ruling;
import leadglass.survey.scope.Scope;

/// Visits to this machine for tests of one probe.
public final class Visits {
  private Visits() {}

  public static Visit at(int port, Service service) {
    InetAddress address = InetAddress.getLoopbackAddress();
    Ruling ruling = Scope.named(address, Optional.empty(), Optional.empty());
    if (ruling instanceof Ruling.Allowed allowed) {
      Round round =
          new Round(
              allowed.approved(),
              Checks.LIMITS,
              Declared.NOTHING,
              new SecureRandom(),
              InstantSource.system());
      return new Visit(round, new Door(port, Optional.of(service), true), service);
    }
    throw new AssertionError("loopback is always allowed");
  }
}
