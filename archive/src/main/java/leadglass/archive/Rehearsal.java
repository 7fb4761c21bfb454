package leadglass.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import leadglass.store.BackupDone.Held;
import leadglass.store.BackupPlace;
import leadglass.store.BackupRefusedException;
import leadglass.store.Backups;
import leadglass.store.InstanceRow;
import leadglass.store.MasterKey;
import leadglass.store.Progress;
import leadglass.store.RestoreOrder;
import leadglass.store.Restored;
import leadglass.store.SiteId;
import leadglass.store.Store;
import leadglass.store.StoredBytes;
import leadglass.store.Stores;
import leadglass.store.StudyRow;
import leadglass.store.StudySearch;
import leadglass.store.WrongKeyException;

/// Restores a backup into a scratch folder, compares every data set with the one held here, and
/// takes the folder away again.
public final class Rehearsal {
  private static final int STUDIES_AT_ONCE = 500;

  private final Store store;
  private final Safekeeping safekeeping;
  private final InstantSource clock;

  Rehearsal(Store store, Safekeeping safekeeping, InstantSource clock) {
    this.store = store;
    this.safekeeping = safekeeping;
    this.clock = clock;
  }

  /// What to rehearse.
  ///
  /// @param from where the backup is
  /// @param keys where its keys are
  /// @param snapshot its name; empty for the newest
  /// @param master what whoever restores would bring
  /// @param scratch a folder that is not there; gone afterwards
  @SuppressWarnings("exports")
  public record Order(
      BackupPlace from,
      Path keys,
      Optional<String> snapshot,
      MasterKey master,
      Path scratch,
      Progress progress) {
    @Override
    public String toString() {
      return "Order[]";
    }
  }

  /// What came of it.
  public sealed interface Outcome {
    record Done(Report report) implements Outcome {}

    /// @param rule a sentence that says why
    record Refused(String rule) implements Outcome {}
  }

  /// What a rehearsal found.
  ///
  /// @param atMillis when it was begun
  /// @param tookMillis how long restoring and comparing took
  /// @param snapshotMillis when the backup was made
  /// @param instances that came back
  /// @param equal those whose data sets are the same here
  /// @param different those whose data sets are not
  /// @param gone those that are not held here any more: deleted, moved or erased since
  /// @param auditEntries that came back
  /// @param wrong sentences; empty if everything came back
  public record Report(
      String snapshot,
      long atMillis,
      long tookMillis,
      long snapshotMillis,
      long packs,
      long bytes,
      long instances,
      long equal,
      long different,
      long gone,
      long auditEntries,
      List<String> wrong) {
    public Report {
      wrong = List.copyOf(wrong);
    }

    /// Whether everything came back.
    public boolean good() {
      return wrong.isEmpty();
    }
  }

  /// Rehearses; the folder is gone when this returns.
  public Outcome run(Caller by, Order order) throws IOException {
    if (!safekeeping.mayRehearse(by)) {
      return new Outcome.Refused("You may not do this.");
    }
    if (Files.exists(order.scratch())) {
      return new Outcome.Refused(order.scratch() + " is there already");
    }
    long began = clock.millis();
    try {
      Restored restored =
          Backups.restore(
              new RestoreOrder(
                  order.from(),
                  order.keys(),
                  order.snapshot(),
                  order.master(),
                  order.scratch(),
                  order.progress()));
      Report report = compare(began, restored, order);
      safekeeping.rehearsed(
          by,
          new BackupRecord.Rehearsed(
              report.snapshot(), began, order.from().shown(), report.good(), report.wrong()));
      return new Outcome.Done(report);
    } catch (BackupRefusedException e) {
      return new Outcome.Refused(e.rule());
    } catch (WrongKeyException _) {
      return new Outcome.Refused("the master key is not the one the backup was sealed with");
    } finally {
      delete(order.scratch());
    }
  }

  private Report compare(long began, Restored restored, Order order) throws IOException {
    try (Store copy = Stores.open(order.scratch(), order.master(), clock, event -> {})) {
      Tally tally = new Tally();
      for (SiteId site : copy.sites()) {
        compare(copy, site, tally);
      }
      long entries = auditEntries(copy);
      List<String> wrong = wrong(restored, copy.health(), tally, entries);
      return new Report(
          restored.snapshot(),
          began,
          clock.millis() - began,
          restored.atMillis(),
          restored.packs(),
          restored.bytes(),
          tally.instances,
          tally.equal,
          tally.different,
          tally.gone,
          entries,
          wrong);
    }
  }

  /// How many can be read.
  private static long auditEntries(Store copy) {
    long[] entries = new long[1];
    try {
      copy.trail()
          .read(
              0,
              (number, entry) -> {
                entries[0]++;
                return true;
              });
    } catch (IOException _) {
      return entries[0]; // those behind a damaged one are missing in the count
    }
    return entries[0];
  }

  private static List<String> wrong(
      Restored restored, Store.Health health, Tally tally, long entries) {
    List<String> wrong = new ArrayList<>();
    Held held = restored.held();
    count(wrong, "packs are damaged", restored.damaged().size(), 0);
    count(wrong, "packs are missing", restored.missing().size(), 0);
    count(wrong, "data sets are not the same as here", tally.different, 0);
    count(wrong, "data sets can't be read", tally.unreadable, 0);
    if (restored.eventsReplayed() == 0) { // what was erased since is not to come back
      count(wrong, "studies came back", health.studies(), held.studies());
      count(wrong, "instances came back", health.instances(), held.instances());
      count(wrong, "instances were found", tally.instances, held.instances());
      count(wrong, "bytes of data sets came back", health.bytes(), held.bytes());
    }
    count(wrong, "audit entries came back", entries, held.auditEntries());
    restored
        .newest()
        .filter(newest -> !newest.snapshotThere())
        .ifPresent(
            newest -> wrong.add("the newest backup is missing or was changed: " + newest.name()));
    return wrong;
  }

  private static void count(List<String> wrong, String what, long found, long expected) {
    if (found != expected) {
      wrong.add(found + " " + what + ", it should be " + expected);
    }
  }

  private static final class Tally {
    private long instances;
    private long equal;
    private long different;
    private long unreadable;
    private long gone;
  }

  private void compare(Store copy, SiteId site, Tally tally) throws IOException {
    Optional<String> after = Optional.empty();
    while (true) {
      StudySearch search = new StudySearch(site, List.of(), 0, STUDIES_AT_ONCE, after);
      List<StudyRow> rows = copy.studies(search).rows();
      for (StudyRow row : rows) {
        for (InstanceRow instance : copy.instances(site, row.study(), Optional.empty())) {
          compare(copy, site, instance, tally);
        }
      }
      if (rows.size() < STUDIES_AT_ONCE) {
        return;
      }
      after = Optional.of(rows.getLast().cursor());
    }
  }

  private void compare(Store copy, SiteId site, InstanceRow there, Tally tally) throws IOException {
    tally.instances++;
    byte[] restored;
    try {
      restored = digest(copy, site, there);
    } catch (IOException _) {
      tally.unreadable++;
      return;
    }
    Optional<InstanceRow> here = store.instance(site, there.sopInstance());
    if (here.isEmpty()) {
      tally.gone++;
    } else if (MessageDigest.isEqual(restored, digest(store, site, here.get()))) {
      tally.equal++;
    } else {
      tally.different++;
    }
  }

  private static byte[] digest(Store store, SiteId site, InstanceRow row) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every Java", e);
    }
    try (StoredBytes bytes = store.open(site, row);
        InputStream in = bytes.read(0, bytes.length())) {
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return digest.digest();
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
