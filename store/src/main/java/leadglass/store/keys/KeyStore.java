package leadglass.store.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
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
import leadglass.store.seal.Seal;
import leadglass.store.seal.SecretBytes;

/// Site, patient and study keys, each wrapped by its parent, in a file of its own that is backed up
/// apart. A key is on stable storage when the method that made it returns.
///
/// Safe for use by several threads; whoever needs a key in memory waits for no disk.
public final class KeyStore implements AutoCloseable {
  private static final int STUDIES_CACHED = 4096;

  private final SecretBytes master;
  private final KeyFile file;
  private final SecureRandom random = new SecureRandom();
  private final ReentrantLock writing = new ReentrantLock();
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<SiteId, SiteKeys> sites = new LinkedHashMap<>();
  private final Map<String, StudyKey> studies =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, StudyKey> eldest) {
          return size() > STUDIES_CACHED;
        }
      };

  /// What a site seals and hashes with.
  ///
  /// @param wrapping wraps patient keys
  /// @param hashing makes keyed hashes of UIDs and patients
  /// @param events seals what the log tells of the life of what is held
  public record SiteKeys(SecretBytes wrapping, SecretBytes hashing, SecretBytes events) {}

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

  private KeyStore(SecretBytes master, KeyFile file) {
    this.master = master;
    this.file = file;
  }

  /// @throws WrongKeyException if `master` is not the one its keys are wrapped with
  public static KeyStore open(Path path, SecretBytes master) throws IOException {
    KeyFile file = KeyFile.open(path);
    try {
      KeyStore store = new KeyStore(Seal.derive(master, "wrap sites"), file);
      store.prove();
      store.loadSites();
      return store;
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  private void prove() throws IOException {
    byte[] about = "proof".getBytes(US_ASCII);
    Optional<byte[]> proof = file.proof();
    try {
      if (proof.isPresent()) {
        Seal.open(master, about, proof.get());
      } else {
        file.insertProof(Seal.seal(master, about, new byte[SecretBytes.BYTES]));
      }
    } catch (Seal.BrokenException _) {
      throw new WrongKeyException();
    }
  }

  private void loadSites() throws IOException {
    for (KeyFile.Site row : file.sites()) {
      try {
        byte[] key = Seal.open(master, about("site", row.id()), row.wrapped());
        sites.put(new SiteId(HexFormat.of().formatHex(row.id())), keysOf(new SecretBytes(key)));
      } catch (Seal.BrokenException _) {
        throw new WrongKeyException();
      }
    }
  }

  private static SiteKeys keysOf(SecretBytes site) {
    return new SiteKeys(
        Seal.derive(site, "wrap patients"),
        Seal.derive(site, "hash identifiers"),
        Seal.derive(site, "seal events"));
  }

  private static byte[] about(String kind, byte[] id) {
    return (kind + " " + HexFormat.of().formatHex(id)).getBytes(US_ASCII);
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
    byte[] id = new byte[16];
    random.nextBytes(id);
    SecretBytes key = SecretBytes.random(random);
    writing.lock();
    try {
      file.insertSite(id, Seal.seal(master, about("site", id), key.copy()));
      SiteId site = new SiteId(HexFormat.of().formatHex(id));
      lock.lock();
      try {
        sites.put(site, keysOf(key));
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

  /// The key of a study, made under its patient's if the study is new.
  public StudyKey study(SiteId site, PatientRef patient, Uid study) throws IOException {
    byte[] id = hash(site, "study", study);
    Optional<StudyKey> known = study(site, id);
    if (known.isPresent()) {
      return known.get();
    }
    writing.lock();
    try {
      Optional<StudyKey> raced = study(site, id);
      return raced.isPresent() ? raced.get() : create(site, patient, study, id);
    } finally {
      writing.unlock();
    }
  }

  private StudyKey create(SiteId site, PatientRef patient, Uid study, byte[] id)
      throws IOException {
    SiteKeys keys = site(site);
    byte[] patientId =
        patient.id().isEmpty()
            ? Seal.hash(keys.hashing(), "patient of study", study.value())
            : Seal.hash(keys.hashing(), "patient", patient.issuer(), patient.id());
    Optional<byte[]> wrapped = file.patient(patientId);
    SecretBytes patientKey;
    try {
      patientKey =
          wrapped.isPresent()
              ? new SecretBytes(
                  Seal.open(keys.wrapping(), about("patient", patientId), wrapped.get()))
              : SecretBytes.random(random);
    } catch (Seal.BrokenException e) {
      throw new IOException("a patient's key can't be read", e);
    }
    SecretBytes key = SecretBytes.random(random);
    byte[] sealed = Seal.seal(patientKey, about("study", id), key.copy());
    if (wrapped.isPresent()) {
      file.insertStudy(id, patientId, sealed);
    } else {
      byte[] sealedPatient =
          Seal.seal(keys.wrapping(), about("patient", patientId), patientKey.copy());
      byte[] parent = HexFormat.of().parseHex(site.value());
      file.insertPatientAndStudy(patientId, parent, sealedPatient, id, sealed);
    }
    StudyKey made = StudyKey.of(id, id, patientId, key);
    remember(made);
    return made;
  }

  private void remember(StudyKey key) {
    lock.lock();
    try {
      studies.put(HexFormat.of().formatHex(key.study()), key);
    } finally {
      lock.unlock();
    }
  }

  /// The key of a study that is known by its hash.
  public Optional<StudyKey> study(SiteId site, byte[] id) throws IOException {
    lock.lock();
    try {
      StudyKey cached = studies.get(HexFormat.of().formatHex(id));
      if (cached != null) {
        return Optional.of(cached);
      }
    } finally {
      lock.unlock();
    }
    Optional<KeyFile.Study> row = file.study(id);
    if (row.isEmpty()) {
      return Optional.empty();
    }
    byte[] patient = row.get().patient();
    try {
      byte[] patientKey =
          Seal.open(site(site).wrapping(), about("patient", patient), row.get().wrappedPatient());
      byte[] key = Seal.open(new SecretBytes(patientKey), about("study", id), row.get().wrapped());
      StudyKey opened = StudyKey.of(id, id, patient, new SecretBytes(key));
      remember(opened);
      return Optional.of(opened);
    } catch (Seal.BrokenException e) {
      throw new IOException("a study's key can't be read", e);
    }
  }

  /// Every key of a study's hash, the one in use first: a record says whose study it is of, and its
  /// seal says which of its keys.
  public List<StudyKey> studies(SiteId site, byte[] id) throws IOException {
    return study(site, id).stream().toList();
  }

  /// The key of a name, whatever became of its study.
  public Optional<StudyKey> named(SiteId site, byte[] name) throws IOException {
    return study(site, name);
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
