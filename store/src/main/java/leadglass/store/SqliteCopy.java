package leadglass.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import leadglass.store.pack.Private;
import org.sqlite.SQLiteConfig;

/// Copies of SQLite files that somebody may be writing to: what is committed, in one file, without
/// what was deleted.
final class SqliteCopy {
  private SqliteCopy() {}

  /// @param to not there yet; private to its owner, and synced when this returns
  static void make(Path database, Path to) throws IOException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(10_000);
    Private.file(to); // VACUUM INTO takes an empty file
    try (Connection connection = config.createConnection("jdbc:sqlite:" + database);
        PreparedStatement copy = connection.prepareStatement("VACUUM INTO ?")) {
      copy.setString(1, to.toString());
      copy.execute();
    } catch (SQLException e) {
      throw new IOException("a database can't be copied", e);
    }
    try (FileChannel channel = FileChannel.open(to, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /// Whether a file is whole, by SQLite's own check.
  static boolean isWhole(Path database) throws IOException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    try (Connection connection = config.createConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA integrity_check(1)")) {
      return row.next() && "ok".equals(row.getString(1));
    } catch (SQLException _) {
      return false;
    }
  }
}
