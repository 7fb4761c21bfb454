package leadglass.store.catalogue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/// A few connections that read, each used by one platform thread at a time: a slow disk must not
/// hold the carriers of everybody's virtual threads.
final class Readers implements AutoCloseable {
  private static final int COUNT = 4;
  private static final int CORRUPT = 11; // SQLITE_CORRUPT
  private static final int NOT_A_DATABASE = 26; // SQLITE_NOTADB

  private final ArrayBlockingQueue<Optional<Statements>> idle = new ArrayBlockingQueue<>(COUNT);
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          COUNT, Thread.ofPlatform().daemon().name("store-catalogue-read-", 1).factory());
  private final Runnable damaged;

  /// Asks the catalogue something.
  interface Reading<T> {
    T read(Statements statements) throws SQLException, IOException;
  }

  /// @param damaged told when the file turns out to be damaged
  Readers(Path file, Runnable damaged) throws SQLException {
    this.damaged = damaged;
    for (int i = 0; i < COUNT; i++) {
      idle.add(Optional.of(new Statements(Database.reader(file))));
    }
  }

  /// What is read belongs together: nothing written meanwhile is seen.
  <T> T readAtOnce(Reading<T> reading) {
    return read(statements -> {
      statements.connection().setAutoCommit(false);
      try {
        return reading.read(statements);
      } finally {
        statements.connection().rollback();
        statements.connection().setAutoCommit(true);
      }
    });
  }

  /// @throws UncheckedIOException if the catalogue can't be read
  <T> T read(Reading<T> reading) {
    if (!Thread.currentThread().isVirtual()) {
      return readHere(reading);
    }
    try {
      return CompletableFuture.supplyAsync(() -> readHere(reading), threads).join();
    } catch (RejectedExecutionException e) {
      throw new UncheckedIOException(new IOException("the store is closed", e));
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedIOException cause) {
        throw new UncheckedIOException(cause.getCause());
      }
      throw e;
    }
  }

  static boolean isDamage(SQLException e) {
    int code = e.getErrorCode() & 0xFF;
    return code == CORRUPT || code == NOT_A_DATABASE;
  }

  private <T> T readHere(Reading<T> reading) {
    Optional<Statements> taken = take();
    try {
      return reading.read(taken.orElseThrow(() -> new IOException("the store is closed")));
    } catch (SQLException e) {
      if (isDamage(e)) {
        damaged.run();
      }
      throw new UncheckedIOException(new IOException("the catalogue can't be read", e));
    } catch (DamagedRowException e) {
      damaged.run();
      throw new UncheckedIOException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      idle.add(taken);
    }
  }

  /// Waits through interruption: queries are short, and who waits must not lose their place.
  private Optional<Statements> take() {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return idle.take();
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() throws SQLException {
    threads.shutdown();
    for (int i = 0; i < COUNT; i++) {
      Optional<Statements> taken = take();
      if (taken.isPresent()) {
        taken.get().close();
      }
    }
    // For whoever comes later.
    for (int i = 0; i < COUNT; i++) {
      idle.add(Optional.empty());
    }
  }
}
