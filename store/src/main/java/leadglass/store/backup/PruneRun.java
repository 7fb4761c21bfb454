package leadglass.store.backup;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import leadglass.store.BackupPlace;
import leadglass.store.BackupRefusedException;
import leadglass.store.PruneDone;
import leadglass.store.PruneOrder;
import leadglass.store.backup.Snapshot.PackCopy;
import leadglass.store.seal.SecretBytes;

/// Removes old snapshots, then what no snapshot that is left needs. Cut short at any point, every
/// snapshot that is left is whole.
///
/// Confined to one thread. No backup to the same place may run meanwhile.
public final class PruneRun {
  private final PruneOrder order;
  private final BackupPlace from;
  private final SecretBytes root;
  private final Shelf snapshots;
  private final List<Stamp> removed = new ArrayList<>();
  private final List<Stamp> locked = new ArrayList<>();
  private final List<Stamp> unreadable = new ArrayList<>();
  private final Set<String> needed = new HashSet<>();
  private long packs;
  private long bytes;
  private long lockedPacks;

  private PruneRun(PruneOrder order, SecretBytes root) {
    this.order = order;
    this.from = order.from();
    this.root = root;
    this.snapshots = Shelf.snapshots(from, root);
  }

  /// Runs to its end.
  ///
  /// @param root the key that everything of the whole archive is derived from
  public static PruneDone run(PruneOrder order, SecretBytes root) throws IOException {
    return new PruneRun(order, root).run();
  }

  private PruneDone run() throws IOException {
    checkOwner();
    List<Stamp> stamps = snapshots.stamps();
    if (stamps.isEmpty()) {
      throw new BackupRefusedException("no snapshot lies in " + from.shown());
    }
    Stamp newest = newestReadable(stamps);
    for (Stamp stamp : old(stamps)) {
      if (!stamp.equals(newest)) {
        removeSnapshot(stamp);
      }
    }
    List<Stamp> kept = new ArrayList<>(stamps);
    kept.removeAll(removed);
    for (Stamp stamp : kept) {
      need(stamp);
    }
    if (unreadable.isEmpty()) {
      removePacks();
    }
    removeRest(kept);
    List<String> keys = order.keys().isPresent() ? removeKeys(kept) : List.of();
    return new PruneDone(
        texts(kept),
        texts(removed),
        packs,
        bytes,
        texts(locked),
        lockedPacks,
        texts(unreadable),
        keys);
  }

  private static List<String> texts(List<Stamp> stamps) {
    return stamps.stream().map(Stamp::text).toList();
  }

  private void checkOwner() throws IOException {
    Marker marker =
        Marker.find(from, Marker.Kind.BACKUP)
            .orElseThrow(() -> new BackupRefusedException("no backup lies in " + from.shown()));
    if (!marker.archive().equals(order.archive())) {
      throw new BackupRefusedException(from.shown() + " holds copies of another archive");
    }
  }

  /// It tells of everything that was ever erased, and must stay whatever the rule.
  private Stamp newestReadable(List<Stamp> stamps) throws BackupRefusedException {
    for (Stamp stamp : stamps.reversed()) {
      if (snapshots.snapshot(stamp).isPresent()) {
        return stamp;
      }
    }
    throw new BackupRefusedException(
        "no snapshot in " + from.shown() + " can be read; nothing is removed");
  }

  private List<Stamp> old(List<Stamp> stamps) {
    List<Stamp> all = stamps.subList(0, stamps.size() - 1);
    return switch (order.rule()) {
      case PruneOrder.Rule.AllBut(var count) ->
          stamps.subList(0, Math.max(0, stamps.size() - Math.max(1, count)));
      case PruneOrder.Rule.Before(var moment) ->
          all.stream().filter(stamp -> stamp.at().isBefore(moment)).toList();
    };
  }

  /// The list first: from then on it does not count, whatever becomes of the rest.
  private void removeSnapshot(Stamp stamp) throws IOException {
    if (order.dryRun() || snapshots.delete(stamp)) {
      removed.add(stamp);
    } else {
      locked.add(stamp);
    }
  }

  private void need(Stamp stamp) throws BackupRefusedException {
    Optional<Snapshot> snapshot = snapshots.snapshot(stamp);
    if (snapshot.isEmpty()) {
      unreadable.add(stamp);
      return;
    }
    snapshot.get().packs().stream().map(PackCopy::path).forEach(needed::add);
  }

  private void removePacks() throws IOException {
    List<BackupPlace.Held> there =
        from.list("packs/").stream().filter(held -> !needed.contains(held.name())).toList();
    long done = 0;
    for (BackupPlace.Held held : there) {
      if (order.dryRun() || removeIfThere(held.name())) {
        packs++;
        bytes += held.bytes();
      } else {
        lockedPacks++;
      }
      order.progress().at("removing packs", ++done, there.size());
    }
  }

  private boolean removeIfThere(String name) throws IOException {
    try {
      return from.delete(name);
    } catch (NoSuchFileException _) {
      return true;
    }
  }

  /// Copies of registries of snapshots that are gone, and what canaries are left.
  private void removeRest(List<Stamp> kept) throws IOException {
    if (order.dryRun()) {
      return;
    }
    for (Stamp stamp : Shelf.stamps(from, "registry", ".db")) {
      if (!kept.contains(stamp)) {
        var _ = removeIfThere(BackupRun.registryPath(stamp));
      }
    }
    for (Stamp stamp : Shelf.stamps(from, "canary", "")) {
      var _ = removeIfThere(BackupRun.canaryPath(stamp));
    }
  }

  /// Whatever is restored, the newest copy of the keys is what is taken.
  private List<String> removeKeys(List<Stamp> kept) throws IOException {
    return KeyShelf.existing(order.keys().orElseThrow(), order.archive(), root)
        .removeBefore(kept.getFirst(), order.dryRun());
  }
}
