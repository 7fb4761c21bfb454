package leadglass.store;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import leadglass.dicom.data.Uid;

/// Everything kept: one append-only log of sealed records, and the indexes that find them.
///
/// Safe for use by several threads. Failing disks are unchecked ([java.io.UncheckedIOException]) on
/// reads of the indexes; after a failed write the store is read-only until it is opened again.
public interface Store extends AutoCloseable {

  /// The tenants there are, in the order they were made.
  List<SiteId> sites();

  /// Makes a tenant with keys of its own.
  SiteId createSite() throws IOException;

  /// Begins to take a data set in.
  ///
  /// @throws OutOfSpaceException below the reserve; nothing was written
  Incoming receive() throws IOException;

  /// Keeps what `incoming` took in. Returns once data set and audit entries are on stable storage
  /// and the next query finds the instance; one that is filed apart is found by [Lifecycle#apart]
  /// alone, whatever has its UID.
  Filed file(Incoming incoming, Filing filing) throws IOException;

  /// Writes audit entries that go with no data set.
  ///
  /// @param synced true: on stable storage when this returns; false: handed to the kernel when this
  ///   returns (survives the end of the process), on stable storage within 100 ms
  void audit(List<Audit> entries, boolean synced) throws IOException;

  /// The audit entries that were written.
  Trail trail();

  Optional<InstanceRow> instance(SiteId site, Uid sopInstance);

  /// The study's instances, or one series', in the order they came. Empty if there is no such
  /// study.
  List<InstanceRow> instances(SiteId site, Uid study, Optional<Uid> series);

  List<SeriesRow> series(SiteId site, Uid study);

  Optional<StudyRow> study(SiteId site, Uid study);

  StudyPage studies(StudySearch search);

  /// @throws IOException if the record is damaged or its key is gone
  StoredBytes open(SiteId site, InstanceRow instance) throws IOException;

  /// What becomes of studies after they came.
  Lifecycle lifecycle();

  Registry registry();

  /// What looks after the packs.
  Scrub scrub();

  /// Copies what another place does not have yet, while everything goes on.
  ///
  /// @throws BackupRefusedException if it can't be done as asked
  BackupDone backup(BackupOrder order) throws IOException;

  /// Removes old backups, and what only they needed. None runs meanwhile.
  ///
  /// @throws BackupRefusedException if it can't be done as asked
  PruneDone prune(PruneOrder order) throws IOException;

  /// Compares catalogue and search with the packs, every row and document, while everything goes
  /// on.
  IndexReport checkIndex(Progress progress) throws IOException;

  /// Makes catalogue and search anew from packs and keys, while questions are answered as before.
  /// What comes meanwhile is in the new ones too.
  void rebuildIndex(Progress progress) throws IOException;

  Health health();

  /// Seals the archive by another master key. The one before opens it no more; nothing but one row
  /// is written.
  void rekey(MasterKey fresh) throws IOException;

  /// Whether 32 bytes are the master key. Changes nothing.
  boolean opensWith(byte[] key) throws IOException;

  @Override
  void close() throws IOException;

  /// What became of a filing.
  sealed interface Filed {

    /// On stable storage.
    record Kept(InstanceRow row) implements Filed {}

    /// The site holds this SOP Instance UID already; nothing was kept, no audit entry written.
    record Taken(InstanceRow held) implements Filed {}
  }

  /// @param total how many match altogether; exact up to 10,000, then a lower bound
  record StudyPage(List<StudyRow> rows, long total) {}

  /// @param freeBytes left on the data directory's volume
  /// @param storing whether a data set would be taken now
  /// @param keyBesideData whether the master key lies on the device that holds the data
  record Health(
      long studies,
      long instances,
      long bytes,
      long freeBytes,
      boolean storing,
      boolean readOnly,
      boolean keyBesideData) {}

  /// Below 5 % or 2 GiB free: nothing new is taken, so that sign-in, audit and reading go on.
  final class OutOfSpaceException extends IOException {
    private static final long serialVersionUID = 1L;

    public OutOfSpaceException() {
      super("the volume is too full to take anything new");
    }
  }
}
