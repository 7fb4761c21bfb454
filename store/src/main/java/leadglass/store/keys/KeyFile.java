package leadglass.store.keys;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import leadglass.store.pack.Private;
import org.sqlite.SQLiteConfig;

/// The rows of the key store; docs/formats/keys.md. One connection writes, another reads, so that
/// reading waits for no sync.
final class KeyFile implements AutoCloseable {

  /// Version of the tables, kept in SQLite's user_version.
  private static final int VERSION = 1;

  private static final String FIND_STUDY =
      "SELECT s.parent, s.wrapped, p.wrapped FROM study s"
          + " JOIN patient p ON p.id = s.parent WHERE s.id = ?";

  private static final List<String> TABLES =
      List.of(
          "CREATE TABLE proof (one INTEGER PRIMARY KEY CHECK (one = 1), sealed BLOB NOT NULL)",
          "CREATE TABLE site (number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE,"
              + " wrapped BLOB NOT NULL)",
          "CREATE TABLE patient (id BLOB NOT NULL PRIMARY KEY, parent BLOB NOT NULL,"
              + " wrapped BLOB NOT NULL) WITHOUT ROWID",
          "CREATE TABLE study (id BLOB NOT NULL PRIMARY KEY, parent BLOB NOT NULL,"
              + " wrapped BLOB NOT NULL) WITHOUT ROWID");

  private final Connection writer;
  private final Connection reader;
  private final ReentrantLock reading = new ReentrantLock();

  record Site(byte[] id, byte[] wrapped) {}

  record Study(byte[] patient, byte[] wrapped, byte[] wrappedPatient) {}

  private KeyFile(Connection writer, Connection reader) {
    this.writer = writer;
    this.reader = reader;
  }

  static KeyFile open(Path path) throws IOException {
    Private.fileIfMissing(path);
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
    config.setBusyTimeout(10_000);
    try {
      Connection writer = config.createConnection("jdbc:sqlite:" + path);
      try {
        create(writer);
        return new KeyFile(writer, config.createConnection("jdbc:sqlite:" + path));
      } catch (SQLException e) {
        writer.close();
        throw e;
      }
    } catch (SQLException e) {
      throw new IOException("the key store can't be opened", e);
    }
  }

  private static void create(Connection connection) throws SQLException, IOException {
    try (Statement statement = connection.createStatement()) {
      int version;
      try (ResultSet row = statement.executeQuery("PRAGMA user_version")) {
        version = row.getInt(1);
      }
      if (version > VERSION) {
        throw new IOException("the key store is of a newer version");
      }
      if (version == 0) {
        connection.setAutoCommit(false);
        for (String each : TABLES) {
          statement.execute(each);
        }
        statement.execute("PRAGMA user_version = " + VERSION);
        connection.commit();
        connection.setAutoCommit(true);
      }
    }
  }

  /// What tells the right master key from a wrong one, even before there is a site.
  Optional<byte[]> proof() throws IOException {
    reading.lock();
    try (Statement statement = reader.createStatement();
        ResultSet row = statement.executeQuery("SELECT sealed FROM proof")) {
      return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
    } catch (SQLException e) {
      throw new IOException("the key store can't be read", e);
    } finally {
      reading.unlock();
    }
  }

  void insertProof(byte[] sealed) throws IOException {
    try (PreparedStatement insert = writer.prepareStatement("INSERT INTO proof VALUES (1, ?)")) {
      insert.setBytes(1, sealed);
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new IOException("a key can't be kept", e);
    }
  }

  List<Site> sites() throws IOException {
    reading.lock();
    try (Statement statement = reader.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id, wrapped FROM site ORDER BY number")) {
      List<Site> sites = new ArrayList<>();
      while (rows.next()) {
        sites.add(new Site(rows.getBytes(1), rows.getBytes(2)));
      }
      return sites;
    } catch (SQLException e) {
      throw new IOException("the key store can't be read", e);
    } finally {
      reading.unlock();
    }
  }

  Optional<byte[]> patient(byte[] id) throws IOException {
    reading.lock();
    try (PreparedStatement query =
        reader.prepareStatement("SELECT wrapped FROM patient WHERE id = ?")) {
      query.setBytes(1, id);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw new IOException("the key store can't be read", e);
    } finally {
      reading.unlock();
    }
  }

  Optional<Study> study(byte[] id) throws IOException {
    reading.lock();
    try (PreparedStatement query = reader.prepareStatement(FIND_STUDY)) {
      query.setBytes(1, id);
      try (ResultSet row = query.executeQuery()) {
        return row.next()
            ? Optional.of(new Study(row.getBytes(1), row.getBytes(2), row.getBytes(3)))
            : Optional.empty();
      }
    } catch (SQLException e) {
      throw new IOException("the key store can't be read", e);
    } finally {
      reading.unlock();
    }
  }

  void insertSite(byte[] id, byte[] wrapped) throws IOException {
    try (PreparedStatement insert =
        writer.prepareStatement("INSERT INTO site (id, wrapped) VALUES (?, ?)")) {
      insert.setBytes(1, id);
      insert.setBytes(2, wrapped);
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new IOException("a key can't be kept", e);
    }
  }

  void insertStudy(byte[] id, byte[] patient, byte[] wrapped) throws IOException {
    try {
      insert("study", id, patient, wrapped);
    } catch (SQLException e) {
      throw new IOException("a key can't be kept", e);
    }
  }

  void insertPatientAndStudy(
      byte[] patient, byte[] site, byte[] wrappedPatient, byte[] study, byte[] wrappedStudy)
      throws IOException {
    try {
      writer.setAutoCommit(false);
      try {
        insert("patient", patient, site, wrappedPatient);
        insert("study", study, patient, wrappedStudy);
        writer.commit();
      } catch (SQLException e) {
        writer.rollback();
        throw e;
      } finally {
        writer.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new IOException("a key can't be kept", e);
    }
  }

  private void insert(String table, byte[] id, byte[] parent, byte[] wrapped) throws SQLException {
    try (PreparedStatement insert =
        writer.prepareStatement("INSERT INTO " + table + " VALUES (?, ?, ?)")) {
      insert.setBytes(1, id);
      insert.setBytes(2, parent);
      insert.setBytes(3, wrapped);
      insert.executeUpdate();
    }
  }

  @Override
  public void close() throws IOException {
    reading.lock();
    try {
      reader.close();
      writer.close();
    } catch (SQLException e) {
      throw new IOException("the key store can't be closed", e);
    } finally {
      reading.unlock();
    }
  }
}
