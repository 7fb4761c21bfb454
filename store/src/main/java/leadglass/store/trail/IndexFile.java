package leadglass.store.trail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import leadglass.store.Private;
import leadglass.store.pack.PackLog.Start;
import org.sqlite.SQLiteConfig;

/// The file `trail/index.db`: a cache of where entries lie. Confined to one thread at a time.
final class IndexFile implements AutoCloseable {
  private static final int VERSION = 1;
  private static final List<String> SCHEMA =
      List.of(
          "CREATE TABLE state (one INTEGER PRIMARY KEY, next INTEGER NOT NULL,"
              + " pack INTEGER NOT NULL, name TEXT NOT NULL, place INTEGER NOT NULL,"
              + " millis INTEGER NOT NULL)",
          "CREATE TABLE pack (number INTEGER PRIMARY KEY, name TEXT NOT NULL,"
              + " first INTEGER NOT NULL)",
          "CREATE TABLE about (who BLOB NOT NULL, number INTEGER NOT NULL, pack INTEGER NOT NULL,"
              + " place INTEGER NOT NULL, PRIMARY KEY (who, number)) WITHOUT ROWID",
          "CREATE TABLE mark (number INTEGER PRIMARY KEY, millis INTEGER NOT NULL,"
              + " pack INTEGER NOT NULL, place INTEGER NOT NULL)",
          "INSERT INTO state VALUES (1, 0, 0, '', 0, 0)",
          "PRAGMA user_version = " + VERSION);

  private final Connection connection;

  /// How far the packs were read.
  ///
  /// @param next number of the next entry
  /// @param millis the latest time of any head so far
  record Reach(long next, Start end, long millis) {}

  /// An entry and where it lies.
  record Row(long number, long pack, long place) {}

  private IndexFile(Connection connection) {
    this.connection = connection;
  }

  /// Opens the file, made anew if it is missing, damaged or of another version.
  static IndexFile open(Path file) throws IOException {
    try {
      return opened(file);
    } catch (SQLException _) {
      for (String suffix : List.of("", "-wal", "-shm")) {
        Files.deleteIfExists(file.resolveSibling(file.getFileName() + suffix));
      }
      try {
        return opened(file);
      } catch (SQLException e) {
        throw new IOException("the index of the audit trail can't be made", e);
      }
    }
  }

  private static IndexFile opened(Path file) throws SQLException, IOException {
    Private.fileIfMissing(file);
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    config.setBusyTimeout(10_000);
    Connection connection = config.createConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      int version;
      try (ResultSet row = statement.executeQuery("PRAGMA user_version")) {
        version = row.getInt(1);
      }
      if (version == 0) {
        connection.setAutoCommit(false);
        for (String each : SCHEMA) {
          statement.execute(each);
        }
        connection.commit();
      } else if (version != VERSION) {
        throw new SQLException("an index of another version");
      }
      connection.setAutoCommit(false);
      IndexFile opened = new IndexFile(connection);
      opened.readReach();
      return opened;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private static IOException failed(SQLException e) {
    return new IOException("the index of the audit trail can't be used", e);
  }

  private Reach readReach() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT next, pack, name, place, millis FROM state")) {
      if (!row.next()) {
        throw new SQLException("no state");
      }
      String name = row.getString(3);
      return new Reach(
          row.getLong(1),
          new Start(row.getLong(2), name == null ? "" : name, row.getLong(4)),
          row.getLong(5));
    }
  }

  Reach reach() throws IOException {
    try {
      return readReach();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /// Runs an insertion or update of numbers, bytes and texts.
  private void run(String sql, Object... values) throws IOException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  void reach(Reach reach) throws IOException {
    run(
        "UPDATE state SET next = ?, pack = ?, name = ?, place = ?, millis = ?",
        reach.next(),
        reach.end().number(),
        reach.end().pack(),
        reach.end().offset(),
        reach.millis());
  }

  void pack(long number, String name, long first) throws IOException {
    run("INSERT OR REPLACE INTO pack VALUES (?, ?, ?)", number, name, first);
  }

  void mark(long number, long millis, long pack, long place) throws IOException {
    run("INSERT OR REPLACE INTO mark VALUES (?, ?, ?, ?)", number, millis, pack, place);
  }

  /// The batch of a mark lies elsewhere now.
  void moveMark(long number, long place) throws IOException {
    run("UPDATE mark SET place = ? WHERE number = ?", place, number);
  }

  /// Many rows at once.
  void about(List<byte[]> who, List<Row> rows) throws IOException {
    try (PreparedStatement statement =
        connection.prepareStatement("INSERT OR REPLACE INTO about VALUES (?, ?, ?, ?)")) {
      for (int i = 0; i < rows.size(); i++) {
        statement.setBytes(1, who.get(i));
        statement.setLong(2, rows.get(i).number());
        statement.setLong(3, rows.get(i).pack());
        statement.setLong(4, rows.get(i).place());
        statement.addBatch();
      }
      statement.executeBatch();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  void commit() throws IOException {
    try {
      connection.commit();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  void rollback() throws IOException {
    try {
      connection.rollback();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /// Forgets everything.
  void clear() throws IOException {
    for (String table : List.of("about", "mark", "pack")) {
      run("DELETE FROM " + table);
    }
    reach(new Reach(0, new Start(0, "", 0), 0));
    commit();
  }

  /// Entries about somebody from a number on, oldest first.
  List<Row> about(byte[] who, long from, int most) throws IOException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT number, pack, place FROM about WHERE who = ? AND number >= ?"
                + " ORDER BY number LIMIT ?")) {
      statement.setBytes(1, who);
      statement.setLong(2, from);
      statement.setInt(3, most);
      List<Row> rows = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          rows.add(new Row(row.getLong(1), row.getLong(2), row.getLong(3)));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /// The last mark at an entry or before it, or whose time is before another.
  Optional<Row> markBefore(boolean byTime, long value) throws IOException {
    String where = byTime ? "millis < ?" : "number <= ?";
    return row("SELECT number, pack, place FROM mark WHERE " + where, value);
  }

  private Optional<Row> row(String sql, long value) throws IOException {
    try (PreparedStatement statement =
        connection.prepareStatement(sql + " ORDER BY number DESC LIMIT 1")) {
      statement.setLong(1, value);
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(new Row(row.getLong(1), row.getLong(2), row.getLong(3)))
            : Optional.empty();
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /// A pack as it was when it was read.
  ///
  /// @param first number of its first entry
  record Known(String name, long first) {}

  Optional<Known> pack(long number) throws IOException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT name, first FROM pack WHERE number = ?")) {
      statement.setLong(1, number);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        String name = row.getString(1);
        return name == null ? Optional.empty() : Optional.of(new Known(name, row.getLong(2)));
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      connection.rollback();
      connection.close();
    } catch (SQLException e) {
      throw failed(e);
    }
  }
}
