package leadglass.store.keys;

import java.io.IOException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import leadglass.store.WrongKeyException;
import leadglass.store.seal.Seal;
import leadglass.store.seal.SecretBytes;
import leadglass.store.sql.Sqlite;

/// The tables of the key store, made or brought up from version 1. Each is one transaction: a
/// program that is killed leaves the old version or the new one.
final class KeyTables {

  /// Version of the tables, kept in SQLite's user_version.
  static final int VERSION = 2;

  private static final int NAME_BYTES = 16;

  private static final String SITE =
      "CREATE TABLE site (number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE,"
          + " wrapped BLOB NOT NULL)";

  private static final List<String> NEW_TABLES =
      List.of(
          "CREATE TABLE root (name TEXT NOT NULL PRIMARY KEY, wrapped BLOB NOT NULL) WITHOUT ROWID",
          "CREATE TABLE patient (name BLOB NOT NULL PRIMARY KEY, id BLOB NOT NULL UNIQUE,"
              + " parent BLOB NOT NULL, wrapped BLOB NOT NULL, tag BLOB NOT NULL) WITHOUT ROWID",
          "CREATE TABLE study (name BLOB NOT NULL PRIMARY KEY, id BLOB NOT NULL,"
              + " aside INTEGER NOT NULL, parent BLOB NOT NULL, wrapped BLOB NOT NULL,"
              + " tag BLOB NOT NULL) WITHOUT ROWID",
          "CREATE UNIQUE INDEX study_in_use ON study (id) WHERE aside = 0",
          "CREATE INDEX study_by_id ON study (id)",
          "CREATE INDEX study_by_parent ON study (parent)");

  private KeyTables() {}

  /// Brings the file to [#VERSION], whatever it is now.
  ///
  /// @throws WrongKeyException if `master` is not the one it was sealed with
  static void prepare(Connection connection, SecretBytes master) throws SQLException, IOException {
    int version = Sqlite.version(connection);
    if (version > VERSION) {
      throw new IOException("the key store is of a newer version");
    }
    if (version == VERSION) {
      return;
    }
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      if (version == 0) {
        create(connection, statement, master);
      } else {
        upgrade(connection, statement, master);
      }
      statement.execute("PRAGMA user_version = " + VERSION);
      connection.commit();
    } catch (SQLException | IOException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
    if (version != 0) {
      emptyJournal(connection);
    }
  }

  /// What was written over is gone from the file (secure_delete); now it goes from the journal too.
  static void emptyJournal(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
      if (row.next() && row.getInt(1) != 0) {
        throw new SQLException("the journal of the key store is in use");
      }
    }
  }

  private static void create(Connection connection, Statement statement, SecretBytes master)
      throws SQLException {
    statement.execute(SITE);
    for (String each : NEW_TABLES) {
      statement.execute(each);
    }
    SecureRandom random = new SecureRandom();
    insertRoot(connection, master, SecretBytes.random(random), SecretBytes.random(random));
  }

  private static void insertRoot(
      Connection connection, SecretBytes master, SecretBytes root, SecretBytes audit)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO root VALUES (?, ?)")) {
      insert.setString(1, Wrapping.ROOT);
      insert.setBytes(2, Wrapping.root(master, root));
      insert.executeUpdate();
      insert.setString(1, Wrapping.AUDIT);
      insert.setBytes(2, Wrapping.audit(root, audit));
      insert.executeUpdate();
    }
  }

  /// Sites were wrapped by the master key and are now by a root of their own; patients and studies
  /// keep their wrapped values and get names. Audit entries of the past stay readable.
  private static void upgrade(Connection connection, Statement statement, SecretBytes master)
      throws SQLException, IOException {
    SecretBytes oldSites = Seal.derive(master, "wrap sites");
    prove(statement, oldSites);
    SecretBytes root = SecretBytes.random(new SecureRandom());
    statement.execute("ALTER TABLE patient RENAME TO old_patient");
    statement.execute("ALTER TABLE study RENAME TO old_study");
    for (String each : NEW_TABLES) {
      statement.execute(each);
    }
    insertRoot(connection, master, root, Seal.derive(master, "audit"));
    wrapSitesAnew(connection, oldSites, Seal.derive(root, "wrap sites"));
    name(connection, Wrapping.tagging(root));
    statement.execute("DROP TABLE old_study");
    statement.execute("DROP TABLE old_patient");
    statement.execute("DROP TABLE proof");
  }

  private static void prove(Statement statement, SecretBytes sites)
      throws SQLException, IOException {
    try (ResultSet row = statement.executeQuery("SELECT sealed FROM proof")) {
      Optional<byte[]> sealed = row.next() ? Optional.of(Sqlite.bytes(row, 1)) : Optional.empty();
      if (sealed.isPresent()) {
        Seal.open(sites, Wrapping.about("proof"), sealed.get());
      }
    } catch (Seal.BrokenException _) {
      throw new WrongKeyException();
    }
  }

  private static void wrapSitesAnew(Connection connection, SecretBytes from, SecretBytes to)
      throws SQLException, IOException {
    List<KeyFile.Site> sites = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id, wrapped FROM site")) {
      while (rows.next()) {
        sites.add(new KeyFile.Site(Sqlite.bytes(rows, 1), Sqlite.bytes(rows, 2)));
      }
    }
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE site SET wrapped = ? WHERE id = ?")) {
      for (KeyFile.Site site : sites) {
        byte[] about = Wrapping.about("site", site.id());
        update.setBytes(1, Seal.seal(to, about, Seal.open(from, about, site.wrapped())));
        update.setBytes(2, site.id());
        update.executeUpdate();
      }
    } catch (Seal.BrokenException _) {
      throw new WrongKeyException();
    }
  }

  /// Gives names and tags to patients and studies.
  private static void name(Connection connection, SecretBytes tagging) throws SQLException {
    SecureRandom random = new SecureRandom();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT id, parent, wrapped FROM old_patient");
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO patient VALUES (?, ?, ?, ?, ?)")) {
      while (row.next()) {
        byte[] name = fresh(random);
        byte[] id = Sqlite.bytes(row, 1);
        byte[] parent = Sqlite.bytes(row, 2);
        insert.setBytes(1, name);
        insert.setBytes(2, id);
        insert.setBytes(3, parent);
        insert.setBytes(4, Sqlite.bytes(row, 3));
        insert.setBytes(5, Wrapping.patientTag(tagging, name, id, parent));
        insert.executeUpdate();
      }
    }
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT s.id, p.name, s.wrapped FROM old_study s"
                    + " JOIN patient p ON p.id = s.parent");
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO study VALUES (?, ?, 0, ?, ?, ?)")) {
      while (row.next()) {
        byte[] name = fresh(random);
        byte[] id = Sqlite.bytes(row, 1);
        byte[] parent = Sqlite.bytes(row, 2);
        insert.setBytes(1, name);
        insert.setBytes(2, id);
        insert.setBytes(3, parent);
        insert.setBytes(4, Sqlite.bytes(row, 3));
        insert.setBytes(5, Wrapping.studyTag(tagging, name, id, false, parent));
        insert.executeUpdate();
      }
    }
  }

  static byte[] fresh(SecureRandom random) {
    byte[] name = new byte[NAME_BYTES];
    random.nextBytes(name);
    return name;
  }
}
