package leadglass.archive;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import leadglass.store.Backups;
import leadglass.store.Registry;
import leadglass.store.SiteId;
import leadglass.store.Store;

/// What a restored archive does before anybody may use it: whatever was handed out ends, and what
/// was taken away after the restored copy was made stays taken away. Doing it twice changes nothing
/// but epochs.
final class AfterRestore {

  /// Handed out to somebody, and ended by a restore.
  private static final List<String> ENDED =
      List.of(
          "token",
          "share",
          PatientBook.KIND,
          InviteRecord.KIND,
          InvitationRecord.KIND,
          RecoveryRecord.KIND,
          RoleRecord.Asked.KIND);

  /// What binds the archive, or tells what became of it: as the newest copy has it.
  private static final List<String> BINDING =
      List.of(
          "hold",
          "retention",
          "site-rules",
          "erasure",
          "deletion",
          "move",
          "emergency",
          "running-days",
          "key-backup",
          "key-place",
          "escrow",
          "key-rehearsal",
          "backup",
          "rehearsal",
          PatientTaskRecord.KIND,
          WitnessedRecord.KIND,
          UnverifiedRecord.KIND,
          RevocationRecord.KIND);

  private final Registry registry;
  private final Optional<Registry> newest;
  private int ended;
  private int disabled;
  private int devicesRemoved;

  private AfterRestore(Registry registry, Optional<Registry> newest) {
    this.registry = registry;
    this.newest = newest;
  }

  /// For the house and every further site, each of which has an entry of it.
  static void all(
      Store store, Optional<Registry> newest, List<Backups.KeyPlace> keys, Caller by, Clock clock)
      throws IOException {
    Done done = apply(store.registry(), newest, keys);
    if (!store.sites().isEmpty()) {
      new AuditTrail(store, House.of(store), clock)
          .security(AuditTrail.Who.of(by), by.origin(), true, done.words());
    }
    for (SiteId each : Tenants.ids(store)) {
      Done there =
          apply(
              new SiteRegistry(store.registry(), each),
              newest.map(other -> new SiteRegistry(other, each)),
              List.of());
      new AuditTrail(store, each, true, clock)
          .security(AuditTrail.Who.of(by), by.origin(), true, there.words());
    }
  }

  /// What was done.
  ///
  /// @param ended tokens and the like
  /// @param disabled accounts that the restored copy had enabled
  /// @param devicesRemoved that the restored copy had
  record Done(int ended, int disabled, int devicesRemoved) {
    /// For the trail.
    String words() {
      return "restored from a backup: every session and "
          + ended
          + " tokens ended, "
          + disabled
          + " accounts disabled, "
          + devicesRemoved
          + " devices removed";
    }
  }

  /// @param newest a newer copy of the same registry, if one is there
  /// @param keys copies of the key store that were found
  static Done apply(Registry registry, Optional<Registry> newest, List<Backups.KeyPlace> keys) {
    AfterRestore after = new AfterRestore(registry, newest);
    Done done = after.apply();
    keys.forEach(after::note);
    return done;
  }

  /// A copy that was made after the registry was copied stands in no registry yet.
  private void note(Backups.KeyPlace copy) {
    Documents<BackupRecord.KeyCopy> copies =
        new Documents<>(registry, BackupRecord.KeyCopy.KIND, BackupRecord.KeyCopy.class);
    BackupRecord.KeyCopy there =
        new BackupRecord.KeyCopy(
            copy.file(), copy.atMillis(), copy.sha256(), BackupRecord.KeyCopy.PRESENT);
    copies.put(copy.file(), 0, there); // what is known of it already stays
  }

  private Done apply() {
    for (String kind : ENDED) {
      for (Registry.Entry entry : registry.list(kind)) {
        registry.remove(kind, entry.key());
        ended++;
      }
    }
    newest.ifPresent(this::bind);
    people();
    devices("device", DeviceRecord.class);
    devices(LaneRecord.KIND, LaneRecord.class);
    return new Done(ended, disabled, devicesRemoved);
  }

  private void bind(Registry newer) {
    for (String kind : BINDING) {
      for (Registry.Entry entry : newer.list(kind)) {
        long version = registry.find(kind, entry.key()).map(Registry.Entry::version).orElse(0L);
        registry.put(kind, entry.key(), version, entry.document());
      }
    }
  }

  /// Sessions and tokens carry the epoch they were made in, so that a higher one ends them.
  private void people() {
    Documents<AccountRecord> accounts = new Documents<>(registry, "person", AccountRecord.class);
    Optional<Documents<AccountRecord>> newer =
        newest.map(other -> new Documents<>(other, "person", AccountRecord.class));
    for (Documents.Kept<AccountRecord> kept : accounts.list()) {
      AccountRecord restored = kept.document();
      AccountRecord after =
          newer.isEmpty()
              ? restored.nextEpoch(restored.epoch())
              : newer
                  .get()
                  .find(kept.key())
                  .map(now -> merged(restored, now.document()))
                  .orElseGet(restored::disabled);
      if (restored.enabled() && !after.enabled()) {
        disabled++;
      }
      accounts.put(kept.key(), kept.version(), after);
    }
  }

  /// The factors of the newer one, and no role or right that either lacks.
  private static AccountRecord merged(AccountRecord restored, AccountRecord newer) {
    List<String> roles = new ArrayList<>(restored.roles());
    roles.retainAll(newer.roles());
    return newer
        .allowed(
            roles,
            restored.enabled() && newer.enabled(),
            Math.max(restored.lastStep(), newer.lastStep()))
        .nextEpoch(restored.epoch());
  }

  private <T> void devices(String kind, Class<T> type) {
    if (newest.isEmpty()) {
      return;
    }
    Documents<T> devices = new Documents<>(registry, kind, type);
    Documents<T> newer = new Documents<>(newest.get(), kind, type);
    for (Documents.Kept<T> kept : devices.list()) {
      Optional<Documents.Kept<T>> now = newer.find(kept.key());
      if (now.isEmpty()) {
        devices.remove(kept.key());
        devicesRemoved++;
      } else {
        devices.put(kept.key(), kept.version(), now.get().document());
      }
    }
  }
}
