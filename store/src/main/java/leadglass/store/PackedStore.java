package leadglass.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import leadglass.dicom.data.Uid;
import leadglass.store.InstanceRow.Location;
import leadglass.store.catalogue.Catalogue;
import leadglass.store.catalogue.StudyEntry;
import leadglass.store.catalogue.Totals;
import leadglass.store.keys.KeyStore;
import leadglass.store.keys.KeyStore.StudyKey;
import leadglass.store.pack.Disk;
import leadglass.store.pack.PackLog;
import leadglass.store.pack.Reception;
import leadglass.store.pack.RecordFrames;
import leadglass.store.pack.Records;
import leadglass.store.pack.StoredRecord;
import leadglass.store.registry.SqlRegistry;
import leadglass.store.seal.Seal;
import leadglass.store.seal.SecretBytes;
import leadglass.store.search.Cursors;
import leadglass.store.search.StudyHits;
import leadglass.store.search.StudyIndex;
import leadglass.store.trail.TrailIndex;
import leadglass.store.trail.TrailKeys;
import leadglass.store.trail.TrailLog;

/// The store: packs, key store, catalogue, search and registry of one data directory.
final class PackedStore implements Store {
  private static final long AUDIT_BATCH_BYTES = 1L << 20;

  private final Parts parts;
  private final SecureRandom random;
  private final Records records;
  private final AuditSeals audits;
  private final Cursors cursors;
  private final Trail trail;
  private final TrailKeeper trailKeeper;
  private final TrailIndex trailIndex;
  private final TrailCatchUp trailCatchUp;
  private final Committer committer;
  private final Filers filers;
  private final StudyLives lives;
  private final Keeper keeper;
  private final Upkeep upkeep;
  private final Night night;
  private final Copies copies;
  private final Path folder;
  private volatile boolean keyBesideData;
  private final Absences absences = new Absences();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Map<ByteBuffer, CompletableFuture<Optional<InstanceRow>>> inFlight =
      new ConcurrentHashMap<>();

  /// What a store is made of.
  record Parts(
      DirectoryLock lock,
      Disk disk,
      PackLog log,
      KeyStore keys,
      Catalogue catalogue,
      StudyIndex search,
      Index index,
      SqlRegistry registry,
      Headroom headroom,
      Failures failures,
      TrailLog trail) {}

  private PackedStore(
      Parts parts,
      Cursors cursors,
      SecureRandom random,
      InstantSource clock,
      Path folder,
      Consumer<? super StoreEvent> events,
      boolean keyBesideData) {
    this.folder = folder;
    this.parts = parts;
    this.random = random;
    this.records = new Records(parts.log(), parts.keys());
    this.audits = new AuditSeals(parts.keys().audit(), random);
    this.cursors = cursors;
    this.keyBesideData = keyBesideData;
    this.trailKeeper = new TrailKeeper(parts.trail(), parts.headroom(), parts.failures());
    this.trailIndex =
        new TrailIndex(
            folder.resolve("trail"),
            parts.log(),
            parts.trail().keys(),
            audits.new Opener(studies)::whose);
    this.trailCatchUp = new TrailCatchUp(parts, trailIndex);
    this.trail = new PackedTrail(parts, trailIndex, trailKeeper, () -> audits.new Opener(studies));
    this.committer =
        new Committer(
            parts.log(), parts.trail(), trailKeeper::forced, parts.index(), parts.failures());
    this.lives =
        new StudyLives(parts, audits, studies, committer, this::named, absences, clock, random);
    this.filers = new Filers(parts.keys(), parts.catalogue());
    parts.log().onFailure(e -> parts.failures().failed(StoreEvent.Part.LOG, e));
    this.keeper = new Keeper(parts, trailKeeper::forced);
    this.upkeep = new Upkeep(parts, audits.new Opener(studies)::open, clock, random, events);
    this.night = new Night(parts, upkeep, clock, events);
    this.copies = new Copies(folder, parts, committer, lives, trailKeeper, clock);
  }

  static Store open(
      Path folder,
      MasterKey masterKey,
      InstantSource clock,
      Consumer<? super StoreEvent> events,
      Means means)
      throws IOException {
    long began = clock.millis();
    Private.folder(folder);
    SecretBytes master = masterKey.key();
    Closers closers = new Closers();
    try {
      DirectoryLock lock = closers.add(DirectoryLock.take(folder.resolve("lock")));
      Disk disk = closers.add(means.disk().in(folder.resolve("packs")));
      SecureRandom random = new SecureRandom();
      PackLog log = closers.add(PackLog.open(disk, random, means.limits()));
      Path keyFolder = folder.resolve("keys");
      Path keyFile = keyFolder.resolve("keys.db");
      Path registryFile = folder.resolve("registry.db");
      if (!Files.exists(keyFile) && !(log.isEmpty() && Files.notExists(registryFile))) {
        throw new KeysMissingException();
      }
      Private.folder(keyFolder);
      Private.sync(folder); // an opening that was ended may have made folders and not come this far
      Upgrade upgrade = new Upgrade(folder, means.upgradeSteps());
      upgrade.before(clock.instant());
      KeyStore keys = closers.add(KeyStore.open(keyFile, master));
      upgrade.between();
      Headroom headroom =
          new Headroom(
              means.volume().in(folder), folder.resolve("reserve"), means.reserveBytes(), events);
      SqlRegistry registry =
          closers.add(
              SqlRegistry.open(registryFile, keys.root(), master, headroom::beforeSmallWrite));
      Private.sync(folder);
      upgrade.after(keys, registry, events);
      Indexes indexes = new Indexes(folder.resolve("index"), log, keys, events);
      Catalogue catalogue = closers.add(indexes.catalogue());
      Cursors cursors = new Cursors(Seal.derive(keys.root(), "cursors"));
      StudyIndex search = closers.add(indexes.search(catalogue, cursors));
      Index index = indexes.index(catalogue, search, cursors);
      Failures failures = new Failures(events);
      TrailKeys trailKeys = TrailKeys.of(keys.audit());
      TrailLog trail = TrailLog.open(folder.resolve("trail"), log, trailKeys, clock, events);
      Parts parts =
          new Parts(
              lock, disk, log, keys, catalogue, search, index, registry, headroom, failures, trail);
      boolean beside = masterKey.place().liesBeside(folder);
      Store store = new PackedStore(parts, cursors, random, clock, folder, events, beside);
      events.accept(
          new StoreEvent.Opened(
              Duration.ofMillis(clock.millis() - began),
              catalogue.totals().instances(),
              indexes.caughtUp(),
              indexes.unreadable(),
              indexes.tornBytes()));
      return store;
    } catch (IOException | RuntimeException e) {
      closers.closeQuietly(e);
      throw e;
    }
  }

  @Override
  public List<SiteId> sites() {
    return parts.keys().sites();
  }

  @Override
  public SiteId createSite() throws IOException {
    parts.headroom().beforeSmallWrite();
    return parts.keys().createSite();
  }

  @Override
  public Incoming receive() throws IOException {
    parts.failures().check();
    parts.headroom().ensure();
    return new Reception(parts.log(), random, parts.headroom()::ensure);
  }

  @Override
  public Filed file(Incoming incoming, Filing filing) throws IOException {
    parts.failures().check();
    if (!(incoming instanceof Reception reception)) {
      throw new IllegalArgumentException("not an incoming data set of this store");
    }
    if (filing.apart()) {
      return new Filed.Kept(keep(reception, filing)); // beside whatever has its UID
    }
    byte[] hash = parts.keys().hash(filing.site(), "instance", filing.sopInstance());
    ByteBuffer name = ByteBuffer.wrap(hash);
    CompletableFuture<Optional<InstanceRow>> mine = new CompletableFuture<>();
    while (true) {
      CompletableFuture<Optional<InstanceRow>> other = inFlight.putIfAbsent(name, mine);
      if (other == null) {
        break;
      }
      Optional<InstanceRow> kept = other.join();
      if (kept.isPresent()) {
        return new Filed.Taken(kept.get());
      }
    }
    // From the look to the write: nothing is put aside or comes back in between.
    lives.filing().lock();
    try {
      Optional<InstanceRow> held =
          absences.stillMissing(name)
              ? Optional.empty()
              : parts.catalogue().instance(filing.site(), hash);
      if (held.isPresent()) {
        mine.complete(held);
        return new Filed.Taken(held.get());
      }
      InstanceRow row = write(reception, filing);
      mine.complete(Optional.of(row));
      return new Filed.Kept(row);
    } finally {
      lives.filing().unlock();
      absences.justFiled(name);
      inFlight.remove(name, mine);
      mine.complete(Optional.empty()); // if it came to nothing, the next one may try
    }
  }

  /// Keys for what identifies somebody in the trail.
  private final AuditSeals.Keys studies =
      new AuditSeals.Keys() {
        @Override
        public Optional<StudyKey> of(Audit.Subject subject) throws IOException {
          byte[] hash = parts.keys().hash(subject.site(), "study", subject.study());
          Optional<StudyKey> live = parts.keys().study(subject.site(), hash);
          return live.isPresent()
              ? live
              : parts.keys().studies(subject.site(), hash).stream().findFirst();
        }

        @Override
        public Optional<StudyKey> named(SiteId site, byte[] name) throws IOException {
          return parts.keys().named(site, name);
        }
      };

  private InstanceRow keep(Reception reception, Filing filing) throws IOException {
    lives.filing().lock();
    try {
      return write(reception, filing);
    } finally {
      lives.filing().unlock();
    }
  }

  private InstanceRow write(Reception reception, Filing filing) throws IOException {
    StudyKey study = studyKey(filing);
    try {
      return write(reception, filing, study);
    } finally {
      filers.ended(study);
    }
  }

  private InstanceRow write(Reception reception, Filing filing, StudyKey study) throws IOException {
    List<List<ByteBuffer>> entries = audits.frames(filing.audit(), studies);
    long auditBytes = entries.stream().mapToLong(entry -> entry.getFirst().remaining()).sum();
    if (auditBytes > AuditSeals.ENTRY_BYTES_MAX) {
      throw new FilingTooLargeException();
    }
    long bytes = reception.bytes();
    List<List<ByteBuffer>> frames = new ArrayList<>(entries.size() + 1);
    frames.add(RecordFrames.instance(reception, study, filing));
    frames.addAll(entries);
    Work.Instance instance =
        new Work.Instance(filing, study, bytes, reception.record(), reception.extents());
    Location place = committer.commit(Work.of(frames, instance));
    reception.written();
    return new InstanceRow(
        filing.study(),
        filing.series(),
        filing.sopInstance(),
        filing.sopClass(),
        filing.transferSyntax(),
        bytes,
        filing.instanceAttributes(),
        place);
  }

  private StudyKey studyKey(Filing filing) throws IOException {
    try {
      return filers.begun(filing);
    } catch (IOException e) {
      parts.failures().failed(StoreEvent.Part.KEYS, e);
      throw e;
    }
  }

  @Override
  public void audit(List<Audit> entries, boolean synced) throws IOException {
    parts.failures().check();
    parts.headroom().beforeSmallWrite();
    List<List<ByteBuffer>> frames = audits.frames(entries, studies);
    int from = 0;
    while (from < frames.size()) {
      int to = from;
      long bytes = 0;
      while (to < frames.size() && (to == from || bytes < AUDIT_BATCH_BYTES)) {
        bytes += frames.get(to++).getFirst().remaining();
      }
      write(frames.subList(from, to), synced);
      from = to;
    }
  }

  private void write(List<List<ByteBuffer>> frames, boolean synced) throws IOException {
    if (synced) {
      committer.commit(Work.of(frames));
      return;
    }
    try {
      parts.trail().append(frames); // the keeper syncs it
    } catch (IOException e) {
      parts.failures().failed(StoreEvent.Part.LOG, e);
      throw new StoreReadOnlyException(e);
    }
  }

  @Override
  public Trail trail() {
    return trail;
  }

  @Override
  public Optional<InstanceRow> instance(SiteId site, Uid sopInstance) {
    byte[] hash = parts.keys().hash(site, "instance", sopInstance);
    ByteBuffer name = ByteBuffer.wrap(hash);
    long filed = absences.filed(name);
    Optional<InstanceRow> held = parts.catalogue().instance(site, hash);
    if (held.isEmpty()) {
      absences.missed(name, filed);
    }
    return held;
  }

  @Override
  public List<InstanceRow> instances(SiteId site, Uid study, Optional<Uid> series) {
    return parts.catalogue().instances(site, study, series);
  }

  @Override
  public List<SeriesRow> series(SiteId site, Uid study) {
    return parts.catalogue().series(site, study);
  }

  @Override
  public Optional<StudyRow> study(SiteId site, Uid study) {
    return parts.catalogue().study(site, study).map(entry -> row(site, entry));
  }

  private Optional<StudyRow> named(SiteId site, byte[] name) {
    return parts.catalogue().study(site, name).map(entry -> row(site, entry));
  }

  private StudyRow row(SiteId site, StudyEntry entry) {
    return new StudyRow(
        entry.value().study(),
        entry.value().attributes(),
        entry.value().terms().modalities(),
        entry.value().sopClasses(),
        entry.seriesCount(),
        entry.instanceCount(),
        entry.bytes(),
        entry.receivedMillis(),
        entry.changedMillis(),
        entry.value().moved(),
        cursors.behind(site, entry.value().terms(), entry.number()));
  }

  @Override
  public StudyPage studies(StudySearch search) {
    parts.keys().site(search.site()); // an unknown one is a mistake of the caller
    if (search.offset() < 0 || search.limit() < 1) {
      throw new IllegalArgumentException("offset 0 or more, limit 1 or more");
    }
    StudyHits hits = parts.search().search(search);
    List<StudyRow> rows = new ArrayList<>(hits.studies().size());
    for (byte[] name : hits.studies()) {
      parts
          .catalogue()
          .study(search.site(), name)
          .filter(entry -> !entry.aside())
          .ifPresent(entry -> rows.add(row(search.site(), entry)));
    }
    return new StudyPage(rows, hits.total());
  }

  @Override
  public StoredBytes open(SiteId site, InstanceRow instance) throws IOException {
    StoredRecord record = records.open(site, instance.location());
    if (!record.filing().sopInstance().equals(instance.sopInstance())) {
      record.close();
      throw new IOException("a stored data set is not where it should be");
    }
    return record;
  }

  @Override
  public Lifecycle lifecycle() {
    return lives;
  }

  @Override
  public BackupDone backup(BackupOrder order) throws IOException {
    return copies.backup(order);
  }

  @Override
  public PruneDone prune(PruneOrder order) throws IOException {
    return copies.prune(order);
  }

  @Override
  public Registry registry() {
    return parts.registry();
  }

  @Override
  public Scrub scrub() {
    return upkeep;
  }

  /// What is done at night.
  Night night() {
    return night;
  }

  /// What fills the trail's index.
  TrailCatchUp trailCatchUp() {
    return trailCatchUp;
  }

  /// What tells catalogue and search.
  Index index() {
    return parts.index();
  }

  @Override
  public IndexReport checkIndex(Progress progress) throws IOException {
    return upkeep.alone(() -> parts.index().check(progress));
  }

  @Override
  public void rebuildIndex(Progress progress) throws IOException {
    try {
      upkeep.alone(() -> {
        parts.index().rebuild(progress);
        return progress;
      });
    } catch (IOException | RuntimeException e) {
      if (parts.index().isLost()) {
        parts.failures().failed(StoreEvent.Part.CATALOGUE, e);
      }
      throw e;
    }
  }

  @Override
  public void rekey(MasterKey fresh) throws IOException {
    parts.failures().check();
    parts.headroom().beforeSmallWrite();
    try {
      parts.keys().rewrap(fresh.key());
    } catch (IOException e) {
      parts.failures().failed(StoreEvent.Part.KEYS, e);
      throw e;
    }
    keyBesideData = fresh.place().liesBeside(folder);
  }

  @Override
  public boolean opensWith(byte[] key) throws IOException {
    return parts.keys().opens(new SecretBytes(key));
  }

  @Override
  public Health health() {
    Totals totals = parts.catalogue().totals();
    boolean readOnly = parts.failures().any();
    try {
      return new Health(
          totals.studies(),
          totals.instances(),
          totals.bytes(),
          parts.headroom().freeBytes(),
          !readOnly && parts.headroom().hasRoom(),
          readOnly,
          keyBesideData);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    if (closed.getAndSet(true)) {
      return;
    }
    // What is being written must be finished, whoever wishes to stop.
    boolean interrupted = Thread.interrupted();
    try {
      closeAll();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void closeAll() throws IOException {
    night.close();
    keeper.close();
    committer.close();
    trailKeeper.close();
    Closers closers = new Closers();
    closers.add(parts.lock());
    closers.add(parts.disk());
    closers.add(parts.log());
    closers.add(parts.keys());
    closers.add(parts.registry());
    closers.add(parts.catalogue());
    closers.add(parts.search());
    if (!parts.failures().any()) {
      closers.add(() -> parts.search().commit(parts.catalogue()::sync));
    }
    closers.add(trailIndex); // before the packs it may be reading
    closers.add(trailCatchUp);
    closers.close();
  }
}
