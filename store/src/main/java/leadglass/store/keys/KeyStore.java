package leadglass.store.keys;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import leadglass.dicom.data.Uid;
import leadglass.store.PatientRef;
import leadglass.store.SiteId;
import leadglass.store.seal.Seal;
import leadglass.store.seal.SecretBytes;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/// Site, patient and study keys, each wrapped by its parent, in a file of its own that is backed up
/// apart. A key is on stable storage when the method that made it returns.
///
/// Safe for use by several threads; one writes at a time.
public final class KeyStore implements AutoCloseable {
  private static final int STUDIES_CACHED = 4096;

  private final SecretBytes master;
  private final Connection connection;
  private final SecureRandom random = new SecureRandom();
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
  public record SiteKeys(SecretBytes wrapping, SecretBytes hashing) {}

  /// A study's key and the keyed hashes it is known by.
  public record StudyKey(byte[] study, byte[] patient, SecretBytes key) {}

  private KeyStore(SecretBytes master, Connection connection) {
    this.master = master;
    this.connection = connection;
  }

  /// @throws WrongKeyException if `master` is not the one its keys are wrapped with
  public static KeyStore open(Path file, SecretBytes master) throws IOException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
    try {
      Connection connection = config.createConnection("jdbc:sqlite:" + file);
      try (Statement statement = connection.createStatement()) {
        for (String table : List.of("site", "patient", "study")) {
          statement.execute(
              "CREATE TABLE IF NOT EXISTS "
                  + table
                  + " (id BLOB NOT NULL PRIMARY KEY, parent BLOB NOT NULL, wrapped BLOB NOT NULL)"
                  + " WITHOUT ROWID");
        }
      }
      KeyStore store = new KeyStore(master, connection);
      store.loadSites();
      return store;
    } catch (SQLException e) {
      throw new IOException("the key store can't be opened", e);
    }
  }

  /// The master key does not open the key store.
  public static final class WrongKeyException extends IOException {
    private static final long serialVersionUID = 1L;

    WrongKeyException() {
      super("the master key is not the one this archive was sealed with");
    }
  }

  private void loadSites() throws SQLException, WrongKeyException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id, wrapped FROM site")) {
      while (rows.next()) {
        byte[] id = rows.getBytes(1);
        SecretBytes key = new SecretBytes(Seal.open(master, about("site", id), rows.getBytes(2)));
        sites.put(new SiteId(HexFormat.of().formatHex(id)), keysOf(key));
      }
    } catch (Seal.BrokenException _) {
      throw new WrongKeyException();
    }
  }

  private static SiteKeys keysOf(SecretBytes site) {
    return new SiteKeys(Seal.derive(site, "wrap patients"), Seal.derive(site, "hash identifiers"));
  }

  private static byte[] about(String kind, byte[] id) {
    return (kind + " " + HexFormat.of().formatHex(id))
        .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  }

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
    lock.lock();
    try {
      insert("site", id, new byte[0], Seal.seal(master, about("site", id), key.copy()));
      SiteId site = new SiteId(HexFormat.of().formatHex(id));
      sites.put(site, keysOf(key));
      return site;
    } finally {
      lock.unlock();
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
    lock.lock();
    try {
      Optional<StudyKey> raced = study(site, id);
      return raced.isPresent() ? raced.get() : create(site, patient, study, id);
    } finally {
      lock.unlock();
    }
  }

  private StudyKey create(SiteId site, PatientRef patient, Uid study, byte[] id)
      throws IOException {
    SiteKeys keys = site(site);
    byte[] patientId =
        patient.id().isEmpty()
            ? Seal.hash(keys.hashing(), "patient of study", study.value())
            : Seal.hash(keys.hashing(), "patient", patient.issuer(), patient.id());
    try {
      connection.setAutoCommit(false);
      byte[] wrapped = wrapped("patient", patientId);
      SecretBytes patientKey = SecretBytes.random(random);
      if (wrapped == null) {
        insert(
            "patient",
            patientId,
            siteBytes(site),
            Seal.seal(keys.wrapping(), about("patient", patientId), patientKey.copy()));
      } else {
        patientKey =
            new SecretBytes(Seal.open(keys.wrapping(), about("patient", patientId), wrapped));
      }
      SecretBytes key = SecretBytes.random(random);
      insert("study", id, patientId, Seal.seal(patientKey, about("study", id), key.copy()));
      connection.commit();
      StudyKey made = new StudyKey(id, patientId, key);
      studies.put(HexFormat.of().formatHex(id), made);
      return made;
    } catch (SQLException | Seal.BrokenException e) {
      rollBack();
      throw new IOException("a study's key can't be made", e);
    } finally {
      autoCommit();
    }
  }

  /// The key of a study that is known by its hash.
  public Optional<StudyKey> study(SiteId site, byte[] id) throws IOException {
    String name = HexFormat.of().formatHex(id);
    lock.lock();
    try {
      StudyKey cached = studies.get(name);
      if (cached != null) {
        return Optional.of(cached);
      }
      Optional<StudyKey> found = unwrap(site, id);
      found.ifPresent(key -> studies.put(name, key));
      return found;
    } finally {
      lock.unlock();
    }
  }

  private Optional<StudyKey> unwrap(SiteId site, byte[] id) throws IOException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT s.parent, s.wrapped, p.wrapped FROM study s"
                + " JOIN patient p ON p.id = s.parent WHERE s.id = ?")) {
      query.setBytes(1, id);
      try (ResultSet row = query.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        byte[] patient = row.getBytes(1);
        SecretBytes patientKey =
            new SecretBytes(
                Seal.open(site(site).wrapping(), about("patient", patient), row.getBytes(3)));
        byte[] key = Seal.open(patientKey, about("study", id), row.getBytes(2));
        return Optional.of(new StudyKey(id, patient, new SecretBytes(key)));
      }
    } catch (SQLException | Seal.BrokenException e) {
      throw new IOException("a study's key can't be read", e);
    }
  }

  private byte @Nullable [] wrapped(String table, byte[] id) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT wrapped FROM " + table + " WHERE id = ?")) {
      query.setBytes(1, id);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? row.getBytes(1) : null;
      }
    }
  }

  private void insert(String table, byte[] id, byte[] parent, byte[] wrapped) throws IOException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO " + table + " VALUES (?, ?, ?)")) {
      insert.setBytes(1, id);
      insert.setBytes(2, parent);
      insert.setBytes(3, wrapped);
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new IOException("a key can't be kept", e);
    }
  }

  private static byte[] siteBytes(SiteId site) {
    return HexFormat.of().parseHex(site.value());
  }

  private void rollBack() {
    try {
      connection.rollback();
    } catch (SQLException _) {
      // The connection is broken; the next statement will say so.
    }
  }

  private void autoCommit() throws IOException {
    try {
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      throw new IOException("the key store is broken", e);
    }
  }

  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IOException("the key store can't be closed", e);
    } finally {
      lock.unlock();
    }
  }
}
