package leadglass.store.registry;

import java.io.IOException;
import java.io.UncheckedIOException;
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
import leadglass.store.Private;
import leadglass.store.Registry;
import leadglass.store.seal.SecretBytes;
import leadglass.store.sql.Sqlite;

/// The registry in an SQLite file; docs/formats/registry.md. One connection writes and syncs,
/// another reads, so that looking up a session waits for no disk.
///
/// Whatever fails is an [UncheckedIOException].
public final class SqlRegistry implements Registry, AutoCloseable {
  private static final int VERSION = 2;

  private final Path file;
  private final Connection writer;
  private final Connection reader;
  private final ReentrantLock writing = new ReentrantLock();
  private final ReentrantLock reading = new ReentrantLock();
  private final Seals seals;
  private final BeforeWrite beforeWrite;

  /// Called before each change.
  public interface BeforeWrite {
    void check() throws IOException;
  }

  private SqlRegistry(
      Path file, Connection writer, Connection reader, SecretBytes root, BeforeWrite beforeWrite) {
    this.file = file;
    this.writer = writer;
    this.reader = reader;
    this.seals = new Seals(root);
    this.beforeWrite = beforeWrite;
  }

  /// Opens the registry in a file, made if it is not there.
  ///
  /// @param root what its keys are derived from
  /// @param master what they were derived from in version 1, which is sealed anew
  public static SqlRegistry open(
      Path file, SecretBytes root, SecretBytes master, BeforeWrite beforeWrite) throws IOException {
    Private.fileIfMissing(file);
    try {
      Connection writer = Sqlite.connect(file);
      try {
        prepare(writer, root, master);
        return new SqlRegistry(file, writer, Sqlite.connect(file), root, beforeWrite);
      } catch (SQLException | IOException e) {
        writer.close();
        throw e;
      }
    } catch (SQLException e) {
      throw new IOException("the registry can't be opened", e);
    }
  }

  /// Version of the table in a file; 0 if there is none.
  public static int version(Path file) throws IOException {
    try (Connection connection = Sqlite.connect(file)) {
      return Sqlite.version(connection);
    } catch (SQLException e) {
      throw new IOException("the registry can't be opened", e);
    }
  }

  /// Makes the table or brings it up, in one transaction.
  private static void prepare(Connection connection, SecretBytes root, SecretBytes master)
      throws SQLException, IOException {
    int version = Sqlite.version(connection);
    if (version > VERSION) {
      throw new IOException("the registry is of a newer version");
    }
    if (version == VERSION) {
      return;
    }
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      if (version == 0) {
        statement.execute(
            "CREATE TABLE entry (number INTEGER PRIMARY KEY, kind TEXT NOT NULL,"
                + " hash BLOB NOT NULL UNIQUE, version INTEGER NOT NULL, sealed BLOB NOT NULL)");
        statement.execute("CREATE INDEX entry_by_kind ON entry (kind, number)");
      } else {
        new Seals(root).sealAnew(connection, new Seals(master));
      }
      statement.execute("PRAGMA user_version = " + VERSION);
      connection.commit();
    } catch (SQLException | IOException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  @Override
  public Optional<Entry> find(String kind, String key) {
    reading.lock();
    try (PreparedStatement query =
        reader.prepareStatement("SELECT kind, hash, version, sealed FROM entry WHERE hash = ?")) {
      query.setBytes(1, seals.hash(kind, key));
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(seals.entry(row)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw failed(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      reading.unlock();
    }
  }

  @Override
  public List<Entry> list(String kind) {
    reading.lock();
    try (PreparedStatement query =
        reader.prepareStatement(
            "SELECT kind, hash, version, sealed FROM entry WHERE kind = ? ORDER BY number")) {
      query.setString(1, kind);
      List<Entry> entries = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          entries.add(seals.entry(row));
        }
      }
      return entries;
    } catch (SQLException e) {
      throw failed(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      reading.unlock();
    }
  }

  @Override
  public boolean put(String kind, String key, long expectedVersion, byte[] document) {
    byte[] sealed = seals.seal(kind, key, expectedVersion + 1, document);
    writing.lock();
    try {
      beforeWrite.check();
      return expectedVersion == 0
          ? insert(kind, key, sealed)
          : update(kind, key, expectedVersion, sealed);
    } catch (SQLException e) {
      throw failed(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writing.unlock();
    }
  }

  private boolean insert(String kind, String key, byte[] sealed) throws SQLException {
    try (PreparedStatement insert =
        writer.prepareStatement(
            "INSERT INTO entry (kind, hash, version, sealed) VALUES (?, ?, 1, ?)"
                + " ON CONFLICT (hash) DO NOTHING")) {
      insert.setString(1, kind);
      insert.setBytes(2, seals.hash(kind, key));
      insert.setBytes(3, sealed);
      return insert.executeUpdate() == 1;
    }
  }

  private boolean update(String kind, String key, long expectedVersion, byte[] sealed)
      throws SQLException {
    try (PreparedStatement update =
        writer.prepareStatement(
            "UPDATE entry SET version = ?, sealed = ? WHERE hash = ? AND version = ?")) {
      update.setLong(1, expectedVersion + 1);
      update.setBytes(2, sealed);
      update.setBytes(3, seals.hash(kind, key));
      update.setLong(4, expectedVersion);
      return update.executeUpdate() == 1;
    }
  }

  @Override
  public void remove(String kind, String key) {
    writing.lock();
    try (PreparedStatement delete = writer.prepareStatement("DELETE FROM entry WHERE hash = ?")) {
      beforeWrite.check();
      delete.setBytes(1, seals.hash(kind, key));
      delete.executeUpdate();
    } catch (SQLException e) {
      throw failed(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writing.unlock();
    }
  }

  /// What is wrong with the file: sentences without any value. Reads all of it, on a connection of
  /// its own.
  public List<String> damage() {
    List<String> found = new ArrayList<>();
    try (Connection own = Sqlite.connect(file);
        Statement statement = own.createStatement()) {
      try (ResultSet row = statement.executeQuery("PRAGMA integrity_check(1)")) {
        if (!row.next() || !"ok".equals(row.getString(1))) {
          found.add("the table of the registry is damaged");
        }
      }
      long damaged = seals.damaged(own);
      if (damaged > 0) {
        found.add("damaged entries of the registry: " + damaged);
      }
    } catch (SQLException _) {
      found.add("the registry can't be read");
    }
    return found;
  }

  /// An SQLException's text names tables and codes, never a value: all values are parameters.
  private static UncheckedIOException failed(SQLException e) {
    return new UncheckedIOException(new IOException("the registry failed", e));
  }

  @Override
  public void close() throws IOException {
    writing.lock();
    reading.lock();
    try {
      reader.close();
      writer.close();
    } catch (SQLException e) {
      throw new IOException("the registry can't be closed", e);
    } finally {
      reading.unlock();
      writing.unlock();
    }
  }
}
