package leadglass.store;

import java.nio.file.Path;
import java.util.Optional;

/// What a restore is to do.
///
/// @param from a place that backups went to
/// @param keys the folder that their keys went to
/// @param snapshot its name; empty for the newest
/// @param master the archive's master key
/// @param data a data directory that is empty or not there, or one that an earlier restore was cut
///   short in
/// @param progress told how far it is
public record RestoreOrder(
    BackupPlace from,
    Path keys,
    Optional<String> snapshot,
    MasterKey master,
    Path data,
    Progress progress) {

  @Override
  public String toString() {
    return "RestoreOrder[]";
  }
}
