package leadglass.store;

import java.util.List;

/// What removing old backups did, or would do.
///
/// @param kept names of the snapshots that are left, oldest first
/// @param removed names of those that went
/// @param packs copies of packs that no snapshot needed any more and that went
/// @param bytes of these
/// @param lockedSnapshots those of the old ones that the place does not let go
/// @param lockedPacks copies that the place does not let go
/// @param unreadable snapshots that are left and can't be read: nobody knows what they need, so no
///   pack went
/// @param keysRemoved names of the copies of the key store that went
public record PruneDone(
    List<String> kept,
    List<String> removed,
    long packs,
    long bytes,
    List<String> lockedSnapshots,
    long lockedPacks,
    List<String> unreadable,
    List<String> keysRemoved) {

  public PruneDone {
    kept = List.copyOf(kept);
    removed = List.copyOf(removed);
    lockedSnapshots = List.copyOf(lockedSnapshots);
    unreadable = List.copyOf(unreadable);
    keysRemoved = List.copyOf(keysRemoved);
  }
}
