package leadglass.archive;

import java.io.IOException;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import leadglass.store.Store;

/// Gathers what a report of a site's security is made of, for its administrators and auditors. That
/// somebody had it made is in the trail before they have it.
///
/// Safe for use by several threads.
public final class SecurityEvidence {
  private static final String WHAT = "security report made";
  private static final Caller ASKING =
      new Caller.Console("archive", new Origin(Origin.Door.ARCHIVE, "archive"));

  private final Archive archive;
  private final Store store;
  private final Gate gate;
  private final AuditTrail trail;
  private final Brakes.Limits limits;
  private final InstantSource clock;
  private final boolean further;
  private final Exposure exposure;

  /// @param further whether it is not the site that runs the archive
  SecurityEvidence(
      Archive archive,
      Store store,
      Gate gate,
      AuditTrail trail,
      Brakes.Limits limits,
      Clock clock,
      boolean further) {
    this.archive = archive;
    this.store = store;
    this.gate = gate;
    this.trail = trail;
    this.limits = limits;
    this.clock = clock;
    this.further = further;
    this.exposure = new Exposure(store.registry(), trail::security, gate, clock, clock.getZone());
  }

  /// What a stranger sees of the doors.
  public Exposure exposure() {
    return exposure;
  }

  /// How it is now; empty for whoever is neither administrator nor auditor nor at the console. A
  /// program is none of them, whoever it is of.
  public Optional<SecurityFacts> gather(Caller by) throws IOException {
    boolean hands = by instanceof Caller.Person || by instanceof Caller.Console;
    boolean may = hands && (gate.permits(by, Verb.ADMINISTER) || gate.permits(by, Verb.READ_AUDIT));
    trail.note(by, Act.LOG_USED, may, null, may ? WHAT : WHAT + " refused");
    return may ? Optional.of(facts(by)) : Optional.empty();
  }

  private SecurityFacts facts(Caller by) throws IOException {
    // What is of the whole archive is no business of a further site's people.
    boolean all = !further || by instanceof Caller.Console;
    return new SecurityFacts(
        clock.millis(),
        archive.setUp().site().orElse(""),
        all ? whole() : Optional.empty(),
        archive.people().list(ASKING).stream().map(SecurityEvidence::person).toList(),
        archive.roles().requests(ASKING).size(),
        archive.recoveries().list(ASKING).size(),
        (int)
            archive.tokens().list(ASKING).stream()
                .filter(each -> each.state() == Tokens.State.VALID)
                .count(),
        Stream.concat(
                archive.devices().list(ASKING).stream().map(SecurityEvidence::device),
                archive.lanes().list(ASKING).stream().map(SecurityEvidence::lane))
            .toList(),
        archive.duty().rows(ASKING).stream()
            .map(row -> new SecurityFacts.Answered(row.what(), row.owner(), row.wrong()))
            .toList(),
        archive.duty().blocks().stream().map(Duty.Block::why).toList(),
        archive.consoleActs().list(ASKING).size(),
        all ? Optional.of(trail()) : Optional.empty(),
        new SecurityFacts.Reviews(
            archive.emergencies().count(ASKING),
            archive.emergencies().toReview(ASKING),
            archive.patientTasks().toAnswer(ASKING)),
        new SecurityFacts.Budgets(
            limits.patientsPerDay(), limits.rowsPerDay(), archive.brakes().raisedCount(ASKING)),
        lifecycle(),
        archive
            .outside()
            .seen(ASKING)
            .map(seen ->
                new SecurityFacts.FromOutside(seen.count(), seen.firstMillis(), seen.lastMillis())),
        new SecurityFacts.Sessions(
            (int) Sessions.IDLE.toMinutes(),
            (int) Sessions.LONGEST.toHours(),
            People.PASSWORD_CHARS_MIN));
  }

  private SecurityFacts.Trail trail() throws IOException {
    List<Witnessing.Peer> peers = archive.witnessing().peers(ASKING);
    return new SecurityFacts.Trail(
        store.trail().size(),
        covered(store.trail().checkpoint()),
        peers.size(),
        (int) peers.stream().filter(each -> each.wrongMillis().isPresent()).count());
  }

  private Optional<SecurityFacts.Whole> whole() {
    Optional<Status> status = archive.status(ASKING);
    Optional<KeyCustody.State> key = archive.custody().state(ASKING);
    if (status.isEmpty() || key.isEmpty()) {
      return Optional.empty();
    }
    Status now = status.get();
    return Optional.of(
        new SecurityFacts.Whole(
            new SecurityFacts.Holdings(
                now.studies(),
                now.instances(),
                now.bytes(),
                now.freeBytes(),
                now.storing(),
                now.readOnly()),
            key(key.get()),
            copies(now.copies()),
            new SecurityFacts.Packs(
                now.packs().packs(),
                now.packs().lastMillis(),
                now.packs().oldestMillis(),
                now.packs().damages()),
            now.concerns().stream()
                .map(each -> new SecurityFacts.Risk(each.word(), each.words()))
                .toList(),
            now.exposure()
                .flatMap(Exposure.Standing::last)
                .map(each ->
                    new SecurityFacts.Exposed(each.grade(), each.atMillis(), each.vantage()))));
  }

  private static SecurityFacts.Key key(KeyCustody.State state) {
    return new SecurityFacts.Key(
        word(state.kind()),
        state.place(),
        state.beside(),
        state.sheetsMadeMillis(),
        state.rehearsedMillis());
  }

  private SecurityFacts.Copies copies(Safekeeping.Last last) {
    List<String> places =
        archive.safekeeping().copies(ASKING).stream()
            .flatMap(copies -> copies.backups().stream())
            .map(Safekeeping.Backup::place)
            .distinct()
            .toList();
    return new SecurityFacts.Copies(
        last.lastMillis(),
        last.isOld(),
        last.destroyable(),
        last.sameDeviceMillis(),
        last.rehearsedMillis(),
        last.rehearsedWell(),
        last.isRehearsalOld(),
        places);
  }

  private SecurityFacts.Lifecycle lifecycle() {
    List<Erasures.Erasure> erasures = archive.erasures().list(ASKING);
    List<Retention.Version> versions = archive.retention().versions(ASKING);
    return new SecurityFacts.Lifecycle(
        versions.isEmpty()
            ? List.of()
            : versions.getLast().rules().stream().map(Retention.Rule::words).toList(),
        (int) archive.holds().list(ASKING).stream().filter(h -> h.released().isEmpty()).count(),
        count(erasures, Erasures.State.ASKED),
        count(erasures, Erasures.State.CONFIRMED),
        (int) erasures.stream().filter(each -> each.kept().isPresent()).count(),
        count(erasures, Erasures.State.ERASED),
        archive.siteRules().graceDays());
  }

  private static int count(List<Erasures.Erasure> erasures, Erasures.State state) {
    return (int) erasures.stream().filter(each -> each.state() == state).count();
  }

  private static SecurityFacts.Person person(People.Account account) {
    Set<People.Factor> factors = account.factors();
    return new SecurityFacts.Person(
        account.name(),
        account.enabled(),
        words(account.roles().stream()),
        words(account.provisional().stream()),
        factors.contains(People.Factor.PASSWORD_AND_CODE)
            || factors.contains(People.Factor.PASSKEY),
        factors.contains(People.Factor.PASSKEY),
        factors.contains(People.Factor.PROVIDER),
        factors.contains(People.Factor.RECOVERY_CODE),
        account.lastSignInMillis());
  }

  private static List<String> words(Stream<Role> roles) {
    return roles.map(Role::word).sorted().toList();
  }

  private static SecurityFacts.Device device(Devices.Device device) {
    return new SecurityFacts.Device(
        device.aeTitle(),
        device.terms().owner(),
        word(device.state()),
        device.endsMillis(),
        device.keyLaid().isPresent());
  }

  private static SecurityFacts.Device lane(Lanes.Lane lane) {
    return new SecurityFacts.Device(
        lane.aeTitle(),
        lane.owner(),
        word(lane.state()),
        Optional.of(lane.endsMillis()),
        false,
        true);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// How many entries a checkpoint is over: its second line.
  private static long covered(String checkpoint) {
    return checkpoint
        .lines()
        .skip(1)
        .findFirst()
        .filter(line -> line.matches("\\d{1,18}"))
        .map(Long::parseLong)
        .orElse(0L);
  }
}
