package leadglass.archive;

import java.io.IOException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import leadglass.archive.ShareLinks.State;
import leadglass.dicom.data.Uid;

/// Where somebody outside opens a link, and what their session is.
///
/// An unknown link, a wrong passcode, a link that ended, one that is locked and one that is bound
/// to another device are one answer, after the same work. Wrong tries are slowed by where they come
/// from; [ShareRecord#WRONG_MAX] wrong passcodes in all lock a link.
///
/// Safe for use by several threads.
public final class ShareDoor {

  /// As slow as sign-in.
  private static final Tries.Pace PACE =
      new Tries.Pace(2, Duration.ofSeconds(2), Duration.ofMinutes(5));

  private static final int ADDRESSES_MAX = 20_000;
  private static final int TYPED_CHARS_MAX = 64;
  private static final Duration BUSY_WAIT = Duration.ofSeconds(5);

  private final ShareBook book;
  private final ShareSessions sessions;
  private final Custody custody;
  private final Passwords passwords;
  private final Secrets secrets;
  private final Consumer<? super ArchiveEvent> events;
  private final Tries tries;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Integer> underway = new HashMap<>(); // guarded by lock

  ShareDoor(
      ShareBook book,
      ShareSessions sessions,
      Custody custody,
      Passwords passwords,
      Secrets secrets,
      Consumer<? super ArchiveEvent> events) {
    this.book = book;
    this.sessions = sessions;
    this.custody = custody;
    this.passwords = passwords;
    this.secrets = secrets;
    this.events = events;
    InstantSource clock = custody.clock();
    this.tries = new Tries(clock, PACE, ADDRESSES_MAX);
  }

  /// What came of a try.
  public sealed interface Opening {

    /// @param id of the link
    /// @param session value of the session's cookie
    /// @param device value of the cookie that this device keeps
    /// @param keepFor how long it is worth keeping
    record Opened(String id, String session, String device, Duration keepFor) implements Opening {
      @Override
      public String toString() {
        return "Opened[]";
      }
    }

    record Refused() implements Opening {}

    record TooSoon(Duration after) implements Opening {}
  }

  /// What a link's fragment holds.
  private record Fragment(String id, String secret) {
    static Optional<Fragment> read(String text) {
      return text.matches("[0-9a-f]{32}\\.[A-Za-z0-9_-]{43}")
          ? Optional.of(new Fragment(text.substring(0, 32), text.substring(33)))
          : Optional.empty();
    }
  }

  /// The public part of a link's fragment, if it looks like one.
  public static Optional<String> id(String fragment) {
    return Fragment.read(fragment).map(Fragment::id);
  }

  /// @param fragment what stands behind the `#` of the link
  /// @param device value of the cookie that was given to this device earlier
  /// @param passcode as typed
  public Opening open(Origin origin, String fragment, Optional<String> device, String passcode)
      throws IOException {
    String from = Address.counted(origin.address());
    Optional<Duration> wait = knock(from);
    if (wait.isPresent()) {
      custody.refusals().slowed(origin, wait.get(), "share too soon");
      return new Opening.TooSoon(wait.get());
    }
    Optional<String> id = known(fragment);
    boolean counts = id.isPresent() && begin(id.get());
    try {
      PasswordHash kept =
          id.flatMap(book::find).map(ShareRecord::passcode).orElse(passwords.nobody());
      String typed = passcode.length() > TYPED_CHARS_MAX ? "" : ShareLinks.typed(passcode);
      return switch (passwords.check(typed.toCharArray(), kept)) {
        case BUSY -> {
          tries.forgive(from, 1);
          yield new Opening.TooSoon(BUSY_WAIT);
        }
        case WRONG -> id.isEmpty() ? unknown(origin) : wrong(origin, id.get(), counts, device);
        case RIGHT ->
            id.isEmpty() ? unknown(origin) : right(origin, id.get(), counts, device, from);
      };
    } finally {
      id.ifPresent(this::end);
    }
  }

  /// One try, counted as wrong from the start: a thousand at once are no way round.
  private Optional<Duration> knock(String from) {
    lock.lock();
    try {
      Optional<Duration> wait = tries.wait(from);
      if (wait.isEmpty()) {
        tries.count(from);
      }
      return wait;
    } finally {
      lock.unlock();
    }
  }

  private Optional<String> known(String fragment) {
    return Fragment.read(fragment)
        .filter(read ->
            book.find(read.id())
                .filter(record ->
                    MessageDigest.isEqual(record.link(), Secrets.hash(read.secret()).array()))
                .isPresent())
        .map(Fragment::id);
  }

  /// Tries under way count too.
  ///
  /// @return whether there is one left
  private boolean begin(String id) {
    lock.lock();
    try {
      int others = underway.merge(id, 1, Integer::sum) - 1;
      int wrong = book.find(id).map(ShareRecord::wrong).orElse(ShareRecord.WRONG_MAX);
      return wrong + others < ShareRecord.WRONG_MAX;
    } finally {
      lock.unlock();
    }
  }

  private void end(String id) {
    lock.lock();
    try {
      underway.computeIfPresent(id, (_, count) -> count == 1 ? null : count - 1);
    } finally {
      lock.unlock();
    }
  }

  private Opening unknown(Origin origin) throws IOException {
    custody.refusals().refused(new Caller.Stranger(origin), "unknown share refused");
    return new Opening.Refused();
  }

  /// Why no passcode could help; empty if one could.
  private Optional<String> hopeless(
      String id, ShareRecord record, boolean counts, Optional<String> device) throws IOException {
    State state = book.state(record);
    if (state != State.OPEN) {
      return Optional.of(state.words());
    }
    if (!counts) {
      return Optional.of("too many tries at once");
    }
    if (book.studies(id, record).isEmpty()) {
      return Optional.of(State.STUDIES_GONE.words());
    }
    return isBoundTo(record, device) ? Optional.empty() : Optional.of("another device");
  }

  private static boolean isBoundTo(ShareRecord record, Optional<String> device) {
    byte[] bound = record.device();
    return bound == null
        || (device.isPresent() && MessageDigest.isEqual(bound, Secrets.hash(device.get()).array()));
  }

  private Opening wrong(Origin origin, String id, boolean counts, Optional<String> device)
      throws IOException {
    ShareRecord record = book.find(id).orElseThrow();
    Optional<String> hopeless = hopeless(id, record, counts, device);
    if (hopeless.isPresent()) {
      return inVain(origin, id, hopeless.get());
    }
    refused(origin, id, "wrong passcode");
    ShareRecord after = book.change(id, ShareRecord::missed).orElse(record);
    if (after.wrong() >= ShareRecord.WRONG_MAX) {
      sessions.endAll(id);
      events.accept(new ArchiveEvent.ShareLocked(id));
      custody.write(
          new Caller.Stranger(origin),
          Act.SHARED,
          "share " + id + " locked after " + after.wrong() + " wrong passcodes",
          Optional.empty());
    }
    return new Opening.Refused();
  }

  /// Written down as a wrong one is, so that it takes as long.
  private Opening inVain(Origin origin, String id, String why) throws IOException {
    refused(origin, id, why);
    book.change(id, ShareRecord::triedInVain);
    return new Opening.Refused();
  }

  private void refused(Origin origin, String id, String why) throws IOException {
    custody.refusals().refused(new Caller.Stranger(origin), "share " + id + " refused: " + why);
  }

  private Opening right(
      Origin origin, String id, boolean counts, Optional<String> device, String from)
      throws IOException {
    ShareRecord record = book.find(id).orElseThrow();
    Optional<String> hopeless = hopeless(id, record, counts, device);
    if (hopeless.isPresent()) {
      return inVain(origin, id, hopeless.get());
    }
    List<Uid> studies = book.studies(id, record);
    Caller.Share caller =
        new Caller.Share(id, Set.copyOf(studies), record.download(), record.stated(), origin);
    for (Uid study : studies) {
      custody.write(
          caller,
          Act.SHARED,
          "share " + id + " opened",
          custody.subject(study, ShareLinks.words(record), record.stated()));
    }
    String kept = device.filter(_ -> record.device() != null).orElseGet(secrets::fresh);
    byte[] hash = Secrets.hash(kept).array();
    long now = custody.clock().millis();
    Optional<ShareRecord> bound =
        book.change(
            id,
            newest ->
                book.state(newest) == State.OPEN && isBoundTo(newest, Optional.of(kept))
                    ? newest.openedBy(hash, now)
                    : newest);
    if (bound.isEmpty()
        || !MessageDigest.isEqual(bound.get().device(), hash)
        || book.state(bound.get()) != State.OPEN) {
      return inVain(origin, id, "another device");
    }
    tries.forgive(from, 1);
    return new Opening.Opened(
        id, sessions.begin(id), kept, Duration.ofMillis(Math.max(0, record.ends() - now)));
  }

  /// Whoever a session's cookie belongs to, if it is alive and the link still reaches something.
  ///
  /// @param id of the link
  /// @throws java.io.UncheckedIOException if what left it can't be written to the trail
  public Optional<Caller.Share> session(Origin origin, String id, String secret) {
    if (!sessions.touch(id, secret)) {
      return Optional.empty();
    }
    Optional<ShareRecord> record = book.find(id);
    if (record.isEmpty() || book.state(record.get()) != State.OPEN) {
      sessions.endAll(id);
      return Optional.empty();
    }
    try {
      List<Uid> studies = book.studies(id, record.get());
      return studies.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Caller.Share(
                  id, Set.copyOf(studies), record.get().download(), record.get().stated(), origin));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /// What the recipient is told.
  ///
  /// @param recipient empty if it names the patient
  public record Given(
      String recipient, String purpose, String by, boolean download, long endsMillis) {
    @Override
    public String toString() {
      return "Given[]";
    }
  }

  public Optional<Given> given(Caller.Share share) {
    return book.find(share.id())
        .map(record ->
            new Given(
                record.recipient(),
                record.purpose(),
                book.makerName(record),
                record.download(),
                record.ends()));
  }

  /// Ends a session; the link stays as it is.
  public void close(Caller.Share share, String secret) throws IOException {
    try {
      custody.write(share, Act.SHARED, "share " + share.id() + " closed", Optional.empty());
    } finally {
      sessions.end(share.id(), secret); // what only closes needs no trail to be allowed
    }
  }
}
