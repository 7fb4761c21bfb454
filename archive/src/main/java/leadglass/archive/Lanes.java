package leadglass.archive;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

/// Lanes: ways in without TLS for devices that have none. Each is for one device, from one address,
/// by two AE titles of which one is random, until a day; it takes images and gives none. There is
/// none until one is enrolled, and no setting that opens one.
///
/// Safe for use by several threads.
public final class Lanes {
  private static final int COUNT_MAX = 100;

  /// How long what still comes after a lane's end is taken, and kept apart.
  static final Duration AFTER_END = Duration.ofDays(14);

  private static final Duration ENDS_SOON = Duration.ofDays(30);
  private static final int CALLED_CHARS = 16;

  /// Without what is taken for another on a console's keyboard: 16 of them are 79 bits.
  private static final String ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

  private static final String NOT_PERMITTED = "You may not do this.";
  private static final String MEANWHILE =
      "Somebody else changed that lane at the same time. Try again.";

  private final LaneBook book;
  private final DeviceBook devices;
  private final SecurityTrail trail;
  private final Refusals refusals;
  private final Gate gate;
  private final InstantSource clock;
  private final ZoneId zone;
  private final SecureRandom random;
  private final ReentrantLock changes = new ReentrantLock();
  private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
  private final Set<String> deaf = ConcurrentHashMap.newKeySet();

  /// What lanes are built upon.
  record Parts(
      LaneBook book,
      DeviceBook devices,
      SecurityTrail trail,
      Refusals refusals,
      Gate gate,
      InstantSource clock,
      ZoneId zone,
      SecureRandom random) {}

  Lanes(Parts parts) {
    this.book = parts.book();
    this.devices = parts.devices();
    this.trail = parts.trail();
    this.refusals = parts.refusals();
    this.gate = parts.gate();
    this.clock = parts.clock();
    this.zone = parts.zone();
    this.random = parts.random();
  }

  /// What a lane takes now.
  public enum State {
    OPEN,
    /// Within 30 days.
    ENDS_SOON,
    /// Its day is over: what comes is kept apart.
    ENDED,
    /// For so long that nothing listens any more.
    CLOSED,
    REVOKED;

    public boolean takes() {
      return this == OPEN || this == ENDS_SOON || this == ENDED;
    }

    boolean isOpen() {
      return this == OPEN || this == ENDS_SOON;
    }
  }

  /// A lane as an administrator sees it.
  ///
  /// @param called AE title that the device has to call; a secret
  /// @param port 0 if nothing has listened for it yet
  /// @param lastDay of it
  /// @param closesMillis when nothing more is taken, not even to keep it apart
  /// @param listening whether nothing keeps its door from being open
  public record Lane(
      String aeTitle,
      State state,
      String owner,
      String from,
      String listen,
      int port,
      String called,
      LocalDate lastDay,
      long endsMillis,
      long closesMillis,
      boolean worklist,
      boolean listening,
      Optional<Devices.Revoked> revoked) {
    /// What it may, in words.
    public String words() {
      return "a lane from "
          + from
          + " until "
          + lastDay
          + ": store"
          + (worklist ? ", worklist" : "")
          + ", not encrypted";
    }

    @Override
    public String toString() {
      return "Lane[]";
    }
  }

  /// Where a lane has to listen now.
  ///
  /// @param port 0 for any free one
  public record Door(
      String aeTitle, InetAddress from, InetAddress listen, int port, boolean worklist) {}

  /// How all lanes together are doing.
  ///
  /// @param open within their time
  /// @param endSoon of those, within 30 days
  /// @param soonestMillis when the first of the open ones ends
  /// @param ended past it, and still taking images, which are kept apart
  /// @param deaf that should listen and can't
  public record Summary(
      int open, int endSoon, Optional<Long> soonestMillis, int ended, int unnamed, int deaf) {}

  /// What came of an enrolment.
  public sealed interface Change {
    record Done(Lane lane) implements Change {}

    /// @param rule a sentence that says what to do
    record Refused(String rule) implements Change {}
  }

  /// Enrols a device on a lane of its own. One that is closed or revoked may be enrolled again,
  /// with another title to call.
  public Change add(Caller by, String aeTitle, LaneTerms terms) throws IOException {
    if (!gate.permits(by, Verb.ADMINISTER)) {
      refusals.refused(by, "enrolling a device refused");
      return new Change.Refused(NOT_PERMITTED);
    }
    String title = Devices.trimmed(aeTitle);
    Optional<String> objection = Devices.untitled(title).or(() -> terms.objection(today()));
    if (objection.isPresent()) {
      return new Change.Refused(objection.get());
    }
    changes.lock();
    try {
      Optional<LaneBook.Known> old = book.find(title);
      if (old.isPresent() && state(old.get().record()).takes()) {
        return new Change.Refused("A lane of that AE title is enrolled already.");
      }
      if (devices.find(title).isPresent()) {
        return new Change.Refused(
            "A device of that AE title is enrolled already, with a certificate. Remove it first,"
                + " or better: let it use that.");
      }
      if (book.count() >= COUNT_MAX) {
        return new Change.Refused("There are " + COUNT_MAX + " lanes; no more can be enrolled.");
      }
      LaneRecord record =
          new LaneRecord(
              title,
              called(),
              terms.from().getHostAddress(),
              terms.listen().getHostAddress(),
              0,
              terms.owner(),
              clock.millis(),
              end(terms.until()),
              terms.worklist(),
              null);
      note(by, "device enrolled: " + title + ": " + shown(record).words());
      if (!book.write(old, record)) {
        return new Change.Refused(MEANWHILE);
      }
    } finally {
      changes.unlock();
    }
    tell();
    return new Change.Done(shown(book.find(title).orElseThrow().record()));
  }

  private String called() {
    StringBuilder title = new StringBuilder(CALLED_CHARS);
    while (title.length() < CALLED_CHARS) {
      title.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return title.toString();
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), zone);
  }

  /// The first moment after a day.
  private long end(LocalDate day) {
    return day.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli();
  }

  /// Whether there is a lane of that AE title.
  public boolean has(String aeTitle) {
    return book.find(Devices.trimmed(aeTitle)).isPresent();
  }

  /// Another end, or another person who answers for it.
  ///
  /// @param owner empty: stays
  /// @param until empty: stays; else within 12 months from today
  public Ruling set(Caller by, String aeTitle, String owner, Optional<LocalDate> until)
      throws IOException {
    if (!gate.permits(by, Verb.ADMINISTER)) {
      refusals.refused(by, "changing a device refused");
      return new Ruling.NotThere();
    }
    String title = Devices.trimmed(aeTitle);
    Optional<String> objection = until.flatMap(day -> LaneTerms.outOfReach(day, today()));
    if (!owner.isEmpty()) {
      objection = objection.or(() -> LaneTerms.unnamed(owner));
    }
    if (objection.isPresent()) {
      return new Ruling.Refused(objection.get());
    }
    changes.lock();
    try {
      Optional<LaneBook.Known> old = book.find(title);
      if (old.isEmpty()) {
        return new Ruling.NotThere();
      }
      LaneRecord record = old.get().record();
      if (!state(record).takes()) {
        return new Ruling.Refused("That lane is closed. Enrol the device again if it has to be.");
      }
      LaneRecord next =
          record.on(
              owner.isEmpty() ? record.owner() : owner.strip(),
              until.map(this::end).orElse(record.ends()));
      note(by, "device changed: " + title + ": " + shown(next).words());
      if (!book.write(old, next)) {
        return new Ruling.Refused(MEANWHILE);
      }
    } finally {
      changes.unlock();
    }
    tell();
    return new Ruling.Done(title);
  }

  /// Ends a lane at once: its door closes, and associations that are open end.
  public Ruling revoke(Caller by, String aeTitle, String reason) throws IOException {
    if (!gate.permits(by, Verb.ADMINISTER)) {
      refusals.refused(by, "revoking a device refused");
      return new Ruling.NotThere();
    }
    String title = Devices.trimmed(aeTitle);
    Optional<String> unsaid = Custody.refusedReason(reason);
    changes.lock();
    try {
      Optional<LaneBook.Known> old = book.find(title);
      if (old.isEmpty()) {
        return new Ruling.NotThere();
      }
      if (old.get().record().revoked() != null) {
        return new Ruling.Done(title);
      }
      if (unsaid.isPresent()) {
        return new Ruling.Refused(unsaid.get());
      }
      note(by, "device revoked: " + title + ": " + reason.strip());
      DeviceRecord.Revoked mark =
          new DeviceRecord.Revoked(Custody.name(by), clock.millis(), reason.strip());
      if (!book.write(old, old.get().record().revoked(mark))) {
        return new Ruling.Refused(MEANWHILE);
      }
    } finally {
      changes.unlock();
    }
    tell();
    return new Ruling.Done(title);
  }

  /// Takes a lane off the list, and ends it.
  public Ruling remove(Caller by, String aeTitle) throws IOException {
    if (!gate.permits(by, Verb.ADMINISTER)) {
      refusals.refused(by, "removing a device refused");
      return new Ruling.NotThere();
    }
    String title = Devices.trimmed(aeTitle);
    changes.lock();
    try {
      if (book.find(title).isEmpty()) {
        return new Ruling.NotThere();
      }
      note(by, "device removed: " + title);
      book.remove(title);
      deaf.remove(title);
    } finally {
      changes.unlock();
    }
    tell();
    return new Ruling.Done(title);
  }

  private void note(Caller by, String detail) throws IOException {
    trail.security(AuditTrail.Who.of(by), by.origin(), true, detail);
  }

  /// Told after lanes came, went or changed, and every minute, for a lane that ends says nothing.
  public void watch(Runnable watcher) {
    watchers.add(watcher);
  }

  private void tell() {
    watchers.forEach(Runnable::run);
  }

  void sweep() {
    if (book.count() > 0) {
      tell();
    }
  }

  private State state(LaneRecord record) {
    if (record.revoked() != null) {
      return State.REVOKED;
    }
    long left = record.ends() - clock.millis();
    if (left > ENDS_SOON.toMillis()) {
      return State.OPEN;
    }
    if (left > 0) {
      return State.ENDS_SOON;
    }
    return left > -AFTER_END.toMillis() ? State.ENDED : State.CLOSED;
  }

  /// All lanes, by AE title; empty for whoever may not know.
  public List<Lane> list(Caller by) {
    return gate.permits(by, Verb.ADMINISTER)
        ? book.list().stream().map(this::shown).toList()
        : List.of();
  }

  private Lane shown(LaneRecord record) {
    DeviceRecord.Revoked mark = record.revoked();
    return new Lane(
        record.aeTitle(),
        state(record),
        record.owner(),
        record.from(),
        record.listen(),
        record.port(),
        record.called(),
        LocalDate.ofInstant(Instant.ofEpochMilli(record.ends() - 1), zone),
        record.ends(),
        record.ends() + AFTER_END.toMillis(),
        record.worklist(),
        !deaf.contains(record.aeTitle()),
        mark == null
            ? Optional.empty()
            : Optional.of(new Devices.Revoked(mark.by(), mark.at(), mark.reason())));
  }

  /// How many are open, and how many took no end though theirs is over: for everybody of the house.
  /// Nothing for others.
  public Optional<Summary> seen(Caller by) {
    boolean staff =
        by instanceof Caller.Console
            || (by instanceof Caller.Person person && person.hat() != Role.REFERRER);
    return staff && gate.permits(by, Verb.BE_KNOWN) ? Optional.of(summary()) : Optional.empty();
  }

  /// Call it for whoever may know.
  Summary summary() {
    int open = 0;
    int soon = 0;
    int ended = 0;
    int unnamed = 0;
    int silent = 0;
    Optional<Long> soonest = Optional.empty();
    for (LaneRecord record : book.list()) {
      State state = state(record);
      if (state.isOpen()) {
        open++;
        soonest = Optional.of(Math.min(soonest.orElse(Long.MAX_VALUE), record.ends()));
      }
      if (state.takes()) {
        soon += state == State.ENDS_SOON ? 1 : 0;
        ended += state == State.ENDED ? 1 : 0;
        unnamed += record.owner().isEmpty() ? 1 : 0;
        silent += deaf.contains(record.aeTitle()) ? 1 : 0;
      }
    }
    return new Summary(open, soon, soonest, ended, unnamed, silent);
  }

  /// Who answers for each that takes something.
  List<Duty.Claim> claims() {
    List<Duty.Claim> claims = new ArrayList<>();
    for (LaneRecord record : book.list()) {
      if (state(record).takes()) {
        String title = record.aeTitle();
        claims.add(
            new Duty.Claim(
                "Lane " + title,
                record.owner(),
                "leadglass device set " + title + " --owner NAME"));
      }
    }
    return claims;
  }

  /// Where lanes have to listen now. For the doors.
  public List<Door> doors() {
    return book.list().stream()
        .filter(record -> state(record).takes())
        .map(record ->
            new Door(
                record.aeTitle(),
                InetAddress.ofLiteral(record.from()),
                InetAddress.ofLiteral(record.listen()),
                record.port(),
                record.worklist()))
        .toList();
  }

  /// A lane's door is open. The port stays its own from then on.
  public void listening(String aeTitle, int port) {
    deaf.remove(aeTitle);
    changes.lock();
    try {
      Optional<LaneBook.Known> known = book.find(aeTitle);
      if (known.isPresent() && known.get().record().port() == 0) {
        book.write(known, known.get().record().at(port));
      }
    } finally {
      changes.unlock();
    }
  }

  /// A lane's door can't be opened.
  public void deaf(String aeTitle) {
    deaf.add(aeTitle);
  }

  /// Somebody came to a lane's door from another address than its device's, and was let go before a
  /// byte was read.
  public void elsewhere(Origin origin) throws IOException {
    refusals.refused(new Caller.Stranger(origin), "unknown device refused");
  }

  /// The device of a lane, if it comes from the lane's address and both titles are the lane's.
  /// Whatever is wrong, it is refused as a stranger is, and none of what it said is kept.
  public Optional<Caller.Device> admit(
      String lane, Origin origin, InetAddress from, String calling, String called)
      throws IOException {
    Optional<LaneRecord> record =
        book.find(lane).map(LaneBook.Known::record).filter(known -> state(known).takes());
    boolean all = record.filter(known -> fits(known, from, calling, called)).isPresent();
    if (!all) {
      refusals.refused(new Caller.Stranger(origin), "unknown device refused");
      return Optional.empty();
    }
    return record.map(known -> device(known, origin));
  }

  /// Why a lane did not let somebody in, for the [Doctor] alone.
  public Cause why(String lane, InetAddress from, String calling) {
    Optional<LaneRecord> record = book.find(lane).map(LaneBook.Known::record);
    if (record.filter(known -> state(known).takes()).isEmpty()) {
      return Cause.LANE_CLOSED;
    }
    if (!InetAddress.ofLiteral(record.orElseThrow().from()).equals(from)) {
      return Cause.LANE_ADDRESS;
    }
    return same(record.orElseThrow().aeTitle(), Devices.trimmed(calling))
        ? Cause.LANE_CALLED
        : Cause.LANE_CALLING;
  }

  /// All three are compared, whatever the first one says.
  private static boolean fits(LaneRecord record, InetAddress from, String calling, String called) {
    boolean here = InetAddress.ofLiteral(record.from()).equals(from);
    boolean itself = same(record.aeTitle(), Devices.trimmed(calling));
    boolean knowing = same(record.called(), Devices.trimmed(called));
    return here && itself && knowing;
  }

  /// In the same time wherever they differ.
  private static boolean same(String ours, String theirs) {
    return MessageDigest.isEqual(ours.getBytes(US_ASCII), theirs.getBytes(US_ASCII));
  }

  private Caller.Device device(LaneRecord record, Origin origin) {
    boolean open = state(record).isOpen();
    Set<DeviceVerb> may = EnumSet.of(DeviceVerb.STORE);
    if (open && record.worklist()) {
      may.add(DeviceVerb.WORKLIST);
    }
    return new Caller.Device(
        record.aeTitle(),
        may,
        Optional.empty(),
        origin,
        open ? Caller.Proof.LANE : Caller.Proof.ENDED_LANE);
  }

  /// Whether a device that was admitted may still be here, and all it might then.
  public boolean stands(Caller.Device device) {
    return book.find(device.aeTitle())
        .map(LaneBook.Known::record)
        .filter(record -> state(record).takes())
        .map(record -> device(record, device.origin()))
        .filter(now -> now.equals(device))
        .isPresent();
  }

  /// Why what comes over a lane is not taken, if it is not.
  Optional<String> objection(Caller.Device device) {
    return book.find(device.aeTitle()).filter(known -> state(known.record()).takes()).isPresent()
        ? Optional.empty()
        : Optional.of("this lane is closed");
  }
}
