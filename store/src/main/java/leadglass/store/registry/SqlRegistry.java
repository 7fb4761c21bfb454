package leadglass.store.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
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
import leadglass.store.Registry;
import leadglass.store.pack.Private;
import leadglass.store.seal.Seal;
import leadglass.store.seal.SecretBytes;
import org.sqlite.SQLiteConfig;

/// The registry in an SQLite file; docs/formats/registry.md. One connection writes and syncs,
/// another reads, so that looking up a session waits for no disk.
///
/// Whatever fails is an [UncheckedIOException].
public final class SqlRegistry implements Registry, AutoCloseable {
  private static final int VERSION = 1;

  private final Connection writer;
  private final Connection reader;
  private final ReentrantLock writing = new ReentrantLock();
  private final ReentrantLock reading = new ReentrantLock();
  private final SecretBytes sealing;
  private final SecretBytes hashing;
  private final BeforeWrite beforeWrite;

  /// Called before each change.
  public interface BeforeWrite {
    void check() throws IOException;
  }

  private SqlRegistry(
      Connection writer, Connection reader, SecretBytes master, BeforeWrite beforeWrite) {
    this.writer = writer;
    this.reader = reader;
    this.sealing = Seal.derive(master, "seal registry");
    this.hashing = Seal.derive(master, "hash registry");
    this.beforeWrite = beforeWrite;
  }

  /// Opens the registry in a file, made if it is not there.
  public static SqlRegistry open(Path file, SecretBytes master, BeforeWrite beforeWrite)
      throws IOException {
    Private.fileIfMissing(file);
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
    config.setBusyTimeout(10_000);
    try {
      Connection writer = config.createConnection("jdbc:sqlite:" + file);
      try {
        create(writer);
        Connection reader = config.createConnection("jdbc:sqlite:" + file);
        return new SqlRegistry(writer, reader, master, beforeWrite);
      } catch (SQLException | IOException e) {
        writer.close();
        throw e;
      }
    } catch (SQLException e) {
      throw new IOException("the registry can't be opened", e);
    }
  }

  private static void create(Connection connection) throws SQLException, IOException {
    try (Statement statement = connection.createStatement()) {
      int version;
      try (ResultSet row = statement.executeQuery("PRAGMA user_version")) {
        version = row.getInt(1);
      }
      if (version > VERSION) {
        throw new IOException("the registry is of a newer version");
      }
      if (version == 0) {
        connection.setAutoCommit(false);
        statement.execute(
            "CREATE TABLE entry (number INTEGER PRIMARY KEY, kind TEXT NOT NULL,"
                + " hash BLOB NOT NULL UNIQUE, version INTEGER NOT NULL, sealed BLOB NOT NULL)");
        statement.execute("CREATE INDEX entry_by_kind ON entry (kind, number)");
        statement.execute("PRAGMA user_version = " + VERSION);
        connection.commit();
        connection.setAutoCommit(true);
      }
    }
  }

  private byte[] hash(String kind, String key) {
    return Seal.hash(hashing, kind, key);
  }

  private static byte[] about(byte[] hash, long version) {
    return ByteBuffer.allocate(hash.length + Long.BYTES).put(hash).putLong(version).array();
  }

  private byte[] seal(String kind, String key, long version, byte[] document) {
    byte[] name = key.getBytes(UTF_8);
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    plain.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(name.length).array());
    plain.writeBytes(name);
    plain.writeBytes(document);
    return Seal.seal(sealing, about(hash(kind, key), version), plain.toByteArray());
  }

  /// The entry of a row of kind, hash, version and sealed value.
  private Entry entry(ResultSet row) throws SQLException, IOException {
    String kind = row.getString(1);
    long version = row.getLong(3);
    try {
      ByteBuffer plain =
          ByteBuffer.wrap(Seal.open(sealing, about(row.getBytes(2), version), row.getBytes(4)));
      byte[] name = new byte[plain.getInt()];
      plain.get(name);
      byte[] document = new byte[plain.remaining()];
      plain.get(document);
      return new Entry(kind, new String(name, UTF_8), version, document);
    } catch (Seal.BrokenException e) {
      throw new IOException("an entry of the registry is damaged", e);
    }
  }

  @Override
  public Optional<Entry> find(String kind, String key) {
    reading.lock();
    try (PreparedStatement query =
        reader.prepareStatement("SELECT kind, hash, version, sealed FROM entry WHERE hash = ?")) {
      query.setBytes(1, hash(kind, key));
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(entry(row)) : Optional.empty();
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
          entries.add(entry(row));
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
    byte[] sealed = seal(kind, key, expectedVersion + 1, document);
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
      insert.setBytes(2, hash(kind, key));
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
      update.setBytes(3, hash(kind, key));
      update.setLong(4, expectedVersion);
      return update.executeUpdate() == 1;
    }
  }

  @Override
  public void remove(String kind, String key) {
    writing.lock();
    try (PreparedStatement delete = writer.prepareStatement("DELETE FROM entry WHERE hash = ?")) {
      beforeWrite.check();
      delete.setBytes(1, hash(kind, key));
      delete.executeUpdate();
    } catch (SQLException e) {
      throw failed(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writing.unlock();
    }
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
