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
import leadglass.store.Private;
import leadglass.store.seal.SecretBytes;
import leadglass.store.sql.Sqlite;

/// The rows of the key store; docs/formats/keys.md. One connection writes, another reads, so that
/// reading waits for no sync. Whoever writes has to see to it that nobody else does.
final class KeyFile implements AutoCloseable {
  private static final String STUDY =
      "SELECT s.name, s.id, s.aside, s.wrapped, s.tag, p.name, p.id, p.wrapped FROM study s"
          + " JOIN patient p ON p.name = s.parent WHERE ";

  private final Path path;
  private final Connection writer;
  private final Connection reader;
  private final ReentrantLock reading = new ReentrantLock();

  record Site(byte[] id, byte[] wrapped) {}

  record Patient(byte[] name, byte[] id, byte[] parent, byte[] wrapped, byte[] tag) {
    static Patient of(ResultSet row) throws SQLException {
      return new Patient(
          Sqlite.bytes(row, 1),
          Sqlite.bytes(row, 2),
          Sqlite.bytes(row, 3),
          Sqlite.bytes(row, 4),
          Sqlite.bytes(row, 5));
    }
  }

  /// @param patientName of the key that wraps it
  /// @param patient keyed hash that key is of
  record Study(
      byte[] name,
      byte[] id,
      boolean aside,
      byte[] wrapped,
      byte[] tag,
      byte[] patientName,
      byte[] patient,
      byte[] wrappedPatient) {
    static Study of(ResultSet row) throws SQLException {
      return new Study(
          Sqlite.bytes(row, 1),
          Sqlite.bytes(row, 2),
          row.getInt(3) != 0,
          Sqlite.bytes(row, 4),
          Sqlite.bytes(row, 5),
          Sqlite.bytes(row, 6),
          Sqlite.bytes(row, 7),
          Sqlite.bytes(row, 8));
    }
  }

  private interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  interface RowVisitor<T> {
    void visit(T row);
  }

  private interface Change {
    void make() throws SQLException;
  }

  private KeyFile(Path path, Connection writer, Connection reader) {
    this.path = path;
    this.writer = writer;
    this.reader = reader;
  }

  /// Opens the file: made if it is not there, brought up if it is of an older version.
  static KeyFile open(Path path, SecretBytes master) throws IOException {
    Private.fileIfMissing(path);
    try {
      Connection writer = Sqlite.connect(path);
      try {
        KeyTables.prepare(writer, master);
        return new KeyFile(path, writer, Sqlite.connect(path));
      } catch (SQLException | IOException e) {
        writer.close();
        throw e;
      }
    } catch (SQLException e) {
      throw new IOException("the key store can't be opened", e);
    }
  }

  /// Version of the tables in a file; 0 if there are none.
  static int version(Path path) throws IOException {
    try (Connection connection = Sqlite.connect(path)) {
      return Sqlite.version(connection);
    } catch (SQLException e) {
      throw new IOException("the key store can't be opened", e);
    }
  }

  byte[] root(String name) throws IOException {
    return findRoot(name).orElseThrow(() -> new IOException("the key store has lost its root"));
  }

  Optional<byte[]> findRoot(String name) throws IOException {
    return list("SELECT wrapped FROM root WHERE name = ?", row -> Sqlite.bytes(row, 1), name)
        .stream()
        .findFirst();
  }

  void setRoot(String name, byte[] sealed) throws IOException {
    change(() -> execute("INSERT OR REPLACE INTO root VALUES (?, ?)", name, sealed));
  }

  /// In the order they were made; none is ever taken away, so their numbers have no gap.
  List<Site> sites() throws IOException {
    List<Site> sites =
        list(
            "SELECT id, wrapped FROM site ORDER BY number",
            row -> new Site(Sqlite.bytes(row, 1), Sqlite.bytes(row, 2)));
    int last = list("SELECT coalesce(max(number), 0) FROM site", row -> row.getInt(1)).getFirst();
    if (last != sites.size()) {
      throw new IOException("the sites of the key store are damaged");
    }
    return sites;
  }

  Optional<Patient> patient(byte[] id) throws IOException {
    return list("SELECT name, id, parent, wrapped, tag FROM patient WHERE id = ?", Patient::of, id)
        .stream()
        .findFirst();
  }

  /// All of a hash, the one in use first.
  List<Study> studies(byte[] id) throws IOException {
    return list(STUDY + "s.id = ? ORDER BY s.aside, s.name", Study::of, id);
  }

  Optional<Study> study(byte[] name) throws IOException {
    return list(STUDY + "s.name = ?", Study::of, name).stream().findFirst();
  }

  List<byte[]> studiesOf(byte[] patientName) throws IOException {
    return list(
        "SELECT name FROM study WHERE parent = ? ORDER BY aside, name",
        row -> Sqlite.bytes(row, 1),
        patientName);
  }

  private <T> List<T> list(String query, RowReader<T> reads, Object... values) throws IOException {
    reading.lock();
    try (PreparedStatement statement = reader.prepareStatement(query)) {
      bind(statement, values);
      List<T> rows = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          rows.add(reads.read(row));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw new IOException("the key store can't be read", e);
    } finally {
      reading.unlock();
    }
  }

  /// Every patient and every study, on a connection of its own: nobody waits for it.
  void visit(RowVisitor<Patient> patients, RowVisitor<Study> studies) throws IOException {
    try (Connection own = Sqlite.connect(path);
        Statement statement = own.createStatement()) {
      try (ResultSet row =
          statement.executeQuery("SELECT name, id, parent, wrapped, tag FROM patient")) {
        while (row.next()) {
          patients.visit(Patient.of(row));
        }
      }
      try (ResultSet row = statement.executeQuery(STUDY + "true")) {
        while (row.next()) {
          studies.visit(Study.of(row));
        }
      }
    } catch (SQLException e) {
      throw new IOException("the key store can't be read", e);
    }
  }

  /// What SQLite itself finds wrong; empty if nothing.
  List<String> integrity() throws IOException {
    List<String> found = new ArrayList<>();
    try (Connection own = Sqlite.connect(path);
        Statement statement = own.createStatement()) {
      try (ResultSet row = statement.executeQuery("PRAGMA integrity_check(10)")) {
        while (row.next()) {
          if (!"ok".equals(row.getString(1))) {
            found.add("the tables of the key store are damaged");
          }
        }
      }
      try (ResultSet row =
          statement.executeQuery(
              "SELECT count(*) FROM study WHERE parent NOT IN (SELECT name FROM patient)")) {
        if (row.next() && row.getLong(1) > 0) {
          found.add("study keys whose patient's key is gone: " + row.getLong(1));
        }
      }
    } catch (SQLException _) {
      found.add("the key store can't be read");
    }
    return found.stream().distinct().toList();
  }

  void insertSite(byte[] id, byte[] wrapped) throws IOException {
    change(() -> execute("INSERT INTO site (id, wrapped) VALUES (?, ?)", id, wrapped));
  }

  /// @param made the study's patient, if their key is new
  void insertStudy(
      byte[] name,
      byte[] id,
      byte[] patientName,
      byte[] wrapped,
      byte[] tag,
      Optional<Patient> made)
      throws IOException {
    change(() -> {
      if (made.isPresent()) {
        insert(made.get());
      }
      execute("INSERT INTO study VALUES (?, ?, 0, ?, ?, ?)", name, id, patientName, wrapped, tag);
    });
  }

  private void insert(Patient patient) throws SQLException {
    execute(
        "INSERT INTO patient VALUES (?, ?, ?, ?, ?)",
        patient.name(),
        patient.id(),
        patient.parent(),
        patient.wrapped(),
        patient.tag());
  }

  void moveStudy(
      byte[] name, byte[] patientName, byte[] wrapped, byte[] tag, Optional<Patient> made)
      throws IOException {
    change(() -> {
      if (made.isPresent()) {
        insert(made.get());
      }
      execute(
          "UPDATE study SET parent = ?, wrapped = ?, tag = ? WHERE name = ?",
          patientName,
          wrapped,
          tag,
          name);
    });
  }

  void setAside(byte[] name, boolean aside, byte[] tag) throws IOException {
    int value = aside ? 1 : 0;
    change(() -> execute("UPDATE study SET aside = ?, tag = ? WHERE name = ?", value, tag, name));
  }

  void replaceRoot(byte[] wrapped) throws IOException {
    change(() -> execute("UPDATE root SET wrapped = ? WHERE name = ?", wrapped, Wrapping.ROOT));
  }

  /// Destroys patients and studies, and studies that nothing could unwrap any more.
  void delete(List<byte[]> names) throws IOException {
    change(() -> {
      for (byte[] name : names) {
        execute("DELETE FROM study WHERE name = ? OR parent = ?", name, name);
        execute("DELETE FROM patient WHERE name = ?", name);
      }
    });
  }

  private void change(Change change) throws IOException {
    try {
      writer.setAutoCommit(false);
      try {
        change.make();
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

  private void execute(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = writer.prepareStatement(sql)) {
      bind(statement, values);
      statement.executeUpdate();
    }
  }

  private static void bind(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      switch (values[i]) {
        case byte[] bytes -> statement.setBytes(i + 1, bytes);
        case Integer number -> statement.setInt(i + 1, number);
        case String text -> statement.setString(i + 1, text);
        default -> throw new IllegalArgumentException("no such kind of value");
      }
    }
  }

  /// What was deleted or written over leaves the disk.
  void emptyJournal() throws IOException {
    reading.lock();
    try {
      KeyTables.emptyJournal(writer);
    } catch (SQLException e) {
      throw new IOException("the journal of the key store can't be emptied", e);
    } finally {
      reading.unlock();
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
