package leadglass.server;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import leadglass.archive.Authority;
import leadglass.server.DoorEvent.Door;

/// Shows certificates that were made anew, or laid there by somebody, while the doors stand open: a
/// server that runs for a year must not end with its certificate.
///
/// Safe for use by several threads.
final class Certificates implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofHours(6);

  /// Where certificates of a door come from, and who shows them.
  record Source(Asked asked, Shower shower) {}

  /// Gives the certificates of now.
  @FunctionalInterface
  interface Asked {
    Authority.Identity identity() throws IOException;
  }

  /// Shows others from the next handshake on.
  @FunctionalInterface
  interface Shower {
    void show(Authority.Identity identity) throws IOException;
  }

  private record Shown(Source source, String mark) {}

  private final Consumer<Object> events;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Door, Shown> doors = new EnumMap<>(Door.class); // guarded by lock
  private final CountDownLatch closing = new CountDownLatch(1);

  Certificates(Consumer<Object> events) {
    this.events = events;
  }

  /// @param identity what the door shows already
  void add(Door door, Authority.Identity identity, Source source) {
    lock.lock();
    try {
      doors.put(door, new Shown(source, mark(identity)));
    } finally {
      lock.unlock();
    }
  }

  /// Every six hours from now on.
  void begin() {
    Thread.ofVirtual().name("certificates").start(this::renewUntilClosed);
  }

  private void renewUntilClosed() {
    try {
      while (!closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        renew();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Looks at once.
  void renew() {
    lock.lock();
    try {
      doors.replaceAll(this::renewed);
    } finally {
      lock.unlock();
    }
  }

  private Shown renewed(Door door, Shown shown) {
    try {
      Authority.Identity identity = shown.source().asked().identity();
      String mark = mark(identity);
      if (mark.equals(shown.mark())) {
        return shown;
      }
      shown.source().shower().show(identity);
      events.accept(new DoorEvent.CertificatesRenewed(door));
      return new Shown(shown.source(), mark);
    } catch (IOException | RuntimeException e) {
      events.accept(new DoorEvent.CertificatesFailed(door, e.getClass().getSimpleName()));
      return shown;
    }
  }

  /// Changes with any of the certificates.
  private static String mark(Authority.Identity identity) {
    return identity.fingerprint() + " " + identity.endsMillis() + " " + identity.others();
  }

  @Override
  public void close() {
    closing.countDown();
  }
}
