package leadglass.archive;

import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import leadglass.archive.Question.Level;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.store.InstanceRow;
import leadglass.store.PatientRef;
import leadglass.store.SeriesRow;
import leadglass.store.SiteId;
import leadglass.store.Store;
import leadglass.store.StudyRow;
import leadglass.store.StudySearch;
import org.jspecify.annotations.Nullable;

/// Finds studies, series and instances within what the caller may see.
///
/// Safe for use by several threads.
public final class Query {

  /// Studies looked through at most for series or instances of no named study, or for a key the
  /// index does not know.
  private static final int STUDIES_MAX = 10_000;

  private static final int PAGE = 200;

  /// Instances whose studies are looked up one by one.
  private static final int INSTANCES_MAX = 1_000;

  private final Store store;
  private final SiteId site;
  private final Gate gate;
  private final AuditTrail trail;
  private final Brakes brakes;
  private final Beyond beyond;
  private final Unverified unverified;
  private final Clock clock;

  Query(
      Store store,
      SiteId site,
      Gate gate,
      AuditTrail trail,
      Brakes brakes,
      Beyond beyond,
      Unverified unverified,
      Clock clock) {
    this.store = store;
    this.site = site;
    this.gate = gate;
    this.trail = trail;
    this.brakes = brakes;
    this.beyond = beyond;
    this.unverified = unverified;
    this.clock = clock;
  }

  /// What a question brings.
  public sealed interface Answer {

    /// What `caller` may see of what matches; what they may not see looks like what is not there.
    ///
    /// @param rows in UTF-8 whatever the instances came in, without Retrieve URL, which is the
    ///   door's
    /// @param total how many match altogether; exact up to 10,000, then a lower bound; -1 where it
    ///   is not counted: the page is full, or more studies would have had to be looked through
    /// @param next cursor of the next page of studies, if there is one
    record Rows(List<DataSet> rows, long total, Optional<String> next) implements Answer {
      @Override
      public String toString() {
        return "Rows[" + rows.size() + "]";
      }
    }

    /// The question can't be asked.
    ///
    /// @param tag of the attribute; [Question.Key#TYPED] for none
    /// @param rule names the attribute, never its value
    record Refused(int tag, String rule) implements Answer {}

    /// More rows outside today's list than a day's budget has.
    record Braked(Brakes.Stop stop) implements Answer {}
  }

  /// What became of a question whose rows went to a [Taker].
  public sealed interface Streamed {

    /// Every row was handed over, or the taker wanted no more.
    ///
    /// @param whole false: more studies would have had to be looked through than are
    record Done(boolean whole) implements Streamed {}

    /// As [Answer.Refused]; nothing was handed over.
    record Refused(int tag, String rule) implements Streamed {}

    /// As [Answer.Braked]; what was handed over before was within the budget.
    record Braked(Brakes.Stop stop) implements Streamed {}
  }

  /// Takes rows as they are found.
  public interface Taker {

    /// Whether more are wanted. Asked before every row that is looked at.
    boolean wants();

    /// @param rows as those of [Answer.Rows]; their audit entry is written
    void take(List<DataSet> rows) throws IOException;
  }

  /// Writes the audit entry, then answers. Patients are not counted and have no cursor.
  public Answer search(Caller caller, Question question) throws IOException {
    Reach reach = reach(caller, question);
    Optional<Keys.Problem> wrong = Keys.problem(question);
    if (wrong.isPresent()) {
      return new Answer.Refused(wrong.get().tag(), wrong.get().rule());
    }
    boolean counts = counts(reach, question);
    Optional<Brakes.Stop> stop = counts ? brakes.listing(caller) : Optional.empty();
    if (stop.isPresent()) {
      return new Answer.Braked(stop.get());
    }
    Sieve sieve = new Sieve(question);
    Answer.Rows rows =
        reach == Reach.NOTHING ? nothing() : rows(asked(caller, reach, question), sieve);
    if (counts) {
      brakes.listed(caller, sieve.notOfToday);
    }
    trail.searched(caller, named(question).orElse(null), rows.rows().size());
    return rows;
  }

  /// Hands rows over as they are found, some hundred at a time, each time as [#search] would give
  /// them: within the budget, and after an audit entry. Offset, limit and cursor of the question
  /// are not looked at.
  public Streamed stream(Caller caller, Question question, Taker taker) throws IOException {
    Reach reach = reach(caller, question);
    Optional<Keys.Problem> wrong = Keys.problem(question);
    if (wrong.isPresent()) {
      return new Streamed.Refused(wrong.get().tag(), wrong.get().rule());
    }
    Stream stream = new Stream(caller, question, counts(reach, question), taker);
    boolean whole = true;
    if (stream.open() && reach != Reach.NOTHING) {
      whole = found(asked(caller, reach, question), stream);
    }
    stream.close();
    return stream.stop.<Streamed>map(Streamed.Braked::new).orElse(new Streamed.Done(whole));
  }

  /// A list of what is in one study is no list of patients.
  private static boolean counts(Reach reach, Question question) {
    return reach == Reach.EVERYTHING && named(question).isEmpty();
  }

  /// A question with what narrows it.
  private record Asked(Question question, Criteria criteria, List<StudySearch.Condition> within) {}

  private Asked asked(Caller caller, Reach reach, Question question) {
    List<StudySearch.Condition> within = new ArrayList<>(within(caller, reach));
    within.addAll(ofInstances(question));
    return new Asked(question, new Criteria(question), List.copyOf(within));
  }

  /// Instances that are named say of which studies they are, so that no others are looked through.
  private List<StudySearch.Condition> ofInstances(Question question) {
    List<String> named =
        question.keys().stream()
            .filter(key -> key.tag() == Tag.SOP_INSTANCE_UID && !Keys.isUniversal(key))
            .flatMap(key -> Matching.uids(key.value()).stream())
            .toList();
    if (question.study().isPresent() || named.isEmpty() || named.size() > INSTANCES_MAX) {
      return List.of();
    }
    List<String> studies =
        named.stream()
            .flatMap(uid -> Uid.parse(uid).stream())
            .flatMap(uid -> store.instance(site, uid).stream())
            .map(row -> row.study().value())
            .distinct()
            .toList();
    return List.of(new StudySearch.Condition.AnyUid(studies));
  }

  /// What narrows every question of a caller.
  private List<StudySearch.Condition> within(Caller caller, Reach reach) {
    return switch (reach) {
      case EVERYTHING -> List.of();
      case DAY_LIST -> {
        String today = today(clock);
        yield List.of(new StudySearch.Condition.Range(StudySearch.Field.STUDY_DATE, today, today));
      }
      case SHARED, NOTHING ->
          List.of(
              new StudySearch.Condition.AnyUid(
                  beyond.listed(caller).stream().map(Uid::value).sorted().toList()));
    };
  }

  /// Whoever names a study that they reach beyond their role finds it.
  private Reach reach(Caller caller, Question question) {
    Reach reach = gate.reach(caller, Verb.FIND);
    boolean beyondRole =
        reach != Reach.NOTHING
            && reach != Reach.EVERYTHING
            && named(question).filter(study -> beyond.opens(caller, study)).isPresent();
    return beyondRole ? Reach.EVERYTHING : reach;
  }

  /// The one study that a question is about, if it is about one.
  private static Optional<Uid> named(Question question) {
    return question
        .study()
        .or(() ->
            question.keys().stream()
                .filter(key -> key.tag() == Tag.STUDY_INSTANCE_UID)
                .flatMap(key -> Uid.parse(key.value()).stream())
                .findFirst());
  }

  private static Answer.Rows nothing() {
    return new Answer.Rows(List.of(), 0, Optional.empty());
  }

  private Answer.Rows rows(Asked asked, Sieve sieve) throws IOException {
    Question question = asked.question();
    if (question.level() == Level.STUDY && asked.criteria().isIndexed()) {
      return indexed(asked, sieve);
    }
    boolean whole = found(asked, sieve);
    boolean counted = whole && sieve.wants();
    return new Answer.Rows(List.copyOf(sieve.rows), counted ? sieve.seen : -1, Optional.empty());
  }

  /// Studies that the index alone finds: one page of it.
  private Answer.Rows indexed(Asked asked, Sieve sieve) {
    Question question = asked.question();
    Store.StudyPage page =
        store.studies(search(asked, question.offset(), question.limit(), question.after()));
    for (StudyRow row : page.rows()) {
      DataSet whole = Rows.whole(row);
      sieve.keep(new Found(Rows.study(whole, question), whole));
    }
    boolean more = page.rows().size() == question.limit();
    Optional<String> next = more ? Optional.of(page.rows().getLast().cursor()) : Optional.empty();
    return new Answer.Rows(List.copyOf(sieve.rows), page.total(), next);
  }

  /// A row, and the study that it is of or was found by.
  private record Found(DataSet row, DataSet ofStudy) {
    Uid study() {
      return ofStudy.uid(Tag.STUDY_INSTANCE_UID).orElseThrow();
    }
  }

  /// Where rows go.
  private interface Sink {
    boolean wants();

    void take(Found found) throws IOException;
  }

  /// Hands over what matches, newest study first.
  ///
  /// @return whether all that could match was looked at, or no more was wanted
  private boolean found(Asked asked, Sink sink) throws IOException {
    Studies studies = new Studies(asked);
    Criteria criteria = asked.criteria();
    Set<PatientRef> patients = new HashSet<>();
    while (sink.wants()) {
      StudyRow row = studies.next();
      if (row == null) {
        return studies.last;
      }
      DataSet ofStudy = Rows.whole(row);
      if (asked.question().level() == Level.PATIENT) {
        patient(asked, row, ofStudy, patients, sink);
      } else if (criteria.matchStudy(ofStudy)) {
        if (asked.question().level() == Level.STUDY) {
          sink.take(new Found(Rows.study(ofStudy, asked.question()), ofStudy));
        } else {
          series(asked, row, ofStudy, sink);
        }
      }
    }
    return true;
  }

  /// A patient, where the first of their studies that match is met. Without an ID each study is a
  /// patient's own.
  private void patient(
      Asked asked, StudyRow row, DataSet ofStudy, Set<PatientRef> patients, Sink sink)
      throws IOException {
    PatientRef ref = PatientLevel.ref(ofStudy);
    if (!ref.id().isEmpty() && patients.contains(ref)) {
      return;
    }
    // What came over a lane says nothing of a patient who is known from elsewhere.
    DataSet said =
        unverified.is(row.study())
            ? ofPatient(asked, ref).stream()
                .filter(each -> !unverified.is(each.study()))
                .findFirst()
                .map(Rows::whole)
                .orElse(ofStudy)
            : ofStudy;
    Optional<Rows.Counts> counts =
        Rows.wantsCounts(asked.question())
            ? Optional.of(counted(asked, row, ref))
            : Optional.empty();
    DataSet whole = Rows.patient(said, counts);
    if (asked.criteria().matchStudy(whole)) {
      patients.add(ref);
      sink.take(new Found(Rows.patient(whole, asked.question()), ofStudy));
    }
  }

  private Rows.Counts counted(Asked asked, StudyRow row, PatientRef ref) {
    Rows.Counts counts = Rows.Counts.NONE;
    if (ref.id().isEmpty()) {
      return counts.plus(row);
    }
    for (StudyRow each : ofPatient(asked, ref)) {
      counts = counts.plus(each);
    }
    return counts;
  }

  /// Their studies that the caller may find, the newest first; none of who has no ID.
  private List<StudyRow> ofPatient(Asked asked, PatientRef ref) {
    List<StudyRow> theirs = new ArrayList<>();
    if (ref.id().isEmpty()) {
      return theirs;
    }
    List<StudySearch.Condition> conditions = new ArrayList<>(asked.within());
    conditions.add(new StudySearch.Condition.Equal(StudySearch.Field.PATIENT_ID, ref.id()));
    Optional<String> after = Optional.empty();
    List<StudyRow> page;
    do {
      page = store.studies(new StudySearch(site, conditions, 0, PAGE, after)).rows();
      for (StudyRow each : page) {
        if (PatientLevel.ref(Rows.current(each)).equals(ref)) {
          theirs.add(each);
        }
        after = Optional.of(each.cursor());
      }
    } while (page.size() == PAGE);
    return theirs;
  }

  private void series(Asked asked, StudyRow study, DataSet ofStudy, Sink sink) throws IOException {
    Question question = asked.question();
    for (SeriesRow row : store.series(site, study.study())) {
      boolean wanted = question.series().isEmpty() || question.series().get().equals(row.series());
      if (!sink.wants() || !wanted) {
        continue;
      }
      DataSet ofSeries = Rows.whole(row);
      if (!asked.criteria().matchSeries(ofSeries)) {
        continue;
      }
      if (question.level() == Level.SERIES) {
        sink.take(new Found(Rows.series(ofSeries, ofStudy, question), ofStudy));
      } else {
        instances(asked, row, ofSeries, ofStudy, sink);
      }
    }
  }

  private void instances(
      Asked asked, SeriesRow series, DataSet ofSeries, DataSet ofStudy, Sink sink)
      throws IOException {
    for (InstanceRow row : store.instances(site, series.study(), Optional.of(series.series()))) {
      if (!sink.wants()) {
        return;
      }
      DataSet ofInstance = Rows.whole(row);
      if (asked.criteria().matchInstance(ofInstance)) {
        sink.take(
            new Found(Rows.instance(ofInstance, ofSeries, ofStudy, asked.question()), ofStudy));
      }
    }
  }

  private StudySearch search(Asked asked, int offset, int limit, Optional<String> after) {
    List<StudySearch.Condition> conditions = new ArrayList<>(asked.criteria().conditions());
    asked
        .question()
        .study()
        .map(Uid::value)
        .ifPresent(uid -> conditions.add(new StudySearch.Condition.AnyUid(List.of(uid))));
    conditions.addAll(asked.within());
    return new StudySearch(site, conditions, offset, limit, after);
  }

  /// Today where the archive stands, as a DA.
  static String today(Clock clock) {
    return LocalDate.now(clock).format(DateTimeFormatter.BASIC_ISO_DATE);
  }

  private boolean isOfToday(DataSet ofStudy) {
    return ofStudy
        .string(Tag.STUDY_DATE)
        .filter(date -> date.replace(".", "").equals(today(clock)))
        .isPresent();
  }

  /// The studies that the index finds, page after page: all of them where it alone says which, else
  /// up to [#STUDIES_MAX].
  private final class Studies {
    private final Asked asked;
    private final int max;
    private List<StudyRow> page = List.of();
    private int at;
    private int taken;

    /// Whether there are no more.
    private boolean last;

    Studies(Asked asked) {
      this.asked = asked;
      boolean rows = asked.question().level() == Level.STUDY && asked.criteria().isIndexed();
      this.max = rows ? Integer.MAX_VALUE : STUDIES_MAX;
    }

    @Nullable StudyRow next() {
      if (at == page.size()) {
        if (last || taken >= max) {
          return null;
        }
        Optional<String> after =
            page.isEmpty() ? Optional.empty() : Optional.of(page.getLast().cursor());
        page = store.studies(search(asked, 0, PAGE, after)).rows();
        last = page.size() < PAGE;
        at = 0;
        if (page.isEmpty()) {
          return null;
        }
      }
      taken++;
      return page.get(at++);
    }
  }

  /// Leaves out `offset` rows and keeps `limit`.
  private final class Sieve implements Sink {
    private final Question question;
    private final List<DataSet> rows = new ArrayList<>();
    private final List<String> notOfToday = new ArrayList<>();
    private int seen;

    Sieve(Question question) {
      this.question = question;
    }

    @Override
    public boolean wants() {
      return rows.size() < question.limit();
    }

    @Override
    public void take(Found found) {
      if (seen++ >= question.offset() && wants()) {
        keep(found);
      }
    }

    void keep(Found found) {
      rows.add(found.row());
      if (!isOfToday(found.ofStudy())) {
        notOfToday.add(found.study().value());
      }
    }
  }

  /// Gathers some rows, then hands them over.
  private final class Stream implements Sink {
    private final Caller caller;
    private final Question question;
    private final boolean counts;
    private final Taker taker;
    private final List<DataSet> rows = new ArrayList<>();
    private final List<String> notOfToday = new ArrayList<>();
    private Optional<Brakes.Stop> stop = Optional.empty();
    private boolean told;

    Stream(Caller caller, Question question, boolean counts, Taker taker) {
      this.caller = caller;
      this.question = question;
      this.counts = counts;
      this.taker = taker;
    }

    /// Whether the budget has anything left.
    boolean open() throws IOException {
      stop = counts ? brakes.listing(caller) : Optional.empty();
      return stop.isEmpty();
    }

    @Override
    public boolean wants() {
      return stop.isEmpty() && taker.wants();
    }

    @Override
    public void take(Found found) throws IOException {
      rows.add(found.row());
      if (!isOfToday(found.ofStudy())) {
        notOfToday.add(found.study().value());
      }
      if (rows.size() == PAGE) {
        hand();
        open();
      }
    }

    private void hand() throws IOException {
      if (counts) {
        brakes.listed(caller, notOfToday);
      }
      trail.searched(caller, named(question).orElse(null), rows.size());
      told = true;
      taker.take(List.copyOf(rows));
      rows.clear();
      notOfToday.clear();
    }

    /// Hands over what is left, if it is still wanted. A search that found nothing is in the trail
    /// too.
    void close() throws IOException {
      if (!taker.wants()) {
        rows.clear();
        notOfToday.clear();
      }
      if (stop.isEmpty() && (!told || !rows.isEmpty())) {
        hand();
      }
    }
  }
}
