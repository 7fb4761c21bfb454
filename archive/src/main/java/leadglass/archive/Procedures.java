package leadglass.archive;

import java.security.SecureRandom;
import leadglass.store.Registry;

/// What is planned and what modalities say of it, put together over one registry.
record Procedures(Worklist worklist, PerformedSteps performed) {
  static Procedures open(Registry registry, Aftercare aftercare, AuditTrail trail, Brakes brakes) {
    Custody custody = aftercare.custody();
    Worklist worklist =
        new Worklist(custody, trail, brakes, registry, Aftercare.names(new SecureRandom()));
    PerformedSteps performed = new PerformedSteps(custody, worklist, registry);
    aftercare.erasures().whenErased(worklist::erased);
    aftercare.erasures().whenErased(performed::erased);
    return new Procedures(worklist, performed);
  }

  /// Forgets what is over; call it every minute.
  void sweep() {
    worklist.sweep();
    performed.sweep();
  }
}
