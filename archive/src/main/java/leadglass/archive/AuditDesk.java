package leadglass.archive;

import java.time.Clock;
import leadglass.store.Registry;
import leadglass.store.Store;
import org.jspecify.annotations.Nullable;

/// What an auditor works with.
///
/// @param view the trail in rows
/// @param counts accesses by day, and who stands out
/// @param reviews what is looked at once a week
public record AuditDesk(AuditView view, AccessCounts counts, Reviews reviews) {

  /// @param named id of a further site; null for the one that runs the archive
  static AuditDesk open(
      Store store,
      @Nullable String named,
      Registry registry,
      Custody custody,
      AuditTrail trail,
      AuditLog log,
      People people,
      PatientTasks tasks,
      Clock clock) {
    return new AuditDesk(
        new AuditView(store, custody.site(), named, custody.gate(), trail, log),
        new AccessCounts(store, named, custody.gate(), trail, clock),
        new Reviews(store, named, registry, custody, trail, log, people, tasks, clock));
  }
}
