package leadglass.app.syslog;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import leadglass.app.Failure;
import leadglass.app.config.AuditConfig;
import leadglass.archive.AuditLog;
import leadglass.archive.Caller;
import leadglass.archive.Checkpoints;
import leadglass.archive.Origin;
import leadglass.audit.message.AuditMessage;
import leadglass.audit.syslog.SyslogMessage;
import org.jspecify.annotations.Nullable;

/// Sends every entry of the trail to a syslog collector: at least once, in order. The queue is the
/// trail itself; a file remembers a number. Nobody waits for it.
///
/// One thread of its own; it ends with [#close()].
public final class AuditForwarder implements AutoCloseable {
  private static final Caller.Console ARCHIVE =
      new Caller.Console("archive", new Origin(Origin.Door.ARCHIVE, "archive"));
  private static final int BATCH = 500;
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration WAIT_FIRST = Duration.ofMillis(500);
  private static final Duration WAIT_MAX = Duration.ofSeconds(60);

  /// A connection that held for so long was not refused.
  private static final Duration HELD = Duration.ofSeconds(10);

  private static final Duration LAST_WORDS = Duration.ofSeconds(2);
  private static final long CURSOR_NANOS = 1_000_000_000L;

  private final AuditLog log;
  private final Collector collector;
  private final AuditLog.Naming naming;
  private final String source;
  private final SyslogMessage form;
  private final Cursor cursor;
  private final CheckpointQueue checkpoints = new CheckpointQueue();
  private final Consumer<Object> events;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition woken = lock.newCondition();
  private boolean closing; // guarded by lock
  private boolean ended; // guarded by lock: the collector ended the connection
  private boolean connected; // guarded by lock
  private long sent; // guarded by lock
  private String failed = ""; // guarded by lock
  private @Nullable SyslogLink current; // guarded by lock

  // Of the thread alone.
  private int sequence = 1;
  private long cursorAt;
  private long cursorNanos;

  /// How it stands.
  ///
  /// @param behind entries that were not handed to a connection yet
  /// @param why class of the exception; empty while it is connected
  public record State(String collector, boolean connected, long behind, String why) {}

  private AuditForwarder(
      AuditLog log,
      Collector collector,
      AuditConfig config,
      Path data,
      String version,
      Consumer<Object> events) {
    this.log = log;
    this.collector = collector;
    this.naming =
        config.patients().equals(AuditConfig.IDENTIFIERS)
            ? AuditLog.Naming.IDENTIFIERS
            : AuditLog.Naming.PSEUDONYMS;
    this.source = source(config);
    OptionalInt enterprise =
        config.enterprise() == 0 ? OptionalInt.empty() : OptionalInt.of(config.enterprise());
    this.form =
        new SyslogMessage(
            machine(), Long.toString(ProcessHandle.current().pid()), version, enterprise);
    this.cursor = new Cursor(data, collector.name());
    this.events = events;
    this.thread = Thread.ofPlatform().daemon().name("audit-forwarder").unstarted(this::run);
  }

  /// Begins to send, if the configuration says where to.
  ///
  /// @param heads signed heads of the trail, which go along
  /// @param data folder that remembers how far it is
  /// @throws Failure if a file that the configuration names can't be used
  public static Optional<AuditForwarder> start(
      AuditLog log,
      Checkpoints heads,
      AuditConfig config,
      Path data,
      String version,
      Consumer<Object> events)
      throws Failure, IOException {
    if (!config.isForwarded()) {
      return Optional.empty();
    }
    Collector collector = Collector.of(config);
    AuditForwarder forwarder = new AuditForwarder(log, collector, config, data, version, events);
    log.forwarding(ARCHIVE, collector.name());
    heads.carry(note -> forwarder.head(heads, note));
    forwarder.head(heads, heads.newest());
    forwarder.thread.start();
    return Optional.of(forwarder);
  }

  private void head(Checkpoints heads, String note) {
    checkpoints.add(
        new CheckpointQueue.Sized(note, heads.size(note).orElse(0), heads.millis(note).orElse(0)));
  }

  /// What the archive calls itself in its messages.
  public static String source(AuditConfig config) {
    return config.source().isEmpty() ? "leadglass@" + machine() : config.source();
  }

  private static String machine() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException _) {
      return "localhost";
    }
  }

  private void run() {
    Duration wait = WAIT_FIRST;
    try {
      Window window = new Window(begin());
      cursorAt = window.next();
      sent(window.next());
      while (!isClosing()) {
        long began = System.nanoTime();
        connection(window);
        long now = System.nanoTime();
        window.back(now);
        checkpoints.back();
        boolean held = now - began >= HELD.toNanos();
        wait = held ? WAIT_FIRST : min(wait.multipliedBy(2), WAIT_MAX);
        await(wait, true);
      }
    } catch (IOException | RuntimeException e) {
      failed(e);
    }
  }

  /// A trail that is shorter than what was sent is another one: of an older backup.
  private long begin() throws IOException {
    long number = cursor.read();
    return number > log.size() ? 0 : number;
  }

  /// Sends over one connection until it ends, or fails to get one.
  private void connection(Window window) throws IOException {
    lock.lock();
    try {
      ended = false;
    } finally {
      lock.unlock();
    }
    try (SyslogLink link = SyslogLink.open(collector, this::over)) {
      current(link);
      began(window.next());
      while (!isClosing()) {
        link.check();
        if (window.next() < log.size()) {
          send(link, window);
        } else {
          await(POLL, false);
        }
        sendHeads(link, window.next());
        remember(window);
      }
    } catch (IOException | RuntimeException e) {
      if (!isClosing()) {
        failed(e);
      }
    }
    current(null);
    remember(window);
  }

  private void current(@Nullable SyslogLink link) {
    lock.lock();
    try {
      current = link;
    } finally {
      lock.unlock();
    }
  }

  /// Reads first and sends then: while the network waits, the trail is nobody's.
  private void send(SyslogLink link, Window window) throws IOException {
    List<AuditMessage> batch = new ArrayList<>(BATCH);
    log.follow(
        ARCHIVE,
        window.next(),
        naming,
        source,
        message -> {
          batch.add(message);
          return batch.size() < BATCH;
        });
    for (AuditMessage message : batch) {
      int bytes = link.send(form.of(message, sequence));
      sequence = SyslogMessage.next(sequence);
      window.sent(message.number(), bytes, System.nanoTime());
    }
    link.flush();
    sent(window.next());
  }

  /// Behind the entries they cover.
  private void sendHeads(SyslogLink link, long next) throws IOException {
    Optional<CheckpointQueue.Sized> due = checkpoints.due(next);
    if (due.isEmpty()) {
      return;
    }
    while (due.isPresent()) {
      CheckpointQueue.Sized head = due.get();
      link.send(form.checkpoint(head.note(), Instant.ofEpochMilli(head.millis()), sequence));
      sequence = SyslogMessage.next(sequence);
      due = checkpoints.due(next);
    }
    link.flush();
  }

  private void sent(long next) {
    lock.lock();
    try {
      sent = next;
    } finally {
      lock.unlock();
    }
  }

  private void remember(Window window) throws IOException {
    long now = System.nanoTime();
    long safe = window.safe(now);
    if (safe != cursorAt && (now - cursorNanos >= CURSOR_NANOS || isClosing())) {
      cursor.write(safe);
      cursorAt = safe;
      cursorNanos = now;
    }
  }

  private void began(long next) throws IOException {
    lock.lock();
    try {
      connected = true;
      failed = "";
      sent = Math.max(sent, next);
    } finally {
      lock.unlock();
    }
    events.accept(
        new ForwardEvent.AuditForwardingBegan(collector.name(), Math.max(0, log.size() - next)));
  }

  private void failed(Exception why) {
    String name = why.getClass().getSimpleName();
    boolean first;
    lock.lock();
    try {
      first = failed.isEmpty();
      failed = name;
      connected = false;
    } finally {
      lock.unlock();
    }
    if (first) {
      events.accept(
          new ForwardEvent.AuditForwardingFailed(collector.name(), name, state().behind()));
    }
  }

  /// Where it stands; for `status`.
  public State state() {
    long size;
    try {
      size = log.size();
    } catch (IOException _) {
      size = 0; // told where the trail itself is read
    }
    lock.lock();
    try {
      return new State(collector.name(), connected, Math.max(0, size - sent), failed);
    } finally {
      lock.unlock();
    }
  }

  private void over() {
    lock.lock();
    try {
      ended = true;
      woken.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean isClosing() {
    lock.lock();
    try {
      return closing;
    } finally {
      lock.unlock();
    }
  }

  /// @param whole whether the end of a connection does not cut it short
  private void await(Duration time, boolean whole) {
    lock.lock();
    try {
      long left = time.toNanos();
      while (left > 0 && !closing && (whole || !ended)) {
        left = woken.awaitNanos(left);
      }
    } catch (InterruptedException _) {
      closing = true;
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  /// Sends no more. What was not sent is sent after the next start.
  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      woken.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      if (!thread.join(LAST_WORDS)) {
        abort();
        thread.join(LAST_WORDS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Whatever waits for the collector waits no more.
  private void abort() {
    @Nullable SyslogLink link;
    lock.lock();
    try {
      link = current;
    } finally {
      lock.unlock();
    }
    if (link != null) {
      link.abort();
    }
  }
}
