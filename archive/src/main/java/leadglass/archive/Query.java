package leadglass.archive;

import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import leadglass.archive.Question.Level;
import leadglass.dicom.data.DataSet;
import leadglass.dicom.data.Tag;
import leadglass.dicom.data.Uid;
import leadglass.store.InstanceRow;
import leadglass.store.SeriesRow;
import leadglass.store.SiteId;
import leadglass.store.Store;
import leadglass.store.StudyRow;
import leadglass.store.StudySearch;

/// Finds studies, series and instances within what the caller may see.
///
/// Safe for use by several threads.
public final class Query {

  /// Studies looked through at most for series or instances of no named study, or for a key the
  /// index does not know.
  private static final int STUDIES_MAX = 10_000;

  private static final int PAGE = 200;

  private final Store store;
  private final SiteId site;
  private final Gate gate;
  private final AuditTrail trail;
  private final Brakes brakes;
  private final Beyond beyond;
  private final Clock clock;

  Query(
      Store store,
      SiteId site,
      Gate gate,
      AuditTrail trail,
      Brakes brakes,
      Beyond beyond,
      Clock clock) {
    this.store = store;
    this.site = site;
    this.gate = gate;
    this.trail = trail;
    this.brakes = brakes;
    this.beyond = beyond;
    this.clock = clock;
  }

  /// What a question brings.
  public sealed interface Answer {

    /// What `caller` may see of what matches; what they may not see looks like what is not there.
    ///
    /// @param rows in UTF-8 whatever the instances came in, without Retrieve URL, which is the
    ///   door's
    /// @param total how many match altogether; exact up to 10,000, then a lower bound; -1 where it
    ///   is not counted
    /// @param next cursor of the next page of studies, if there is one
    record Rows(List<DataSet> rows, long total, Optional<String> next) implements Answer {
      @Override
      public String toString() {
        return "Rows[" + rows.size() + "]";
      }
    }

    /// The question can't be asked.
    ///
    /// @param rule names the attribute, never its value
    record Refused(String rule) implements Answer {}

    /// More rows outside today's list than a day's budget has.
    record Braked(Brakes.Stop stop) implements Answer {}
  }

  /// Writes the audit entry, then answers.
  public Answer search(Caller caller, Question question) throws IOException {
    Reach reach = reach(caller, question);
    Optional<String> wrong = question.keys().stream().flatMap(Keys::problem).findFirst();
    if (wrong.isPresent()) {
      return new Answer.Refused(wrong.get());
    }
    // A list of what is in one study is no list of patients.
    boolean counts = reach == Reach.EVERYTHING && named(question).isEmpty();
    Optional<Brakes.Stop> stop = counts ? brakes.listing(caller) : Optional.empty();
    if (stop.isPresent()) {
      return new Answer.Braked(stop.get());
    }
    Answer.Rows rows = reach == Reach.NOTHING ? nothing() : rows(question, within(caller, reach));
    if (counts) {
      brakes.listed(
          caller,
          rows.rows().stream()
              .filter(row -> !isOfToday(row))
              .map(row -> row.string(Tag.STUDY_INSTANCE_UID).orElse(""))
              .toList());
    }
    trail.searched(caller, question.study().orElse(null), rows.rows().size());
    return rows;
  }

  private boolean isOfToday(DataSet row) {
    return row.string(Tag.STUDY_DATE)
        .filter(date -> date.replace(".", "").equals(today(clock)))
        .isPresent();
  }

  /// What narrows every question of a caller.
  private record Within(List<StudySearch.Condition> conditions) {}

  private Within within(Caller caller, Reach reach) {
    return new Within(
        switch (reach) {
          case EVERYTHING -> List.of();
          case DAY_LIST -> {
            String today = today(clock);
            yield List.of(
                new StudySearch.Condition.Range(StudySearch.Field.STUDY_DATE, today, today));
          }
          case SHARED, NOTHING ->
              List.of(
                  new StudySearch.Condition.AnyUid(
                      beyond.listed(caller).stream().map(Uid::value).sorted().toList()));
        });
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

  private Answer.Rows rows(Question question, Within within) {
    if (question.level() != Level.STUDY) {
      return below(question, within);
    }
    List<Question.Key> rest = Keys.notIndexed(question.keys());
    return rest.isEmpty() ? indexed(question, within) : sifted(question, within, rest);
  }

  /// Studies that the index alone finds: one page of it.
  private Answer.Rows indexed(Question question, Within within) {
    Store.StudyPage page =
        store.studies(
            search(question, within, question.offset(), question.limit(), question.after()));
    List<DataSet> rows = new ArrayList<>();
    for (StudyRow row : page.rows()) {
      rows.add(Rows.study(row, question));
    }
    boolean more = page.rows().size() == question.limit();
    Optional<String> next = more ? Optional.of(page.rows().getLast().cursor()) : Optional.empty();
    return new Answer.Rows(rows, page.total(), next);
  }

  /// Studies that match what the index knows, sifted by what it doesn't.
  private Answer.Rows sifted(Question question, Within within, List<Question.Key> rest) {
    Sieve sieve = new Sieve(question);
    Studies studies = new Studies(question, within);
    for (StudyRow row = studies.next(); row != null && sieve.wants(); row = studies.next()) {
      DataSet attributes = Rows.whole(row);
      if (Keys.match(rest, attributes)) {
        sieve.take(Rows.study(row, question));
      }
    }
    return sieve.rows();
  }

  private Answer.Rows below(Question question, Within within) {
    Sieve sieve = new Sieve(question);
    Studies studies = new Studies(question, within);
    for (StudyRow row = studies.next(); row != null && sieve.wants(); row = studies.next()) {
      DataSet ofStudy = Rows.whole(row);
      if (Keys.match(Keys.ofStudy(question.keys()), ofStudy)) {
        series(question, row, ofStudy, sieve);
      }
    }
    return sieve.rows();
  }

  private void series(Question question, StudyRow study, DataSet ofStudy, Sieve sieve) {
    List<Question.Key> keys = Keys.ofSeries(question.keys());
    for (SeriesRow row : store.series(site, study.study())) {
      boolean asked = question.series().isEmpty() || question.series().get().equals(row.series());
      if (!sieve.wants() || !asked) {
        continue;
      }
      DataSet ofSeries = Rows.whole(row);
      if (!Keys.match(keys, ofSeries)) {
        continue;
      }
      if (question.level() == Level.SERIES) {
        sieve.take(Rows.series(ofSeries, ofStudy, question));
      } else {
        instances(question, row, ofSeries, ofStudy, sieve);
      }
    }
  }

  private void instances(
      Question question, SeriesRow series, DataSet ofSeries, DataSet ofStudy, Sieve sieve) {
    List<Question.Key> keys = Keys.ofInstance(question.keys());
    for (InstanceRow row : store.instances(site, series.study(), Optional.of(series.series()))) {
      if (!sieve.wants()) {
        return;
      }
      DataSet ofInstance = Rows.whole(row);
      if (Keys.match(keys, ofInstance)) {
        sieve.take(Rows.instance(ofInstance, ofSeries, ofStudy, question));
      }
    }
  }

  private StudySearch search(
      Question question, Within within, int offset, int limit, Optional<String> after) {
    List<StudySearch.Condition> conditions = new ArrayList<>(Keys.indexed(question.keys()));
    question
        .study()
        .map(Uid::value)
        .ifPresent(uid -> conditions.add(new StudySearch.Condition.AnyUid(List.of(uid))));
    conditions.addAll(within.conditions());
    return new StudySearch(site, conditions, offset, limit, after);
  }

  /// Today where the archive stands, as a DA.
  static String today(Clock clock) {
    return LocalDate.now(clock).format(DateTimeFormatter.BASIC_ISO_DATE);
  }

  /// The studies that the index finds, page after page, up to [#STUDIES_MAX].
  private final class Studies {
    private final Question question;
    private final Within within;
    private List<StudyRow> page = List.of();
    private int at;
    private int taken;
    private boolean last;

    Studies(Question question, Within within) {
      this.question = question;
      this.within = within;
    }

    @org.jspecify.annotations.Nullable
    StudyRow next() {
      if (at == page.size()) {
        if (last || taken >= STUDIES_MAX) {
          return null;
        }
        Optional<String> after =
            page.isEmpty() ? Optional.empty() : Optional.of(page.getLast().cursor());
        page = store.studies(search(question, within, 0, PAGE, after)).rows();
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
  private static final class Sieve {
    private final Question question;
    private final List<DataSet> rows = new ArrayList<>();
    private int seen;

    Sieve(Question question) {
      this.question = question;
    }

    boolean wants() {
      return rows.size() < question.limit();
    }

    void take(DataSet row) {
      if (seen++ >= question.offset() && wants()) {
        rows.add(row);
      }
    }

    Answer.Rows rows() {
      long total = wants() ? seen : -1;
      return new Answer.Rows(List.copyOf(rows), total, Optional.empty());
    }
  }
}
