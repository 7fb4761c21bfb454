package leadglass.app.witness;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import leadglass.app.Failure;
import leadglass.app.config.WitnessConfig;
import leadglass.app.outbound.OutboundDoor;
import leadglass.app.outbound.Trust;
import leadglass.archive.Caller;
import leadglass.archive.Checkpoints;
import leadglass.archive.Origin;
import org.jspecify.annotations.Nullable;

/// Has the newest checkpoint of the trail cosigned by another archive, soon after it was made; one
/// that is newer takes its place meanwhile. Nobody waits for it.
///
/// One thread of its own; it ends with [#close()].
public final class Witness implements Consumer<String>, AutoCloseable {
  private static final Caller.Console ARCHIVE =
      new Caller.Console("archive", new Origin(Origin.Door.ARCHIVE, "archive"));
  private static final Duration WHOLE = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration WAIT_MAX = Duration.ofMinutes(10);
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);
  private static final int TRIES_MAX = 3;

  private final String name;
  private final Path token;
  private final Checkpoints checkpoints;
  private final WitnessCall call;
  private final WitnessedFile file;
  private final Consumer<Object> events;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition woken = lock.newCondition();
  private boolean closing; // guarded by lock
  private @Nullable String newest; // guarded by lock: not witnessed yet
  private State state; // guarded by lock
  private boolean told; // guarded by lock: that it is witnessed, since the start

  /// How it stands.
  ///
  /// @param entries of the newest checkpoint that was witnessed; 0: none yet
  /// @param atMillis when the archive made that; 0: none yet
  /// @param why it is not witnessed now; empty if it is
  /// @param contradicted whether the witness has seen another past of this trail
  public record State(
      String witness, long entries, long atMillis, String why, boolean contradicted) {}

  private Witness(
      WitnessConfig config,
      OutboundDoor door,
      Path token,
      Checkpoints checkpoints,
      Path data,
      Consumer<Object> events) {
    this.name = config.uri().getAuthority();
    this.token = token;
    this.checkpoints = checkpoints;
    this.call = new WitnessCall(door, config.uri());
    this.file = new WitnessedFile(data.resolve("trail"));
    this.events = events;
    this.state = new State(name, 0, 0, "", false);
    this.thread = Thread.ofPlatform().daemon().name("audit-witness").unstarted(this::run);
  }

  /// Begins, if the configuration names a witness.
  ///
  /// @param data folder that remembers what was witnessed
  /// @throws Failure if a file that the configuration names can't be used
  public static Optional<Witness> start(
      Checkpoints checkpoints, WitnessConfig config, Path data, Consumer<Object> events)
      throws Failure {
    if (!config.isSet() || config.token().isEmpty()) {
      return Optional.empty();
    }
    Path token = config.token().get();
    try {
      if (WitnessToken.read(token).key().isEmpty()) {
        throw new IOException("no verifier key");
      }
    } catch (IOException _) {
      throw unusable("audit.witness-token-file", "is not a token and a verifier key, a line each");
    }
    OutboundDoor door;
    try {
      Set<String> named = Set.of(config.uri().getHost());
      door = OutboundDoor.forQuestions(named, Trust.sockets(config.authority()), WHOLE);
    } catch (IOException | GeneralSecurityException _) {
      throw unusable("audit.witness-authority-file", "can't be read as PEM");
    }
    Witness witness = new Witness(config, door, token, checkpoints, data, events);
    checkpoints.carry(witness);
    witness.accept(checkpoints.newest());
    witness.thread.start();
    return Optional.of(witness);
  }

  private static Failure unusable(String key, String what) {
    return new Failure(
        Failure.CONFIGURATION,
        "the file of " + key + " " + what,
        "docs/operating/audit.md says what belongs there");
  }

  @Override
  public void accept(String checkpoint) {
    lock.lock();
    try {
      newest = checkpoint;
      woken.signalAll();
    } finally {
      lock.unlock();
    }
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
    remembered();
    Duration wait = PAUSE;
    for (String note = next(); note != null; note = next()) {
      wait = witnessed(note) ? PAUSE : longer(wait);
      await(wait);
    }
  }

  private static Duration longer(Duration wait) {
    Duration twice = wait.multipliedBy(2);
    return twice.compareTo(WAIT_MAX) < 0 ? twice : WAIT_MAX;
  }

  private void remembered() {
    try {
      Optional<String> note = file.read();
      long entries = note.map(each -> checkpoints.size(each).orElse(0)).orElse(0L);
      long at = note.map(each -> checkpoints.millis(each).orElse(0)).orElse(0L);
      set(new State(name, entries, at, "", false));
    } catch (IOException e) {
      failed(e.getClass().getSimpleName());
    }
  }

  /// The newest checkpoint that is not witnessed yet; null once it is closed.
  private @Nullable String next() {
    lock.lock();
    try {
      while (newest == null && !closing) {
        woken.await();
      }
      return closing ? null : newest;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return null;
    } finally {
      lock.unlock();
    }
  }

  /// @return whether nothing is left to do about this one
  private boolean witnessed(String note) {
    try {
      return asked(note);
    } catch (IOException | RuntimeException e) {
      if (!isClosing()) {
        failed(e.getClass().getSimpleName());
      }
      return false;
    }
  }

  private boolean asked(String note) throws IOException {
    WitnessToken given = WitnessToken.read(token);
    long size = checkpoints.size(note).orElseThrow();
    long old = state().entries() <= size ? state().entries() : 0;
    for (int i = 0; i < TRIES_MAX; i++) {
      switch (call.ask(given.secret(), checkpoints.request(note, old))) {
        case WitnessCall.Answer.Cosigned(String lines) -> {
          return cosigned(note, size, lines, given.key());
        }
        case WitnessCall.Answer.Conflict(long has) -> {
          if (has > size || (has == size && old == size)) {
            return contradicted(size);
          }
          old = has;
        }
        case WitnessCall.Answer.Inconsistent _ -> {
          return contradicted(size);
        }
        case WitnessCall.Answer.Refused(int status) -> {
          return failed("status " + status);
        }
      }
    }
    return failed("the witness does not say what it has");
  }

  private boolean cosigned(String note, long size, String lines, String key) throws IOException {
    Optional<String> whole =
        lines
            .lines()
            .map(line -> note + line + "\n")
            .filter(n -> checkpoints.cosigned(n, key))
            .findFirst();
    if (whole.isEmpty()) {
      return failed("no cosignature of its key");
    }
    file.write(whole.get());
    boolean first;
    lock.lock();
    try {
      first = !state.why().isEmpty() || !told;
      told = true;
      state = new State(name, size, checkpoints.millis(note).orElse(0), "", false);
      if (note.equals(newest)) {
        newest = null;
      }
    } finally {
      lock.unlock();
    }
    if (first) {
      events.accept(new WitnessEvent.CheckpointWitnessed(name, size));
    }
    return true;
  }

  private boolean failed(String why) {
    State before = state();
    // Only the witness takes back what it said.
    boolean contradicted = before.contradicted();
    set(
        new State(
            name,
            before.entries(),
            before.atMillis(),
            contradicted ? before.why() : why,
            contradicted));
    if (!contradicted && !before.why().equals(why)) {
      events.accept(new WitnessEvent.CheckpointNotWitnessedFailed(name, why));
    }
    return false;
  }

  private boolean contradicted(long size) throws IOException {
    State before = state();
    String why = "it has seen another past of this trail";
    set(new State(name, before.entries(), before.atMillis(), why, true));
    if (!before.contradicted()) {
      events.accept(new WitnessEvent.WitnessContradictsFailed(name, size));
      checkpoints.contradicted(ARCHIVE, name);
    }
    return false;
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

  /// Asks no more. The newest checkpoint is witnessed after the next start.
  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      woken.signalAll();
    } finally {
      lock.unlock();
    }
    call.abort();
    try {
      if (!thread.join(LAST_WORDS)) {
        call.abort();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
