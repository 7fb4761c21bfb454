package leadglass.store;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// What removing old backups is to do.
///
/// @param from a place that backups went to
/// @param keys the folder that their keys went to; empty: no copy of keys is touched
/// @param archive the archive's name
/// @param rule which snapshots are old; the newest never is
/// @param dryRun whether nothing is removed, and what would be is told
/// @param progress told how far it is
public record PruneOrder(
    BackupPlace from,
    Optional<Path> keys,
    String archive,
    Rule rule,
    boolean dryRun,
    Progress progress) {

  /// Which snapshots go.
  public sealed interface Rule {
    /// All but the newest.
    ///
    /// @param count 1 or more
    record AllBut(int count) implements Rule {}

    /// Those made before a moment, by the clock of the machine that made them.
    record Before(Instant moment) implements Rule {}
  }

  @Override
  public String toString() {
    return "PruneOrder[]";
  }
}
