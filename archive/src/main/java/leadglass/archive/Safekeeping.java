package leadglass.archive;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import leadglass.store.BackupDone;
import leadglass.store.BackupOrder;
import leadglass.store.BackupRefusedException;
import leadglass.store.PruneDone;
import leadglass.store.PruneOrder;
import leadglass.store.Registry;
import leadglass.store.Store;

/// Copies of the archive in other places, and what is known of them.
///
/// Safe for use by several threads; one backup runs at a time.
public final class Safekeeping {

  /// An older backup is no good any more.
  public static final int BACKUP_DAYS_MAX = 7;

  /// So is an older rehearsal.
  public static final int REHEARSAL_DAYS_MAX = 90;

  private static final String NOT_YOURS = "You may not do this.";

  private final Store store;
  private final SecurityTrail trail;
  private final Gate gate;
  private final InstantSource clock;
  private final Documents<BackupRecord> backups;
  private final Documents<BackupRecord.KeyCopy> keyCopies;
  private final Documents<BackupRecord.Rehearsed> rehearsals;

  Safekeeping(Store store, SecurityTrail trail, Gate gate, InstantSource clock) {
    this.store = store;
    this.trail = trail;
    this.gate = gate;
    this.clock = clock;
    Registry registry = store.registry();
    this.backups = new Documents<>(registry, "backup", BackupRecord.class);
    this.keyCopies =
        new Documents<>(registry, BackupRecord.KeyCopy.KIND, BackupRecord.KeyCopy.class);
    this.rehearsals = new Documents<>(registry, "rehearsal", BackupRecord.Rehearsed.class);
  }

  /// What came of asking for a backup.
  public sealed interface Outcome {
    @SuppressWarnings("exports") // `app` alone makes backups, and requires the store itself
    record Done(BackupDone backup) implements Outcome {}

    /// @param rule a sentence that says why
    record Refused(String rule) implements Outcome {}
  }

  /// What came of asking for old backups to be removed.
  public sealed interface Pruning {
    @SuppressWarnings("exports")
    record Done(PruneDone done) implements Pruning {}

    /// @param rule a sentence that says why
    record Refused(String rule) implements Pruning {}
  }

  /// What is known of the copies.
  ///
  /// @param lastMillis when the newest backup on another device was begun
  /// @param destroyable whether that one could be overwritten or deleted from here
  /// @param sameDeviceMillis when the newest backup was begun that shares a device with data or
  ///   keys
  /// @param rehearsedMillis when the newest rehearsal was begun
  /// @param rehearsedWell whether everything came back
  /// @param nowMillis when this was asked
  public record Last(
      Optional<Long> lastMillis,
      boolean destroyable,
      Optional<Long> sameDeviceMillis,
      Optional<Long> rehearsedMillis,
      boolean rehearsedWell,
      long nowMillis) {

    /// Whether the newest backup is older than [#BACKUP_DAYS_MAX].
    public boolean isOld() {
      return lastMillis.filter(at -> isBefore(at, BACKUP_DAYS_MAX)).isPresent();
    }

    /// Whether the newest rehearsal is older than [#REHEARSAL_DAYS_MAX].
    public boolean isRehearsalOld() {
      return rehearsedMillis.filter(at -> isBefore(at, REHEARSAL_DAYS_MAX)).isPresent();
    }

    private boolean isBefore(long millis, int days) {
      return nowMillis - millis > Duration.ofDays(days).toMillis();
    }

    /// What is not as it should be, the worst first. Page, strip and command all go by it.
    public List<Concern> concerns() {
      Set<Concern> concerns = EnumSet.noneOf(Concern.class);
      if (lastMillis.isEmpty()) {
        concerns.add(
            sameDeviceMillis.isPresent() ? Concern.BACKUP_ON_SAME_DEVICE : Concern.NO_BACKUP);
      }
      if (isOld()) {
        concerns.add(Concern.BACKUP_OLD);
      }
      if (lastMillis.isPresent() && destroyable) {
        concerns.add(Concern.BACKUP_DESTROYABLE);
      }
      if (rehearsedMillis.isEmpty()) {
        concerns.add(Concern.NEVER_REHEARSED);
      } else if (!rehearsedWell) {
        concerns.add(Concern.REHEARSAL_FAILED);
      } else if (isRehearsalOld()) {
        concerns.add(Concern.REHEARSAL_OLD);
      }
      return List.copyOf(concerns);
    }
  }

  /// A backup that was made from here.
  ///
  /// @param atMillis when it was begun
  /// @param bytes of the packs it consists of
  /// @param sameDevice whether what takes one of data, copy and keys takes another one too
  /// @param rehearsed the last try whether it brings everything back
  public record Backup(
      String snapshot,
      long atMillis,
      String place,
      long packs,
      long bytes,
      long instances,
      boolean destroyable,
      boolean sameDevice,
      Optional<Rehearsed> rehearsed) {}

  /// @param wrong what did not come back, in sentences
  public record Rehearsed(long atMillis, String place, boolean good, List<String> wrong) {}

  /// A copy of the key store.
  ///
  /// @param state `present`, `removed`, `ticked` or `expired`
  public record KeyCopy(String place, long atMillis, String digest, String state) {}

  /// Copies in other places, the newest first.
  public record Copies(List<Backup> backups, List<KeyCopy> keys) {}

  /// Empty for who may not know.
  public Optional<Copies> copies(Caller by) {
    if (!gate.permits(by, Verb.OPERATE)) {
      return Optional.empty();
    }
    Map<String, Rehearsed> tried = new HashMap<>();
    rehearsals.list().stream()
        .map(Documents.Kept::document)
        .sorted(Comparator.comparingLong(BackupRecord.Rehearsed::at))
        .forEach(each ->
            tried.put(
                each.snapshot(),
                new Rehearsed(each.at(), each.place(), each.good(), each.lines())));
    List<Backup> made =
        backups.list().stream()
            .map(kept -> backup(kept.document(), tried))
            .sorted(Comparator.comparingLong(Backup::atMillis).reversed())
            .toList();
    List<KeyCopy> keys =
        keyCopies.list().stream()
            .map(Documents.Kept::document)
            .map(each -> new KeyCopy(each.place(), each.date(), each.digest(), each.state()))
            .sorted(Comparator.comparingLong(KeyCopy::atMillis).reversed())
            .toList();
    return Optional.of(new Copies(made, keys));
  }

  private static Backup backup(BackupRecord record, Map<String, Rehearsed> tried) {
    return new Backup(
        record.snapshot(),
        record.at(),
        record.place(),
        record.packs(),
        record.bytes(),
        record.instances(),
        record.destroyable(),
        record.sameDevice(),
        Optional.ofNullable(tried.get(record.snapshot())));
  }

  /// Copies what the place does not have yet.
  @SuppressWarnings("exports")
  public Outcome backup(Caller by, BackupOrder order) throws IOException {
    if (!gate.permits(by, Verb.OPERATE)) {
      note(by, false, "backup refused");
      return new Outcome.Refused(NOT_YOURS);
    }
    note(by, true, "backup begun");
    BackupDone done;
    try {
      done = store.backup(order);
    } catch (BackupRefusedException e) {
      note(by, false, "backup refused");
      return new Outcome.Refused(e.rule());
    }
    write(order, done);
    note(by, true, "backup made: " + done.snapshot());
    return new Outcome.Done(done);
  }

  /// Removes old backups, and what only they needed. Copies of keys that go are noted for the
  /// certificates of erasures.
  @SuppressWarnings("exports")
  public Pruning prune(Caller by, PruneOrder order) throws IOException {
    if (!gate.permits(by, Verb.OPERATE)) {
      note(by, false, "removing old backups refused");
      return new Pruning.Refused(NOT_YOURS);
    }
    if (!order.dryRun()) {
      note(by, true, "removing old backups begun");
    }
    PruneDone done;
    try {
      done = store.prune(order);
    } catch (BackupRefusedException e) {
      note(by, false, "removing old backups refused");
      return new Pruning.Refused(e.rule());
    }
    if (!order.dryRun()) {
      for (String name : done.keysRemoved()) {
        removed(keyPlace(order.keys().orElseThrow(), name));
      }
      note(
          by,
          true,
          "old backups removed: "
              + done.removed().size()
              + " snapshots, "
              + done.packs()
              + " packs, "
              + done.keysRemoved().size()
              + " copies of keys");
    }
    return new Pruning.Done(done);
  }

  private void write(BackupOrder order, BackupDone done) {
    String copy = keyPlace(order.keys(), done.keys().name());
    put(
        keyCopies,
        copy,
        new BackupRecord.KeyCopy(
            copy, done.atMillis(), done.keys().sha256(), BackupRecord.KeyCopy.PRESENT));
    for (String removed : done.keysRemoved()) {
      removed(keyPlace(order.keys(), removed));
    }
    put(
        backups,
        done.snapshot() + " " + order.to().shown(),
        new BackupRecord(
            done.snapshot(),
            done.atMillis(),
            order.to().shown(),
            done.packs(),
            done.packBytes(),
            done.held().instances(),
            done.destroyable(),
            done.sameDevice()));
  }

  static String keyPlace(Path folder, String name) {
    return folder.toAbsolutePath().normalize().resolve(name).toString();
  }

  private void removed(String place) {
    keyCopies
        .find(place)
        .ifPresent(kept ->
            keyCopies.put(
                place,
                kept.version(),
                new BackupRecord.KeyCopy(
                    place,
                    kept.document().date(),
                    kept.document().digest(),
                    BackupRecord.KeyCopy.REMOVED)));
  }

  private static <T> void put(Documents<T> documents, String key, T document) {
    long version = documents.find(key).map(Documents.Kept::version).orElse(0L);
    documents.put(key, version, document);
  }

  /// Notes what came of a rehearsal.
  void rehearsed(Caller by, BackupRecord.Rehearsed rehearsal) throws IOException {
    put(rehearsals, rehearsal.at() + " " + rehearsal.snapshot(), rehearsal);
    String verdict = rehearsal.good() ? "everything came back" : "not everything came back";
    note(by, rehearsal.good(), "restore rehearsed: " + rehearsal.snapshot() + ", " + verdict);
  }

  boolean mayRehearse(Caller by) throws IOException {
    if (gate.permits(by, Verb.OPERATE)) {
      return true;
    }
    note(by, false, "rehearsing a restore refused");
    return false;
  }

  long now() {
    return clock.millis();
  }

  private void note(Caller by, boolean success, String what) throws IOException {
    trail.security(AuditTrail.Who.of(by), by.origin(), success, what);
  }

  /// How old the copies are. Who may know is the caller's business.
  Last last() {
    Comparator<BackupRecord> byTime = Comparator.comparingLong(BackupRecord::at);
    List<BackupRecord> all = backups.list().stream().map(Documents.Kept::document).toList();
    Optional<BackupRecord> elsewhere =
        all.stream().filter(backup -> !backup.sameDevice()).max(byTime);
    Optional<BackupRecord> beside = all.stream().filter(BackupRecord::sameDevice).max(byTime);
    Optional<BackupRecord.Rehearsed> rehearsed =
        rehearsals.list().stream()
            .map(Documents.Kept::document)
            .max(Comparator.comparingLong(BackupRecord.Rehearsed::at));
    return new Last(
        elsewhere.map(BackupRecord::at),
        elsewhere.map(BackupRecord::destroyable).orElse(false),
        beside.map(BackupRecord::at),
        rehearsed.map(BackupRecord.Rehearsed::at),
        rehearsed.map(BackupRecord.Rehearsed::good).orElse(false),
        clock.millis());
  }
}
