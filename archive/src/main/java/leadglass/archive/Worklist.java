package leadglass.archive;

import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import leadglass.archive.Query.Streamed;
import leadglass.archive.WorklistIndex.Held;
import leadglass.dicom.data.DataSet;
import leadglass.store.Pseudonym;
import leadglass.store.Registry;

/// Scheduled procedure steps: what people plan, and modalities ask for (PS3.4 Annex K). Kept in the
/// registry before anybody is told that they are; read from memory.
///
/// Safe for use by several threads.
public final class Worklist {
  /// Entries of one site.
  public static final int COUNT_MAX = 20_000;

  /// Entries are forgotten so long after their day.
  public static final int KEPT_DAYS = 30;

  /// Of one page.
  public static final int ROWS_MAX = 500;

  /// How the trail calls it.
  static final String NAME = "worklist";

  private static final Duration SWEPT_EVERY = Duration.ofHours(1);
  private static final int BATCH = 100;
  private static final Question.Ways WAYS = new Question.Ways(true, false, false, false);
  private static final int DATE = StepField.DATE.tag();

  private final Custody custody;
  private final AuditTrail trail;
  private final Brakes brakes;
  private final Documents<ScheduledStepRecord> documents;
  private final Supplier<String> names;
  private final ReentrantLock lock = new ReentrantLock();
  private final WorklistIndex index = new WorklistIndex();
  private long swept;

  /// @param names 32 hexadecimal digits, new each time
  Worklist(
      Custody custody, AuditTrail trail, Brakes brakes, Registry registry, Supplier<String> names) {
    this.custody = custody;
    this.trail = trail;
    this.brakes = brakes;
    this.documents = new Documents<>(registry, ScheduledStepRecord.KIND, ScheduledStepRecord.class);
    this.names = names;
    documents.list().forEach(kept -> index.put(new Held(kept.document().step(), kept.version())));
  }

  /// Today, where the archive is.
  public LocalDate today() {
    return LocalDate.ofInstant(custody.clock().instant(), custody.zone());
  }

  /// Which entries are wanted.
  ///
  /// @param day empty for all that are kept
  /// @param station AE title; empty for all
  /// @param modality empty for all
  /// @param patient a Patient ID, or beginnings of words of a name; empty for all
  public record Filter(Optional<LocalDate> day, String station, String modality, String patient) {
    boolean takes(ScheduledStep step) {
      return isOrEmpty(station, step.value(StepField.STATION))
          && isOrEmpty(modality, step.value(StepField.MODALITY))
          && (patient.isBlank()
              || patient.strip().equals(step.value(StepField.PATIENT_ID))
              || (!Matching.words(patient).isEmpty()
                  && Matching.isNearName(patient, step.value(StepField.PATIENT_NAME))));
    }

    private static boolean isOrEmpty(String wanted, String is) {
      return wanted.isEmpty() || wanted.equals(is);
    }

    /// Never the values.
    @Override
    public String toString() {
      return "Filter[]";
    }
  }

  /// What a question brings.
  public sealed interface Listed {
    /// @param next cursor of the next page, if there is one; tells nothing of a patient
    record Steps(List<ScheduledStep> steps, Optional<String> next) implements Listed {
      public Steps {
        steps = List.copyOf(steps);
      }

      @Override
      public String toString() {
        return "Steps[" + steps.size() + "]";
      }
    }

    /// More entries outside today's than a day's budget has.
    record Braked(Brakes.Stop stop) implements Listed {}
  }

  /// Entries in the order of their days and times; in the trail before they are given.
  ///
  /// @param after cursor of the page before; empty for the first
  /// @param limit 1 to [#ROWS_MAX]
  public Listed list(Caller by, Filter filter, String after, int limit) throws IOException {
    if (limit < 1 || limit > ROWS_MAX) {
      throw new IllegalArgumentException("1 to " + ROWS_MAX);
    }
    if (!custody.permits(by, Verb.WORKLIST, "listing the worklist")) {
      return new Listed.Steps(List.of(), Optional.empty());
    }
    boolean today = filter.day().filter(today()::equals).isPresent();
    Optional<Brakes.Stop> stop = today ? Optional.empty() : brakes.listing(by);
    if (stop.isPresent()) {
      return new Listed.Braked(stop.get());
    }
    String day = filter.day().map(Worklist::text).orElse("");
    List<ScheduledStep> found = new ArrayList<>();
    for (Held held : index.days(day, day, after)) {
      if (found.size() > limit) {
        break;
      }
      if (filter.takes(held.step())) {
        found.add(held.step());
      }
    }
    boolean more = found.size() > limit;
    List<ScheduledStep> page = more ? found.subList(0, limit) : found;
    if (!today) {
      brakes.listed(by, page.stream().filter(this::isOfAnotherDay).map(Worklist::study).toList());
    }
    trail.listed(by, NAME, page.size());
    return new Listed.Steps(page, more ? Optional.of(page.getLast().order()) : Optional.empty());
  }

  private boolean isOfAnotherDay(ScheduledStep step) {
    return !step.value(StepField.DATE).equals(text(today()));
  }

  private static String study(ScheduledStep step) {
    return step.value(StepField.STUDY);
  }

  private static String text(LocalDate day) {
    return day.format(DateTimeFormatter.BASIC_ISO_DATE);
  }

  /// One entry; empty if it is not there, or not for this caller.
  public Optional<ScheduledStep> step(Caller by, String id) throws IOException {
    if (!custody.permits(by, Verb.WORKLIST, "looking at the worklist")) {
      return Optional.empty();
    }
    Optional<ScheduledStep> step = index.find(id).map(Held::step);
    if (step.isPresent()) {
      trail.listed(by, NAME, 1);
    }
    return step;
  }

  /// Puts an entry on the list. What is left out and has to be there is made.
  ///
  /// @return its ID
  public Ruling add(Caller by, Map<StepField, String> typed) throws IOException {
    if (!custody.permits(by, Verb.SCHEDULE, "adding to the worklist")) {
      return new Ruling.NotThere();
    }
    lock.lock();
    try {
      if (index.size() >= COUNT_MAX) {
        return new Ruling.Refused(
            "The worklist is full: "
                + COUNT_MAX
                + " entries. Those of past days go by themselves.");
      }
      String id = names.get();
      return switch (StepRules.check(typed, id, today())) {
        case StepRules.Checked.Wrong(var rule) -> new Ruling.Refused(rule);
        case StepRules.Checked.Sound(var values) -> {
          long now = custody.clock().millis();
          ScheduledStep step =
              new ScheduledStep(id, values, StepStatus.SCHEDULED, Custody.name(by), now, now);
          yield isOfSomebodyElse(step)
              ? new Ruling.Refused(OTHER_PATIENT)
              : write(by, step, 0, "made");
        }
      };
    } finally {
      lock.unlock();
    }
  }

  private static final String OTHER_PATIENT =
      "That Study Instance UID is planned for another patient. Leave it out to have one made.";

  private boolean isOfSomebodyElse(ScheduledStep step) {
    return index.ofStudy(study(step)).stream()
        .anyMatch(each -> !each.id().equals(step.id()) && !isSamePatient(each, step));
  }

  private static boolean isSamePatient(ScheduledStep one, ScheduledStep other) {
    return one.value(StepField.PATIENT_ID).equals(other.value(StepField.PATIENT_ID))
        && one.value(StepField.ISSUER).equals(other.value(StepField.ISSUER));
  }

  /// Changes what an entry says, as long as it was not begun.
  ///
  /// @param changes an empty value takes away what was said
  public Ruling change(Caller by, String id, Map<StepField, String> changes) throws IOException {
    if (!custody.permits(by, Verb.SCHEDULE, "changing the worklist")) {
      return new Ruling.NotThere();
    }
    lock.lock();
    try {
      Optional<Held> held = index.find(id);
      if (held.isEmpty()) {
        return new Ruling.NotThere();
      }
      ScheduledStep step = held.get().step();
      if (step.status() != StepStatus.SCHEDULED) {
        return late(step);
      }
      Map<StepField, String> values = new EnumMap<>(StepField.class);
      values.putAll(step.values());
      values.putAll(changes);
      return switch (StepRules.check(values, id, today())) {
        case StepRules.Checked.Wrong(var rule) -> new Ruling.Refused(rule);
        case StepRules.Checked.Sound(var sound) -> {
          ScheduledStep changed = step.with(sound, custody.clock().millis());
          yield isOfSomebodyElse(changed)
              ? new Ruling.Refused(OTHER_PATIENT)
              : write(by, changed, held.get().version(), "changed");
        }
      };
    } finally {
      lock.unlock();
    }
  }

  /// Takes an entry off the list, as long as it was not begun.
  public Ruling cancel(Caller by, String id) throws IOException {
    if (!custody.permits(by, Verb.SCHEDULE, "cancelling on the worklist")) {
      return new Ruling.NotThere();
    }
    lock.lock();
    try {
      Optional<Held> held = index.find(id);
      if (held.isEmpty()) {
        return new Ruling.NotThere();
      }
      ScheduledStep step = held.get().step();
      return step.status() == StepStatus.SCHEDULED
          ? write(
              by,
              step.at(StepStatus.CANCELLED, custody.clock().millis()),
              held.get().version(),
              "cancelled")
          : late(step);
    } finally {
      lock.unlock();
    }
  }

  private static Ruling late(ScheduledStep step) {
    return new Ruling.Refused(
        switch (step.status()) {
          case IN_PROGRESS -> "It is in progress: the modality says how it ends.";
          case COMPLETED, DISCONTINUED -> "It was done already. Make another entry.";
          case CANCELLED, SCHEDULED -> "It is cancelled. Make another entry.";
        });
  }

  /// First the trail, then the registry, then memory.
  private Ruling write(Caller by, ScheduledStep step, long version, String deed)
      throws IOException {
    custody.write(
        by,
        Act.SCHEDULED,
        "procedure step " + step.id() + " " + deed,
        pseudonym(step).flatMap(patient -> custody.subject(patient, "")));
    keep(step, version);
    return new Ruling.Done(step.id());
  }

  private void keep(ScheduledStep step, long version) {
    if (!documents.put(step.id(), version, ScheduledStepRecord.of(step))) {
      throw new IllegalStateException("somebody else changes the registry");
    }
    index.put(new Held(step, version + 1));
  }

  private Optional<Pseudonym> pseudonym(ScheduledStep step) {
    return custody.pseudonym(
        new About.Patient(step.value(StepField.ISSUER), step.value(StepField.PATIENT_ID)));
  }

  /// Hands over what a modality may see of what matches, in the order of days and times; each
  /// hundred in the trail before.
  ///
  /// @param keys of the identifier, of [WorklistKeys]
  public Streamed find(
      Caller.Device by, WorklistScope scope, List<Question.Key> keys, Query.Taker taker)
      throws IOException {
    Optional<Keys.Problem> wrong = Keys.problem(keys, WAYS);
    if (wrong.isPresent()) {
      return new Streamed.Refused(wrong.get().tag(), wrong.get().rule());
    }
    if (!custody.permits(by, Verb.WORKLIST, "asking for the worklist")) {
      return new Streamed.Done(true);
    }
    Predicate<DataSet> test = Criteria.of(keys, WAYS);
    boolean any = namesStatus(keys);
    List<DataSet> batch = new ArrayList<>();
    boolean told = false;
    LocalDate today = today();
    for (Held held : days(keys)) {
      if (!taker.wants()) {
        break;
      }
      ScheduledStep step = held.step();
      if ((any || step.status().isOpen()) && scope.shows(step, today)) {
        DataSet item = WorklistKeys.item(step, by.aeTitle());
        if (test.test(item)) {
          batch.add(item);
        }
      }
      if (batch.size() == BATCH) {
        give(by, batch, taker);
        told = true;
      }
    }
    if (!told || !batch.isEmpty()) {
      give(by, batch, taker);
    }
    return new Streamed.Done(true);
  }

  private void give(Caller by, List<DataSet> batch, Query.Taker taker) throws IOException {
    trail.listed(by, NAME, batch.size());
    taker.take(List.copyOf(batch));
    batch.clear();
  }

  private static Optional<Question.Key> ofStep(List<Question.Key> keys, int tag) {
    return keys.stream()
        .filter(key -> key.tag() == WorklistKeys.STEPS)
        .flatMap(key -> key.item().stream())
        .filter(key -> key.tag() == tag && !Keys.isUniversal(key))
        .findFirst();
  }

  /// Whoever names a status wants those of that status, whatever it is.
  private static boolean namesStatus(List<Question.Key> keys) {
    return ofStep(keys, WorklistKeys.STATUS).isPresent();
  }

  private Collection<Held> days(List<Question.Key> keys) {
    Matching.Range range =
        ofStep(keys, DATE)
            .map(key -> Matching.range(key.value().strip().replace(".", "")))
            .orElse(new Matching.Range("", ""));
    return index.days(range.from(), range.to(), "");
  }

  /// The entries that a performed procedure step is of, as far as its modality is shown them.
  ///
  /// @param stepId Scheduled Procedure Step ID; may be empty
  List<ScheduledStep> performed(Caller.Device by, String study, String stepId, String accession) {
    WorklistScope scope = WorklistScope.own(by);
    List<ScheduledStep> shown =
        index.ofStudy(study).stream().filter(step -> scope.shows(step, today())).toList();
    if (!stepId.isEmpty()) {
      return shown.stream().filter(step -> step.value(StepField.STEP_ID).equals(stepId)).toList();
    }
    return shown.size() == 1
            && (accession.isEmpty()
                || accession.equals(shown.getFirst().value(StepField.ACCESSION_NUMBER)))
        ? shown
        : List.of();
  }

  /// A modality says how far it is with some; those that are gone are passed over.
  void reported(List<String> ids, StepStatus status) {
    lock.lock();
    try {
      for (String id : ids) {
        index
            .find(id)
            .ifPresent(
                held -> keep(held.step().at(status, custody.clock().millis()), held.version()));
      }
    } finally {
      lock.unlock();
    }
  }

  /// A patient is erased: what was planned for them goes with them.
  void erased(Pseudonym patient) {
    forget(step -> pseudonym(step).filter(patient::equals).isPresent());
  }

  /// Forgets entries of days long past.
  void sweep() {
    long now = custody.clock().millis();
    if (now - swept < SWEPT_EVERY.toMillis()) {
      return;
    }
    swept = now;
    String first = text(today().minusDays(KEPT_DAYS));
    forget(step -> step.value(StepField.DATE).compareTo(first) < 0);
  }

  private void forget(Predicate<ScheduledStep> which) {
    lock.lock();
    try {
      for (Held held : List.copyOf(index.all())) {
        if (which.test(held.step())) {
          documents.remove(held.step().id());
          index.remove(held.step().id());
        }
      }
    } finally {
      lock.unlock();
    }
  }
}
