package leadglass.store.catalogue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import leadglass.store.Private;
import org.sqlite.SQLiteConfig;

/// Opens the file of the catalogue. It is a cache: whatever is wrong with it, it can be made anew.
final class Database {

  /// Version of the schema.
  static final long VERSION = 2;

  /// A file up to this size is checked when it is opened: it takes less than a moment.
  private static final long CHECKED_BYTES_MAX = 32L << 20;

  private static final long BULK_CACHE_KIB = 256 << 10;

  private Database() {}

  /// Opens the catalogue for writing, made if it is not there.
  ///
  /// @throws SQLException if it is damaged or of another version
  static Connection writer(Path file) throws SQLException, IOException {
    Private.fileIfMissing(file);
    Connection connection = config().createConnection("jdbc:sqlite:" + file);
    try {
      prepare(connection, Files.size(file));
      return connection;
    } catch (SQLException | IOException e) {
      connection.close();
      throw e;
    }
  }

  /// Opens a catalogue that is filled from the start: nothing is synced, more is held in memory.
  static Connection bulk(Path file) throws SQLException, IOException {
    Connection connection = writer(file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA synchronous = OFF");
      statement.execute("PRAGMA cache_size = " + -BULK_CACHE_KIB);
      statement.execute("PRAGMA wal_autocheckpoint = 16000");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private static void prepare(Connection connection, long bytes) throws SQLException, IOException {
    try (Statement statement = connection.createStatement()) {
      boolean empty;
      try (ResultSet row =
          statement.executeQuery("SELECT count(*) FROM sqlite_master WHERE name = 'state'")) {
        empty = row.getLong(1) == 0;
      }
      if (empty) {
        migrate(connection);
      }
      if (bytes <= CHECKED_BYTES_MAX) {
        try (ResultSet row = statement.executeQuery("PRAGMA quick_check(1)")) {
          if (!row.next() || !"ok".equals(row.getString(1))) {
            throw new SQLException("the catalogue is damaged");
          }
        }
      }
      try (ResultSet row = statement.executeQuery("SELECT version FROM state")) {
        if (!row.next() || row.getLong(1) != VERSION) {
          throw new SQLException("the catalogue is of another version");
        }
      }
      // Larger than the default: fewer stops for the sync of a checkpoint.
      statement.execute("PRAGMA wal_autocheckpoint = 4000");
    }
  }

  /// A connection that can't write.
  static Connection reader(Path file) throws SQLException {
    Connection connection = config().createConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA query_only = 1");
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
    return connection;
  }

  /// NORMAL: after power loss the last batches may be missing, but never a part of one; the log has
  /// them.
  private static SQLiteConfig config() {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    config.setCacheSize(-8000);
    config.setBusyTimeout(10_000);
    return config;
  }

  private static void migrate(Connection connection) throws SQLException, IOException {
    String script;
    try (InputStream in = Database.class.getResourceAsStream("0002_catalogue.sql")) {
      if (in == null) {
        throw new IOException("the program lacks its migrations");
      }
      // What SQLite calls INTEGER is the row's own number and costs no index beside the table.
      script =
          new String(in.readAllBytes(), UTF_8)
              .replace("BIGINT NOT NULL PRIMARY KEY", "INTEGER NOT NULL PRIMARY KEY");
    }
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      for (String each : script.replaceAll("--[^\n]*", "").split(";", -1)) {
        if (!each.isBlank()) {
          statement.execute(each);
        }
      }
    }
    byte[] identity = new byte[16];
    new SecureRandom().nextBytes(identity);
    try (var insert =
        connection.prepareStatement(
            "INSERT INTO state VALUES (1, ?, ?, NULL, 0, 0, 0, 0, 0, 0, 0, 0, 0, NULL)")) {
      insert.setLong(1, VERSION);
      insert.setBytes(2, identity);
      insert.executeUpdate();
    }
    connection.commit();
    connection.setAutoCommit(true);
  }
}
