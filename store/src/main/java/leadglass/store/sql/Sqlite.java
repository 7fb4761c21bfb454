package leadglass.store.sql;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;

/// Connections to files that are synced at every commit, and cells read from them.
public final class Sqlite {
  private Sqlite() {}

  /// A connection for one thread at a time: write-ahead log, synced at every commit, and what is
  /// deleted is overwritten.
  public static Connection connect(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
    config.setBusyTimeout(10_000);
    return config.createConnection("jdbc:sqlite:" + file);
  }

  /// Version of the tables in a file; 0 if there are none.
  public static int version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA user_version")) {
      return row.getInt(1);
    }
  }

  /// The bytes of a cell that is never NULL.
  ///
  /// @throws SQLException if it is: `NOT NULL` is asked when a row is written, not when it is read
  public static byte[] bytes(ResultSet row, int column) throws SQLException {
    byte[] bytes = row.getBytes(column);
    if (bytes == null) {
      throw new SQLException("a cell is damaged");
    }
    return bytes;
  }

  /// The text of a cell that is never NULL.
  ///
  /// @throws SQLException if it is
  public static String text(ResultSet row, int column) throws SQLException {
    String text = row.getString(column);
    if (text == null) {
      throw new SQLException("a cell is damaged");
    }
    return text;
  }
}
