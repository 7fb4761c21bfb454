package leadglass.archive;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import leadglass.store.Lifecycle;
import leadglass.store.Registry;
import leadglass.store.SiteId;

/// Everything that says what becomes of studies after they came, put together over one store.
record Aftercare(
    Custody custody,
    Days days,
    Holds holds,
    Retention retention,
    Deletions deletions,
    Moves moves,
    Erasures erasures,
    Quarantine quarantine,
    SiteRules rules) {

  /// @param zone in which a day begins
  /// @param shelf what is held and found
  static Aftercare open(
      Lifecycle lifecycle,
      Shelf shelf,
      SiteId site,
      Registry registry,
      Gate gate,
      DeedTrail trail,
      Refusals refusals,
      InstantSource clock,
      ZoneId zone) {
    Supplier<String> names = names(new SecureRandom());
    Custody custody =
        new Custody(lifecycle, site, gate, trail, refusals, clock, zone, new ReentrantLock());
    Days days = new Days(registry, clock);
    Holds holds = new Holds(custody, registry, names);
    Retention retention = new Retention(custody, days, registry);
    Keeping keeping = new Keeping(holds, retention);
    Deletions deletions = new Deletions(custody, keeping, days, registry);
    SiteRules rules = new SiteRules(custody, registry);
    Moves moves = new Moves(custody, holds, ErasureBook.in(registry), registry, names);
    Erasures erasures = new Erasures(custody, keeping, days, rules, moves, registry, names);
    Quarantine quarantine = new Quarantine(custody, keeping, shelf);
    return new Aftercare(
        custody, days, holds, retention, deletions, moves, erasures, quarantine, rules);
  }

  /// Fresh ones, 32 hex digits.
  static Supplier<String> names(SecureRandom random) {
    return () -> {
      byte[] name = new byte[16];
      random.nextBytes(name);
      return HexFormat.of().formatHex(name);
    };
  }

  /// Counts the time, and does what is due every tenth minute.
  ///
  /// @param elapsed how long the archive ran since the last call
  void sweep(Duration elapsed) throws IOException {
    if (days.ran(elapsed)) {
      sweep();
    }
  }

  /// Finishes what was left half done, and does what is due.
  void sweep() throws IOException {
    moves.sweep();
    deletions.sweep();
    erasures.sweep();
  }
}
