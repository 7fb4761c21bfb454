package leadglass.store.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import leadglass.dicom.data.Uid;
import leadglass.store.PatientRef;
import leadglass.store.SiteId;
import leadglass.store.WrongKeyException;
import leadglass.store.keys.KnownKeys.Held;
import leadglass.store.pack.LifeEvent;
import leadglass.store.seal.Seal;
import leadglass.store.seal.SecretBytes;

/// The root that the master key wraps, and under it the keys of sites, patients and studies, in a
/// file of its own that is backed up apart. A change is on stable storage when the method that made
/// it returns.
///
/// Safe for use by several threads; whoever needs a key in memory waits for no disk.
public final class KeyStore implements AutoCloseable {
  private final Path path;
  private final KeyFile file;
  private final SecretBytes root;
  private final SecretBytes audit;
  private final SecretBytes wrapping;
  private final SecretBytes tagging;
  private final SecureRandom random = new SecureRandom();

  /// Held by what reads the whole file, and by what needs that nobody does. Taken before `writing`.
  private final ReentrantLock whole = new ReentrantLock();

  private final ReentrantLock writing = new ReentrantLock();
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<SiteId, SiteKeys> sites = new LinkedHashMap<>();
  private final KnownKeys known = new KnownKeys();

  /// What a site seals and hashes with.
  ///
  /// @param wrapping wraps patient keys
  /// @param hashing makes keyed hashes of UIDs and patients
  /// @param events seals what happened to studies
  public record SiteKeys(SecretBytes wrapping, SecretBytes hashing, SecretBytes events) {
    static SiteKeys of(SecretBytes site) {
      return new SiteKeys(
          Seal.derive(site, "wrap patients"),
          Seal.derive(site, "hash identifiers"),
          Seal.derive(site, "seal events"));
    }
  }

  /// A study's keys, one for each purpose, and what it is known by.
  ///
  /// @param name random, the key's own for ever: a study that was deleted and came again has
  ///   another key under the same hash
  /// @param study keyed hash of the Study Instance UID
  /// @param patient keyed hash of the patient whose key wraps this one
  /// @param objects wraps the keys of data sets
  /// @param trailers seals what an instance was filed with
  /// @param rows seals the catalogue's values
  /// @param details seals what identifies somebody in events and audit entries
  public record StudyKey(
      byte[] name,
      byte[] study,
      byte[] patient,
      SecretBytes objects,
      SecretBytes trailers,
      SecretBytes rows,
      SecretBytes details) {

    static StudyKey of(byte[] name, byte[] study, byte[] patient, SecretBytes key) {
      return new StudyKey(
          name,
          study,
          patient,
          Seal.derive(key, "wrap objects"),
          Seal.derive(key, "seal trailers"),
          Seal.derive(key, "seal rows"),
          Seal.derive(key, "seal details"));
    }
  }

  private volatile long obeyed;

  private KeyStore(Path path, KeyFile file, SecretBytes root, SecretBytes audit) {
    this.path = path;
    this.file = file;
    this.root = root;
    this.audit = audit;
    this.wrapping = Seal.derive(root, "wrap sites");
    this.tagging = Wrapping.tagging(root);
  }

  /// Opens a key store, made if it is not there, brought up if it is of version 1: whoever wants a
  /// copy of what it was makes it before.
  ///
  /// @throws WrongKeyException if `master` is not the one its root is wrapped with
  public static KeyStore open(Path path, SecretBytes master) throws IOException {
    KeyFile file = KeyFile.open(path, master);
    try {
      SecretBytes root = Wrapping.openRoot(master, file.root(Wrapping.ROOT));
      SecretBytes audit = Wrapping.openAudit(root, file.root(Wrapping.AUDIT));
      KeyStore store = new KeyStore(path, file, root, audit);
      store.loadSites();
      store.obeyed = store.readObeyed();
      return store;
    } catch (Seal.BrokenException _) {
      file.close();
      throw new WrongKeyException();
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /// Version of a key store's file; 0 if there is nothing in it.
  public static int version(Path path) throws IOException {
    return KeyFile.version(path);
  }

  private void loadSites() throws IOException {
    for (KeyFile.Site row : file.sites()) {
      try {
        SecretBytes key = Wrapping.open(wrapping, "site", row.id(), row.wrapped());
        sites.put(new SiteId(HexFormat.of().formatHex(row.id())), SiteKeys.of(key));
      } catch (Seal.BrokenException _) {
        throw new IOException("a site's key is damaged");
      }
    }
  }

  /// What everything of the archive as a whole is derived from. It stays when the master key
  /// changes.
  public SecretBytes root() {
    return root;
  }

  /// What audit entries are sealed with. It outlives every patient's key.
  public SecretBytes audit() {
    return audit;
  }

  /// The tenants, in the order they were made.
  public List<SiteId> sites() {
    lock.lock();
    try {
      return List.copyOf(sites.keySet());
    } finally {
      lock.unlock();
    }
  }

  public SiteId createSite() throws IOException {
    byte[] id = KeyTables.fresh(random);
    SecretBytes key = SecretBytes.random(random);
    writing.lock();
    try {
      file.insertSite(id, Wrapping.seal(wrapping, "site", id, key));
      SiteId site = new SiteId(HexFormat.of().formatHex(id));
      lock.lock();
      try {
        sites.put(site, SiteKeys.of(key));
      } finally {
        lock.unlock();
      }
      return site;
    } finally {
      writing.unlock();
    }
  }

  /// @throws IllegalArgumentException if there is no such site
  public SiteKeys site(SiteId site) {
    lock.lock();
    try {
      SiteKeys keys = sites.get(site);
      if (keys == null) {
        throw new IllegalArgumentException("no such site");
      }
      return keys;
    } finally {
      lock.unlock();
    }
  }

  /// The keyed hash a UID is known by. `kind` keeps those of a study, series and instance apart.
  public byte[] hash(SiteId site, String kind, Uid uid) {
    return Seal.hash(site(site).hashing(), kind, uid.value());
  }

  /// The keyed hash of a patient; one without Patient ID is a patient of their own per study.
  public byte[] patient(SiteId site, PatientRef patient, Uid study) {
    SecretBytes hashing = site(site).hashing();
    return patient.id().isEmpty()
        ? Seal.hash(hashing, "patient of study", study.value())
        : Seal.hash(hashing, "patient", patient.issuer(), patient.id());
  }

  /// The key of a study that is in use, made under its patient's if there is none.
  public StudyKey study(SiteId site, PatientRef patient, Uid study) throws IOException {
    byte[] hash = hash(site, "study", study);
    Optional<StudyKey> found = study(site, hash);
    if (found.isPresent()) {
      return found.get();
    }
    writing.lock();
    try {
      List<Held> held = held(site, hash);
      Optional<StudyKey> raced = inUse(held);
      return raced.isPresent()
          ? raced.get()
          : create(site, patient(site, patient, study), hash, held);
    } finally {
      writing.unlock();
    }
  }

  private StudyKey create(SiteId site, byte[] patientHash, byte[] hash, List<Held> others)
      throws IOException {
    Parent parent = parent(site, patientHash);
    byte[] name = KeyTables.fresh(random);
    SecretBytes key = SecretBytes.random(random);
    byte[] wrapped = Wrapping.seal(parent.key(), "study", hash, key);
    byte[] tag = Wrapping.studyTag(tagging, name, hash, false, parent.name());
    file.insertStudy(name, hash, parent.name(), wrapped, tag, parent.made());
    StudyKey study = StudyKey.of(name, hash, patientHash, key);
    known.made(site, study, others);
    return study;
  }

  /// A patient's key.
  ///
  /// @param made its row, if it is not in the file yet
  private record Parent(byte[] name, SecretBytes key, Optional<KeyFile.Patient> made) {}

  private Parent parent(SiteId site, byte[] hash) throws IOException {
    SecretBytes wrapping = site(site).wrapping();
    Optional<KeyFile.Patient> row = file.patient(hash);
    if (row.isEmpty()) {
      SecretBytes key = SecretBytes.random(random);
      byte[] sealed = Wrapping.seal(wrapping, "patient", hash, key);
      byte[] siteId = HexFormat.of().parseHex(site.value());
      byte[] name = KeyTables.fresh(random);
      byte[] tag = Wrapping.patientTag(tagging, name, hash, siteId);
      KeyFile.Patient made = new KeyFile.Patient(name, hash, siteId, sealed, tag);
      return new Parent(name, key, Optional.of(made));
    }
    if (!Wrapping.fits(tagging, row.get())) {
      throw new IOException("a patient's key is damaged");
    }
    try {
      SecretBytes key = Wrapping.open(wrapping, "patient", hash, row.get().wrapped());
      return new Parent(row.get().name(), key, Optional.empty());
    } catch (Seal.BrokenException e) {
      throw new IOException("a patient's key can't be read", e);
    }
  }

  /// The key in use of a study that is known by its hash.
  public Optional<StudyKey> study(SiteId site, byte[] hash) throws IOException {
    return inUse(held(site, hash));
  }

  private static Optional<StudyKey> inUse(List<Held> held) {
    return held.isEmpty() || held.getFirst().aside()
        ? Optional.empty()
        : Optional.of(held.getFirst().key());
  }

  /// Every key of a study's hash, the one in use first: a record says whose study it is of, and its
  /// seal says which of its keys.
  public List<StudyKey> studies(SiteId site, byte[] hash) throws IOException {
    return held(site, hash).stream().map(Held::key).toList();
  }

  private List<Held> held(SiteId site, byte[] hash) throws IOException {
    List<Held> cached = known.ofHash(site, hash);
    if (cached != null) {
      return cached;
    }
    long changes = known.changes();
    List<Held> held = new ArrayList<>();
    for (KeyFile.Study row : file.studies(hash)) {
      check(row);
      held.add(new Held(unwrap(site, row), row.aside()));
    }
    if (!held.isEmpty()) {
      known.remember(site, hash, held, changes);
    }
    return held;
  }

  /// The key of a name, whatever became of its study; empty too if there is no such site.
  public Optional<StudyKey> named(SiteId site, byte[] name) throws IOException {
    Optional<StudyKey> cached = known.named(site, name);
    if (cached.isPresent()) {
      return cached;
    }
    long changes = known.changes();
    Optional<KeyFile.Study> row = row(name);
    if (row.isEmpty() || !sites().contains(site)) { // a damaged row may name any site
      return Optional.empty();
    }
    StudyKey key = unwrap(site, row.get());
    known.remember(site, key, changes);
    return Optional.of(key);
  }

  private Optional<KeyFile.Study> row(byte[] name) throws IOException {
    Optional<KeyFile.Study> row = file.study(name);
    if (row.isPresent()) {
      check(row.get());
    }
    return row;
  }

  private void check(KeyFile.Study row) throws IOException {
    if (!Wrapping.fits(tagging, row)) {
      throw new IOException("a study's key is damaged");
    }
  }

  private StudyKey unwrap(SiteId site, KeyFile.Study row) throws IOException {
    return StudyKey.of(row.name(), row.id(), row.patient(), open(site(site).wrapping(), row));
  }

  private static SecretBytes open(SecretBytes patients, KeyFile.Study row) throws IOException {
    try {
      SecretBytes patient = Wrapping.open(patients, "patient", row.patient(), row.wrappedPatient());
      return Wrapping.open(patient, "study", row.id(), row.wrapped());
    } catch (Seal.BrokenException e) {
      throw new IOException("a study's key can't be read", e);
    }
  }

  /// Whether the study of a name is put aside; false too if there is none.
  public boolean isAside(byte[] name) throws IOException {
    return row(name).map(KeyFile.Study::aside).orElse(false);
  }

  /// Puts a study aside or takes it back into use.
  ///
  /// @return false if its key is gone, or another of the same hash is in use; nothing changed
  public boolean aside(byte[] name, boolean aside) throws IOException {
    writing.lock();
    try {
      Optional<KeyFile.Study> row = row(name);
      if (row.isEmpty()) {
        return false;
      }
      if (row.get().aside() == aside) {
        return true;
      }
      if (!aside && file.studies(row.get().id()).stream().anyMatch(other -> !other.aside())) {
        return false;
      }
      byte[] parent = row.get().patientName();
      file.setAside(name, aside, Wrapping.studyTag(tagging, name, row.get().id(), aside, parent));
      known.forget();
      return true;
    } finally {
      writing.unlock();
    }
  }

  /// Wraps a study's key under another patient's, which is made if there is none. Changes nothing
  /// if it is there already, or gone.
  public void move(SiteId site, byte[] name, byte[] patientHash) throws IOException {
    writing.lock();
    try {
      Optional<KeyFile.Study> row = row(name);
      if (row.isEmpty() || Arrays.equals(row.get().patient(), patientHash)) {
        return;
      }
      Parent parent = parent(site, patientHash);
      SecretBytes key = open(site(site).wrapping(), row.get());
      byte[] hash = row.get().id();
      byte[] wrapped = Wrapping.seal(parent.key(), "study", hash, key);
      byte[] tag = Wrapping.studyTag(tagging, name, hash, row.get().aside(), parent.name());
      file.moveStudy(name, parent.name(), wrapped, tag, parent.made());
      known.forget();
    } finally {
      writing.unlock();
    }
  }

  /// Names of a patient's studies, in use and aside.
  public List<byte[]> studiesOf(SiteId site, byte[] patientHash) throws IOException {
    Optional<KeyFile.Patient> patient = file.patient(patientHash);
    boolean ours =
        patient.isPresent()
            && site.value().equals(HexFormat.of().formatHex(patient.get().parent()));
    return ours ? file.studiesOf(patient.get().name()) : List.of();
  }

  /// Name of a patient's key, if there is one.
  public Optional<byte[]> patientName(byte[] patientHash) throws IOException {
    return file.patient(patientHash).map(KeyFile.Patient::name);
  }

  /// Destroys the study and patient keys of some names, and the keys that only those could unwrap.
  /// They are in no page and no journal of the file when this returns. Names that are not there
  /// change nothing.
  public void destroy(List<byte[]> names) throws IOException {
    whole.lock();
    writing.lock();
    try {
      file.delete(names);
      file.emptyJournal();
    } finally {
      known.forget();
      writing.unlock();
      whole.unlock();
    }
  }

  /// Number of the last event of the log that was obeyed; 0 if none was.
  public long obeyed() {
    return obeyed;
  }

  /// Does to the keys what the log tells. What was obeyed before changes nothing, however often and
  /// in whatever company it is told again.
  public void obey(LifeEvent event) throws IOException {
    if (event.number() <= obeyed) {
      return;
    }
    switch (event.kind()) {
      case DELETED -> aside(event.subject(), true);
      case RESTORED -> aside(event.subject(), false);
      case PURGED, ERASED -> destroy(event.keys());
      case MOVED -> move(event.site(), event.subject(), event.keys().getFirst());
      case ACCEPTED, DISCARDED -> {
        // Of instances; keys are of studies.
      }
    }
    writing.lock();
    try {
      byte[] number = ByteBuffer.allocate(Long.BYTES).putLong(event.number()).array();
      file.setRoot(Wrapping.OBEYED, Seal.seal(wrapping, Wrapping.about(Wrapping.OBEYED), number));
      obeyed = event.number();
    } finally {
      writing.unlock();
    }
  }

  private long readObeyed() throws IOException {
    Optional<byte[]> sealed = file.findRoot(Wrapping.OBEYED);
    if (sealed.isEmpty()) {
      return 0;
    }
    try {
      byte[] number = Seal.open(wrapping, Wrapping.about(Wrapping.OBEYED), sealed.get());
      return ByteBuffer.wrap(number).getLong();
    } catch (Seal.BrokenException e) {
      throw new IOException("the key store is damaged", e);
    }
  }

  /// Wraps the root by another master key. The old one opens nothing from then on, but for copies.
  public void rewrap(SecretBytes newMaster) throws IOException {
    whole.lock();
    writing.lock();
    try {
      file.replaceRoot(Wrapping.root(newMaster, root));
      file.emptyJournal();
    } finally {
      writing.unlock();
      whole.unlock();
    }
  }

  /// Whether a master key is the one that wraps the root. Changes nothing.
  public boolean opens(SecretBytes master) throws IOException {
    try {
      Wrapping.openRoot(master, file.root(Wrapping.ROOT));
      return true;
    } catch (Seal.BrokenException _) {
      return false;
    }
  }

  /// Writes a copy of this moment to a new file, on stable storage.
  public void snapshot(Path to) throws IOException {
    whole.lock();
    try {
      Snapshot.of(path, to);
    } finally {
      whole.unlock();
    }
  }

  /// What is wrong with the file: sentences without any value. Reads all of it and stops nobody.
  public List<String> damage() throws IOException {
    whole.lock();
    try {
      List<String> found = new ArrayList<>(file.integrity());
      if (found.isEmpty()) {
        Damage damage = new Damage(this::site, tagging);
        file.visit(damage::patient, damage::study);
        damage.tell(found);
        rootDamage(found);
      }
      return found;
    } finally {
      whole.unlock();
    }
  }

  private void rootDamage(List<String> found) throws IOException {
    try {
      Wrapping.openAudit(root, file.root(Wrapping.AUDIT));
      for (KeyFile.Site row : file.sites()) {
        Wrapping.open(wrapping, "site", row.id(), row.wrapped());
      }
    } catch (Seal.BrokenException _) {
      found.add("a key of the root or of a site is damaged");
    }
  }

  @Override
  public void close() throws IOException {
    writing.lock();
    try {
      file.close();
    } finally {
      writing.unlock();
    }
  }
}
