package leadglass.app.exposure;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import leadglass.app.Failure;
import leadglass.app.config.Config;
import leadglass.app.mail.Mailer;
import leadglass.archive.Archive;
import leadglass.archive.Caller;
import leadglass.archive.Exposure;
import leadglass.archive.ExposureCheck;
import leadglass.archive.Origin;
import leadglass.server.Doors;
import org.jspecify.annotations.Nullable;

/// Looks at the archive's own doors once a day, as a stranger would, and whenever somebody asks.
///
/// One thread of its own; it ends with [#close()].
public final class SelfCheck implements Exposure.Eye, AutoCloseable {
  private static final Caller OWN =
      new Caller.Console("archive", new Origin(Origin.Door.ARCHIVE, "archive"));
  private static final Duration AFTER_START = Duration.ofMinutes(3);
  private static final Duration START_JITTER = Duration.ofMinutes(4);
  private static final Duration DAY = Duration.ofHours(24);

  /// A little earlier each day, so that no day of the calendar is left out.
  private static final Duration DAY_JITTER = Duration.ofMinutes(20);

  private static final Duration AGAIN = Duration.ofHours(1);
  private static final Duration LOOK_AT_THE_CLOCK = Duration.ofMinutes(1);
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private final Exposure exposure;
  private final Look look;
  private final TicketCommand ticket;
  private final Optional<Mailer> mailer;
  private final Clock clock;
  private final RandomGenerator random;
  private final Consumer<Object> events;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition woken = lock.newCondition();
  private volatile boolean closing; // written under lock
  private boolean wanted; // guarded by lock
  private Exposure.@Nullable Drop untold; // guarded by lock

  // Of the thread alone.
  private boolean mailFailed;

  private SelfCheck(
      Archive archive,
      Doors doors,
      Config config,
      Optional<Mailer> mailer,
      Clock clock,
      RandomGenerator random,
      Consumer<Object> events) {
    this.exposure = archive.securityEvidence().exposure();
    this.look = new Look(new Listeners(archive, doors, config, OWN), random, clock);
    this.ticket = new TicketCommand(archive, doors, config, clock);
    this.mailer = mailer;
    this.clock = clock;
    this.random = random;
    this.events = events;
    this.thread = Thread.ofPlatform().daemon().name("exposure-check").unstarted(this::watch);
  }

  /// Begins.
  ///
  /// @param random for what can't exist, and for when it is looked
  /// @throws Failure if a file that the configuration names can't be used
  public static SelfCheck start(
      Archive archive,
      Doors doors,
      Config config,
      Clock clock,
      RandomGenerator random,
      Consumer<Object> events)
      throws Failure {
    Optional<Mailer> mailer =
        config.mail().isSet() ? Optional.of(Mailer.of(config.mail())) : Optional.empty();
    SelfCheck check = new SelfCheck(archive, doors, config, mailer, clock, random, events);
    check.exposure.open(check);
    check.thread.start();
    return check;
  }

  @Override
  public ExposureCheck look() throws IOException {
    try {
      ExposureCheck check = look.all(() -> closing);
      events.accept(
          new ExposureEvent.ExposureChecked(
              check.grade(), check.doors().size(), check.tookMillis()));
      return check;
    } catch (IllegalStateException e) {
      throw new IOException("the doors can't be looked at", e);
    }
  }

  @Override
  public void soon() {
    lock.lock();
    try {
      wanted = true;
      woken.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<String> command(String host) throws IOException {
    return Optional.of(ticket.of(host));
  }

  @Override
  public void dropped(Exposure.Drop drop) {
    events.accept(new ExposureEvent.ExposureDropped(drop.from(), drop.to()));
    lock.lock();
    try {
      untold = drop;
      woken.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void watch() {
    long due = first();
    while (!closing) {
      boolean asked = await();
      if (closing) {
        return;
      }
      long now = clock.millis();
      // A clock that was set back does not keep it from looking.
      if (asked || now >= due || due - now > DAY.toMillis()) {
        due = clock.millis() + (looked() ? untilNext() : AGAIN.toMillis());
      }
      tell();
    }
  }

  private long first() {
    long soon = clock.millis() + AFTER_START.toMillis() + below(START_JITTER);
    return exposure
        .lastMillis()
        .map(last -> Math.max(soon, Math.min(last + untilNext(), soon + DAY.toMillis())))
        .orElse(soon);
  }

  private long untilNext() {
    return DAY.toMillis() - below(DAY_JITTER);
  }

  private long below(Duration most) {
    return random.nextLong(most.toMillis());
  }

  private boolean looked() {
    try {
      exposure.run(OWN);
      return true;
    } catch (IOException | RuntimeException e) {
      if (!closing) {
        events.accept(new ExposureEvent.ExposureFailed(e.getClass().getSimpleName()));
      }
      return false;
    }
  }

  /// Nothing of what was found is in the mail but the grades: the page has the rest.
  private void tell() {
    Exposure.Drop drop = untold();
    if (drop == null) {
      return;
    }
    if (mailer.isEmpty()) {
      told(drop);
      return;
    }
    try {
      mailer.get().tell(DropLetter.subject(drop), DropLetter.text(drop), drop.atMillis());
      told(drop);
      mailFailed = false;
      events.accept(new ExposureEvent.ExposureMailed());
    } catch (IOException | RuntimeException e) {
      if (!mailFailed && !closing) {
        mailFailed = true;
        events.accept(new ExposureEvent.ExposureMailFailed(e.getClass().getSimpleName()));
      }
    }
  }

  private Exposure.@Nullable Drop untold() {
    lock.lock();
    try {
      return untold;
    } finally {
      lock.unlock();
    }
  }

  private void told(Exposure.Drop drop) {
    lock.lock();
    try {
      if (drop.equals(untold)) {
        untold = null;
      }
    } finally {
      lock.unlock();
    }
  }

  /// @return whether somebody wants it looked at now
  private boolean await() {
    lock.lock();
    try {
      long left = LOOK_AT_THE_CLOCK.toNanos();
      while (left > 0 && !wanted && !closing && (untold == null || mailFailed)) {
        left = woken.awaitNanos(left);
      }
      boolean asked = wanted;
      wanted = false;
      return asked;
    } catch (InterruptedException _) {
      closing = true;
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /// Looks at nothing more.
  @Override
  public void close() {
    exposure.close(this);
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
