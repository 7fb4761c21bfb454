package leadglass.archive;

import java.io.IOException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import leadglass.store.Registry;

/// Budgets of a day, over all doors together: distinct patients whose images are opened, and
/// distinct studies listed outside today's list. A person's tokens draw on the person's.
///
/// At 80 % whoever looks after the archive is told. At 100 % it takes a second factor and a purpose
/// to go on, at 150 % a second person, and again for each budget more. In the first 14 days nobody
/// is stopped before five times the budget: what is usual is not known yet.
///
/// Counts are kept in memory, and in the registry every minute and at every step: a crash forgets a
/// minute.
///
/// Safe for use by several threads.
public final class Brakes {
  private static final int WARNED_PERCENT = 80;
  private static final int EASED_PERCENT = 150;
  private static final int LEARNING_DAYS = 14;
  private static final int LEARNING_FACTOR = 5;
  private static final String NOT_YOURS = "You may not do this.";

  private final Documents<BrakeRecord> documents;
  private final Limits limits;
  private final Gate gate;
  private final SecurityTrail trail;
  private final Refusals refusals;
  private final InstantSource clock;
  private final ZoneId zone;
  private final Consumer<? super ArchiveEvent> events;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, BrakeRecord> records = new HashMap<>(); // guarded by lock
  private final Set<String> changed = new HashSet<>(); // guarded by lock
  private final Map<String, Seen> seen = new HashMap<>(); // guarded by lock

  /// What was listed on a day, so that looking at a list again is free; a restart forgets it.
  private record Seen(long day, Set<String> studies) {}

  /// @param patientsPerDay distinct patients opened; 1 to 5,000
  /// @param rowsPerDay distinct studies listed outside today's list; 1 to 100,000
  public record Limits(int patientsPerDay, int rowsPerDay) {
    public static final int PATIENTS_MAX = 5_000;
    public static final int ROWS_MAX = 100_000;

    /// Of somebody who reads all day.
    public static final Limits USUAL = new Limits(150, 2_000);

    public Limits {
      if (patientsPerDay < 1
          || patientsPerDay > PATIENTS_MAX
          || rowsPerDay < 1
          || rowsPerDay > ROWS_MAX) {
        throw new IllegalArgumentException("a budget out of range");
      }
    }
  }

  /// What it takes to go on.
  public enum Stop {
    /// A second factor and a purpose.
    PURPOSE,
    /// Somebody else, who may confirm.
    SECOND_PERSON
  }

  /// How somebody stands today.
  ///
  /// @param subject such as `person mara`
  /// @param rows distinct studies listed outside today's list
  /// @param learning whether nobody is stopped yet before five times the budget
  /// @param stop what it takes to go on, if they are stopped
  public record Standing(
      String subject,
      int patients,
      long rows,
      Limits limits,
      boolean learning,
      Optional<Stop> stop,
      String purpose) {

    /// Whether one of the budgets is nearly used.
    public boolean warned() {
      return 100L * patients >= (long) WARNED_PERCENT * limits.patientsPerDay()
          || 100 * rows >= (long) WARNED_PERCENT * limits.rowsPerDay();
    }

    @Override
    public String toString() {
      return "Standing[]";
    }
  }

  Brakes(
      Registry registry,
      Limits limits,
      Gate gate,
      SecurityTrail trail,
      Refusals refusals,
      InstantSource clock,
      ZoneId zone,
      Consumer<? super ArchiveEvent> events) {
    this.documents = new Documents<>(registry, "brake", BrakeRecord.class);
    this.limits = limits;
    this.gate = gate;
    this.trail = trail;
    this.refusals = refusals;
    this.clock = clock;
    this.zone = zone;
    this.events = events;
  }

  /// Whose budget a caller draws on; empty for those who are given nothing anyway.
  private static Optional<String> subject(Caller caller) {
    return switch (caller) {
      // A patient opens one patient, themselves, however often.
      case Caller.Stranger _, Caller.Patient _, Caller.Console _ -> Optional.empty();
      case Caller.Person person -> Optional.of("person " + person.name());
      case Caller.Program program -> Optional.of("person " + program.owner());
      case Caller.Device device -> Optional.of("device " + device.aeTitle());
      case Caller.Share share -> Optional.of("share " + share.id());
    };
  }

  /// Counts a patient whose images are to be opened; one that was today is free.
  ///
  /// @param patient pseudonym
  /// @return what it takes first, if it is too many
  Optional<Stop> opening(Caller caller, String patient) throws IOException {
    Optional<String> subject = subject(caller);
    if (subject.isEmpty()) {
      return Optional.empty();
    }
    lock.lock();
    try {
      BrakeRecord before = record(subject.get());
      if (before.patients().contains(patient)) {
        return Optional.empty();
      }
      int used = before.patients().size();
      if (used >= allowed(before, limits.patientsPerDay())) {
        return Optional.of(stop(caller, subject.get(), before));
      }
      count(caller, subject.get(), before, before.opened(patient));
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /// Whether anything more may be listed outside today's list.
  ///
  /// @return what it takes first, if not
  Optional<Stop> listing(Caller caller) throws IOException {
    Optional<String> subject = subject(caller);
    if (subject.isEmpty()) {
      return Optional.empty();
    }
    lock.lock();
    try {
      BrakeRecord now = record(subject.get());
      return now.rows() < allowed(now, limits.rowsPerDay())
          ? Optional.empty()
          : Optional.of(stop(caller, subject.get(), now));
    } finally {
      lock.unlock();
    }
  }

  /// Counts studies that are listed, none of them of today; those that were today are free.
  void listed(Caller caller, List<String> studies) throws IOException {
    Optional<String> subject = subject(caller);
    if (subject.isEmpty()) {
      return;
    }
    lock.lock();
    try {
      BrakeRecord before = record(subject.get());
      Seen known = seen.get(subject.get());
      if (known == null || known.day() != before.day()) {
        known = new Seen(before.day(), new HashSet<>());
        seen.put(subject.get(), known);
      }
      long fresh = studies.stream().filter(known.studies()::add).count();
      if (fresh > 0) {
        count(caller, subject.get(), before, before.listed(fresh));
      }
    } finally {
      lock.unlock();
    }
  }

  private long today() {
    return LocalDate.ofInstant(clock.instant(), zone).toEpochDay();
  }

  private BrakeRecord record(String subject) {
    BrakeRecord known =
        records.computeIfAbsent(
            subject,
            key ->
                documents
                    .find(key)
                    .map(Documents.Kept::document)
                    .orElseGet(() -> BrakeRecord.first(today())));
    return known.on(today());
  }

  private boolean learning(BrakeRecord record) {
    return record.day() - record.began() < LEARNING_DAYS;
  }

  /// How much of a budget may be used as things stand.
  private long allowed(BrakeRecord record, int budget) {
    long percent = learning(record) ? 100L * LEARNING_FACTOR : 100;
    if (record.level() > 0) {
      percent += EASED_PERCENT - 100 + 100L * (record.level() - 1);
    }
    return Math.max(1, budget * percent / 100);
  }

  /// Says at the steps that they were reached.
  private void count(Caller caller, String subject, BrakeRecord before, BrakeRecord after)
      throws IOException {
    records.put(subject, after);
    changed.add(subject);
    for (int percent : new int[] {WARNED_PERCENT, 100, EASED_PERCENT}) {
      if (percent(before) < percent && percent(after) >= percent) {
        events.accept(new ArchiveEvent.BudgetUsed(subject, percent));
        note(caller, true, percent + " % of a day's budget used by " + subject);
        save(subject);
      }
    }
  }

  private long percent(BrakeRecord record) {
    return Math.max(
        100L * record.patients().size() / limits.patientsPerDay(),
        100 * record.rows() / limits.rowsPerDay());
  }

  /// A device and a link have no factor, and nobody has a purpose left after the first.
  private Stop stop(Caller caller, String subject, BrakeRecord now) throws IOException {
    refusals.refused(caller, "stopped by a day's budget");
    boolean purpose = now.level() == 0 && isSomebody(caller) && !learning(now);
    if (!purpose && !now.waiting()) {
      records.put(subject, now.stopped());
      changed.add(subject);
      save(subject);
      events.accept(new ArchiveEvent.Stopped(subject));
    }
    return purpose ? Stop.PURPOSE : Stop.SECOND_PERSON;
  }

  private static boolean isSomebody(Caller caller) {
    return !(caller instanceof Caller.Device) && !(caller instanceof Caller.Share);
  }

  /// How a caller stands today; empty for whoever has no budgets.
  public Optional<Standing> standing(Caller caller) {
    return subject(caller).map(this::standing);
  }

  private Standing standing(String subject) {
    lock.lock();
    try {
      BrakeRecord now = record(subject);
      boolean full =
          now.patients().size() >= allowed(now, limits.patientsPerDay())
              || now.rows() >= allowed(now, limits.rowsPerDay());
      boolean purpose = full && now.level() == 0 && !now.waiting();
      Optional<Stop> stop =
          now.waiting()
              ? Optional.of(Stop.SECOND_PERSON)
              : purpose ? Optional.of(Stop.PURPOSE) : Optional.empty();
      return new Standing(
          subject,
          now.patients().size(),
          now.rows(),
          limits,
          learning(now),
          stop,
          Optional.ofNullable(now.purpose()).orElse(""));
    } finally {
      lock.unlock();
    }
  }

  /// Goes on to 150 %, once a day. The door has seen a second factor a moment ago.
  ///
  /// @param purpose what for, without any patient's name
  /// @return why not, if it can't be
  public Optional<String> ease(Caller.Person by, String purpose) throws IOException {
    Optional<String> wrong = Custody.refusedReason(purpose);
    if (wrong.isPresent()) {
      return wrong;
    }
    String subject = subject(by).orElseThrow();
    lock.lock();
    try {
      BrakeRecord now = record(subject);
      if (now.level() > 0 || now.waiting()) {
        return Optional.of("A second person has to allow more today: ask an administrator.");
      }
      note(by, true, "a day's budget exceeded by " + subject + " for a purpose: " + purpose);
      records.put(subject, now.eased(purpose));
      save(subject);
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /// What a caller said who went on beyond a budget today; empty for all others.
  Optional<String> purpose(Caller caller) {
    Optional<String> subject = subject(caller);
    if (subject.isEmpty()) {
      return Optional.empty();
    }
    lock.lock();
    try {
      return Optional.ofNullable(record(subject.get()).purpose());
    } finally {
      lock.unlock();
    }
  }

  /// Who is near a budget's end or beyond it, for whoever may be the second person.
  public List<Standing> raised(Caller by) {
    if (!gate.permits(by, Verb.CONFIRM)) {
      return List.of();
    }
    List<Standing> found = new ArrayList<>();
    for (String subject : subjects()) {
      Standing each = standing(subject);
      if (each.warned() || each.stop().isPresent()) {
        found.add(each);
      }
    }
    return found;
  }

  /// How many those are, for whoever administers; 0 for others.
  int raisedCount(Caller by) {
    return gate.permits(by, Verb.ADMINISTER)
        ? (int)
            subjects().stream()
                .map(this::standing)
                .filter(each -> each.warned() || each.stop().isPresent())
                .count()
        : 0;
  }

  private List<String> subjects() {
    lock.lock();
    try {
      Set<String> all = new HashSet<>(records.keySet());
      documents.list().forEach(kept -> all.add(kept.key()));
      return all.stream().sorted().toList();
    } finally {
      lock.unlock();
    }
  }

  /// Allows somebody else a budget more for today.
  ///
  /// @return why not, if it can't be
  public Optional<String> allow(Caller by, String subject, String reason) throws IOException {
    if (!gate.permits(by, Verb.CONFIRM) || subject(by).filter(subject::equals).isPresent()) {
      refusals.refused(by, "allowing more than a day's budget refused");
      return Optional.of(NOT_YOURS);
    }
    Optional<String> wrong = Custody.refusedReason(reason);
    if (wrong.isPresent()) {
      return wrong;
    }
    lock.lock();
    try {
      BrakeRecord now = record(subject);
      if (!now.waiting()) {
        return Optional.of("Nobody of that name waits for a second person.");
      }
      note(by, true, "a budget more allowed to " + subject + ": " + reason);
      records.put(subject, now.allowedMore());
      save(subject);
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private void note(Caller by, boolean success, String what) throws IOException {
    trail.security(AuditTrail.Who.of(by), by.origin(), success, what);
  }

  private void save(String subject) {
    BrakeRecord record = records.get(subject);
    if (record == null) {
      return;
    }
    long version = documents.find(subject).map(Documents.Kept::version).orElse(0L);
    documents.put(subject, version, record);
    changed.remove(subject);
  }

  /// Keeps what changed since the last time; call it every minute and when the archive closes.
  void sweep() {
    lock.lock();
    try {
      List.copyOf(changed).forEach(this::save);
    } finally {
      lock.unlock();
    }
  }
}
