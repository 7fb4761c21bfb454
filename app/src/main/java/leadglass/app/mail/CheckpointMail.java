package leadglass.app.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import leadglass.app.Failure;
import leadglass.app.config.MailConfig;
import leadglass.archive.Checkpoints;
import leadglass.store.Private;
import org.jspecify.annotations.Nullable;

/// Sends the newest checkpoint once a day, if there is a newer one than the day before. Nobody
/// waits for it.
///
/// One thread of its own; it ends with [#close()].
public final class CheckpointMail implements AutoCloseable {
  static final Duration DAY = Duration.ofDays(1);

  private static final String NAME = "mailed";
  private static final int BYTES_MAX = 64;
  private static final Duration LOOK = Duration.ofMinutes(1);
  private static final Duration WAIT_MAX = Duration.ofHours(1);
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final Mailer mailer;
  private final String to;
  private final String name;
  private final Checkpoints checkpoints;
  private final Path file;
  private final InstantSource clock;
  private final Consumer<Object> events;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition woken = lock.newCondition();
  private boolean closing; // guarded by lock
  private State state; // guarded by lock

  // Of the thread alone.
  private @Nullable String last;

  /// How it stands.
  ///
  /// @param to whom it is sent to
  /// @param sentMillis when a server took one last; 0: never
  /// @param why none takes it now; empty if one does
  public record State(String to, long sentMillis, String why) {}

  private CheckpointMail(
      Mailer mailer,
      String to,
      String name,
      Checkpoints checkpoints,
      Path data,
      InstantSource clock,
      Consumer<Object> events) {
    this.mailer = mailer;
    this.to = to;
    this.state = new State(to, 0, "");
    this.name = name;
    this.checkpoints = checkpoints;
    this.file = data.resolve("trail").resolve(NAME);
    this.clock = clock;
    this.events = events;
    this.thread = Thread.ofPlatform().daemon().name("audit-mail").unstarted(this::run);
  }

  /// Begins, if the configuration says to whom.
  ///
  /// @param name of the archive, as it calls itself in audit messages
  /// @param data folder that remembers when it was sent last
  /// @throws Failure if a file that the configuration names can't be used
  public static Optional<CheckpointMail> start(
      Checkpoints checkpoints,
      MailConfig config,
      String name,
      Path data,
      InstantSource clock,
      Consumer<Object> events)
      throws Failure {
    if (!config.isSet()) {
      return Optional.empty();
    }
    CheckpointMail mail =
        new CheckpointMail(Mailer.of(config), config.to(), name, checkpoints, data, clock, events);
    mail.thread.start();
    return Optional.of(mail);
  }

  /// Where it stands; for `status`.
  public State state() {
    lock.lock();
    try {
      return state;
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    set(new State(to, remembered(), ""));
    Duration wait = LOOK;
    while (!isClosing()) {
      wait = looked() ? LOOK : min(wait.multipliedBy(2), WAIT_MAX);
      await(wait);
    }
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  /// @return whether nothing went wrong
  private boolean looked() {
    long now = clock.millis();
    if (!isDue(state().sentMillis(), now)) {
      return true;
    }
    String note = checkpoints.newest();
    long entries = checkpoints.size(note).orElse(0);
    if (entries == 0 || note.equals(last)) {
      return true;
    }
    try {
      mailer.send(name, note, entries, checkpoints.millis(note).orElse(now));
      last = note;
      set(new State(to, now, ""));
      events.accept(new MailEvent.CheckpointMailed(entries));
      remember(now);
      return true;
    } catch (IOException | RuntimeException e) {
      failed(e.getClass().getSimpleName());
      return false;
    }
  }

  /// A clock that was set back does not keep it from being sent.
  static boolean isDue(long sentMillis, long now) {
    return Math.abs(now - sentMillis) >= DAY.toMillis();
  }

  private void failed(String why) {
    State before = state();
    set(new State(to, before.sentMillis(), why));
    if (before.why().isEmpty() && !isClosing()) {
      events.accept(new MailEvent.CheckpointMailFailed(why));
    }
  }

  /// When it was sent last. What can't be read was never: better one mail too many.
  private long remembered() {
    try {
      String text = Files.size(file) > BYTES_MAX ? "" : Files.readString(file, UTF_8).strip();
      return text.matches("\\d{1,15}") ? Long.parseLong(text) : 0;
    } catch (NoSuchFileException _) {
      return 0;
    } catch (IOException e) {
      failed(e.getClass().getSimpleName());
      return 0;
    }
  }

  private void remember(long now) throws IOException {
    Path fresh = file.resolveSibling(NAME + ".new");
    Files.deleteIfExists(fresh);
    Private.file(fresh);
    Files.writeString(fresh, now + "\n", UTF_8);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private void set(State now) {
    lock.lock();
    try {
      state = now;
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

  private void await(Duration time) {
    lock.lock();
    try {
      long left = time.toNanos();
      while (left > 0 && !closing) {
        left = woken.awaitNanos(left);
      }
    } catch (InterruptedException _) {
      closing = true;
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /// Sends no more; one that is on its way may still arrive.
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
      thread.join(LAST_WORDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
