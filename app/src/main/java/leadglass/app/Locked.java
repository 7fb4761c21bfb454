package leadglass.app;

import java.io.IOException;
import java.net.BindException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import leadglass.app.config.Config;
import leadglass.app.console.Desk;
import leadglass.app.console.LockedDesk;
import leadglass.app.key.Secrets;
import leadglass.archive.Archive;
import leadglass.server.LockedDoors;

/// A server whose archive is locked: its doors tell everybody so, until its master key is there.
///
/// Safe for use by several threads.
public final class Locked implements AutoCloseable {
  private static final Duration TRY_EVERY = Duration.ofSeconds(5);

  private final Home home;
  private final Consumer<Object> events;
  private final LockedDoors doors;
  private final ReentrantLock trying = new ReentrantLock();

  /// The archive; empty if the process is to end.
  private final CompletableFuture<Optional<Archive>> opened = new CompletableFuture<>();

  private volatile Failure why;

  /// Told to whoever keeps the log.
  public record ArchiveLocked(String because) {}

  /// Told to whoever keeps the log.
  public record ArchiveUnlocked() {}

  private Locked(Home home, Failure why, Consumer<Object> events, LockedDoors doors) {
    this.home = home;
    this.why = why;
    this.events = events;
    this.doors = doors;
  }

  /// Opens the doors of a locked archive.
  public static Locked open(Home home, Failure why, Config config, Consumer<Object> events)
      throws Failure {
    try {
      LockedDoors doors =
          LockedDoors.open(Running.settings(config, "", List.of()), Clock.systemUTC(), events);
      events.accept(new ArchiveLocked(why.error()));
      return new Locked(home, why, events, doors);
    } catch (BindException _) {
      throw Running.portsTaken(config);
    } catch (IOException e) {
      throw new Failure(Failure.FAILED, "can't start: " + e.getMessage(), "");
    }
  }

  /// What its console serves.
  public Desk desk() {
    return new LockedDesk(this);
  }

  /// Whether it opens by itself when the key is there again.
  public boolean mayUnlockItself() {
    return home.mayUnlockItself();
  }

  /// Waits and, where that may help, tries again and again.
  ///
  /// @return the open archive; empty if the process was told to end before
  public Optional<Archive> await(StopSignal stop) {
    stop.then(() -> opened.complete(Optional.empty()));
    while (true) {
      try {
        return opened.get(TRY_EVERY.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException _) {
        again();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return Optional.empty();
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void again() {
    if (!home.mayUnlockItself()) {
      return;
    }
    try {
      unlock(Secrets.none());
    } catch (Failure _) {
      // It stays locked; `why` says what is missing now.
    }
  }

  /// What is missing.
  public Failure why() {
    return why;
  }

  /// Tries to open the archive.
  ///
  /// @param offered asked for what opens the key
  public void unlock(Secrets offered) throws Failure {
    trying.lock();
    try {
      if (opened.isDone()) {
        return;
      }
      Archive archive = home.unlock(offered, events);
      events.accept(new ArchiveUnlocked());
      if (!opened.complete(Optional.of(archive))) {
        archive.close(); // the process is to end
      }
    } catch (Failure e) {
      why = e;
      throw e;
    } catch (IOException _) {
      return;
    } finally {
      trying.unlock();
    }
  }

  public int httpsPort() {
    return doors.httpsPort();
  }

  public int dicomPort() {
    return doors.dicomPort();
  }

  /// Whoever waits is told that it is to end.
  @Override
  public void close() throws IOException {
    opened.complete(Optional.empty());
    doors.close();
  }
}
