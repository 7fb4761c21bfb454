package leadglass.archive;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import leadglass.dicom.data.DataSet;
import leadglass.store.Audit;
import leadglass.store.PatientRef;
import leadglass.store.Registry;
import leadglass.store.Store;
import org.jspecify.annotations.Nullable;

/// What an auditor looks at once a week, and signs off. Nobody signs alone what is about
/// themselves: another auditor does; where there is none, a witness looks at it too; where there is
/// no witness either, the trail says so.
///
/// Safe for use by several threads.
public final class Reviews {
  /// After so long without a signature somebody else is told.
  public static final Duration OVERDUE = Duration.ofDays(14);

  /// Weeks further back are not asked for.
  private static final int WEEKS_MAX = 53;

  private static final Caller ASKING =
      new Caller.Console("archive", new Origin(Origin.Door.ARCHIVE, "archive"));

  private final Store store;
  private final @Nullable String named;
  private final Custody custody;
  private final AuditTrail trail;
  private final AuditLog log;
  private final People people;
  private final PatientTasks tasks;
  private final Clock clock;
  private final Documents<ReviewRecord> documents;
  private final Documents<SiteRecord> sites;
  private final ReentrantLock lock = new ReentrantLock();

  /// @param named id of a further site; null for the one that runs the archive
  Reviews(
      Store store,
      @Nullable String named,
      Registry registry,
      Custody custody,
      AuditTrail trail,
      AuditLog log,
      People people,
      PatientTasks tasks,
      Clock clock) {
    this.store = store;
    this.named = named;
    this.custody = custody;
    this.trail = trail;
    this.log = log;
    this.people = people;
    this.tasks = tasks;
    this.clock = clock;
    this.documents = new Documents<>(registry, "review", ReviewRecord.class);
    this.sites = new Documents<>(registry, "site", SiteRecord.class);
  }

  /// A week as it stands.
  ///
  /// @param name such as `2026-W48`
  /// @param over whether it can be signed off
  /// @param signed once it is
  /// @param waits who asked for a witness; empty if nobody did
  public record Week(
      String name,
      long fromMillis,
      long untilMillis,
      boolean over,
      Optional<Signed> signed,
      String waits) {}

  /// @param witness who looked at what was about `by`; empty where nobody had to, or nobody could
  /// @param alone whether nobody could
  public record Signed(String by, long atMillis, String remark, String witness, boolean alone) {
    @Override
    public String toString() {
      return "Signed[]";
    }
  }

  /// What there is to look at.
  ///
  /// @param left entries that found no room in it
  public record Queue(Week week, List<ReviewItem> items, long left) {
    public Queue {
      items = List.copyOf(items);
    }
  }

  /// For a witness: what an auditor did themselves. No patient is named.
  public record Asked(Week week, String by, String remark, List<ReviewItem> items) {
    public Asked {
      items = List.copyOf(items);
    }

    @Override
    public String toString() {
      return "Asked[]";
    }
  }

  /// The weeks since the site was made, the newest first, for auditors; empty for others.
  public List<Week> weeks(Caller by) {
    return custody.gate().permits(by, Verb.READ_AUDIT) ? weeks() : List.of();
  }

  private List<Week> weeks() {
    Optional<Long> made = sites.find("site").map(kept -> kept.document().made());
    Map<String, ReviewRecord> records = new HashMap<>();
    documents.list().forEach(kept -> records.put(kept.key(), kept.document()));
    List<Week> weeks = new ArrayList<>();
    ReviewWeek week = ReviewWeek.now(clock);
    while (made.isPresent() && weeks.size() < WEEKS_MAX && week.untilMillis() > made.get()) {
      weeks.add(seen(week, Optional.ofNullable(records.get(week.name()))));
      week = week.before();
    }
    return weeks;
  }

  private Week seen(ReviewWeek week) {
    return seen(week, documents.find(week.name()).map(Documents.Kept::document));
  }

  private Week seen(ReviewWeek week, Optional<ReviewRecord> record) {
    return new Week(
        week.name(),
        week.fromMillis(),
        week.untilMillis(),
        week.untilMillis() <= clock.millis(),
        record.filter(ReviewRecord::isSigned).map(Reviews::signed),
        record.filter(each -> !each.isSigned()).map(ReviewRecord::by).orElse(""));
  }

  private static Signed signed(ReviewRecord record) {
    String witness = record.witness();
    return new Signed(
        record.by(), record.at(), record.remark(), witness == null ? "" : witness, record.alone());
  }

  /// How many weeks that are over wait for a signature, for auditors; 0 for others.
  public long open(Caller by) {
    return weeks(by).stream().filter(week -> week.over() && week.signed().isEmpty()).count();
  }

  /// How many of them have waited for longer than [#OVERDUE], for auditors and administrators; 0
  /// for others.
  public long overdue(Caller by) {
    boolean told =
        custody.gate().permits(by, Verb.READ_AUDIT) || custody.gate().permits(by, Verb.OPERATE);
    long before = clock.millis() - OVERDUE.toMillis();
    return told
        ? weeks().stream()
            .filter(week -> week.signed().isEmpty() && week.untilMillis() <= before)
            .count()
        : 0;
  }

  /// What is in a week's queue; empty for whoever may not know, and if there is no such week.
  public Optional<Queue> queue(Caller by, String name) throws IOException {
    boolean may = custody.gate().permits(by, Verb.READ_AUDIT);
    Optional<ReviewWeek> week = known(name);
    trail.note(by, Act.LOG_USED, may, null, may ? "weekly review" : "weekly review refused");
    if (!may || week.isEmpty()) {
      return Optional.empty();
    }
    ReviewQueue read = read(week.get());
    return Optional.of(new Queue(seen(week.get()), read.items(), read.left()));
  }

  private Optional<ReviewWeek> known(String name) {
    return ReviewWeek.named(name, clock.getZone())
        .filter(week -> weeks().stream().anyMatch(each -> each.name().equals(week.name())));
  }

  private ReviewQueue read(ReviewWeek week) throws IOException {
    ReviewQueue queue = new ReviewQueue(named, clock.getZone(), this::patient, this::study);
    AuditLog.Range range = new AuditLog.Range(week.fromMillis(), week.untilMillis());
    long end = store.trail().size();
    long last = week.untilMillis() + Duration.ofMinutes(1).toMillis();
    store
        .trail()
        .read(
            store.trail().from(week.fromMillis()),
            (number, opened) -> {
              AuditEntry entry = trail.decode(opened);
              if (range.has(entry.at())) {
                queue.take(number, entry, opened.about());
              }
              return entry.at() < last && number + 1 < end;
            });
    tasks.waiting(week.untilMillis()).stream()
        .filter(task -> range.has(task.at()))
        .forEach(queue::waits);
    return queue;
  }

  private Optional<String> patient(Audit.About about) {
    return log.patient(about).map(PatientRef::id);
  }

  private Optional<DataSet> study(Audit.About about) {
    return store.lifecycle().study(about.site(), about.study()).map(Rows::whole);
  }

  /// Signs a week off; it can't be changed later.
  ///
  /// @param remark what was found out; must not say who a patient is
  public Ruling sign(Caller by, String name, String remark) throws IOException {
    if (!custody.permits(by, Verb.READ_AUDIT, "signing off a week")
        || !(by instanceof Caller.Person person)) {
      return new Ruling.NotThere();
    }
    lock.lock();
    try {
      Optional<ReviewWeek> week = known(name);
      Optional<ReviewRecord> before = documents.find(name).map(Documents.Kept::document);
      if (week.isEmpty() || before.isPresent()) {
        return new Ruling.NotThere();
      }
      if (week.get().untilMillis() > clock.millis()) {
        return new Ruling.Refused("This week isn't over yet.");
      }
      ReviewQueue queue = read(week.get());
      Optional<String> wrong = refused(queue, remark);
      return wrong.isPresent()
          ? new Ruling.Refused(wrong.get())
          : signed(person, name, queue.items(), remark.strip());
    } finally {
      lock.unlock();
    }
  }

  private Optional<String> refused(ReviewQueue queue, String remark) {
    return Namesake.refused(
        custody,
        queue.named().stream()
            .flatMap(patient -> custody.lifecycle().studiesOf(custody.site(), patient).stream())
            .toList(),
        remark);
  }

  private Ruling signed(Caller.Person by, String name, List<ReviewItem> items, String remark)
      throws IOException {
    long own = items.stream().filter(item -> item.concerns(by.name())).count();
    if (own > 0 && isAnybody(by.name(), Role.AUDITOR)) {
      return new Ruling.Refused(
          "Some of it is about yourself. Another auditor has to sign this week off.");
    }
    boolean witness =
        isAnybody(by.name(), Role.WITNESS) || isAnybody(by.name(), Role.ADMINISTRATOR);
    boolean alone = own > 0 && !witness;
    String about =
        own == 0
            ? ""
            : ", "
                + own
                + " about who signs"
                + (alone ? ", nobody else could" : ", a witness is asked");
    trail.note(
        by,
        Act.REVIEWED,
        true,
        null,
        "week " + name + " signed off, " + items.size() + " items" + about + ": " + remark);
    ReviewRecord record =
        new ReviewRecord(by.name(), clock.millis(), remark, items.size(), own, alone, null);
    if (!documents.put(name, 0, record)) {
      throw new IllegalStateException("two at a time signed off a week");
    }
    return new Ruling.Done(name);
  }

  private boolean isAnybody(String but, Role role) {
    return people.list(ASKING).stream()
        .anyMatch(account ->
            account.enabled() && !account.name().equals(but) && account.roles().contains(role));
  }

  /// In how many weeks an auditor asks for a witness, for whoever may be one; 0 for others.
  public long toWitness(Caller by) {
    return custody.gate().permits(by, Verb.CONFIRM)
        ? documents.list().stream().filter(kept -> !kept.document().isSigned()).count()
        : 0;
  }

  /// Weeks in which an auditor asks for a witness, for whoever may be one; empty for others.
  public List<Asked> asked(Caller by) throws IOException {
    if (!custody.gate().permits(by, Verb.CONFIRM)) {
      return List.of();
    }
    List<Asked> all = new ArrayList<>();
    for (Week week : weeks()) {
      Optional<ReviewRecord> record =
          documents.find(week.name()).map(Documents.Kept::document).filter(one -> !one.isSigned());
      if (record.isPresent()) {
        String who = record.get().by();
        List<ReviewItem> items =
            read(known(week.name()).orElseThrow()).items().stream()
                .filter(item -> item.concerns(who))
                .map(Reviews::withoutPatient)
                .toList();
        trail.note(by, Act.LOG_USED, true, null, "witnessing a weekly review");
        all.add(new Asked(week, who, record.get().remark(), items));
      }
    }
    return all;
  }

  private static ReviewItem withoutPatient(ReviewItem item) {
    return new ReviewItem(
        item.kind(),
        item.atMillis(),
        item.count(),
        item.subject(),
        item.by(),
        item.kind() == ReviewItem.Kind.EMERGENCY
            ? "opened a patient beyond their role"
            : item.words(),
        Optional.empty(),
        item.entry());
  }

  /// A witness has looked at what was about the auditor.
  public Ruling witness(Caller by, String name) throws IOException {
    if (!custody.permits(by, Verb.CONFIRM, "witnessing a weekly review")
        || !(by instanceof Caller.Person person)) {
      return new Ruling.NotThere();
    }
    lock.lock();
    try {
      Optional<Documents.Kept<ReviewRecord>> kept =
          documents.find(name).filter(found -> !found.document().isSigned());
      if (kept.isEmpty()) {
        return new Ruling.NotThere();
      }
      if (kept.get().document().by().equals(person.name())) {
        return new Ruling.Refused("It is about you. Somebody else has to look at it.");
      }
      trail.note(by, Act.REVIEWED, true, null, "week " + name + " witnessed");
      if (!documents.put(
          name, kept.get().version(), kept.get().document().witnessed(person.name()))) {
        throw new IllegalStateException("two at a time witnessed a week");
      }
      return new Ruling.Done(name);
    } finally {
      lock.unlock();
    }
  }
}
