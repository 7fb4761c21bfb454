package leadglass.net.association;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import leadglass.net.dimse.Services;
import org.jspecify.annotations.Nullable;

/// Owns a listening socket and every association accepted from it.
///
/// Threads: one virtual thread per association, which alone touches that association's state. No
/// thread outlives [#run()]. Confine an instance to the thread that calls `run`; `close` may be
/// called from any thread. Admission, services and events are called from the associations'
/// threads, several at once.
///
/// @param <P> what the server knows of an admitted peer
public final class Acceptor<P> implements AutoCloseable {
  private static final int FAILURES_MAX = 50;
  private static final Duration PAUSE = Duration.ofMillis(100);

  private static final Duration RECHECK = Duration.ofSeconds(5);

  /// Whoever gives way has closed by then, on the busiest machine.
  private static final Duration ROOM = Duration.ofSeconds(2);

  private final ServerSocket listener;
  private final Predicate<InetAddress> near;
  private final Association.Parts<P> parts;
  private final Places places;
  private final Set<Association<P>> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong numbers = new AtomicLong();
  private final CountDownLatch closed = new CountDownLatch(1);

  /// Takes ownership of `listener`, a plain one: `transport` secures what it accepts.
  ///
  /// @param near whose connections are accepted at all; called from the accepting thread
  public Acceptor(
      ServerSocket listener,
      Predicate<InetAddress> near,
      Transport transport,
      Admission<P> admission,
      Services<P> services,
      AcceptorSettings settings,
      InstantSource clock,
      Consumer<? super NetEvent> events) {
    this.listener = listener;
    this.near = near;
    this.places = new Places(settings.associationsMax(), settings.associationsPerPeerMax());
    this.parts =
        new Association.Parts<>(transport, admission, services, settings, places, clock, events);
  }

  /// The SOP classes served.
  public Services<P> services() {
    return parts.services();
  }

  /// Port the listener is bound to.
  public int port() {
    return listener.getLocalPort();
  }

  /// Accepts until closed, then gives open associations their time to end.
  ///
  /// @throws IOException if the listener fails again and again for another reason than [#close()]
  public void run() throws IOException {
    var threads = Thread.ofVirtual().name("association-", 0).factory();
    try (var scope = Executors.newThreadPerTaskExecutor(threads)) {
      scope.execute(this::dropStalled);
      scope.execute(this::dismiss);
      try {
        acceptAll(scope);
      } finally {
        close();
        end(scope);
      }
    }
  }

  private void acceptAll(ExecutorService scope) throws IOException {
    int failures = 0;
    while (!listener.isClosed()) {
      try {
        accept(listener.accept(), scope);
        failures = 0;
      } catch (IOException e) {
        // A peer may be gone before it is accepted, and descriptors may run out for a while.
        if (!listener.isClosed() && (++failures > FAILURES_MAX || pause(PAUSE))) {
          throw e;
        }
      }
    }
  }

  private void accept(Socket socket, ExecutorService scope) throws IOException {
    if (!near.test(socket.getInetAddress())) {
      try (socket) {
        parts.events().accept(new NetEvent.ConnectionFromOutside()); // told before it is seen
      }
      return;
    }
    if (entered(Duration.ZERO) || roomMade()) {
      admit(socket, scope);
    } else {
      socket.close();
      parts.events().accept(new NetEvent.ConnectionShed(parts.settings().associationsMax()));
    }
  }

  /// From here on it may have to give way to others, even before its thread has begun.
  private void admit(Socket socket, ExecutorService scope) throws IOException {
    try {
      Association<P> association =
          new Association<>(
              numbers.incrementAndGet(), new TimedSocket(socket, parts.clock()), parts);
      open.add(association);
      scope.execute(() -> serve(socket, association));
    } catch (IOException e) {
      places.leave(true);
      socket.close();
      throw e;
    }
  }

  private boolean entered(Duration patience) {
    try {
      return places.enter(patience.toMillis());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Strangers who connect and say nothing can't keep out a peer that is admitted within
  /// milliseconds.
  private boolean roomMade() {
    Association<P> giving = giving();
    if (giving == null) {
      return false;
    }
    giving.giveWay();
    return entered(ROOM);
  }

  /// Whoever has only to close; of strangers, first those who trickle, then those who have said
  /// nothing, the oldest one of the address that most of them come from; if there are none, whoever
  /// has been longest without being admitted.
  private @Nullable Association<P> giving() {
    Comparator<Association<P>> oldest = Comparator.comparingLong(Association::number);
    Optional<Association<P>> closing =
        places.isFullOfStrangers()
            ? Optional.empty()
            : open.stream().filter(Association::over).min(oldest);
    return closing
        .or(() -> stranger(oldest))
        .or(() -> open.stream().filter(each -> !each.admitted()).min(oldest))
        .orElse(null);
  }

  private Optional<Association<P>> stranger(Comparator<Association<P>> oldest) {
    Map<Association.Said, List<Association<P>>> unproved =
        open.stream()
            .filter(each -> !each.proved())
            .sorted(oldest)
            .collect(
                Collectors.groupingBy(
                    Association::said,
                    () -> new EnumMap<>(Association.Said.class),
                    Collectors.toList()));
    Map<InetAddress, List<Association<P>>> strangers =
        unproved.values().stream().findFirst().orElse(List.of()).stream()
            .collect(Collectors.groupingBy(Association::address));
    return strangers.values().stream()
        .max(
            Comparator.<List<Association<P>>>comparingInt(List::size)
                .thenComparing(List::getFirst, oldest.reversed()))
        .map(List::getFirst);
  }

  private void serve(Socket socket, Association<P> association) {
    try (socket) {
      if (closed.getCount() == 0) {
        association.stop();
      }
      association.run();
    } catch (IOException _) {
      // The peer is gone; the association has already reported why it ended.
    } finally {
      open.remove(association);
      places.leave(!association.proved());
    }
  }

  /// Whoever may not be here any more goes within twice this time.
  private void dismiss() {
    Duration idle = parts.settings().idle().dividedBy(4);
    Duration period = idle.compareTo(RECHECK) < 0 ? longer(idle, PAUSE) : RECHECK;
    while (!pause(period)) {
      for (Association<P> each : open) {
        each.dismissUnlessStanding();
      }
    }
  }

  /// A write has no timeout of its own: a peer that takes nothing is cut off here.
  private void dropStalled() {
    Duration idle = parts.settings().idle();
    Duration period = longer(idle.dividedBy(4), PAUSE);
    while (!pause(period)) {
      Instant limit = parts.clock().instant().minus(idle);
      for (Association<P> each : open) {
        Instant since = each.writingSince();
        if (since != null && since.isBefore(limit)) {
          each.kill();
        }
      }
    }
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  /// Waits, unless closed. Says whether it is closed, or the thread is to end.
  private boolean pause(Duration duration) {
    try {
      return closed.await(duration.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private void end(ExecutorService scope) {
    scope.shutdown();
    open.forEach(Association::stop);
    try {
      scope.awaitTermination(parts.settings().grace().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    open.forEach(Association::kill);
  }

  /// Stops accepting and lets [#run()] return once open associations have ended.
  @Override
  public void close() throws IOException {
    closed.countDown();
    listener.close();
  }
}
