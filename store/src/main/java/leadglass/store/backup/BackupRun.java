package leadglass.store.backup;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import leadglass.store.BackupDone;
import leadglass.store.BackupDone.Held;
import leadglass.store.BackupOrder;
import leadglass.store.BackupPlace;
import leadglass.store.BackupRefusedException;
import leadglass.store.backup.BackupSource.Rolled;
import leadglass.store.backup.Snapshot.FileCopy;
import leadglass.store.backup.Snapshot.PackCopy;

/// One backup: packs that are not there yet, then the registry, then the keys, and last the list
/// that makes it count. Cut short at any point it leaves files that the next one makes use of.
///
/// Confined to one thread, with two of its own while packs are copied.
public final class BackupRun {
  private final BackupSource source;
  private final BackupOrder order;
  private final BackupPlace to;
  private final InstantSource clock;
  private final PackCopies copies;
  private final KeyShelf keys;
  private final Shelf snapshots;
  private final Marker marker;
  private final boolean sameDevice;
  private long bytesRead;

  private BackupRun(BackupSource source, BackupOrder order, InstantSource clock)
      throws IOException {
    this.source = source;
    this.order = order;
    this.to = order.to();
    this.clock = clock;
    this.sameDevice = Devices.shared(source.folder(), order);
    this.marker = Marker.claim(to, Marker.Kind.BACKUP, order.archive());
    this.keys = KeyShelf.claim(order.keys(), order.archive(), source.root());
    this.snapshots = Shelf.snapshots(to, source.root());
    this.copies = new PackCopies(source.log(), to, order.progress());
  }

  /// Runs to its end.
  public static BackupDone run(BackupSource source, BackupOrder order, InstantSource clock)
      throws IOException {
    return new BackupRun(source, order, clock).run();
  }

  private BackupDone run() throws IOException {
    to.sweep(clock.instant());
    List<Stamp> stamps = snapshots.stamps();
    Stamp stamp = next(stamps);
    List<byte[]> events = new ArrayList<>(earlier(stamps));
    AtomicReference<Rolled> rolledOver = new AtomicReference<>();
    BackupDone.KeyCopy keyCopy =
        keys.add(
            stamp, file -> rolledOver.set(source.roll(file)), order.masterKey(), order.keyPlace());
    bytesRead += keys.bytes(stamp);
    Rolled rolled = Objects.requireNonNull(rolledOver.get());
    List<PackCopy> packs = copies.locked(copies.copy(rolled.lastNumber()));
    Optional<BackupPlace.Lock> lock = to.lock();
    if (lock.isPresent()) {
      marker.extend(lock.get());
    }
    events.addAll(copies.events());
    events = Events.once(events);
    FileCopy registry = registry(stamp);
    Held held =
        new Held(
            rolled.totals().studies(),
            rolled.totals().instances(),
            rolled.totals().bytes(),
            packs.stream().mapToLong(PackCopy::auditEntries).sum());
    Snapshot snapshot =
        new Snapshot(
            order.archive(),
            stamp.at().toEpochMilli(),
            held,
            registry,
            packs,
            events,
            order.files());
    byte[] digest = snapshots.put(stamp, snapshot.encode()).orElseThrow(BackupRun::another);
    keys.checkpoint(
        stamp,
        new Checkpoint(
            marker.place(),
            snapshot.madeMillis(),
            digest,
            HexFormat.of().parseHex(keyCopy.sha256()),
            held,
            source.destructions(events),
            events));
    return new BackupDone(
        stamp.text(),
        snapshot.madeMillis(),
        held,
        packs.size(),
        snapshot.packBytes(),
        copies.packsCopied(),
        copies.bytesCopied(),
        bytesRead + copies.bytesRead(),
        destroyable(stamp),
        lockedUntil(packs),
        sameDevice,
        keyCopy,
        keys.removeOlder(stamp, source.destructions(events)));
  }

  /// Until when nobody can take anything of the snapshot away.
  private Optional<Long> lockedUntil(List<PackCopy> packs) throws IOException {
    return to.lock()
        .map(lock ->
            packs.stream()
                .mapToLong(PackCopy::lockedUntilMillis)
                .reduce(lock.untilMillis(), Math::min));
  }

  private static BackupRefusedException another() {
    return new BackupRefusedException("another backup to the same place is running");
  }

  private Stamp next(List<Stamp> stamps) throws IOException {
    long last =
        Stream.concat(stamps.stream(), keys.stamps().stream())
            .mapToLong(Stamp::number)
            .max()
            .orElse(0);
    return new Stamp(last + 1, clock.instant().truncatedTo(ChronoUnit.SECONDS));
  }

  /// Learns of the packs that an earlier snapshot lists.
  ///
  /// @return the events the newest tells of that can be read
  private List<byte[]> earlier(List<Stamp> stamps) throws IOException {
    for (Stamp stamp : stamps.reversed()) {
      Optional<Snapshot> snapshot = snapshots.snapshot(stamp);
      if (snapshot.isPresent()) {
        copies.believe(snapshot.get());
        return snapshot.get().events();
      }
    }
    return List.of();
  }

  private FileCopy registry(Stamp stamp) throws IOException {
    Path copy = source.scratch().resolve(stamp.text() + ".db");
    try {
      source.copyRegistry(copy);
      Digests.Passed passed = Digests.of(Files.newInputStream(copy), (bytes, offset, length) -> {});
      bytesRead += passed.bytes();
      boolean fresh = to.put(registryPath(stamp), passed.bytes(), () -> Files.newInputStream(copy));
      if (!fresh) {
        throw another();
      }
      return new FileCopy(passed.bytes(), passed.sha256());
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  static String registryPath(Stamp stamp) {
    return "registry/" + stamp.text() + ".db";
  }

  static String canaryPath(Stamp stamp) {
    return "canary/" + stamp.text();
  }

  /// Whether whoever takes this machine over can take the copies too.
  private boolean destroyable(Stamp stamp) throws IOException {
    byte[] canary = new byte[16];
    new SecureRandom().nextBytes(canary);
    String name = canaryPath(stamp);
    to.put(name, canary.length, () -> new ByteArrayInputStream(canary));
    byte[] other = canary.clone();
    other[0]++;
    boolean overwritten = to.tryOverwrite(name, other);
    boolean deleted = to.delete(name);
    return overwritten || deleted;
  }
}
