package leadglass.store.catalogue;

import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// The connections of a catalogue, which may be closed and opened on other files while readers
/// wait.
final class OpenTables {
  private final Opening opening;
  private final ReentrantReadWriteLock using = new ReentrantReadWriteLock();
  private volatile Tables tables;

  /// One connection that writes, a few that read.
  record Tables(Writer writer, Readers readers) {
    void close() throws SQLException {
      readers.close();
      writer.close();
    }
  }

  /// Opens connections on the files that are there.
  interface Opening {
    Tables open() throws IOException, SQLException;
  }

  OpenTables(Opening opening) throws IOException, SQLException {
    this.opening = opening;
    this.tables = opening.open();
  }

  Tables now() {
    return tables;
  }

  <T> T read(Readers.Reading<T> reading) {
    using.readLock().lock();
    try {
      return tables.readers().read(reading);
    } finally {
      using.readLock().unlock();
    }
  }

  <T> T readAtOnce(Readers.Reading<T> reading) {
    using.readLock().lock();
    try {
      return tables.readers().readAtOnce(reading);
    } finally {
      using.readLock().unlock();
    }
  }

  void replace(Replacing replacing) throws IOException, SQLException {
    using.writeLock().lock();
    try {
      tables.close();
      replacing.replace();
      tables = opening.open();
    } finally {
      using.writeLock().unlock();
    }
  }

  void close() throws SQLException {
    tables.close();
  }
}
